/** All stages from the catalogue to shipping, for a given list of offers. */
import { add, sumOf, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { runCartStage } from './cart-stage.ts'
import { priceArticles, type PricedArticle } from './catalogue-stage.ts'
import { holds } from './conditions.ts'
import { resolveExclusivity } from './exclusivity.ts'
import type { Policies } from './policies.ts'
import type { PriceLog } from './price-log.ts'
import type { Missing } from './priced-basket.ts'
import type { PricingContext } from './pricing-context.ts'
import { itemsTotal, startPricing, type PricingState } from './pricing-state.ts'
import type { ReadyOffer } from './ready-offer.ts'

/** What the stages left behind. `displaced`: loser → winner. */
export type Run = {
  readonly state: PricingState
  readonly articles: readonly PricedArticle[]
  readonly displaced: ReadonlyMap<OfferId, OfferId>
  readonly missed: ReadonlyMap<OfferId, readonly Missing[]>
}

/** Shape  `active`: valid here and now, triggered, in the order of their turns. With `judging`, what an offer lacks is remembered too. */
export const runOffers = (active: readonly ReadyOffer[], policies: Policies, context: PricingContext, judging: boolean): Run => {
  const log: PriceLog = []
  const hasCatalogue = active.some(isOfCatalogue)
  const articles = priceArticles(hasCatalogue ? active.filter(isOfCatalogue).map(({ offer }) => offer) : [], policies, context, log)
  const state = startPricing(context, policies, articles, log)
  const candidates = hasCatalogue ? active.filter((one) => !one.isOfCatalogue) : active
  const { offers, displaced } = candidates.some(keepsOthersAway) ? withoutDisplaced(candidates, state) : { offers: candidates, displaced: NOBODY }
  const taken = runCartStage(offers, state, judging)
  return { state, articles, displaced: taken ? new Map([...displaced, ...taken.outbid]) : displaced, missed: taken ? taken.missed : NOTHING }
}

const NOBODY: Run['displaced'] = new Map()
const NOTHING: Run['missed'] = new Map()
const isOfCatalogue = (one: ReadyOffer): boolean => one.isOfCatalogue
const keepsOthersAway = (one: ReadyOffer): boolean => one.keepsOthersAway

const withoutDisplaced = (candidates: readonly ReadyOffer[], state: PricingState): { readonly offers: readonly ReadyOffer[]; readonly displaced: Run['displaced'] } => {
  const admitted = resolveExclusivity(candidates.map(({ offer }) => offer), (offer) => holds(offer.when, state), state.policies, state.context.couponCodes)
  const offers = new Set(admitted.offers)
  return { offers: candidates.filter(({ offer }) => offers.has(offer)), displaced: admitted.displaced }
}

/** Articles and shipping after all reductions: what one list of offers is compared with another by. */
export const totalOf = ({ state }: Run): Rational => add(itemsTotal(state), sumOf(state.shipping.map((one) => one.rest)))
