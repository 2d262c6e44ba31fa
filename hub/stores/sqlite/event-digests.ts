/** Digests of stored events: what the database's own check of its pages does not see. */
import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** Eight bytes of SHA-256 over the stored text. */
export const digestOf = (body: string): Buffer => hash('sha256', body, 'buffer').subarray(0, 8)

type Row = { readonly id: string; readonly body: string; readonly digest: Uint8Array }

/** Ids of events whose body no longer matches its digest, oldest first, at most `limit`. */
export const damagedEvents = (sql: DatabaseSync, limit: number): readonly string[] => {
  const found: string[] = []
  for (const row of sql.prepare('SELECT id, body, digest FROM event ORDER BY n').iterate() as Iterable<unknown> as Iterable<Row>) {
    if (found.length >= limit) break
    if (digestOf(row.body).compare(row.digest) !== 0) found.push(row.id)
  }
  return found
}
