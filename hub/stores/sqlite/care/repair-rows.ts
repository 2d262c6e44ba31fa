/**
 * Mends rows that no longer match their digest, each by the best witness there is: a whole copy for rows that never change,
 * the rest of the database for sums, the devices for events that no copy holds yet.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { COUNTED_TABLES, forgetCells } from '../figures/answer-cell-tables.ts'
import { numberRuns } from '../database/number-runs.ts'
import { tablesOf, type DamagedRow } from '../database/row-digests.ts'
import { oneRow } from '../database/rows.ts'

/** `fromCopy`: as it was. `asked`: removed, and its stream set back so that the device sends it again. `derived`: computed anew. `lost`: nobody can tell what it was; it stays as it is. */
export type Repair = 'fromCopy' | 'asked' | 'derived' | 'lost'
export type Repairs = { readonly [R in Repair]: readonly DamagedRow[] }

/** Rows that are written once: what a copy holds of them is what they were. */
const WRITTEN_ONCE = new Set(['event', 'numbered', 'feedback', 'feedback_contact', 'receipt', 'receipt_event', 'receipt_step', 'receipt_word', 'erased_receipt', 'shown_quote', 'shop_order', 'shop_order_person', 'release', 'document_op', 'erased', 'migration', 'asked_price', 'price_look', 'release_review', 'device_copied', 'shop_number', 'shop_probe', 'parity_basket', 'parity_waiting', 'brought_basket', 'audit'])
/** Rows that come again by themselves. */
const COME_AGAIN = new Set(['device_report', 'device_stream', 'pairing_code', 'sign_in_try', 'person_device', 'shop_reading', 'parity_shop'])

/** Looks at the open database and mends what it finds. `copies`: files of whole copies, newest first. One transaction a row. */
export const repairRows = (sql: DatabaseSync, damaged: readonly DamagedRow[], copies: readonly string[]): Repairs => {
  const repairs: Record<Repair, DamagedRow[]> = { fromCopy: [], asked: [], derived: [], lost: [] }
  const open = new Set(damaged)
  for (const file of copies) {
    const wanted = [...open].filter(({ table }) => WRITTEN_ONCE.has(table))
    if (wanted.length === 0) break
    for (const row of takeFrom(sql, file, wanted)) {
      repairs.fromCopy.push(row)
      open.delete(row)
    }
  }
  // Numbers before sums: a stream that was set back has another sum.
  for (const row of [...open].toSorted((a, b) => Number(isSum(a)) - Number(isSum(b)))) repairs[inOneStep(sql, () => mend(sql, row))].push(row)
  if (damaged.some(({ table }) => table === 'feedback' || table === 'feedback_sum' || COUNTED_TABLES.has(table))) inOneStep(sql, () => forgetCells(sql))
  return repairs
}

const isSum = ({ table }: DamagedRow): boolean => table === 'producer' || table === 'event_count'

const inOneStep = <T>(sql: DatabaseSync, work: () => T): T => {
  sql.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    sql.exec('COMMIT')
    return value
  } catch (error) {
    sql.exec('ROLLBACK')
    throw error
  }
}

const takeFrom = (sql: DatabaseSync, file: string, wanted: readonly DamagedRow[]): readonly DamagedRow[] => {
  sql.prepare('ATTACH DATABASE ? AS copy').run(file)
  try {
    const tables = new Map(tablesOf(sql).map((table) => [table.name, table]))
    return wanted.filter(({ table, key }) => {
      const { columns, key: keyColumns } = tables.get(table)!
      const where = keyColumns.map((column) => `${column} IS ?`).join(' AND ')
      const list = columns.join(', ')
      const put = sql.prepare(`INSERT OR REPLACE INTO main.${table} (${list}) SELECT ${list} FROM copy.${table} WHERE ${where} AND row_digest IS row_digest(${list})`)
      return inOneStep(sql, () => put.run(...key)).changes > 0
    })
  } finally {
    sql.exec('DETACH DATABASE copy')
  }
}

const mend = (sql: DatabaseSync, row: DamagedRow): Repair => {
  const { table, key } = row
  if (COUNTED_TABLES.has(table)) return 'derived'
  if (COME_AGAIN.has(table)) return removeRow(sql, row) ? 'derived' : 'lost'
  if (table === 'event') return askAgain(sql, 'n', key[0]!)
  if (table === 'feedback') return askAgain(sql, 'id', feedbackId(sql, key[0]!))
  if (table === 'numbered') return setBackRow(sql, Number(key[0]), Number(key[1])) ? 'asked' : 'lost'
  if (table === 'producer') return sumProducer(sql, key[0]!) ? 'derived' : 'lost'
  if (table === 'event_count') return sumEvents(sql, key[0]!)
  return 'lost'
}

const removeRow = (sql: DatabaseSync, { table, key }: DamagedRow): boolean => {
  const { key: columns } = tablesOf(sql).find(({ name }) => name === table)!
  return sql.prepare(`DELETE FROM ${table} WHERE ${columns.map((column) => `${column} IS ?`).join(' AND ')}`).run(...key).changes > 0
}

const feedbackId = (sql: DatabaseSync, n: SQLInputValue): SQLInputValue => oneRow<{ readonly id: string }>(sql.prepare('SELECT id FROM feedback WHERE n = ?'), n)?.id ?? null

/**
 * Removes an event with what was derived from it and sets its stream back, so that its device sends it and what follows again; what follows is known by its id.
 * Its number is found by its id, or by its place if the id itself is what changed.
 */
const askAgain = (sql: DatabaseSync, column: 'n' | 'id', value: SQLInputValue): Repair => {
  const place = placeOf(sql, column, value)
  if (!place || !setBack(sql, place.producer, place.seq)) return 'lost'
  sql.prepare(`DELETE FROM event WHERE ${column} = ?`).run(value)
  sql.prepare('DELETE FROM feedback WHERE id IN (?1, ?2)').run(place.id, value)
  sql.prepare('DELETE FROM feedback_contact WHERE id = ?').run(place.id)
  sql.exec('DELETE FROM event_count; INSERT INTO event_count (dev, n) SELECT dev, count(*) FROM event GROUP BY dev')
  return 'asked'
}

type EventPlace = { readonly id: string; readonly producer: number; readonly seq: number }

const placeOf = (sql: DatabaseSync, column: 'n' | 'id', value: SQLInputValue): EventPlace | null => {
  const event = oneRow<{ readonly id: string; readonly seq: number; readonly producer: number | null }>(
    sql.prepare(`SELECT e.id, e.seq, p.n AS producer FROM event e LEFT JOIN producer p ON p.dev = e.dev AND p.ep = e.ep WHERE e.${column} = ?`),
    value,
  )
  if (!event) return null
  const runs = numberRuns(sql)
  const found = runs.find(event.id)
  if (found) return { ...found, id: event.id }
  const id = event.producer === null ? null : runs.idAt(event.producer, event.seq)
  return id === null ? null : { id, producer: event.producer!, seq: event.seq }
}

/** The stream ends before `seq`; false if the device has already forgotten that number, because a copy was to hold it. */
const setBack = (sql: DatabaseSync, producer: number, seq: number): boolean => {
  const stream = oneRow<{ readonly safe: number }>(sql.prepare('SELECT safe FROM producer WHERE n = ?'), producer)
  if (!stream || seq <= stream.safe || seq < 1) return false
  numberRuns(sql).cutFrom(producer, seq)
  return sumProducer(sql, producer)
}

/** The same for a row of numbers that is not believed: all it may hold goes, and what follows. */
const setBackRow = (sql: DatabaseSync, producer: number, key: number): boolean => {
  const stream = oneRow<{ readonly safe: number }>(sql.prepare('SELECT safe FROM producer WHERE n = ?'), producer)
  const before = oneRow<{ readonly seq: number | null }>(sql.prepare('SELECT max(seq) AS seq FROM numbered WHERE producer = ? AND seq < ?'), producer, key)?.seq ?? 0
  if (!stream || before + 1 <= stream.safe) return false
  sql.prepare('DELETE FROM numbered WHERE producer = ? AND seq >= ?').run(producer, key)
  return sumProducer(sql, producer)
}

/** High-water mark and chain from the numbers themselves. */
const sumProducer = (sql: DatabaseSync, n: SQLInputValue): boolean => {
  const last = oneRow<{ readonly seq: number; readonly c: string }>(sql.prepare('SELECT seq, c FROM numbered WHERE producer = ? ORDER BY seq DESC LIMIT 1'), n)
  return sql.prepare('UPDATE producer SET hw = ?, hc = ?, safe = min(safe, ?) WHERE n = ?').run(last?.seq ?? 0, last?.c ?? NO_CHAIN, last?.seq ?? 0, n).changes > 0
}

const sumEvents = (sql: DatabaseSync, dev: SQLInputValue): Repair => {
  sql.prepare('DELETE FROM event_count WHERE dev = ?').run(dev)
  sql.exec('INSERT INTO event_count (dev, n) SELECT dev, count(*) FROM event WHERE dev NOT IN (SELECT dev FROM event_count) GROUP BY dev')
  return 'derived'
}
