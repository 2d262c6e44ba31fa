/** A table as spreadsheets and shops write it (RFC 4180, also with semicolons or tabs), row by row with its line: a damaged row costs itself alone. */

export type FeedRow = { readonly line: string; readonly fields: { readonly [column: string]: string } }
export type BadRow = { readonly line: string; readonly why: string }

/** What a feed holds, however it is written. */
export type FeedRows = {
  readonly shop: { readonly [field: string]: string }
  readonly articles: readonly FeedRow[]
  readonly offers: readonly FeedRow[]
  /** Offers in the words of the engine. */
  readonly engineOffers: readonly { readonly line: string; readonly fields: FeedRow['fields']; readonly json: unknown }[]
  readonly deliveries: readonly FeedRow[]
  readonly bad: readonly BadRow[]
}

/** `torn`: the text ends in the middle of a row. */
export type FeedTable = { readonly columns: readonly string[]; readonly rows: readonly FeedRow[]; readonly bad: readonly BadRow[]; readonly torn: boolean }

/** A record longer than this is a quote that was never closed. */
const MAX_RECORD_LINES = 50

type Parsed = { readonly cells: readonly string[]; readonly lines: number } | { readonly why: string }

/** Shape  columns are named by the first line, in small letters; empty lines are none. */
export const readFeedTable = (written: string): FeedTable => {
  const text = written.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const lines = text.split('\n')
  const separator = separatorOf(lines[0] ?? '')
  const header = readRecord(lines, 0, separator)
  const columns = 'why' in header ? [] : header.cells.map((cell) => cell.trim().toLowerCase())
  const rows: FeedRow[] = []
  const bad: BadRow[] = []
  let at = 'why' in header ? 1 : header.lines
  while (at < lines.length) {
    const line = `line ${at + 1}`
    if (lines[at]!.trim() === '') {
      at += 1
      continue
    }
    const record = readRecord(lines, at, separator)
    const why = 'why' in record ? record.why : record.cells.length === columns.length ? null : `${record.cells.length} columns, not ${columns.length}`
    if (why !== null) bad.push({ line, why })
    else if ('cells' in record) rows.push({ line, fields: Object.fromEntries(columns.map((column, i) => [column, record.cells[i]!.trim()])) })
    at += 'why' in record ? 1 : record.lines
  }
  return { columns, rows, bad, torn: !text.endsWith('\n') && bad.at(-1)?.line === `line ${lines.length}` }
}

/** What parts the names of the columns most often, outside of quotes. */
const separatorOf = (line: string): string => {
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const times = (sign: string): number => bare.split(sign).length
  return [';', '\t', ','].reduce((most, sign) => (times(sign) > times(most) ? sign : most))
}

/** One record from line `at` on; a quoted cell may reach over several lines. */
const readRecord = (lines: readonly string[], at: number, separator: string): Parsed => {
  let text = lines[at]!
  let taken = 1
  for (;;) {
    const cells = cellsOf(text, separator)
    if (cells !== 'open') return typeof cells === 'string' ? { why: cells } : { cells, lines: taken }
    if (taken >= MAX_RECORD_LINES || at + taken >= lines.length) return { why: 'a quote that is never closed' }
    text += `\n${lines[at + taken]!}`
    taken += 1
  }
}

/** `open`: a quote is not closed yet; another text says what is wrong. */
const cellsOf = (text: string, separator: string): readonly string[] | string => {
  const cells: string[] = []
  for (let at = 0; ; ) {
    if (text[at] !== '"') {
      const end = text.indexOf(separator, at)
      cells.push(text.slice(at, end < 0 ? text.length : end))
      if (end < 0) return cells
      at = end + 1
      continue
    }
    const end = closingQuote(text, at)
    if (end < 0) return 'open'
    cells.push(text.slice(at + 1, end).replaceAll('""', '"'))
    if (end + 1 === text.length) return cells
    if (text[end + 1] !== separator) return 'text behind a closing quote'
    at = end + 2
  }
}

/** Two quotes in a row are one of the text. */
const closingQuote = (text: string, open: number): number => {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue
    if (text[at + 1] !== '"') return at
    at += 1
  }
  return -1
}
