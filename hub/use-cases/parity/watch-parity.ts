/** Compares what was shown with what the web shop charges: every handed-over basket, baskets made up each hour, and carts told by the checkout. Counts each once, and raises an alarm for every differing cent. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ParityLedger } from '#hub/ports/parity-ledger.ts'
import type { ParityWatch, ToldCart } from '#hub/ports/parity-watch.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { isAble } from '#hub/ports/web-shop/web-shop.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { ParityCause } from '#shared/protocol/parity.ts'
import { compareCart, compareHandedOver, comparePriced, type Comparison, type Seen } from './compare-baskets.ts'
import type { Releases } from './judge-kiosk-price.ts'
import { probeBaskets, seededBelow } from './probe-baskets.ts'
import { cartOf } from '../shops/shop-basket.ts'
import type { WatchedShop } from '../shops/watch-shop.ts'

export type WatchParityParts = {
  readonly ledger: ParityLedger
  readonly releases: Releases
  readonly shop: WatchedShop
  /** Reads the shop again now, because it seems to have changed. */
  look(): void
  readonly transactions: Transactions
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

export type ParityMonitor = ParityWatch & {
  /** One turn now; who asks while one runs gets the same. */
  turn(): Promise<void>
  stop(): Promise<void>
}

const TICK_MS = 15_000
/** Questions to the shop: its shoppers come first. */
export const ASKED_PER_MINUTE = 20
/** Looked at in one turn. */
const MAX_TURN = 50
/** Made up in each hour. */
export const PROBES_PER_HOUR = 24
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** After a trouble that names no time itself, and between two readings for a difference. */
const PAUSE_MS = 60_000
/** Carts that were told and are not compared yet. */
const MAX_CARTS = 500
/** What the shop answered for baskets of late, to know it again in its cart. */
const MAX_SEEN = 500

/** What the shop knows better by now: it is read again. */
const OUTDATED = new Set<ParityCause>(['price', 'not synced', 'not in shop'])

type Answer = Result<ShopQuote, ShopTrouble | CartRefused>
/** later: the shop cannot be asked now. */
type Asked = Answer | 'later'

export const watchParity = (parts: WatchParityParts): ParityMonitor => {
  const { ledger, releases, shop, transactions, clock, log } = parts
  let carts: readonly { readonly told: ToldCart; readonly assortment: Assortment | null }[] = []
  let dropped = 0
  const seen = new Map<string, Seen>()
  const ask = budgeted(parts)
  let probes: readonly { readonly id: string; readonly basket: Basket }[] = []
  let probedHour = Math.floor(clock.now() / HOUR_MS)
  let summarisedAt = 0
  let lookedAt = 0
  let running: Promise<void> | null = null
  const life = { isOver: false }

  const keep = (done: Comparison | null): void => {
    if (!done) return
    const { count, alarm } = done
    const isNew = transactions.run(() => {
      if (!ledger.count(count)) return false
      if (alarm) ledger.raise(alarm)
      return true
    })
    if (!isNew || !alarm) return
    log.error('prices of store and web shop differ', { source: alarm.source, basket: count.id, cause: alarm.cause, detail: alarm.detail, byMinor: alarm.byMinor, offers: alarm.offers.join(' ') })
    if (!OUTDATED.has(alarm.cause) || clock.now() - lookedAt < PAUSE_MS) return
    lookedAt = clock.now()
    parts.look()
  }

  const handedOver = async (): Promise<void> => {
    for (const waiting of ledger.waiting(MAX_TURN)) {
      if (life.isOver) return
      const compared = await compareHandedOver(waiting, { releases, side: shop.side(), canBeAsked: isAble(shop.shop.quote), now: clock.now(), ask })
      if (compared === 'later') continue
      if (compared.answer) noteSeen(seen, waiting.qid, compared.answer)
      keep(compared.comparison)
    }
  }

  const toldCarts = (): void => {
    const now = carts
    carts = []
    for (const { told, assortment } of now) keep(compareCart(told, { assortment, side: shop.side(), seen: seen.get(told.qid) ?? null, now: clock.now() }))
    for (; dropped > 0; dropped--) keep({ count: { id: `dropped ${clock.now()} ${dropped}`, source: 'cart', at: clock.now(), outcome: 'passed', apartMinor: 0 }, alarm: null })
  }

  const madeUp = async (): Promise<void> => {
    const hour = Math.floor(clock.now() / HOUR_MS)
    if ((hour === probedHour && probes.length === 0) || !isAble(shop.shop.quote)) return
    const [assortment, side] = [releases.assortments.current(), shop.side()]
    if (!assortment || !side) return
    if (hour !== probedHour) {
      probes = probeBaskets(assortment, PROBES_PER_HOUR, seededBelow(hour)).map((basket, i) => ({ id: `${hour}:${i}`, basket }))
      probedHour = hour
    }
    for (; probes.length > 0 && !life.isOver; probes = probes.slice(1)) {
      const { id, basket } = probes[0]!
      const question = { basket, assortment: releases.assortments.current() ?? assortment, now: clock.now() }
      const cart = cartOf(basket, question.assortment, side.keys)
      const answer = cart && (await ask(cart))
      if (answer === 'later') return
      keep(comparePriced({ id, source: 'probe', question, answer: answer?.ok ? answer.value : null, side }))
    }
  }

  const turnNow = async (): Promise<void> => {
    try {
      if (clock.now() - summarisedAt > DAY_MS) {
        transactions.run(() => ledger.summarise(clock.now()))
        summarisedAt = clock.now()
      }
      toldCarts()
      await handedOver()
      await madeUp()
    } catch (error) {
      const trouble = transactions.troubleOf(error)
      log.error('prices could not be compared', { why: trouble ? trouble.type : error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'thrown value' })
    }
  }

  const turn = (): Promise<void> =>
    (running ??= turnNow().finally(() => {
      running = null
    }))
  const end = parts.timer.every(TICK_MS, () => void turn())
  return {
    cartTold: (told) => {
      if (carts.length < MAX_CARTS) carts = [...carts, { told, assortment: releases.assortments.current() }]
      else dropped += 1
    },
    turn,
    stop: async () => {
      life.isOver = true
      end()
      await running
    },
  }
}

const noteSeen = (seen: Map<string, Seen>, qid: string, answer: Seen): void => {
  seen.set(qid, answer)
  if (seen.size > MAX_SEEN) seen.delete(seen.keys().next().value!)
}

/** Asks the shop as often as it may be asked, and not while it is in trouble. */
const budgeted = ({ shop, clock }: WatchParityParts): ((cart: Parameters<Extract<WatchedShop['shop']['quote'], Function>>[0]) => Promise<Asked>) => {
  let tokens = ASKED_PER_MINUTE
  let filledAt = clock.now()
  let notBefore = 0
  return async (cart) => {
    const now = clock.now()
    tokens = Math.min(ASKED_PER_MINUTE, tokens + ((now - filledAt) * ASKED_PER_MINUTE) / 60_000)
    filledAt = now
    const { quote } = shop.shop
    if (!isAble(quote) || tokens < 1 || now < notBefore) return 'later'
    tokens -= 1
    const answer = await quote(cart)
    if (answer.ok || answer.error.type === 'CartRefused') {
      shop.heard(null)
      return answer
    }
    shop.heard(answer.error)
    notBefore = clock.now() + (answer.error.type === 'RateLimited' ? answer.error.retryAfterMs : PAUSE_MS)
    return 'later'
  }
}
