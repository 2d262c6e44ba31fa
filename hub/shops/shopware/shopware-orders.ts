/** Orders of the shop that began as our baskets: the shop itself keeps the affiliate and campaign code of a link with its order. */
import * as v from 'valibot'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import { readSince, type Stamped } from '#hub/ports/web-shop/since-stamp.ts'
import type { OrderPage, ReturnedOrder } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { ShopwareClient } from './shopware-client.ts'

/** Affiliate code of every link from a store; the campaign code is the hand-off. */
export const AFFILIATE = 'einklang'
/** For storefronts that keep the hand-off in a custom field of the order instead. */
export const HANDOFF_FIELD = 'einklang_handoff'

const stamp = v.pipe(v.string(), v.isoTimestamp())
const orderRecord = v.object({
  id: v.string(),
  orderNumber: v.string(),
  orderDateTime: stamp,
  createdAt: stamp,
  updatedAt: v.optional(v.nullable(stamp), null),
  amountTotal: v.pipe(v.number(), v.finite()),
  affiliateCode: v.optional(v.nullable(v.string()), null),
  campaignCode: v.optional(v.nullable(v.string()), null),
  customFields: v.optional(v.nullable(v.union([v.record(v.string(), v.unknown()), v.array(v.unknown())])), null),
  stateMachineState: v.optional(v.nullable(v.object({ technicalName: v.string() })), null),
})
type OrderRecord = v.InferOutput<typeof orderRecord>

export const readOrders = async (cursor: string | null, client: ShopwareClient, salesChannel: string, pageSize: number): Promise<Result<OrderPage, ShopTrouble>> => {
  // What was never changed has no stamp of it, so the shop cannot put them in order of their last change.
  let found: readonly (OrderRecord & Stamped)[] | null = null
  const since = await readSince(cursor, async ({ from, skip, take }) => {
    if (found === null) {
      const said = await client.search({ entity: 'order', criteria: { filter: filterFor(from, salesChannel), associations: { stateMachineState: {} } }, record: orderRecord, pageSize })
      if (!said.ok) return said
      found = said.value.map(stamped).sort((a, b) => a.changedAt - b.changedAt)
    }
    return ok(found.filter(({ changedAt }) => changedAt >= from).slice(skip, skip + take))
  }, pageSize)
  return since.ok ? ok({ orders: since.value.records.flatMap(orderOf), cursor: since.value.cursor }) : since
}

const stamped = (order: OrderRecord): OrderRecord & Stamped => ({ ...order, changedAt: Date.parse(order.updatedAt ?? order.createdAt) })

const filterFor = (from: number, salesChannel: string): readonly object[] => {
  const since = { gte: new Date(from).toISOString() }
  const either = (...queries: readonly object[]): object => ({ type: 'multi', operator: 'or', queries })
  return [
    { type: 'equals', field: 'salesChannelId', value: salesChannel },
    either({ type: 'equals', field: 'affiliateCode', value: AFFILIATE }, { type: 'not', operator: 'and', queries: [{ type: 'equals', field: `customFields.${HANDOFF_FIELD}`, value: null }] }),
    either({ type: 'range', field: 'createdAt', parameters: since }, { type: 'range', field: 'updatedAt', parameters: since }),
  ]
}

const orderOf = ({ orderNumber: number, orderDateTime, amountTotal, affiliateCode, campaignCode, customFields, stateMachineState }: OrderRecord): readonly ReturnedOrder[] => {
  const kept = customFields === null || Array.isArray(customFields) ? null : customFields[HANDOFF_FIELD]
  const handoff = typeof kept === 'string' && kept !== '' ? kept : affiliateCode === AFFILIATE ? campaignCode : null
  const totalMinor = minorOf(amountTotal.toFixed(2))
  if (!handoff || totalMinor === null) return []
  return [{ number, placedAt: millis(Date.parse(orderDateTime)), handoff, totalMinor, state: stateMachineState?.technicalName === 'cancelled' ? 'cancelled' : 'placed' }]
}
