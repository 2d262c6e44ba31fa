/** The one price: the same offers, policies and context give the same cents on every device. */
import { compare, divide, isZero, multiply, round, subtract, sumOf, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { chooseCombination, type Choice } from './best-combination.ts'
import type { PricedArticle } from './catalogue-stage.ts'
import { begunOffers, candidatesFor, compiledIn, compileOffers, inTurn, type CompiledOffers } from './compile-offers.ts'
import { isTriggered, whyInactive, type Inactive } from './inactive.ts'
import type { Offer } from './offer.ts'
import type { Policies } from './policies.ts'
import { reductionsPerLine, traceOf, type Reduced } from './price-log.ts'
import type { PricedBasket, PricedLine, PricedShipping, Reduction, Verdict } from './priced-basket.ts'
import type { PricingContext } from './pricing-context.ts'
import { itemsTotal, type LineState, type PricingState, type ShippingState } from './pricing-state.ts'
import type { ReadyOffer } from './ready-offer.ts'
import { runOffers, type Run } from './run-offers.ts'
import { Summary } from './summary.ts'
import { taxBasket, type BasketTax } from './tax/tax-basket.ts'
import { judgeOffers, savingsPerOffer } from './verdicts.ts'

/**
 * Prices a basket: filter → catalogue offers → exclusivity → cart offers by policy → distribution and floors → tax → totals.
 * The same array of offers is compiled once (see `compileOffers`), so the work grows with the offers that can touch the basket.
 * Units   minor units; fractions only where the policies say that nothing is rounded.
 * Order   offers in the order in which the shop hands them over; every tie is decided by priority, then that order, then the line order.
 * Source  policies.ts names every point at which shops differ.
 */
export const priceBasket = (offers: readonly Offer[], policies: Policies, context: PricingContext): PricedBasket =>
  priceCompiled(compileOffers(offers, policies), context)

/** The same with a compiled set. Verdicts are made when they are first read: they look at every offer, the price does not. */
export const priceCompiled = (compiled: CompiledOffers, context: PricingContext): PricedBasket => {
  const set = compiledIn(compiled, context.currency)
  return priceCandidates(candidatesFor(set, context), set, context).priced
}

/** A price, and what became of single offers without looking at all of them. */
export type Judged = {
  readonly priced: PricedBasket
  /** Shape  one verdict per id that was compiled, in the order of the ids; each as in `priced.verdicts`. */
  readonly verdictsOf: (ids: readonly OfferId[]) => readonly Verdict[]
  /** Of offers that the basket has begun to reach; every other one lacks something that the basket holds nothing of. */
  readonly verdictsOfBegun: () => readonly Verdict[]
  /** Valid here and now, whatever the basket lacks. */
  readonly isActive: (id: OfferId) => boolean
}

/** As `priceCompiled`, for who wants to know of some offers only: the work grows with those and with the offers that can touch the basket. */
export const priceAndJudge = (compiled: CompiledOffers, context: PricingContext): Judged => {
  const set = compiledIn(compiled, context.currency)
  const candidates = candidatesFor(set, context)
  const { priced, choice } = priceCandidates(candidates, set, context)
  const offersOf = (ids: readonly OfferId[]): readonly Offer[] => ids.flatMap((id) => set.offers[set.givenAt.get(id) ?? -1] ?? [])
  return {
    priced,
    verdictsOf: (ids) => judgeSome(offersOf(ids), set, candidates, choice, context),
    verdictsOfBegun: () => judgeSome(begunOffers(set, context), set, candidates, choice, context),
    isActive: (id) => offersOf([id]).some((offer) => whyInactive(offer, context) === null),
  }
}

const priceCandidates = (candidates: readonly ReadyOffer[], set: CompiledOffers, context: PricingContext): { readonly priced: PricedBasket; readonly choice: Choice } => {
  const choice = chooseCombination(candidates, set.policies, context)
  const run = runOffers(without(candidates, choice), set.policies, choice.context, false)
  return { priced: summarise(run, set, () => judge(set.offers, set.entries, set.policies, choice, context)), choice }
}

const judgeSome = (asked: readonly Offer[], set: CompiledOffers, candidates: readonly ReadyOffer[], choice: Choice, context: PricingContext): readonly Verdict[] =>
  asked.length === 0 ? [] : judge(asked, inTurn(set, [...candidates.map(({ offer }) => offer), ...asked]), set.policies, choice, context)

const without = (offers: readonly ReadyOffer[], { out }: Choice): readonly ReadyOffer[] => (out.size === 0 ? offers : offers.filter((offer) => !out.has(offer.id)))

/** Once more with the offers asked for, not only those that can touch the basket: each is to be told why it did not apply. `inTurn`: they and the candidates. */
const judge = (asked: readonly Offer[], inOrder: readonly ReadyOffer[], policies: Policies, choice: Choice, context: PricingContext): readonly Verdict[] => {
  const inactive = new Map<Offer, Inactive>()
  for (const offer of asked) {
    const why = whyInactive(offer, context)
    if (why) inactive.set(offer, why)
  }
  const active = inOrder.filter(({ offer }) => !inactive.has(offer) && isTriggered(offer, context))
  const { state, articles, displaced, missed } = runOffers(without(active, choice), policies, choice.context, true)
  return judgeOffers(asked, state, { inactive, articles, displaced: new Map([...displaced, ...choice.out]), missed })
}

const summarise = ({ state, articles }: Run, compiled: CompiledOffers, verdicts: () => readonly Verdict[]): PricedBasket => {
  const tax = taxBasket(state)
  const items = itemsTotal(state)
  const shipping = sumOf(state.shipping.map((one) => one.rest))
  const told = {
    totalMinor: toNumber(roundTotal(totalWithTax(sumOf([items, shipping, tax.added]), tax, state), state)),
    itemsMinor: toNumber(items),
    itemsDiscountMinor: toNumber(subtract(state.linesBase, items)),
    shippingMinor: toNumber(shipping),
    shippingDiscountMinor: toNumber(sumOf(state.shipping.map((one) => subtract(one.amount, one.rest)))),
    taxIncludedMinor: toNumber(tax.included),
    taxAddedMinor: toNumber(tax.added),
    shipping: state.shipping.map(pricedShipping),
    basketReductions: state.basket.map(({ offerId, amount }) => ({ offerId, amountMinor: toNumber(amount) })),
    gifts: state.gifts,
  }
  return new Summary(told, { lines: () => pricedLines(state, tax), trace: () => traceOf(state.log), tax: tax.summary, applied: () => appliedOffers(state, articles, compiled), verdicts })
}

/** Order  as the offers were given. */
const appliedOffers = (state: PricingState, articles: readonly PricedArticle[], { givenAt }: CompiledOffers): readonly OfferId[] => {
  const applied = new Set([...savingsPerOffer(state, articles).keys(), ...state.gifts.map((gift) => gift.offerId)])
  return [...applied].sort((a, b) => givenAt.get(a)! - givenAt.get(b)!)
}

/** Shops that make tax once per rate charge another cent than their lines add up to. */
const totalWithTax = (sum: Rational, { total }: BasketTax, { log }: PricingState): Rational => {
  if (total !== null && compare(total, sum) !== 0) log.push({ stage: 'tax', amountMinor: toNumber(subtract(total, sum)), rule: 'perRate' })
  return total ?? sum
}

/** Shops that round the whole basket do so once, at the end. */
const roundTotal = (total: Rational, { context, policies, log }: PricingState): Rational => {
  if (context.lines.length === 0 || compare(total, 0) < 0) return 0 // Nothing to deliver costs nothing; tax rounded in parts may leave a cent less than nothing.
  const interval = context.rounding?.intervalMinor ?? policies.cashRounding?.intervalMinor
  if (!context.rounding && !policies.totalRounding && !interval) return total
  const mode = context.rounding?.mode ?? policies.cashRounding?.mode ?? 'halfUp'
  const rounded = interval ? multiply(round(divide(total, interval), mode), interval) : round(total, mode)
  if (compare(rounded, total) !== 0) log.push({ stage: 'rounding', amountMinor: toNumber(subtract(rounded, total)), rule: mode })
  return rounded
}

const pricedLines = (state: PricingState, tax: BasketTax): readonly PricedLine[] => {
  const reductions = reductionsPerLine(state.log, state.lines.length)
  return state.lines.map((line, i) => pricedLine(line, reductions[i]!, tax.lines[i] ?? null))
}

const pricedLine = (line: LineState, reductions: readonly Reduced[], bearing: BasketTax['lines'][number]): PricedLine => {
  return {
    id: line.line.id,
    sku: line.line.sku,
    quantity: line.line.quantity,
    unitPriceMinor: toNumber(line.unit),
    baseMinor: toNumber(line.base),
    discountMinor: toNumber(subtract(line.base, line.rest)),
    totalMinor: toNumber(line.rest),
    ...(line.units ? { unitDiscounts: line.units.map(toNumber) } : {}),
    reductions: reductionsOf(reductions),
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

const reductionsOf = (reductions: readonly Reduced[]): readonly Reduction[] => {
  const told: Reduction[] = []
  for (const { offerId, amount } of reductions) if (!isZero(amount)) told.push({ offerId, amountMinor: toNumber(amount) })
  return told
}
