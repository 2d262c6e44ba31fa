/** All stages from the catalogue to shipping, for a given list of offers. */
import { add, sumOf, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { runCartStage, type TurnsTaken } from './cart-stage.ts'
import { priceArticles, type PricedArticle } from './catalogue-stage.ts'
import { holds } from './conditions.ts'
import { resolveExclusivity } from './exclusivity.ts'
import type { Offer } from './offer.ts'
import type { Policies } from './policies.ts'
import type { TraceStep } from './priced-basket.ts'
import type { PricingContext } from './pricing-context.ts'
import { itemsTotal, startPricing, type PricingState } from './pricing-state.ts'

/** What the stages left behind. `displaced`: loser → winner. */
export type Run = {
  readonly state: PricingState
  readonly articles: readonly PricedArticle[]
  readonly displaced: ReadonlyMap<OfferId, OfferId>
  readonly missed: TurnsTaken['missed']
}

/** Shape  `active`: valid here and now, triggered, in the order of their turns. With `judging`, what an offer lacks is remembered too. */
export const runOffers = (active: readonly Offer[], policies: Policies, context: PricingContext, judging: boolean): Run => {
  const trace: TraceStep[] = []
  const articles = priceArticles(active.filter((offer) => offer.stage === 'catalog'), policies, context, trace)
  const state = startPricing(context, policies, articles, trace)
  const candidates = active.filter((offer) => offer.stage !== 'catalog')
  const { offers, displaced } = resolveExclusivity(candidates, (offer) => holds(offer.when, state), policies)
  const { outbid, missed } = runCartStage(offers, state, judging)
  return { state, articles, displaced: judging ? new Map([...displaced, ...outbid]) : displaced, missed }
}

/** Articles and shipping after all reductions: what one list of offers is compared with another by. */
export const totalOf = ({ state }: Run): Rational => add(itemsTotal(state), sumOf(state.shipping.map((one) => one.rest)))
