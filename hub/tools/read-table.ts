/** CSV and JSON files as rows of text with their line numbers; gzip is unpacked, damaged records are reported and skipped. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { TableRow } from '#hub/use-cases/feedback-rows.ts'

export type Table = {
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
  readonly bad: readonly { readonly line: number; readonly reason: string }[]
}
export type Unreadable = { readonly type: 'Unreadable'; readonly why: string }

/** A record longer than this is a quote that was never closed, not a review. */
const MAX_RECORD_CHARS = 200_000
/** Memory for the largest file we take at once. */
const MAX_FILE_BYTES = 256 * 1024 * 1024

export const readTable = (path: string): Result<Table, Unreadable> => {
  const bytes = readBytes(path)
  if (!bytes.ok) return bytes
  const text = decode(bytes.value)
  return /\.json(\.gz)?$/i.test(path) ? readJson(text) : readCsv(text)
}

const readBytes = (path: string): Result<Uint8Array, Unreadable> => {
  try {
    const bytes = readFileSync(path)
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES }) : bytes
    return plain.length <= MAX_FILE_BYTES ? ok(plain) : err({ type: 'Unreadable', why: `larger than ${MAX_FILE_BYTES} bytes` })
  } catch (error) {
    return err({ type: 'Unreadable', why: error instanceof Error ? error.message : String(error) })
  }
}

/** UTF-8, or what a German spreadsheet writes when it is not UTF-8. */
const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/**
 * Reads CSV. A record that cannot be read costs only its own first line: reading goes on behind it, so a quote that is never closed does
 * not swallow the rest of the file.
 */
export const readCsv = (written: string): Result<Table, Unreadable> => {
  // the parser counts a CR LF inside quotes as two lines
  const text = written.replace(/\r\n?/g, '\n')
  const lineStarts = startsOfLines(text)
  const delimiter = delimiterOf(text)
  const records: TableRow[] = []
  const bad: { line: number; reason: string }[] = []
  for (let line = 0; line < lineStarts.length; ) {
    const { endLine, error } = readUntilDamage(text.slice(lineStarts[line]), line, delimiter, records)
    line = endLine
    if (error === null) break
    bad.push({ line: line + 1, reason: error })
    line += 1
  }
  const [head, ...rows] = records
  if (!head || head.line !== firstFilledLine(text)) return err({ type: 'Unreadable', why: 'no header line' })
  const header = head.cells.map((column) => column.trim())
  return new Set(header).size === header.length ? ok({ header, rows, bad }) : err({ type: 'Unreadable', why: 'two columns of one name' })
}

type Stretch = {
  /** Lines (from 0) that sound records reach up to. */
  readonly endLine: number
  readonly error: string | null
}

/** Appends sound records to `records`, which are known by the line they begin on. */
const readUntilDamage = (text: string, firstLine: number, delimiter: string, records: TableRow[]): Stretch => {
  let endLine = firstLine
  const take = (cells: readonly string[], { lines }: { readonly lines: number }): null => {
    endLine = firstLine + lines
    records.push({ line: endLine - breaksIn(cells), cells })
    return null
  }
  try {
    parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD_CHARS, on_record: take as never })
    return { endLine, error: null }
  } catch (error) {
    return { endLine: skipEmpty(text, endLine - firstLine) + firstLine, error: reasonOf(error) }
  }
}

/** Empty lines before the damaged record are not part of it. */
const skipEmpty = (text: string, lines: number): number => {
  const starts = startsOfLines(text.slice(0, MAX_RECORD_CHARS * 4))
  let line = lines
  while (line + 1 < starts.length && text.slice(starts[line], starts[line + 1]).trim() === '') line += 1
  return line
}

const startsOfLines = (text: string): readonly number[] => [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]

const firstFilledLine = (text: string): number => text.slice(0, text.search(/\S/)).split('\n').length

const readJson = (text: string): Result<Table, Unreadable> => {
  const bad: { line: number; reason: string }[] = []
  const list = parseJson(text)
  if (!Array.isArray(list)) return err({ type: 'Unreadable', why: 'not a JSON list of objects' })
  const objects = (list as readonly unknown[]).flatMap((item, i) => {
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return [{ line: i + 1, item: item as { readonly [column: string]: unknown } }]
    bad.push({ line: i + 1, reason: 'not an object' })
    return []
  })
  const header = [...new Set(objects.flatMap(({ item }) => Object.keys(item)))]
  const cell = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean))
  return ok({ header, bad, rows: objects.map(({ line, item }) => ({ line, cells: header.map((column) => cell(item[column])) })) })
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** The candidate that the header line holds most of. */
const delimiterOf = (text: string): string => {
  const head = text.slice(0, text.search(/\n|$/))
  const count = (delimiter: string): number => head.split(delimiter).length
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

const breaksIn = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 160) : 'damaged record')
