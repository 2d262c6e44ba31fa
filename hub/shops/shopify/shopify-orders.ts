/** Orders of the shop that began as our baskets: what a cart's attributes say stays with its order. */
import type * as v from 'valibot'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { Attribution, OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { ShopifyClient } from './shopify-client.ts'
import { ORDERS, ordersReply, type ShopifyOrderRecord } from './shopify-queries.ts'

const HANDOFF = 'einklang_handoff'

/** A name that begins with an underscore would be hidden from the shop's people. */
export const attributesOf = ({ store, device, handoff }: Attribution): { readonly [key: string]: string } => ({ einklang_store: store, einklang_device: device, [HANDOFF]: handoff })

/** An order is stamped before it can be found: what changed so shortly before the newest one is read once more. */
const OVERLAP_MS = 2 * 60_000
/** What is left is read the next time. */
const MAX_PAGES = 40

/** `cursor` is the stamp of the newest change that was seen. */
export const readOrders = async (cursor: string | null, client: ShopifyClient, first: number): Promise<Result<OrderPage, ShopTrouble>> => {
  const since = cursor === null ? NaN : Date.parse(cursor)
  const query = Number.isNaN(since) ? null : `updated_at:>='${new Date(since - OVERLAP_MS).toISOString()}'`
  const orders: ReturnedOrder[] = []
  let newest = Number.isNaN(since) ? 0 : since
  let after: string | null = null
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const read: Result<v.InferOutput<typeof ordersReply>, ShopTrouble> = await client.admin({ query: ORDERS, variables: { first, after, query }, reply: ordersReply })
    if (!read.ok) return read
    for (const record of read.value.page.nodes) {
      const order = orderOf(record)
      if (order === 'odd') return err({ type: 'Nonsense', why: `order ${record.name.slice(0, 40)} cannot be read` })
      if (order) orders.push(order)
      newest = Math.max(newest, Date.parse(record.updatedAt))
    }
    const { hasNextPage, endCursor }: { readonly hasNextPage: boolean; readonly endCursor: string | null } = read.value.page.pageInfo
    if (!hasNextPage) break
    if (endCursor === null || endCursor === after) return err({ type: 'Nonsense', why: 'its list of orders goes on and does not say where' })
    after = endCursor
  }
  return ok({ orders, cursor: new Date(newest).toISOString() })
}

/** Null for orders that came from elsewhere. */
const orderOf = ({ name, createdAt, updatedAt, cancelledAt, customAttributes, totalPriceSet }: ShopifyOrderRecord): ReturnedOrder | null | 'odd' => {
  const [placed, changed, totalMinor] = [Date.parse(createdAt), Date.parse(updatedAt), minorOf(totalPriceSet.shopMoney.amount)]
  if (Number.isNaN(changed)) return 'odd'
  const handoff = customAttributes.find(({ key }) => key === HANDOFF)?.value
  if (!handoff) return null
  return Number.isNaN(placed) || totalMinor === null ? 'odd' : { number: name, placedAt: millis(placed), handoff, totalMinor, state: cancelledAt === null ? 'placed' : 'cancelled' }
}
