/** Orders that began as one of our baskets, told by the shop's order attribution. */
import type { OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { majorToMinor, utc } from './woocommerce-basket.ts'
import { ATTRIBUTION_SOURCE } from './woocommerce-checkout.ts'
import type { WooClient } from './woocommerce-client.ts'
import { ORDERS, orderRecord, type WooOrderRecord } from './woocommerce-replies.ts'

/** Stamps are whole seconds and may be of several servers: a little is read twice. */
const OVERLAP_MS = 60_000
/** Of one call; what is left comes with the next one. */
const MAX_PAGES = 20
const META = '_wc_order_attribution_'
/** Not an order yet: the shop makes it while somebody stands in the checkout, or waits for the money. */
const UNPLACED = new Set(['checkout-draft', 'auto-draft', 'pending', 'trash'])
const CANCELLED = new Set(['cancelled', 'refunded', 'failed'])

/** Cursor  the stamp up to which everything was seen, as ISO 8601 UTC. */
export const ordersSince = async (client: WooClient, cursor: string | null, pageSize: number): Promise<Result<OrderPage, ShopTrouble>> => {
  // One that this shop never gave is none: from the beginning, so nothing is missed.
  const known = cursor !== null && /^\d{4}-\d\d-\d\dT/.test(cursor) && !Number.isNaN(Date.parse(cursor)) ? cursor : null
  const after = known === null ? '' : `&dates_are_gmt=true&modified_after=${encodeURIComponent(new Date(Date.parse(known) - OVERLAP_MS).toISOString().slice(0, 19))}`
  const seen: WooOrderRecord[] = []
  for (let page = 1; page <= MAX_PAGES; page++) {
    const read = await client.page(`/wc/v3/orders?${ORDERS}${after}&orderby=modified&order=asc&per_page=${pageSize}&page=${page}`, orderRecord)
    if (!read.ok) return read
    seen.push(...read.value.items)
    if (page >= read.value.pages) break
  }
  const last = seen.reduce((latest, { date_modified_gmt: stamp }) => (utc(stamp) > latest ? utc(stamp) : latest), known ?? '')
  return ok({ orders: seen.flatMap((order) => returned(order) ?? []), cursor: last === '' ? new Date(0).toISOString() : last })
}

const returned = ({ id, number, status, total, date_created_gmt: created, meta_data: meta }: WooOrderRecord): ReturnedOrder | null => {
  const told = (name: string): string => String(meta.find(({ key }) => key === `${META}${name}`)?.value ?? '')
  const handoff = told('utm_id')
  if (told('utm_source') !== ATTRIBUTION_SOURCE || handoff === '' || UNPLACED.has(status)) return null
  return { number: number === '' ? String(id) : number, placedAt: millis(Date.parse(utc(created))), handoff, totalMinor: Math.round(majorToMinor(total, { decimals: 2 })), state: CANCELLED.has(status) ? 'cancelled' : 'placed' }
}
