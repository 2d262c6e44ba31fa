/** Orders of the shop that began as our baskets: the metadata of a checkout stays with its order. */
import * as v from 'valibot'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import { readSince, type Stamped } from '#hub/ports/web-shop/since-stamp.ts'
import type { OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { SaleorClient } from './saleor-client.ts'

/** Keys of the metadata. */
export const HANDOFF_KEY = 'einklang_handoff'
export const STORE_KEY = 'einklang_store'
export const DEVICE_KEY = 'einklang_device'

const ORDERS = `query($first:Int!,$after:String,$channel:String!,$from:DateTime!){page:orders(first:$first,after:$after,channel:$channel,sortBy:{field:LAST_MODIFIED_AT,direction:ASC},filter:{updatedAt:{gte:$from},metadata:[{key:"${HANDOFF_KEY}"}]}){edges{node{id number created updatedAt status total{gross{amount}} handoff:metafield(key:"${HANDOFF_KEY}")}} pageInfo{hasNextPage endCursor}}}`
const stamp = v.pipe(v.string(), v.isoTimestamp())
const orderRecord = v.object({ id: v.string(), number: v.string(), created: stamp, updatedAt: stamp, status: v.string(), total: v.object({ gross: v.object({ amount: v.pipe(v.number(), v.finite()) }) }), handoff: v.nullable(v.string()) })
type OrderRecord = v.InferOutput<typeof orderRecord>

/** Not orders yet, or none any more. */
const NONE = new Set(['DRAFT', 'EXPIRED'])

export const readOrders = async (cursor: string | null, client: SaleorClient, channel: string, pageSize: number): Promise<Result<OrderPage, ShopTrouble>> => {
  // The interface counts by its own cursors, so what changed is read once and dealt out from there.
  let found: readonly (OrderRecord & Stamped)[] | null = null
  const since = await readSince(cursor, async ({ from, skip, take }) => {
    if (found === null) {
      const said = await client.all(ORDERS, orderRecord, pageSize, { channel, from: new Date(from).toISOString() })
      if (!said.ok) return said
      found = said.value.map(stamped).sort((a, b) => a.changedAt - b.changedAt)
    }
    return ok(found.filter(({ changedAt }) => changedAt >= from).slice(skip, skip + take))
  }, pageSize)
  return since.ok ? ok({ orders: since.value.records.flatMap(orderOf), cursor: since.value.cursor }) : since
}

const stamped = (order: OrderRecord): OrderRecord & Stamped => ({ ...order, changedAt: Date.parse(order.updatedAt) })

const orderOf = ({ number, created, status, total, handoff }: OrderRecord): readonly ReturnedOrder[] => {
  const totalMinor = minorOf(total.gross.amount.toFixed(2))
  if (!handoff || NONE.has(status) || totalMinor === null) return []
  return [{ number, placedAt: millis(Date.parse(created)), handoff, totalMinor, state: status === 'CANCELED' ? 'cancelled' : 'placed' }]
}
