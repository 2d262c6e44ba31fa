/** What became of every offer, and why. */
import { add, isZero, multiply, rational, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import type { PricedArticle } from './catalogue-stage.ts'
import { matchesFilter } from './filter.ts'
import { isTriggered, type Inactive } from './inactive.ts'
import { mergeMissing, missingForCondition, missingForEffects, nextStep } from './missing.ts'
import type { Offer } from './offer.ts'
import { reductionsPerLine } from './price-log.ts'
import type { Gift, Missing, Verdict } from './priced-basket.ts'
import type { PricingState } from './pricing-state.ts'

/** What the stages reported. */
export type Outcome = {
  readonly inactive: ReadonlyMap<Offer, Inactive>
  readonly articles: readonly PricedArticle[]
  /** Loser → winner. */
  readonly displaced: ReadonlyMap<OfferId, OfferId>
  /** What an offer lacked when its turn came. */
  readonly missed: ReadonlyMap<OfferId, readonly Missing[]>
}

/** Shape  one verdict per offer, in the given order. */
export const judgeOffers = (offers: readonly Offer[], state: PricingState, outcome: Outcome): readonly Verdict[] => {
  const savings = savingsPerOffer(state, outcome.articles)
  return offers.map((offer) => judge(offer, state, outcome, savings))
}

const judge = (offer: Offer, state: PricingState, outcome: Outcome, savings: ReadonlyMap<OfferId, Rational>): Verdict => {
  const inactive = outcome.inactive.get(offer)
  if (inactive) return inactive.why === 'channel' ? withHours(inactive, offer, state) : inactive
  const gifts = state.gifts.length === 0 ? [] : state.gifts.filter((gift) => gift.offerId === offer.id).map(giftOf)
  const saved = savings.get(offer.id)
  if (saved !== undefined || gifts.length > 0) {
    const next = offer.effects.flatMap((effect) => nextStep(effect, state))
    return { offerId: offer.id, status: 'applied', amountMinor: toNumber(saved ?? 0), ...(gifts.length > 0 ? { gifts } : {}), ...(next.length > 0 ? { next } : {}) }
  }
  const by = outcome.displaced.get(offer.id) ?? beatenAtTheShelf(offer, state, outcome)
  if (by !== undefined) return { offerId: offer.id, status: 'displaced', by }
  const missing = missingFor(offer, state, outcome)
  return missing.length > 0 ? { offerId: offer.id, status: 'missed', missing } : { offerId: offer.id, status: 'without effect' }
}

const BY_CLOCK: ReadonlySet<Missing['type']> = new Set(['weekday', 'timeOfDay'])

/** "Only online" is half an answer for what holds online at weekends. */
const withHours = (inactive: Inactive, offer: Offer, state: PricingState): Inactive => {
  const missing = missingForCondition(offer.when, state).filter(({ type }) => BY_CLOCK.has(type))
  return missing.length > 0 ? { ...inactive, missing } : inactive
}

/** Another catalogue offer had made the articles cheaper, and one of them is enough or nothing may follow it. */
const beatenAtTheShelf = (offer: Offer, state: PricingState, { articles }: Outcome): OfferId | undefined => {
  if (offer.stage !== 'catalog') return undefined
  const concerns = (i: number): boolean => {
    const { line } = state.lines[i]!
    const asked = { line, unit: rational(line.unitPriceMinor), reduced: line.reduced ?? false }
    return offer.effects.some((effect) => effect.type === 'unitPrice' && matchesFilter(asked, effect.select, state.context.taxonParents))
  }
  return articles.find(({ steps }, i) => steps.length > 0 && concerns(i))?.steps.at(-1)?.offerId
}

const giftOf = ({ sku, quantity, unitPriceMinor }: Gift): Gift => ({ sku, quantity, ...(unitPriceMinor === undefined ? {} : { unitPriceMinor }) })

const missingFor = (offer: Offer, state: PricingState, outcome: Outcome): readonly Missing[] => {
  const triggered = isTriggered(offer, state.context)
  const conditions = triggered ? (outcome.missed.get(offer.id) ?? []) : missingForCondition(offer.when, state)
  return mergeMissing([...(triggered ? [] : [{ type: 'code' } as const]), ...conditions, ...missingForEffects(offer.effects, state)])
}

/** Offers that took something off, with the sum. */
export const savingsPerOffer = (state: PricingState, articles: readonly PricedArticle[]): ReadonlyMap<OfferId, Rational> => {
  const savings = new Map<OfferId, Rational>()
  const count = (offerId: OfferId, amount: Rational): void => {
    if (!isZero(amount)) savings.set(offerId, add(savings.get(offerId) ?? 0, amount))
  }
  articles.forEach((article, i) => {
    for (const { offerId, amount } of article.steps) count(offerId, multiply(amount, state.lines[i]!.line.quantity))
  })
  for (const reductions of [...reductionsPerLine(state.log, state.lines.length), ...state.shipping.map((one) => one.reductions)]) for (const { offerId, amount } of reductions) count(offerId, amount)
  for (const { offerId, amount } of state.basket) count(offerId, amount)
  return savings
}
