/**
 * What is read before the hub listens when its last run was killed: all that it relies on at once, and what was written since its newest copy.
 * What that copy holds was whole when it was made; the rest of the file is read while the hub runs.
 */
import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { GROWING } from './growing-tables.ts'
import { damagedRows, tablesOf, teachDigests, type DamagedRow, type Table } from '../database/row-digests.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** Without a copy, and at most: some hours of a busy store. */
const TAIL_ROWS = 20_000

/** Tables in the order of arrival: their newest rows are at their end. */
const BY_ARRIVAL = new Set(['event', 'feedback'])

/** Rows that do not match their digest, at most `limit`. Throws if a page cannot be read, or the structure of a table does not hold. `newestCopy`: its file; null: there is none. */
export const lookAtTail = (sql: DatabaseSync, newestCopy: string | null, limit: number): readonly DamagedRow[] => {
  refuseShortFile(sql)
  const tables = tablesOf(sql)
  for (const { name } of tables) if (!GROWING.has(name)) refuseBroken(sql, name)
  const found = [...damagedRows(sql, limit, GROWING)]
  for (const table of tables) {
    if (found.length >= limit) break
    if (BY_ARRIVAL.has(table.name)) found.push(...damagedSince(sql, table, countIn(newestCopy, table.name), limit - found.length))
  }
  found.push(...damagedEnds(sql, tables.find(({ name }) => name === 'numbered')!, limit - found.length))
  return found
}

/** A file that ends before its last page was cut. */
const refuseShortFile = (sql: DatabaseSync): void => {
  const file = sql.location()
  if (file === null) return
  const { n, bytes } = oneRow<{ readonly n: number; readonly bytes: number }>(sql.prepare('SELECT page_count AS n, page_size AS bytes FROM pragma_page_count, pragma_page_size'))!
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (statSync(file).size + log < n * bytes) throw new Error(`the file has fewer than its ${n} pages`)
}

const refuseBroken = (sql: DatabaseSync, table: string): void => {
  const { quick_check: found } = oneRow<{ readonly quick_check: string }>(sql.prepare(`PRAGMA quick_check('${table}')`))!
  if (found !== 'ok') throw new Error(found)
}

/** The last row of a table in a copy; its first pages are enough to know. Null: no copy that could be asked. */
const countIn = (copy: string | null, table: string): number | null => {
  if (copy === null) return null
  let sql: DatabaseSync | null = null
  try {
    sql = new DatabaseSync(copy, { readOnly: true })
    teachDigests(sql)
    return oneRow<{ readonly n: number | null }>(sql.prepare(`SELECT max(n) AS n FROM ${table}`))?.n ?? 0
  } catch {
    return null
  } finally {
    sql?.close()
  }
}

const damagedSince = (sql: DatabaseSync, { name, columns }: Table, since: number | null, limit: number): readonly DamagedRow[] => {
  const end = oneRow<{ readonly n: number | null }>(sql.prepare(`SELECT max(n) AS n FROM ${name}`))?.n ?? 0
  const from = Math.max(since ?? 0, end - TAIL_ROWS)
  // Each is also looked up by its id: an index that lost one would take it a second time.
  const rows = sql.prepare(`SELECT t.n FROM ${name} t WHERE t.n > ? AND (t.row_digest IS NOT row_digest(${columns.map((column) => `t.${column}`).join(', ')}) OR NOT EXISTS (SELECT 1 FROM ${name} i WHERE i.id = t.id)) LIMIT ?`)
  return allRows<{ readonly n: number }>(rows, from, limit).map(({ n }) => ({ table: name, key: [n] }))
}

/** The newest numbers of every stream: where it goes on. */
const damagedEnds = (sql: DatabaseSync, { columns }: Table, limit: number): readonly DamagedRow[] => {
  const list = columns.map((column) => `t.${column}`).join(', ')
  const rows = sql.prepare(`SELECT t.producer, t.seq FROM producer p JOIN numbered t ON t.producer = p.n AND t.seq = (SELECT max(seq) FROM numbered WHERE producer = p.n) WHERE t.row_digest IS NOT row_digest(${list}) LIMIT ?`)
  return allRows<{ readonly producer: number; readonly seq: number }>(rows, limit).map(({ producer, seq }) => ({ table: 'numbered', key: [producer, seq] }))
}
