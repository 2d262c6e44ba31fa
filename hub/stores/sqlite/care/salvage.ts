/**
 * What can still be read of a damaged database is newer than any copy: orders, claims, devices, answers of the last hour.
 * Only rows that match their digest are believed.
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Clock } from '#hub/ports/clock.ts'
import type { EventRow } from '#hub/ports/event-ledger.ts'
import { millis } from '#shared/kernel/time.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import { COUNTED_TABLES, forgetCells } from '../figures/answer-cell-tables.ts'
import { sqliteDocumentStore } from '../releases/documents.ts'
import { toEventRow, type StoredEventRow } from '../events/event-ledger.ts'
import { tablesOf, teachDigests, type Table } from '../database/row-digests.ts'
import { oneRow } from '../database/rows.ts'

/** `rows`: taken over into the tables. `events`: to be understood anew; where their streams stand is for their devices to say. */
export type Salvaged = { readonly rows: number; readonly events: readonly EventRow[] }

/** Streams, sums and cells: a device sends its events again by their numbers, and a number without its event would lose one. */
const NOT_TAKEN = new Set(['event', 'numbered', 'producer', 'event_count', 'device_report', 'device_stream', 'pairing_code', 'hub_run', 'migration', ...COUNTED_TABLES])
/** Taken together or not at all: a release must add up to its hash. */
const RELEASES = new Set(['release', 'document_op'])

/** Into `sql`, which was just put back from a copy, from the file that was set aside. Nothing readable is nothing salvaged. */
export const salvage = (sql: DatabaseSync, damagedFile: string): Salvaged => {
  const from = openDamaged(damagedFile)
  if (!from) return { rows: 0, events: [] }
  try {
    const tables = tablesOf(sql).filter(({ name }) => !NOT_TAKEN.has(name))
    const plain = tables.filter(({ name }) => !RELEASES.has(name)).map((table) => inOneStep(sql, () => take(sql, from, table)))
    const releases = inOneStep(sql, () => takeReleases(sql, from, tables.filter(({ name }) => RELEASES.has(name))))
    forgetCells(sql)
    return { rows: [...plain, releases].reduce((sum, n) => sum + n, 0), events: newEvents(sql, from) }
  } finally {
    from.close()
  }
}

const openDamaged = (file: string): DatabaseSync | null => {
  let sql: DatabaseSync | null = null
  try {
    sql = new DatabaseSync(file, { readOnly: true })
    teachDigests(sql)
    sql.prepare('SELECT count(*) FROM sqlite_schema').get()
    return sql
  } catch {
    sql?.close()
    return null
  }
}

/** A step that fails takes nothing over: what the copy holds stands. */
const inOneStep = (sql: DatabaseSync, work: () => number): number => {
  sql.exec('PRAGMA defer_foreign_keys = ON; BEGIN IMMEDIATE')
  try {
    const n = work()
    sql.exec('COMMIT')
    return n
  } catch {
    if (sql.isTransaction) sql.exec('ROLLBACK')
    return 0
  }
}

type Row = { readonly [column: string]: SQLInputValue }

const take = (sql: DatabaseSync, from: DatabaseSync, table: Table): number => {
  const list = table.columns.join(', ')
  const put = sql.prepare(`INSERT OR REPLACE INTO ${table.name} (${list}) VALUES (${table.columns.map(() => '?').join(', ')})`)
  let taken = 0
  for (const row of readable(from, table)) {
    put.run(...table.columns.map((column) => row[column]!))
    taken += 1
  }
  return taken
}

/** The last release counts, whether its time has come or not. */
const LATER_THAN_ALL: Clock = { now: () => millis(Number.MAX_SAFE_INTEGER) }

const takeReleases = (sql: DatabaseSync, from: DatabaseSync, tables: readonly Table[]): number => {
  const taken = tables.reduce((sum, table) => sum + take(sql, from, table), 0)
  const current = sqliteDocumentStore(sql, LATER_THAN_ALL).current()
  if (current && releaseHash(current.items) !== current.hash) throw new Error('incomplete')
  return taken
}

/** Rows from the front up to the first page that cannot be read, then from the back. */
function* readable(from: DatabaseSync, { name, columns, key }: Table): Generator<Row> {
  const seen = new Set<string>()
  for (const order of ['ASC', 'DESC']) {
    const by = key.map((column) => `${column} ${order}`).join(', ')
    try {
      const rows = from.prepare(`SELECT ${columns.join(', ')} FROM ${name} WHERE row_digest IS row_digest(${columns.join(', ')}) ORDER BY ${by}`).iterate()
      for (const row of rows as Iterable<unknown> as Iterable<Row>) {
        const id = key.map((column) => String(row[column])).join(' ')
        if (seen.has(id)) return
        seen.add(id)
        yield row
      }
      return
    } catch {
      // the other end is tried next
    }
  }
}

const newEvents = (sql: DatabaseSync, from: DatabaseSync): readonly EventRow[] => {
  const table = tablesOf(sql).find(({ name }) => name === 'event')!
  const isHeld = sql.prepare('SELECT 1 FROM event WHERE id = ?')
  return [...readable(from, table)].filter((row) => oneRow(isHeld, row['id']!) === null).map((row) => toEventRow(row as unknown as StoredEventRow))
}
