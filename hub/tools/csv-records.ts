/** CSV as RFC 4180 has it: cells in quotes may hold separators, line breaks and doubled quotes. */
import type { TableRow } from '#hub/use-cases/feedback/feedback-rows.ts'

export type CsvRecords = { readonly records: readonly TableRow[]; readonly bad: readonly { readonly line: number; readonly reason: string }[] }

/** A record longer than this is a quote that was never closed, not a review. */
const MAX_RECORD_CHARS = 200_000
const QUOTE = 0x22
const BREAK = 0x0a

type Read = { readonly cells: readonly string[]; readonly end: number } | { readonly why: string }

/**
 * Every record with the line it begins on; lines end with LF alone, empty ones are none. A record that cannot be read costs only its own
 * first line: reading goes on behind it, so a quote that is never closed does not swallow the rest. Each character is looked at a few times at most.
 */
export const csvRecords = (text: string, delimiter: string, firstLine = 1): CsvRecords => {
  const records: TableRow[] = []
  const bad: { line: number; reason: string }[] = []
  for (let at = 0, line = firstLine; at < text.length; ) {
    if (text.charCodeAt(at) === BREAK) {
      at += 1
      line += 1
      continue
    }
    const read = csvRecord(text, at, delimiter)
    if ('why' in read) {
      bad.push({ line, reason: read.why })
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end + 1
      line += 1
      continue
    }
    records.push({ line, cells: read.cells })
    line += breaksIn(text, at, read.end)
    at = read.end
  }
  return { records, bad }
}

/** The record that begins at a place, and where the next one does. */
export const csvRecord = (text: string, start: number, delimiter: string): Read => {
  const [cells, separator]: [string[], number] = [[], delimiter.charCodeAt(0)]
  for (let at = start; ; at += 1) {
    if (text.charCodeAt(at) === QUOTE) {
      const cell = quotedCell(text, at, start + MAX_RECORD_CHARS)
      if (cell === null) return { why: 'Quote that is never closed' }
      cells.push(cell.value)
      at = cell.end
    } else {
      const from = at
      for (let code = text.charCodeAt(at); at < text.length && code !== separator && code !== BREAK; code = text.charCodeAt(at)) at += 1
      cells.push(text.slice(from, at))
    }
    if (at >= text.length) return { cells, end: at }
    const code = text.charCodeAt(at)
    if (code === BREAK) return { cells, end: at + 1 }
    if (code !== separator) return { why: 'Quote that closes in the middle of a cell' }
  }
}

const quotedCell = (text: string, start: number, limit: number): { readonly value: string; readonly end: number } | null => {
  let value = ''
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from)
    if (quote < 0 || quote > limit) return null
    value += text.slice(from, quote)
    if (text.charCodeAt(quote + 1) !== QUOTE) return { value, end: quote + 1 }
    value += '"'
    from = quote + 2
  }
}

const breaksIn = (text: string, from: number, to: number): number => {
  let breaks = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) breaks += 1
  return breaks
}
