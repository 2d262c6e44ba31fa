/** Replays baskets under a draft of the offers and under those in force: what would change, for whom, and how sure that is. */
import type { Cents } from '../../kernel/money.ts'
import { millis, type Millis } from '../../kernel/time.ts'
import { compileOffers, type CompiledOffers } from '../../offers/compile-offers.ts'
import type { PublishedOffer } from '../../offers/offer.ts'
import type { Policies } from '../../offers/policies.ts'
import { priceCompiled } from '../../offers/price-basket.ts'
import type { PricedBasket } from '../../offers/priced-basket.ts'
import type { PricingContext } from '../../offers/pricing-context.ts'
import type { Assortment } from '../assortment.ts'
import type { Basket, BasketLine } from '../basket.ts'
import { pricingContext, pricingLineOf, type KnownLine } from '../pricing-of-basket.ts'
import { HANDOFF_CHANNEL, type Channel } from '../quote.ts'
import { emptyTally, tallySide, toRehearsal, type Rehearsal, type Tally } from './rehearsal-tally.ts'

/** A basket as it was really bought or handed over. `at`: its own moment, where it is known. */
export type PastBasket = {
  readonly lines: readonly BasketLine[]
  readonly codes?: readonly string[]
  readonly delivery?: Basket['delivery']
  readonly at?: Millis
  /** Lines that had no article here, already left out of `lines`. */
  readonly unmapped?: number
}

/** What is known for the replay. */
export type RehearsalFacts = {
  /** The week that the baskets are moved into begins here. */
  readonly now: Millis
  readonly channel?: Channel
  readonly policies?: { readonly draft?: Policies; readonly current?: Policies }
  /** What one piece costs the merchant, by article number. */
  readonly costs?: ReadonlyMap<string, Cents>
}

/** Takes baskets one by one; nothing is kept of them but sums. */
export type Replay = { readonly add: (basket: PastBasket) => void; readonly result: () => Rehearsal }

type Sides = { readonly draft: readonly PublishedOffer[]; readonly current: readonly PublishedOffer[] }

/**
 * A replay waiting for its baskets.
 * Shape   offers that need the customer's facts are priced by nobody here; they are named in `leftOut`.
 * Order   the result does not depend on the order of the baskets.
 * Units   a basket keeps its weekday and time of day and is moved by whole weeks into the seven days from `now` on; without a moment it
 *         is priced at `now`.
 */
export const startRehearsal = ({ draft, current }: Sides, assortment: Assortment, facts: RehearsalFacts): Replay => {
  const sets = {
    draft: compileOffers(computable(draft), facts.policies?.draft ?? assortment.policies),
    current: compileOffers(computable(current), facts.policies?.current ?? assortment.policies),
  }
  const frames = framesFor(assortment, facts)
  const tally = emptyTally()
  return {
    add: (basket) => replay(basket, sets, frames, assortment, facts, tally),
    result: () => toRehearsal(tally, leftOut([...draft, ...current])),
  }
}

/** The whole replay at once. */
export const rehearse = (draft: readonly PublishedOffer[], current: readonly PublishedOffer[], assortment: Assortment, baskets: Iterable<PastBasket>, facts: RehearsalFacts): Rehearsal => {
  const running = startRehearsal({ draft, current }, assortment, facts)
  for (const basket of baskets) running.add(basket)
  return running.result()
}

const computable = (offers: readonly PublishedOffer[]) => offers.filter(({ certainty }) => certainty === 'exact').map(({ offer }) => offer)
const leftOut = (offers: readonly PublishedOffer[]): readonly string[] => [...new Set(offers.filter(({ certainty }) => certainty !== 'exact').map(({ offer }) => offer.id))].sort()

type Frames = { readonly [delivery in Basket['delivery']]: PricingContext }

/** What all baskets share, worked out once. */
const framesFor = (assortment: Assortment, { now, channel = HANDOFF_CHANNEL }: RehearsalFacts): Frames => {
  const any = assortment.products.slice(0, 1).map((product) => ({ product, quantity: 1 }))
  const frame = (delivery: Basket['delivery']): PricingContext => pricingContext(any, { lines: [], codes: [], delivery }, assortment, { now, channel, clockVerified: true })
  return { pickup: frame('pickup'), home: frame('home') }
}

const replay = (basket: PastBasket, sets: { readonly draft: CompiledOffers; readonly current: CompiledOffers }, frames: Frames, assortment: Assortment, { now, costs }: RehearsalFacts, tally: Tally): void => {
  tally.lines.unmapped += basket.unmapped ?? 0
  const sold = basket.lines.filter(({ sku, quantity }) => assortment.productsBySku.has(sku) && Number.isSafeInteger(quantity) && quantity > 0)
  const known = knownLines(sold, assortment)
  tally.lines.unknown += basket.lines.length - sold.length
  if (known.length === 0) {
    tally.refused[basket.lines.length === 0 ? 'empty' : 'unknownArticles'] += 1
    return
  }
  const delivery = basket.delivery ?? 'pickup'
  const lines = known.toSorted((a, b) => a.product.number - b.product.number).map(pricingLineOf)
  const context: PricingContext = { ...frames[delivery], now: new Date(Math.floor(momentOf(basket, now) / 1000) * 1000).toISOString(), couponCodes: basket.codes ?? [], lines }
  const draft = priceCompiled(sets.draft, context)
  const current = priceCompiled(sets.current, context)
  if (!isPriced(draft) || !isPriced(current)) {
    tally.refused.unpriceable += 1
    return
  }
  tally.lines.priced += sold.length
  tallySide(tally, { known, draft, current, costs: costs ?? null })
}

/** The same article on several lines is one line. */
const knownLines = (lines: readonly BasketLine[], { productsBySku }: Assortment): readonly KnownLine[] => {
  const pieces = new Map<KnownLine['product'], number>()
  for (const { sku, quantity } of lines) pieces.set(productsBySku.get(sku)!, (pieces.get(productsBySku.get(sku)!) ?? 0) + quantity)
  return [...pieces].map(([product, quantity]) => ({ product, quantity }))
}

const isPriced = ({ totalMinor }: PricedBasket): boolean => Number.isFinite(totalMinor) && totalMinor >= 0

const WEEK_MS = 7 * 86_400_000
const momentOf = ({ at }: PastBasket, now: Millis): Millis => (at === undefined ? now : millis(now + ((((at - now) % WEEK_MS) + WEEK_MS) % WEEK_MS)))

