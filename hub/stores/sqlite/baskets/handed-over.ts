/** Handed-over baskets with their visits, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { HandedOverBaskets } from '#hub/ports/handed-over.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { allRows } from '../database/rows.ts'

type Row = { readonly qid: string; readonly digits: string; readonly dev: string | null; readonly sid: string | null; readonly issued_at: number; readonly state: string | null }

export const sqliteHandedOver = (sql: DatabaseSync): HandedOverBaskets => {
  const before = sql.prepare(`
    SELECT shown_quote.qid, digits, visit_code.dev, sid, issued_at, claim.state FROM shown_quote LEFT JOIN visit_code USING (qid) LEFT JOIN claim USING (qid) WHERE issued_at < ?`)
  return {
    issuedBefore: (at) =>
      allRows<Row>(before, at).map(({ qid, digits, dev, sid, issued_at, state }) => ({ qid: qid as QuoteId, digits, visit: sid === null ? null : `${dev} ${sid}`, issuedAt: millis(issued_at), ordered: state === 'ordered' })),
  }
}
