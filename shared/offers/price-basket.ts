/** The one price: the same offers, policies and context give the same cents on every device. */
import { compare, isZero, round, subtract, sumOf, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { runCartStage } from './cart-stage.ts'
import { priceArticles } from './catalogue-stage.ts'
import { holds } from './conditions.ts'
import { resolveExclusivity } from './exclusivity.ts'
import { isTriggered, whyInactive, type Inactive } from './inactive.ts'
import type { Offer } from './offer.ts'
import type { Policies } from './policies.ts'
import type { PricedBasket, PricedLine, PricedShipping, Reduction, TraceStep } from './priced-basket.ts'
import type { PricingContext } from './pricing-context.ts'
import { itemsTotal, startPricing, type LineState, type PricingState, type ShippingState } from './pricing-state.ts'
import { taxBasket, type BasketTax } from './tax/tax-basket.ts'
import { judgeOffers, type Outcome } from './verdicts.ts'

/**
 * Prices a basket: filter → catalogue offers → exclusivity → cart offers by policy → distribution and floors → tax → totals.
 * Units   minor units; fractions only where the policies say that nothing is rounded.
 * Order   offers in the order in which the shop hands them over; every tie is decided by priority, then that order, then the line order.
 * Source  policies.ts names every point at which shops differ.
 */
export const priceBasket = (offers: readonly Offer[], policies: Policies, context: PricingContext): PricedBasket => {
  const trace: TraceStep[] = []
  const inactive = inactiveOffers(offers, context)
  const active = inOrder(offers.filter((offer) => !inactive.has(offer) && isTriggered(offer, context)), policies)
  const articles = priceArticles(active.filter((offer) => offer.stage === 'catalog'), policies, context, trace)
  const state = startPricing(context, policies, articles, trace)
  const candidates = active.filter((offer) => offer.stage !== 'catalog')
  const { offers: admitted, displaced } = resolveExclusivity(candidates, (offer) => holds(offer.when, state), policies)
  const { outbid, missed } = runCartStage(admitted, state)
  return summarise(offers, state, { inactive, articles, displaced: new Map([...displaced, ...outbid]), missed })
}

const inactiveOffers = (offers: readonly Offer[], context: PricingContext): ReadonlyMap<Offer, Inactive> => {
  const inactive = new Map<Offer, Inactive>()
  for (const offer of offers) {
    const why = whyInactive(offer, context)
    if (why) inactive.set(offer, why)
  }
  return inactive
}

/** Stable: equal priorities keep the given order, or turn it round where the newest comes first. */
const inOrder = (offers: readonly Offer[], policies: Policies): readonly Offer[] => {
  if (policies.sort !== 'priorityDesc') return offers
  const given = policies.tie === 'newestFirst' ? [...offers].reverse() : [...offers]
  return given.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0))
}

const summarise = (offers: readonly Offer[], state: PricingState, outcome: Outcome): PricedBasket => {
  const tax = taxBasket(state)
  const items = itemsTotal(state)
  const shipping = sumOf(state.shipping.map((one) => one.rest))
  const verdicts = judgeOffers(offers, state, outcome)
  return {
    totalMinor: toNumber(roundTotal(sumOf([items, shipping, tax.added]), state)),
    itemsMinor: toNumber(items),
    itemsDiscountMinor: toNumber(subtract(sumOf(state.lines.map((line) => line.base)), items)),
    shippingMinor: toNumber(shipping),
    shippingDiscountMinor: toNumber(sumOf(state.shipping.map((one) => subtract(one.amount, one.rest)))),
    taxIncludedMinor: toNumber(tax.included),
    taxAddedMinor: toNumber(tax.added),
    lines: state.lines.map((line, i) => pricedLine(line, tax, i)),
    shipping: state.shipping.map(pricedShipping),
    basketReductions: state.basket.map(({ offerId, amount }) => ({ offerId, amountMinor: toNumber(amount) })),
    tax: tax.summary,
    gifts: state.gifts,
    applied: verdicts.filter((verdict) => verdict.status === 'applied').map((verdict) => verdict.offerId),
    verdicts,
    trace: state.trace,
  }
}

/** Shops that round the whole basket do so once, at the end. */
const roundTotal = (total: Rational, { context, policies, trace }: PricingState): Rational => {
  if (context.lines.length === 0) return 0 // Nothing to deliver: an empty basket costs nothing.
  if (!context.rounding && !policies.totalRounding) return total
  const rounded = round(total, context.rounding?.mode ?? 'halfUp')
  if (compare(rounded, total) !== 0) trace.push({ stage: 'rounding', amountMinor: toNumber(subtract(rounded, total)), rule: context.rounding?.mode ?? 'halfUp' })
  return rounded
}

const pricedLine = (line: LineState, tax: BasketTax, index: number): PricedLine => {
  const bearing = tax.lines[index]
  return {
    id: line.line.id,
    sku: line.line.sku,
    quantity: line.line.quantity,
    unitPriceMinor: toNumber(line.unit),
    baseMinor: toNumber(line.base),
    discountMinor: toNumber(subtract(line.base, line.rest)),
    totalMinor: toNumber(line.rest),
    ...(line.units ? { unitDiscounts: line.units.map(toNumber) } : {}),
    reductions: reductionsOf(line.reductions),
    ...(bearing ? { tax: bearing } : {}),
  }
}

const pricedShipping = ({ shipping, amount, rest, reductions }: ShippingState): PricedShipping => ({
  id: shipping.id,
  method: shipping.method,
  amountMinor: toNumber(amount),
  discountMinor: toNumber(subtract(amount, rest)),
  totalMinor: toNumber(rest),
  reductions: reductionsOf(reductions),
})

const reductionsOf = (reductions: ReadonlyMap<OfferId, Rational>): readonly Reduction[] =>
  [...reductions].filter(([, amount]) => !isZero(amount)).map(([offerId, amount]) => ({ offerId, amountMinor: toNumber(amount) }))
