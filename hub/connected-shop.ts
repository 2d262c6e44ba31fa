/** The connected web shop while the hub runs: opened for phones, and asked for the orders that came of it. */
import type { HubData } from './open-data.ts'
import type { Clock } from './ports/clock.ts'
import type { HintSender } from './ports/hints.ts'
import type { Log } from './ports/log.ts'
import type { ParityWatch } from './ports/parity-watch.ts'
import type { Timer } from './ports/timer.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import type { ForeignShop } from './use-cases/shops/foreign-shop.ts'
import { keepOrders, type KeptOrders } from './use-cases/baskets/keep-orders.ts'
import { watchShop } from './use-cases/shops/shop-keys.ts'

export type ConnectedParts = {
  readonly data: Pick<HubData, 'shops' | 'links' | 'returned' | 'funnel' | 'transactions'>
  readonly parity: ParityWatch
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

export type ConnectedShop = {
  /** The same shop; what is read from it is remembered for the phones. */
  readonly shop: WebShop
  readonly checkout: ForeignShop
  /** Null where the shop tells of no orders. */
  keepOrders(hints: Pick<HintSender, 'handoff'>): KeptOrders | null
}

export const connectedShop = (connected: WebShop, { data, parity, clock, timer, log }: ConnectedParts): ConnectedShop => {
  const { shop, keysOf } = watchShop(connected, data.shops)
  return {
    shop,
    checkout: { shop, keysOf, links: data.links, returned: data.returned, parity, timer, underWay: new Map() },
    keepOrders: (hints) => keepOrders({ ...data, shop, hints, clock, timer, log }),
  }
}
