/** Orders of the shop that began as our baskets: what a cart's metadata says stays with its order. */
import * as v from 'valibot'
import { readSince, type Stamped } from '#hub/ports/web-shop/since-stamp.ts'
import type { OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { MedusaClient } from './medusa-client.ts'
import { majorToMinor } from './medusa-rules.ts'

const stamp = v.pipe(v.string(), v.isoTimestamp())
const ordersReply = v.object({
  orders: v.array(v.object({
    id: v.string(), display_id: v.nullable(v.number()), status: v.string(), currency_code: v.string(), total: v.pipe(v.number(), v.finite()),
    created_at: stamp, updated_at: stamp, metadata: v.nullish(v.record(v.string(), v.unknown()), null),
  })),
})
type Record = v.InferOutput<typeof ordersReply>['orders'][number]
const FIELDS = 'id,display_id,status,currency_code,total,created_at,updated_at,metadata'

export const readOrders = async (cursor: string | null, client: MedusaClient, pageSize: number): Promise<Result<OrderPage, ShopTrouble>> => {
  const since = await readSince(cursor, async ({ from, skip, take }) => {
    const query = new URLSearchParams({ fields: FIELDS, order: 'updated_at', 'updated_at[$gte]': new Date(from).toISOString(), limit: String(take), offset: String(skip) })
    const said = await client.admin({ path: `/admin/orders?${query}`, reply: ordersReply })
    return said.ok ? ok(said.value.orders.map((record): Record & Stamped => ({ ...record, changedAt: Date.parse(record.updated_at) }))) : said
  }, pageSize)
  return since.ok ? ok({ orders: since.value.records.flatMap(orderOf), cursor: since.value.cursor }) : since
}

/** What an administrator began, and orders that came from elsewhere, are none of ours. */
const orderOf = ({ id, display_id: number, status, currency_code: currencyCode, total, created_at: createdAt, metadata }: Record): readonly ReturnedOrder[] => {
  const handoff = metadata?.['source'] === 'einklang' ? metadata['handoff'] : null
  if (typeof handoff !== 'string' || handoff === '' || status === 'draft') return []
  const totalMinor = Math.round(majorToMinor(total.toFixed(8), { currencyCode, taxInclusive: true }))
  return [{ number: number === null ? id : String(number), placedAt: millis(Date.parse(createdAt)), handoff, totalMinor, state: status === 'canceled' ? 'cancelled' : 'placed' }]
}
