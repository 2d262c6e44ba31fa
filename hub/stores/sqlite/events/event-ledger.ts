/** The event ledger in SQLite. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { EventLedger, EventRow, EventState } from '#hub/ports/event-ledger.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { UnsettledKind } from '#shared/protocol/hub-health.ts'
import type { KnownId, Producer } from '#shared/sync/hub-ledger.ts'
import { numberRuns, toRuns } from '../database/number-runs.ts'
import { addMany, allRows, oneRow, overMany } from '../database/rows.ts'

type Count = { readonly n: number }
type ProducerRow = Producer & { readonly n: number }
/** A row as the table holds it. */
export type StoredEventRow = {
  readonly id: string
  readonly dev: DeviceId
  readonly ep: EpochId
  readonly seq: number
  readonly type: string
  readonly state: EventState
  readonly why: string | null
  readonly at_hub: number
  readonly received_at: number
  readonly body: string
}
const COLUMNS = 'id, dev, ep, seq, type, state, why, at_hub, received_at, body'

export const sqliteEventLedger = (sql: DatabaseSync): EventLedger => ({ ...streams(sql), ...rows(sql), ...reading(sql) })

type Streams = Pick<EventLedger, 'producer' | 'numbered' | 'chainAt' | 'advance' | 'markSafe'>

const streams = (sql: DatabaseSync): Streams => {
  const producer = sql.prepare('SELECT n, hw, hc, safe FROM producer WHERE dev = ? AND ep = ?')
  const begin = sql.prepare('INSERT INTO producer (dev, ep, hw, hc) VALUES (?, ?, ?, ?) ON CONFLICT (dev, ep) DO NOTHING RETURNING n')
  const move = sql.prepare('UPDATE producer SET hw = ?, hc = ? WHERE dev = ? AND ep = ? AND hw = ? RETURNING n')
  const addRun = sql.prepare('INSERT INTO numbered (producer, seq, id, c) VALUES (?, ?, ?, ?)')
  const safe = sql.prepare('UPDATE producer SET safe = ? WHERE dev = ? AND ep = ? AND safe < ?')
  const runs = numberRuns(sql)

  const find = (dev: DeviceId, ep: EpochId): ProducerRow | null => oneRow<ProducerRow>(producer, dev, ep)

  return {
    producer: (dev, ep) => {
      const row = find(dev, ep)
      return row ? { hw: row.hw, hc: row.hc, safe: row.safe } : null
    },
    numbered: (dev, ep, seq) => {
      const row = find(dev, ep)
      const id = row ? runs.idAt(row.n, seq) : null
      return id === null ? null : { id }
    },
    chainAt: (dev, ep, seq) => {
      const row = find(dev, ep)
      return row?.hw === seq ? row.hc : row ? runs.chainAt(row.n, seq) : null
    },
    advance: (dev, ep, first, numbers) => {
      const hw = first + numbers.length - 1
      const { c } = numbers.at(-1)!
      const moved = oneRow<Count>(move, hw, c, dev, ep, first - 1) ?? (first === 1 ? oneRow<Count>(begin, dev, ep, hw, c) : null)
      if (!moved) throw new Error(`${dev} ${ep} does not stand before ${first}`)
      for (const run of toRuns(first, numbers)) addRun.run(moved.n, run.seq, run.id, run.c)
    },
    markSafe: (dev, ep, seq) => void safe.run(seq, dev, ep, seq),
  }
}

const rows = (sql: DatabaseSync): Pick<EventLedger, 'known' | 'keep'> => {
  const held = overMany(sql, 'SELECT id FROM event WHERE id IN (?…)')
  const erased = overMany(sql, 'SELECT id FROM erased WHERE id IN (?…)')
  const anyErased = sql.prepare('SELECT 1 FROM erased LIMIT 1')
  const addEvents = addMany(sql, `INSERT INTO event (${COLUMNS})`, 10)
  const countUp = sql.prepare('INSERT INTO event_count (dev, n) VALUES (?, ?) ON CONFLICT (dev) DO UPDATE SET n = n + excluded.n')
  const idsFrom = (statement: StatementSync, ids: readonly string[]): readonly string[] => allRows<{ readonly id: string }>(statement, ...ids).map(({ id }) => id)
  return {
    known: (ids) => {
      const known = new Map<string, KnownId>()
      if (ids.length === 0) return known
      if (oneRow(anyErased)) for (const id of idsFrom(erased(ids.length), ids)) known.set(id, 'erased')
      for (const id of idsFrom(held(ids.length), ids)) known.set(id, 'held')
      return known
    },
    keep: (added) => {
      addEvents(added.map((row) => [row.id, row.dev, row.ep, row.seq, row.type, row.state, row.why, row.atHub, row.receivedAt, JSON.stringify(row.body)]))
      for (const [dev, own] of Map.groupBy(added, (row) => row.dev)) countUp.run(dev, own.length)
    },
  }
}

type Reading = Pick<EventLedger, 'settle' | 'rowsIn' | 'row' | 'countByState' | 'unsettled' | 'countOf' | 'markErased'>

const reading = (sql: DatabaseSync): Reading => {
  const settle = sql.prepare('UPDATE event SET state = ?, why = ? WHERE id = ?')
  const unsettled = sql.prepare(`SELECT ${COLUMNS} FROM event WHERE state = ? ORDER BY n LIMIT ?`)
  const byId = sql.prepare(`SELECT ${COLUMNS} FROM event WHERE id = ?`)
  const all = sql.prepare('SELECT coalesce(sum(n), 0) AS n FROM event_count')
  const open = sql.prepare(`SELECT state, count(*) AS n FROM event WHERE state <> 'stored' GROUP BY state`)
  const kinds = sql.prepare(`SELECT state, type, why, count(*) AS n, max(received_at) AS newestAt FROM event WHERE state <> 'stored' GROUP BY state, type, why ORDER BY n DESC, type, why LIMIT ?`)
  const ofDevice = sql.prepare('SELECT n FROM event_count WHERE dev = ?')
  const erase = sql.prepare('INSERT OR IGNORE INTO erased (id) VALUES (?)')

  return {
    settle: (id, state, why) => void settle.run(state, why, id),
    rowsIn: (state, limit) => allRows<StoredEventRow>(unsettled, state, limit).map(toEventRow),
    row: (id) => {
      const row = oneRow<StoredEventRow>(byId, id)
      return row ? toEventRow(row) : null
    },
    countByState: () => {
      const rows = allRows<Count & { readonly state: EventState }>(open)
      const of = (state: EventState): number => rows.find((row) => row.state === state)?.n ?? 0
      const [parked, quarantined] = [of('parked'), of('quarantined')]
      return { stored: oneRow<Count>(all)!.n - parked - quarantined, parked, quarantined }
    },
    unsettled: (limit) => allRows<UnsettledKind>(kinds, limit).map(({ state, type, why, n, newestAt }) => ({ state, type, why: why ?? '', n, newestAt })),
    countOf: (dev) => oneRow<Count>(ofDevice, dev)?.n ?? 0,
    markErased: (id) => void erase.run(id),
  }
}

export const toEventRow = (row: StoredEventRow): EventRow => ({
  id: row.id,
  dev: row.dev,
  ep: row.ep,
  seq: row.seq,
  type: row.type,
  state: row.state,
  why: row.why,
  atHub: row.at_hub as Millis,
  receivedAt: row.received_at as Millis,
  body: JSON.parse(row.body) as Json,
})
