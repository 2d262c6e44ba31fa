/** Releases in SQLite: one operation per changed document and release; a release is the last operation per document up to its number. */
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore, ReleaseRecord } from '#hub/ports/documents.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { headOf, type DocumentOp, type Documents, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import { comingAfter } from '#shared/sync/release-plan.ts'
import { rowMemory } from '../database/row-memory.ts'
import { allRows, oneRow } from '../database/rows.ts'

type HeadRow = {
  readonly rev: number
  readonly hash: string
  readonly published_at: Millis
  readonly active_from: Millis
  readonly max_offline_ms: number
  readonly store: string
  readonly signature: string
  readonly retired_at: Millis | null
}
/** What holds from one activation to the next. */
type Reign = { readonly from: number; readonly until: number; readonly head: ReleaseHead | null; readonly upcoming: readonly ReleaseHead[] }
type OpRow = { readonly id: string; readonly body: string | null }

/** `?1` is now. A release retires when the next in order of activation takes over. */
const HEADS = `SELECT r.rev, r.hash, r.published_at, r.active_from, r.max_offline_ms, r.store, r.signature, (SELECT min(n.active_from) FROM release n
    WHERE (n.active_from > r.active_from OR (n.active_from = r.active_from AND n.rev > r.rev)) AND n.active_from <= ?1) AS retired_at
  FROM release r`
const LAST_OPS = `SELECT o.id, o.body FROM document_op o
  WHERE o.rev = (SELECT max(x.rev) FROM document_op x WHERE x.id = o.id AND x.rev <= ?) AND o.rev > ? ORDER BY o.id`

export const sqliteDocumentStore = (sql: DatabaseSync, clock: Clock): DocumentStore => {
  const newest = sql.prepare(`${HEADS} ORDER BY rev DESC LIMIT ?2`)
  const inForce = sql.prepare(`${HEADS} WHERE active_from <= ?1 ORDER BY active_from DESC, rev DESC LIMIT 1`)
  const waiting = sql.prepare(`${HEADS} WHERE active_from > ?1`)
  const byRev = sql.prepare(`${HEADS} WHERE rev = ?2 AND hash = ?3`)
  const byHash = sql.prepare(`${HEADS} WHERE hash >= ?2 AND hash < ?3 ORDER BY active_from <= ?1 DESC, active_from DESC, rev DESC LIMIT 1`)
  const lastRev = sql.prepare('SELECT max(rev) AS rev FROM release')
  const lastOps = sql.prepare(LAST_OPS)
  const addRelease = sql.prepare('INSERT INTO release (rev, hash, published_at, active_from, max_offline_ms, store, signature) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const signRelease = sql.prepare('UPDATE release SET published_at = ?, active_from = ?, max_offline_ms = ?, store = ?, signature = ? WHERE rev = ? AND hash = ?')
  const addOp = sql.prepare('INSERT INTO document_op (id, rev, body) VALUES (?, ?, ?)')

  const newestRev = (): number => oneRow<{ readonly rev: number | null }>(lastRev)?.rev ?? 0
  const current = (now = clock.now()): ReleaseRecord | null => {
    const row = oneRow<HeadRow>(inForce, now)
    return row ? toRecord(row) : null
  }
  const readReign = (now: Millis): Reign => {
    const record = current(now)
    const upcoming = comingAfter(allRows<HeadRow>(waiting, now).map((row) => headOf(toRecord(row))), now)
    return { from: record?.activeFrom ?? -Infinity, until: upcoming[0]?.activeFrom ?? Infinity, head: record && headOf(record), upcoming }
  }
  /** Every greeting and every pull asks for it. */
  const memory = rowMemory(sql)
  const reign = (): Reign => {
    const now = clock.now()
    return memory.recall('reign', () => readReign(now), ({ from, until }) => from <= now && now < until)
  }
  const itemsAt = (rev: number): Documents => {
    const rows = allRows<OpRow>(lastOps, rev, 0)
    return Object.fromEntries(rows.flatMap((row) => (row.body === null ? [] : [[row.id, JSON.parse(row.body) as Json]])))
  }
  const toRelease = (record: ReleaseRecord): Release => ({ ...headOf(record), items: itemsAt(record.rev) })
  const addOps = (rev: number, items: Documents, before: Documents): void => {
    for (const [id, body] of Object.entries(items)) {
      const old = before[id]
      if (old === undefined || canonicalJson(old) !== canonicalJson(body)) addOp.run(id, rev, JSON.stringify(body))
    }
    for (const id of Object.keys(before)) if (!(id in items)) addOp.run(id, rev, null)
  }

  return {
    head: () => reign().head,
    current: () => {
      const record = current()
      return record && toRelease(record)
    },
    upcoming: () => reign().upcoming,
    findRelease: (hashPrefix) => {
      if (!/^[0-9a-f]{8,64}$/.test(hashPrefix)) return null
      const row = oneRow<HeadRow>(byHash, clock.now(), hashPrefix, `${hashPrefix}g`)
      if (!row) return null
      const record = toRecord(row)
      return { record, release: toRelease(record) }
    },
    record: (rev, hash) => {
      const row = oneRow<HeadRow>(byRev, clock.now(), rev, hash)
      return row ? toRecord(row) : null
    },
    itemsAt,
    records: (limit) => allRows<HeadRow>(newest, clock.now(), limit).map(toRecord),
    nextRev: () => newestRev() + 1,
    opsBetween: (fromRev, toRev) => allRows<OpRow>(lastOps, toRev, fromRev).map(toOp),
    publish: ({ items, ...head }) => {
      const before = newestRev()
      if (head.rev !== before + 1) throw new Error(`release ${head.rev} does not follow ${before}`)
      addRelease.run(head.rev, head.hash, head.publishedAt, head.activeFrom, head.maxOfflineMs, head.store, head.signature)
      addOps(head.rev, items, before === 0 ? {} : itemsAt(before))
      memory.forget()
    },
    sign: (head) => {
      signRelease.run(head.publishedAt, head.activeFrom, head.maxOfflineMs, head.store, head.signature, head.rev, head.hash)
      memory.forget()
    },
  }
}

const toRecord = (row: HeadRow): ReleaseRecord => ({
  rev: row.rev,
  hash: row.hash,
  publishedAt: row.published_at,
  activeFrom: row.active_from,
  maxOfflineMs: row.max_offline_ms,
  store: row.store,
  signature: row.signature,
  retiredAt: row.retired_at,
})
const toOp = (row: OpRow): DocumentOp => (row.body === null ? { op: 'delete', id: row.id } : { op: 'put', id: row.id, body: JSON.parse(row.body) as Json })
