/** Prices before the basket: catalogue offers change the unit price of an article. */
import { compare, isPositive, maxOf, multiply, percentOf, rational, round, subtract, sumOf, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { matchesFilter } from './filter.ts'
import type { Effect, Offer } from './offer.ts'
import type { Policies } from './policies.ts'
import type { PriceLog } from './price-log.ts'
import type { PricingContext, PricingLine } from './pricing-context.ts'
import type { CataloguePrice } from './pricing-state.ts'
import { valueInForce } from './value.ts'

/** One article's way to its unit price: which offers made it cheaper, and by how much per piece. */
export type PricedArticle = CataloguePrice & { readonly steps: readonly { readonly offerId: OfferId; readonly amount: Rational }[] }

type UnitPrice = Extract<Effect, { type: 'unitPrice' }>
type Step = { readonly offer: Offer; readonly effect: UnitPrice }

/** Shape  one price per line, in basket order, or none where all are as listed; `offers` are the catalogue offers that are valid here and now, in their order. */
export const priceArticles = (offers: readonly Offer[], policies: Policies, context: PricingContext, log: PriceLog): readonly PricedArticle[] => {
  if (offers.length === 0 && (context.rounding?.at ?? policies.totalRounding) !== 'unit') return AS_LISTED
  const steps = [...offers]
    .sort((a, b) => Number(b.exclusive ?? false) - Number(a.exclusive ?? false))
    .flatMap((offer) => offer.effects.flatMap((effect) => (effect.type === 'unitPrice' ? [{ offer, effect }] : [])))
  return context.lines.map((line) => priceArticle(line, steps, policies, context, log))
}

const AS_LISTED: readonly PricedArticle[] = []

const priceArticle = (line: PricingLine, steps: readonly Step[], policies: Policies, context: PricingContext, log: PriceLog): PricedArticle => {
  const asked = startPrice(rational(line.unitPriceMinor), policies, context)
  const original = line.listPriceMinor === undefined ? asked : startPrice(rational(line.listPriceMinor), policies, context)
  const matching = steps.filter(({ effect }) => matchesFilter({ line, unit: asked, reduced: line.reduced ?? false }, effect.select, context.taxonParents))
  if (matching.length === 0) return { unit: asked, reduced: line.reduced ?? false, steps: [] }
  const taken = policies.catalog?.select === 'best' ? bestStep(matching, original, line, policies, context) : policies.catalog?.select === 'first' ? stepByStep(matching.slice(0, 1), original, line, policies, context) : stepByStep(matching, original, line, policies, context)
  for (const { offerId, amount } of taken) {
    log.push({ stage: 'catalog', offerId, lineId: line.id, amountMinor: toNumber(multiply(amount, line.quantity)), rule: 'unitPrice' })
  }
  return { unit: subtract(original, sumOf(taken.map((step) => step.amount))), reduced: (line.reduced ?? false) || taken.length > 0, steps: taken }
}

/** Each on the running price; nothing follows an exclusive offer or the minimum price. */
const stepByStep = (steps: readonly Step[], original: Rational, line: PricingLine, policies: Policies, context: PricingContext): PricedArticle['steps'] => {
  const taken: { offerId: OfferId; amount: Rational }[] = []
  let price = original
  for (const { offer, effect } of steps) {
    const amount = reductionOfUnit(effect, price, line, policies, context)
    if (isPositive(amount)) taken.push({ offerId: offer.id, amount })
    price = subtract(price, amount)
    if (offer.exclusive) break
  }
  return taken
}

/** Order  the earlier offer on equal reductions. */
const bestStep = (steps: readonly Step[], original: Rational, line: PricingLine, policies: Policies, context: PricingContext): PricedArticle['steps'] => {
  const all = steps.map(({ offer, effect }) => ({ offerId: offer.id, amount: reductionOfUnit(effect, original, line, policies, context) }))
  const best = all.reduce((one, other) => (compare(other.amount, one.amount) > 0 ? other : one))
  return isPositive(best.amount) ? [best] : []
}

const reductionOfUnit = (effect: UnitPrice, price: Rational, line: PricingLine, policies: Policies, context: PricingContext): Rational => {
  const minimum = rational(line.minUnitPriceMinor ?? 0)
  if (compare(price, minimum) <= 0) return 0
  const initial = (): Rational => sumOf(context.lines.map((one) => multiply(rational(one.unitPriceMinor), one.quantity)))
  const value = valueInForce(effect.value, () => ({ lineAmount: multiply(price, line.quantity), orderSubtotalInitial: initial(), selectedQuantity: line.quantity }))
  if ('schedule' in value) return 0
  const mode = policies.catalog?.mode ?? 'halfUp'
  const wanted =
    'percent' in value
      ? policies.catalog?.roundOn === 'discount'
        ? subtract(price, round(percentOf(price, rational(value.percent)), mode))
        : round(subtract(price, percentOf(price, rational(value.percent))), mode)
      : 'amountMinor' in value
        ? subtract(price, rational(value.amountMinor))
        : rational('priceMinor' in value ? value.priceMinor : value.unitPriceMinor)
  return maxOf(subtract(price, maxOf(wanted, minimum)), 0)
}

/** Shops that round every unit price do so before everything else. */
const startPrice = (price: Rational, policies: Policies, context: PricingContext): Rational => {
  const rounding = context.rounding
  return (rounding?.at ?? policies.totalRounding) === 'unit' ? round(price, rounding?.mode ?? 'halfUp') : price
}
