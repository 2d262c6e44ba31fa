/** Releases in SQLite: one operation per changed document and release; a release is the last operation per document up to its number. */
import type { DatabaseSync } from 'node:sqlite'
import type { DocumentStore, ReleaseRecord } from '#hub/ports/documents.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { DocumentOp, Documents, Release } from '#shared/sync/release.ts'
import { allRows, oneRow } from './rows.ts'

type HeadRow = { readonly rev: number; readonly hash: string; readonly published_at: number; readonly retired_at: number | null }
type OpRow = { readonly id: string; readonly body: string | null }

const HEADS = `SELECT rev, hash, published_at, (SELECT n.published_at FROM release n WHERE n.rev = r.rev + 1) AS retired_at FROM release r`
const LAST_OPS = `SELECT o.id, o.body FROM document_op o
  WHERE o.rev = (SELECT max(x.rev) FROM document_op x WHERE x.id = o.id AND x.rev <= ?) AND o.rev > ? ORDER BY o.id`

export const sqliteDocumentStore = (sql: DatabaseSync): DocumentStore => {
  const newest = sql.prepare(`${HEADS} ORDER BY rev DESC LIMIT ?`)
  const byRev = sql.prepare(`${HEADS} WHERE rev = ? AND hash = ?`)
  const byHash = sql.prepare(`${HEADS} WHERE hash >= ? AND hash < ? ORDER BY rev DESC LIMIT 1`)
  const lastOps = sql.prepare(LAST_OPS)
  const addRelease = sql.prepare('INSERT INTO release (rev, hash, published_at) VALUES (?, ?, ?)')
  const addOp = sql.prepare('INSERT INTO document_op (id, rev, body) VALUES (?, ?, ?)')

  const records = (limit: number): readonly ReleaseRecord[] => allRows<HeadRow>(newest, limit).map(toRecord)
  const itemsAt = (rev: number): Documents => {
    const rows = allRows<OpRow>(lastOps, rev, 0)
    return Object.fromEntries(rows.flatMap((row) => (row.body === null ? [] : [[row.id, JSON.parse(row.body) as Json]])))
  }
  const toRelease = ({ rev, hash, publishedAt }: ReleaseRecord): Release => ({ rev, hash, publishedAt, items: itemsAt(rev) })

  return {
    head: () => {
      const [record] = records(1)
      return record ? { rev: record.rev, hash: record.hash, publishedAt: record.publishedAt } : null
    },
    current: () => {
      const [record] = records(1)
      return record ? toRelease(record) : null
    },
    findRelease: (hashPrefix) => {
      if (!/^[0-9a-f]{8,64}$/.test(hashPrefix)) return null
      const row = oneRow<HeadRow>(byHash, hashPrefix, `${hashPrefix}g`)
      if (!row) return null
      const record = toRecord(row)
      return { record, release: toRelease(record) }
    },
    record: (rev, hash) => {
      const row = oneRow<HeadRow>(byRev, rev, hash)
      return row ? toRecord(row) : null
    },
    records,
    opsBetween: (fromRev, toRev) => allRows<OpRow>(lastOps, toRev, fromRev).map(toOp),
    publish: ({ items, hash, publishedAt }) => {
      const before = records(1)[0]
      const rev = (before?.rev ?? 0) + 1
      const known = before ? itemsAt(before.rev) : {}
      addRelease.run(rev, hash, publishedAt)
      for (const [id, body] of Object.entries(items)) {
        const old = known[id]
        if (old === undefined || canonicalJson(old) !== canonicalJson(body)) addOp.run(id, rev, JSON.stringify(body))
      }
      for (const id of Object.keys(known)) if (!(id in items)) addOp.run(id, rev, null)
      return { rev, hash, publishedAt }
    },
  }
}

const toRecord = (row: HeadRow): ReleaseRecord => ({
  rev: row.rev,
  hash: row.hash,
  publishedAt: row.published_at as Millis,
  retiredAt: row.retired_at as Millis | null,
})
const toOp = (row: OpRow): DocumentOp => (row.body === null ? { op: 'delete', id: row.id } : { op: 'put', id: row.id, body: JSON.parse(row.body) as Json })
