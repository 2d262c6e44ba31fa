/** Reviews of releases in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { ReviewStore } from '#hub/ports/reviews.ts'
import type { Finding } from '#shared/basket/review/finding.ts'
import { millis } from '#shared/kernel/time.ts'
import { oneRow } from '../database/rows.ts'

type ReviewRow = { readonly rev: number; readonly at: number; readonly findings: string; readonly override_by: string | null; readonly override_reason: string | null }

export const sqliteReviewStore = (sql: DatabaseSync): ReviewStore => {
  const insert = sql.prepare('INSERT INTO release_review (rev, at, findings, override_by, override_reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const select = sql.prepare('SELECT rev, at, findings, override_by, override_reason FROM release_review WHERE rev = ?')
  return {
    keep: ({ rev, at, findings, override }) => {
      insert.run(rev, at, JSON.stringify(findings), override?.by ?? null, override?.reason ?? null)
    },
    find: (rev) => {
      const row = oneRow<ReviewRow>(select, rev)
      return row && { rev: row.rev, at: millis(row.at), findings: JSON.parse(row.findings) as readonly Finding[], override: row.override_by === null ? null : { by: row.override_by, reason: row.override_reason ?? '' } }
    },
  }
}
