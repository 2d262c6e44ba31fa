/** Links into a web shop's checkout, and its orders on their way back, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { CheckoutLinkStore, OrderMove, ReturnedOrderStore } from '#hub/ports/checkout-links.ts'
import type { OpenedCheckout, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { oneRow } from '../database/rows.ts'

type LinkRow = { readonly url: string; readonly leaves: string; readonly charged_minor: number | null; readonly made_at: number }
type OrderRow = { readonly number: string; readonly qid: string; readonly placed_at: number; readonly total_minor: number; readonly state: ReturnedOrder['state'] }

export const sqliteCheckoutLinks = (sql: DatabaseSync): CheckoutLinkStore => {
  const find = sql.prepare('SELECT url, leaves, charged_minor, made_at FROM checkout_link WHERE qid = ? AND session = ? AND cart = ?')
  const keep = sql.prepare('INSERT INTO checkout_link (qid, session, cart, url, leaves, charged_minor, made_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const forget = sql.prepare('DELETE FROM checkout_link WHERE made_at < ?')
  const last = sql.prepare('SELECT max(made_at) AS at FROM checkout_link')
  return {
    link: (name) => {
      const row = oneRow<LinkRow>(find, name.qid, name.session, name.cart)
      return row && { ...name, url: row.url, leaves: JSON.parse(row.leaves) as OpenedCheckout['leaves'], chargedMinor: row.charged_minor, madeAt: millis(row.made_at) }
    },
    keepLink: ({ qid, session, cart, url, leaves, chargedMinor, madeAt }, before) => {
      forget.run(before)
      keep.run(qid, session, cart, url, JSON.stringify(leaves), chargedMinor, madeAt)
    },
    lastLinkAt: () => {
      const at = oneRow<{ readonly at: number | null }>(last)?.at ?? null
      return at === null ? null : millis(at)
    },
  }
}

export const sqliteReturnedOrders = (sql: DatabaseSync): ReturnedOrderStore => {
  const cursor = sql.prepare('SELECT cursor, at FROM order_cursor WHERE shop = ?')
  const keepCursor = sql.prepare('INSERT OR REPLACE INTO order_cursor (shop, cursor, at) VALUES (?, ?, ?)')
  const keep = sql.prepare(`
    INSERT INTO returned_order (shop, number, qid, placed_at, total_minor, state, heard_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (shop, number) DO UPDATE SET state = excluded.state, total_minor = excluded.total_minor, heard_at = excluded.heard_at WHERE state = 'placed' AND excluded.state = 'cancelled'`)
  const standing = sql.prepare(`SELECT number, qid, placed_at, total_minor, state FROM returned_order WHERE qid = ? AND state = 'placed' ORDER BY placed_at, number LIMIT 1`)
  const cancelled = sql.prepare(`
    SELECT count(*) AS n FROM (SELECT qid FROM returned_order WHERE placed_at >= ? AND placed_at < ? GROUP BY qid HAVING count(*) FILTER (WHERE state = 'placed') = 0)`)
  const signer = sql.prepare('SELECT dev FROM visit_code WHERE qid = ? UNION ALL SELECT dev FROM shown_quote WHERE qid = ? LIMIT 1')
  /** A hub that was put back from a copy may have forgotten who opened it; it was ordered all the same. */
  const order = sql.prepare(`
    INSERT INTO claim (qid, session, first_at, state, order_number) VALUES (?1, '', ?2, 'ordered', ?3)
    ON CONFLICT (qid) DO UPDATE SET state = 'ordered', order_number = excluded.order_number`)
  const reopen = sql.prepare(`UPDATE claim SET state = 'opened', order_id = NULL, ordering_at = NULL, order_number = NULL WHERE qid = ? AND state = 'ordered'`)

  const ofHandoff = (qid: string): ReturnedOrder | null => {
    const row = oneRow<OrderRow>(standing, qid)
    return row && { number: row.number, placedAt: millis(row.placed_at), handoff: row.qid, totalMinor: row.total_minor, state: row.state }
  }
  const settle = (handoff: string): OrderMove | null => {
    const dev = oneRow<{ readonly dev: string }>(signer, handoff, handoff)?.dev as DeviceId | undefined
    if (dev === undefined) return null
    const qid = handoff as QuoteId
    const standing = ofHandoff(qid)
    if (standing) order.run(qid, standing.placedAt, standing.number)
    else reopen.run(qid)
    return { qid, dev, state: standing ? 'ordered' : 'gone' }
  }
  return {
    cursor: (shop) => {
      const row = oneRow<{ readonly cursor: string; readonly at: number }>(cursor, shop)
      return row && { cursor: row.cursor, at: millis(row.at) }
    },
    keepCursor: (shop, next, at) => void keepCursor.run(shop, next, at),
    take: (shop, { number, handoff, placedAt, totalMinor, state }, at) =>
      keep.run(shop, number, handoff, placedAt, totalMinor, state, at).changes === 0 ? null : settle(handoff),
    settle: (qid) => (ofHandoff(qid) ? settle(qid) : null),
    ofHandoff,
    cancelledHandoffs: (from, until) => oneRow<{ readonly n: number }>(cancelled, from, until)!.n,
  }
}
