/** How many visits became orders: per device and day, with everything that is missing from it. */
import type { ReturnedOrderStore } from '#hub/ports/checkout-links.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FunnelStore } from '#hub/ports/funnel-store.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { addFunnels, NO_VISITS, type FunnelCounts } from '#shared/insights/funnel.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { MAX_FUNNEL_DAYS, type FunnelReply, type FunnelRequest } from '#shared/protocol/funnel.ts'
import { feedbackContext } from './feedback-context.ts'
import { missingDevices } from '../figures/read-insights.ts'

export type FunnelParts = {
  readonly funnel: FunnelStore
  readonly returned: Pick<ReturnedOrderStore, 'cursor' | 'cancelledHandoffs'>
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  readonly documents: DocumentStore
  readonly clock: Clock
  /** Null: orders are placed here, and known at once. */
  readonly shop: Pick<WebShop, 'name' | 'ordersSince'> | null
}

export const readFunnel = (parts: FunnelParts, { from, until }: FunnelRequest): FunnelReply => {
  const { funnel, returned, devices, clock } = parts
  const asOf = clock.now()
  const stretch = { from: from ?? 0, until: Math.min(until ?? asOf, asOf) + 1 }
  const since = funnel.since()
  const known = new Map(devices.list().map((device) => [String(device.dev), device]))
  const byDevice = funnel.countsByDevice(stretch).map(({ dev, counts }) => ({ dev, name: known.get(dev)?.name ?? '', staff: known.get(dev)?.role === 'staff', counts }))
  return {
    asOf,
    since,
    overall: byDevice.reduce((sum, { counts }) => addFunnels(sum, counts), NO_VISITS),
    devices: byDevice.toSorted((a, b) => a.name.localeCompare(b.name) || (a.dev < b.dev ? -1 : 1)),
    days: since === null ? [] : dayByDay(parts, { from: Math.max(stretch.from, since), until: stretch.until }),
    early: funnel.early(stretch),
    cancelled: returned.cancelledHandoffs(stretch.from, stretch.until),
    orders: ordersOf(parts),
    missing: missingDevices(parts, stretch, asOf),
  }
}

/** Newest first; days without visits are left out. */
const dayByDay = ({ funnel, documents }: FunnelParts, { from, until }: { readonly from: number; readonly until: number }): FunnelReply['days'] => {
  const { timeZone } = feedbackContext(documents)
  const last = millis(until - 1)
  const days: { readonly day: string; readonly counts: FunnelCounts }[] = []
  for (let ago = 0, end = until; ago < MAX_FUNNEL_DAYS && end > from; ago++) {
    const begin = startOfDay(last, timeZone, ago)
    const counts = funnel.countsByDevice({ from: Math.max(begin, from), until: end }).reduce((sum, one) => addFunnels(sum, one.counts), NO_VISITS)
    if (counts.visits > 0) days.push({ day: localTime(begin, timeZone).day, counts })
    end = begin
  }
  return days
}

const ordersOf = ({ shop, returned }: FunnelParts): FunnelReply['orders'] => {
  if (!shop) return { type: 'own' }
  return isAble(shop.ordersSince) ? { type: 'read back', at: returned.cursor(shop.name)?.at ?? null } : { type: 'untold', unable: shop.ordersSince.unable }
}
