/** Brings orders of the web shop's own checkout back to the hand-offs that they began as, while the hub runs. */
import type { CheckoutLinkStore, ReturnedOrderStore } from '#hub/ports/checkout-links.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { FunnelStore } from '#hub/ports/funnel-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { OrderPage } from '#hub/ports/web-shop/shop-checkout.ts'
import { tellTrouble, type ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

export type KeepOrdersParts = {
  readonly shop: Pick<WebShop, 'name' | 'ordersSince'>
  readonly returned: ReturnedOrderStore
  readonly links: Pick<CheckoutLinkStore, 'lastLinkAt'>
  readonly funnel: Pick<FunnelStore, 'handoffMoved'>
  readonly transactions: Transactions
  readonly hints: Pick<HintSender, 'handoff'>
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

/** How many orders moved a hand-off. */
export type OrdersRead = { readonly moved: number; /** There may be more: the next turn goes on. */ readonly more: boolean }

export type KeptOrders = {
  /** Asks now; who asks meanwhile gets the same answer. */
  look(): Promise<Result<OrdersRead, ShopTrouble>>
  stop(): Promise<void>
}

const TICK_MS = 15_000
/** Between two questions: soon after somebody went to the shop, else now and then. */
const PAUSE_MS = { expected: 15_000, quiet: 60_000 } as const
const EXPECTED_FOR_MS = 30 * 60_000
/** What a shop tells in one turn; a long absence is caught up with in several. */
const MAX_PAGES = 20
const HANDOFF = /^[0-9a-f]{16}$/

/** Null where the shop tells of no orders. */
export const keepOrders = (parts: KeepOrdersParts): KeptOrders | null => {
  const { ordersSince } = parts.shop
  if (!isAble(ordersSince)) {
    parts.log.info('orders of the web shop do not come back', { shop: parts.shop.name, why: ordersSince.unable })
    return null
  }
  const tell = troubleTeller(parts)
  let notBefore = 0
  let running: Promise<Result<OrdersRead, ShopTrouble>> | null = null
  const lookNow = async (): Promise<Result<OrdersRead, ShopTrouble>> => {
    const read = await readPages(ordersSince, parts)
    tell(read.ok ? null : read.error)
    notBefore = parts.clock.now() + pauseAfter(read, parts)
    return read
  }
  const look = (): Promise<Result<OrdersRead, ShopTrouble>> =>
    (running ??= lookNow().finally(() => {
      running = null
    }))
  const stop = parts.timer.every(TICK_MS, () => {
    if (!running && parts.clock.now() >= notBefore) void look()
  })
  return {
    look,
    stop: async () => {
      stop()
      await running?.then(() => undefined, () => undefined)
    },
  }
}

const pauseAfter = (read: Result<OrdersRead, ShopTrouble>, { links, clock }: KeepOrdersParts): number => {
  if (read.ok && read.value.more) return 0
  const lastLink = links.lastLinkAt()
  const pause = lastLink !== null && clock.now() - lastLink < EXPECTED_FOR_MS ? PAUSE_MS.expected : PAUSE_MS.quiet
  return !read.ok && read.error.type === 'RateLimited' ? Math.max(pause, read.error.retryAfterMs) : pause
}

/** The same trouble is told once, and its end. */
const troubleTeller = ({ shop, log }: KeepOrdersParts): ((trouble: ShopTrouble | null) => void) => {
  let told: string | null = null
  return (trouble) => {
    const sentence = trouble && tellTrouble(trouble)
    if (sentence === told) return
    if (sentence !== null) log.warn('orders of the web shop could not be read', { shop: shop.name, why: sentence })
    else log.info('orders of the web shop can be read again', { shop: shop.name })
    told = sentence
  }
}

/** A page is kept together with where the next one begins: what was kept is not asked for again, and what was not is. */
const readPages = async (ordersSince: Extract<WebShop['ordersSince'], Function>, parts: KeepOrdersParts): Promise<Result<OrdersRead, ShopTrouble>> => {
  let moved = 0
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const before = parts.returned.cursor(parts.shop.name)?.cursor ?? null
    const page = await ordersSince(before)
    if (!page.ok) return page
    const kept = keepPage(page.value, parts)
    if (!kept.ok) return kept
    moved += kept.value
    if (page.value.orders.length === 0 || page.value.cursor === before) return ok({ moved, more: false })
  }
  return ok({ moved, more: true })
}

/** A full or busy disk is told, and the page asked for again at the next turn. */
const keepPage = (page: OrderPage, parts: KeepOrdersParts): Result<number, ShopTrouble> => {
  const { transactions } = parts
  try {
    return ok(transactions.run((tx) => takePage(page, parts, (task) => tx.afterCommit(task))))
  } catch (error) {
    const trouble = transactions.troubleOf(error)
    if (!trouble) throw error
    return err({ type: 'Unreachable', why: `the hub's own disk: ${trouble.type}` })
  }
}

const takePage = ({ orders, cursor }: OrderPage, { shop, returned, funnel, hints, clock }: KeepOrdersParts, afterCommit: (task: () => void) => void): number => {
  const at = clock.now()
  let moved = 0
  for (const order of orders) {
    const move = HANDOFF.test(order.handoff) ? returned.take(shop.name, order, at) : null
    if (!move) continue
    moved += 1
    funnel.handoffMoved(move.qid, move.dev)
    if (move.state === 'ordered') afterCommit(() => hints.handoff(move.dev, { qid: move.qid, state: 'ordered' }))
  }
  returned.keepCursor(shop.name, cursor, at)
  return moved
}
