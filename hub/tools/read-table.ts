/** CSV and JSON files as rows of text with their line numbers; gzip is unpacked, damaged records are reported and skipped. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { TableRow } from '#hub/use-cases/feedback/feedback-rows.ts'
import { csvRecord, csvRecords } from './csv-records.ts'

export type Table = {
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
  readonly bad: readonly { readonly line: number; readonly reason: string }[]
}
export type Unreadable = { readonly type: 'Unreadable'; readonly why: string }

/** Memory for the largest file we take at once. */
const MAX_FILE_BYTES = 256 * 1024 * 1024

/** What a file is called says what it holds; one that begins like JSON is tried as such whatever its name. */
export const readTable = (path: string): Result<Table, Unreadable> => {
  const bytes = readBytes(path)
  if (!bytes.ok) return bytes
  const text = decode(bytes.value)
  const isNamedJson = /\.(json|jsonl|ndjson)(\.gz)?$/i.test(path)
  if (!isNamedJson && !/^\s*[[{]/.test(text)) return readCsv(text)
  const json = readJson(text)
  return json.ok || isNamedJson ? json : readCsv(text)
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
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Reads CSV. Columns without a name are called by their number, a second one of the same name by it and `(2)`. */
export const readCsv = (written: string): Result<Table, Unreadable> => {
  const text = written.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  // a spreadsheet's own word for what separates cells
  const told = /^"?sep=([^\n])"?\n/i.exec(text)
  const rest = told ? text.slice(told[0].length) : text
  const start = Math.max(0, rest.search(/\S/))
  const { records, bad } = csvRecords(rest, told?.[1] ?? delimiterOf(rest, start), told ? 2 : 1)
  const [head, ...rows] = records
  if (!head || head.line !== rest.slice(0, start).split('\n').length + (told ? 1 : 0)) return err({ type: 'Unreadable', why: 'no header line' })
  const header = namesOf(head.cells)
  return ok({ header, rows: rows.map((row) => withoutTail(row, header.length)), bad })
}

/** Separators behind the last cell are an export's habit, not cells. */
const withoutTail = (row: TableRow, columns: number): TableRow =>
  row.cells.length > columns && row.cells.slice(columns).every((cell) => cell.trim() === '') ? { line: row.line, cells: row.cells.slice(0, columns) } : row

const namesOf = (cells: readonly string[]): readonly string[] => {
  const taken = new Set<string>()
  return cells.map((cell, i) => {
    const name = cell.trim().replace(/\s+/g, ' ') || `column ${i + 1}`
    let own = name
    for (let count = 2; taken.has(own); count++) own = `${name} (${count})`
    taken.add(own)
    return own
  })
}

/** The candidate that divides the header into most cells. */
const delimiterOf = (text: string, start: number): string => {
  const cells = (delimiter: string): number => {
    const head = csvRecord(text, start, delimiter)
    return 'why' in head ? 0 : head.cells.length
  }
  return [',', ';', '\t', '|'].reduce((best, next) => (cells(next) > cells(best) ? next : best))
}

type JsonRow = { readonly line: number; readonly item: { readonly [column: string]: unknown } }
type Damaged = { line: number; reason: string }

/** A list of objects, an object with one such list in it, or an object a line. Shape  what lies inside an object is called `outer.inner`. */
const readJson = (text: string): Result<Table, Unreadable> => {
  const bad: Damaged[] = []
  const list = listIn(parseJson(text)) ?? linesOf(text, bad)
  if (list === null) return err({ type: 'Unreadable', why: 'neither a JSON list of objects nor an object a line' })
  const objects = list.flatMap(({ line, item }): readonly JsonRow[] => {
    if (isObject(item)) return [{ line, item: flat(item) }]
    bad.push({ line, reason: 'not an object' })
    return []
  })
  const header = [...new Set(objects.flatMap(({ item }) => Object.keys(item)))]
  return ok({ header, bad: bad.sort((a, b) => a.line - b.line), rows: objects.map(({ line, item }) => ({ line, cells: header.map((column) => cellOf(item[column])) })) })
}

type Listed = readonly { readonly line: number; readonly item: unknown }[]

const listIn = (json: unknown): Listed | null => {
  const lists = Array.isArray(json) ? [json as readonly unknown[]] : isObject(json) ? Object.values(json).filter((value): value is readonly unknown[] => Array.isArray(value) && value.some(isObject)) : []
  return lists.length === 1 ? lists[0]!.map((item, i) => ({ line: i + 1, item })) : null
}

/** One object a line. Most lines have to be: else the file is something else. */
const linesOf = (text: string, bad: Damaged[]): Listed | null => {
  const lines = text.split(/\r?\n/).flatMap((written, i) => (written.trim() === '' ? [] : [{ line: i + 1, item: parseJson(written) }]))
  const read = lines.filter(({ item }) => item !== undefined)
  if (read.filter(({ item }) => isObject(item)).length * 2 <= lines.length) return null
  bad.push(...lines.flatMap(({ line, item }) => (item === undefined ? [{ line, reason: 'no JSON' }] : [])))
  return read
}

const isObject = (value: unknown): value is { readonly [column: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value)

const flat = (item: { readonly [column: string]: unknown }): { readonly [column: string]: unknown } =>
  Object.fromEntries(Object.entries(item).flatMap(([name, value]): readonly (readonly [string, unknown])[] => (isObject(value) ? Object.entries(flat(value)).map(([inner, own]) => [`${name}.${inner}`, own] as const) : [[name, value]])))

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(';')
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
