/** Handed-over baskets and claims in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Claim, QuoteStore, ShownQuote } from '#hub/ports/quotes.ts'
import { allRows } from '../database/rows.ts'

type Row = { readonly [column: string]: unknown }

export const sqliteQuoteStore = (sql: DatabaseSync): QuoteStore => {
  const insertShown = sql.prepare(`
    INSERT INTO shown_quote (qid, code, digits, dev, issued_at, total_cents, release_hash) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
  const selectByCode = sql.prepare('SELECT * FROM shown_quote WHERE code = ? ORDER BY issued_at DESC LIMIT 1')
  const selectNewest = sql.prepare('SELECT * FROM shown_quote ORDER BY issued_at DESC, qid LIMIT ?')
  const selectClaim = sql.prepare('SELECT * FROM claim WHERE qid = ?')
  const insertClaim = sql.prepare(`INSERT INTO claim (qid, session, first_at, state) VALUES (?, ?, ?, 'opened') ON CONFLICT DO NOTHING`)
  const reserve = sql.prepare(`
    UPDATE claim SET state = 'ordering', order_id = ?1, ordering_at = ?2
    WHERE qid = ?3 AND (state = 'opened' OR (state = 'ordering' AND (order_id = ?1 OR ordering_at < ?4)))`)
  const finish = sql.prepare(`UPDATE claim SET state = 'ordered', order_number = ? WHERE qid = ? AND order_id = ?`)

  const claim = (qid: QuoteId): Claim | null => {
    const row = selectClaim.get(qid)
    return row ? claimOf(row) : null
  }
  return {
    addShown: (quote) => {
      insertShown.run(quote.qid, quote.code, quote.digits, quote.dev, quote.issuedAt, quote.totalCents, quote.releaseHash)
    },
    findByCode: (code) => {
      const row = selectByCode.get(code)
      return row ? shownOf(row) : null
    },
    newestShown: (limit) => allRows<Row>(selectNewest, limit).map(shownOf),
    claim,
    claimFirst: (qid, session, at) => {
      const first = insertClaim.run(qid, session, at).changes === 1
      return { claim: claim(qid)!, first }
    },
    beginOrder: (qid, orderId, at, staleBefore) => reserve.run(orderId, at, qid, staleBefore).changes === 1,
    endOrder: (qid, orderId, orderNumber) => {
      finish.run(orderNumber, qid, orderId)
    },
  }
}

const shownOf = (row: Row): ShownQuote => ({
  qid: row['qid'] as QuoteId,
  code: String(row['code']),
  digits: String(row['digits']),
  dev: row['dev'] as DeviceId,
  issuedAt: millis(Number(row['issued_at'])),
  totalCents: cents(Number(row['total_cents'])),
  releaseHash: String(row['release_hash']),
})

const claimOf = (row: Row): Claim => ({
  qid: row['qid'] as QuoteId,
  session: String(row['session']),
  firstAt: millis(Number(row['first_at'])),
  state: row['state'] as Claim['state'],
  orderId: textOrNull(row['order_id']),
  orderingAt: row['ordering_at'] === null ? null : millis(Number(row['ordering_at'])),
  orderNumber: textOrNull(row['order_number']),
})

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
