/** Orders of the shop that began as our baskets: the storefront's route writes the hand-off into a field of the order. */
import * as v from 'valibot'
import { readSince, type Stamped } from '#hub/ports/web-shop/since-stamp.ts'
import type { OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { VendureClient } from './vendure-client.ts'

/** What a field of the shop may be called. */
export const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,60}$/

const stamp = v.pipe(v.string(), v.isoTimestamp())
const ordersReply = v.object({
  orders: v.object({
    items: v.array(v.object({ id: v.string(), code: v.string(), state: v.string(), updatedAt: stamp, orderPlacedAt: v.nullable(stamp), totalWithTax: v.number(), customFields: v.nullable(v.object({ handoff: v.nullable(v.string()) })) })),
  }),
})
type Record = v.InferOutput<typeof ordersReply>['orders']['items'][number]

/** The shop finds what is later than an instant, not what is at it. */
const ordersBy = (field: string): string =>
  `query($after:DateTime!,$skip:Int!,$take:Int!){orders(options:{filter:{updatedAt:{after:$after}},sort:{updatedAt:ASC},skip:$skip,take:$take}){items{id code state updatedAt orderPlacedAt totalWithTax customFields{handoff:${field}}}}}`

export const readOrders = async (cursor: string | null, field: string, client: VendureClient, pageSize: number): Promise<Result<OrderPage, ShopTrouble>> => {
  const query = ordersBy(field)
  const since = await readSince(cursor, async ({ from, skip, take }) => {
    const said = await client.ask({ query, variables: { after: new Date(Math.max(0, from - 1)).toISOString(), skip, take }, reply: ordersReply, repeatable: true })
    return said.ok ? ok(said.value.orders.items.map((record): Record & Stamped => ({ ...record, changedAt: Date.parse(record.updatedAt) }))) : said
  }, pageSize)
  return since.ok ? ok({ orders: since.value.records.flatMap(orderOf), cursor: since.value.cursor }) : since
}

/** Carts that nobody ordered, and orders that began elsewhere, are none of ours. */
const orderOf = ({ code, state, orderPlacedAt, totalWithTax, customFields }: Record): readonly ReturnedOrder[] => {
  const handoff = customFields?.handoff ?? ''
  if (orderPlacedAt === null || handoff === '') return []
  return [{ number: code, placedAt: millis(Date.parse(orderPlacedAt)), handoff, totalMinor: totalWithTax, state: state === 'Cancelled' ? 'cancelled' : 'placed' }]
}
