/** A reduction of the sum of the selected lines, split over them as the shop splits it. */
import { add, maxOf, minOf, multiply, rational, round, roundedPercentOf, subtract, sumOf, type Rational } from '../../kernel/rational.ts'
import { distributionNamed } from '../distribution/distribute.ts'
import { exactShares } from '../distribution/exact-shares.ts'
import { distributeToMinimumPrice } from '../distribution/minimum-price.ts'
import { spreadEvenly } from '../distribution/spread-evenly.ts'
import type { Effect, TaxBasis, Value } from '../offer.ts'
import { itemsTotal, sumOfRests, type LineShare, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { grossOfLine } from '../tax/gross-of-line.ts'
import { basisToListed, listedToBasis, sumInBasis } from '../tax/tax-basis.ts'
import { doublePercentOf, reductionOf, scheduleAmount, valueInForce } from '../value.ts'
import { discountedUnits, priceOfUnits, roomOf, type DiscountedUnits } from './discounted-units.ts'
import { roundingOf, tierFactsOf } from './effect-facts.ts'
import { proposeCentsPerUnit } from './order-discount-per-unit.ts'
import { withoutDust } from './shares-without-dust.ts'
import { onFirstUnits } from './unit-shares.ts'

type OrderDiscount = Extract<Effect, { type: 'orderDiscount' }>

/** Never more than the selected lines still cost. */
export const proposeOrderDiscount = (effect: OrderDiscount, state: PricingState): Proposal => withoutDust(effect, proposalOf(effect, state), state)

const proposalOf = (effect: OrderDiscount, state: PricingState): Proposal => {
  const distribution = effect.distribution ?? state.policies.distribute ?? 'largestRemainder'
  const selected = discountedUnits(state, effect.select, effect.maxUnits)
  if (distribution === 'wooPerUnit') return proposeCentsPerUnit(effect, selected, state)
  const touched = selected.every(({ units }) => units > 0) ? selected : selected.filter(({ units }) => units > 0)
  if (effect.taxBasis && 'amountMinor' in effect.value) return { lines: amountInBasis(rational(effect.value.amountMinor), effect.taxBasis, touched, distribution, state) }
  const amount = amountOf(effect, touched, state)
  const lines = touched === state.found.allUnits ? state.lines : touched.map(({ line }) => line)
  if (distribution === 'IndividualApplication' && 'amountMinor' in effect.value) return { lines: perPiece(effect.value.amountMinor, touched, state) }
  if (distribution === 'none') return ownLine(amount, lines, state)
  return distributeOver(lines, withinLines(amount, lines, state), distribution, state)
}

/** An amount of prices with or without tax, split by what is left to pay of these. A percentage is the same part of both. */
const amountInBasis = (amount: Rational, basis: TaxBasis, touched: readonly DiscountedUnits[], distribution: string, state: PricingState): readonly LineShare[] => {
  const rests = touched.map(({ line }) => listedToBasis(line.rest, line.line.taxCategory, basis, state))
  const shares = (distributionNamed(distribution) ?? exactShares)(minOf(amount, sumOf(rests)), rests)
  return touched.map(({ line }, i) => ({ line, amount: basisToListed(shares[i]!, line.line.taxCategory, basis, state) }))
}

/** Several reductions of one offer, each of the same prices, split as one; null where they do not concern the same lines. */
export const proposeOrderDiscountsTogether = (effects: readonly OrderDiscount[], state: PricingState): Proposal | null => {
  const distribution = state.policies.distribute ?? 'largestRemainder'
  if (!distributionNamed(distribution) || effects.some((effect) => effect.select || effect.maxUnits || effect.distribution)) return null
  const touched = discountedUnits(state, undefined, undefined)
  const amount = sumOf(effects.map((effect) => amountOf(effect, touched, state)))
  return distributeOver(state.lines, withinLines(amount, state.lines, state), distribution, state)
}

/** Where a share above its line is lost, so is what exceeds all lines: it is lost line by line. */
const withinLines = (amount: Rational, lines: readonly LineState[], state: PricingState): Rational =>
  state.policies.overflow === 'drop' ? amount : minOf(amount, sumOfRests(lines, state))

const spreadShares = (lines: readonly LineState[], amounts: readonly Rational[]): readonly LineShare[] =>
  lines.map((line, i) => ({ line, amount: amounts[i]!, units: spreadEvenly(amounts[i]!, line.line.quantity) }))

/** Splits `total` over lines by what is left to pay, respecting minimum prices and single units where the shop does. */
const distributeOver = (lines: readonly LineState[], total: Rational, distribution: string, state: PricingState): Proposal => {
  const split = distributionNamed(distribution)
  if (!split) throw new RangeError(`no such distribution: ${distribution}`)
  const weights = weightsOf(lines, distribution, state)
  const amounts = state.policies.minPrice || distribution === 'EvenDistribution' ? distributeToMinimumPrice(total, weights, lines, split) : split(total, weights)
  return state.policies.units ? { lines: spreadShares(lines, amounts) } : { split: { lines, amounts } }
}

const grossRests = (lines: readonly LineState[], context: PricingState['context']): readonly Rational[] => lines.map((line) => grossOfLine(line.rest, line.line.taxCategory, context))

const weightsOf = (lines: readonly LineState[], distribution: string, { policies, context }: PricingState): readonly Rational[] => {
  if (distribution === 'EvenDistribution') return lines.map((line) => line.line.quantity)
  return policies.weights === 'gross' ? grossRests(lines, context) : lines.map((line) => line.rest)
}

const amountOf = (effect: OrderDiscount, touched: readonly DiscountedUnits[], state: PricingState): Rational => {
  const base = baseOf(effect, touched, state)
  const value = 'tiers' in effect.value ? tierOf(effect.value, base, touched, state) : effect.value
  const amount = 'percent' in value ? percentAmount(value.percent, base, state) : 'schedule' in value ? minOf(scheduleAmount(value.schedule, unitsOf(touched)), base) : reductionOf(value, base, unitsOf(touched), roundingOf(state))
  return effect.capMinor === undefined ? amount : minOf(amount, rational(effect.capMinor))
}

const tierOf = (value: Value, base: Rational, touched: readonly DiscountedUnits[], state: PricingState): ReturnType<typeof valueInForce> =>
  valueInForce(value, () => ({ ...tierFactsOf(null, touched, state), lineAmount: base }))

const unitsOf = (touched: readonly DiscountedUnits[]): number => touched.reduce((sum, one) => sum + one.units, 0)

/** Above 100 % only where what exceeds a line is lost on it. */
const percentAmount = (percent: string, base: Rational, { policies }: PricingState): Rational => {
  const mode = policies.percentRound?.mode ?? 'halfUp'
  const amount = policies.arithmetic === 'double' ? round(doublePercentOf(base, percent, 1), mode) : roundedPercentOf(base, rational(percent), mode)
  return policies.overflow === 'drop' ? amount : minOf(amount, base)
}

const baseOf = (effect: OrderDiscount, touched: readonly DiscountedUnits[], state: PricingState): Rational => {
  const initial = (effect.base ?? state.policies.orderBase ?? 'current') === 'initial'
  const base = sumTouched(touched, initial ? 'list' : 'current', state)
  return initial || state.basket.length === 0 ? base : maxOf(subtract(base, sumOf(state.basket.map((entry) => entry.amount))), 0)
}

const sumTouched = (touched: readonly DiscountedUnits[], prices: 'list' | 'current', state: PricingState): Rational => {
  const { tax } = state.context
  if (!tax?.pricesIncludeTax || (tax.calc ?? state.policies.tax) !== 'perRate') {
    if (touched === state.found.allUnits && prices === 'current') return state.linesRest
    let sum: Rational = 0
    for (const { line, units } of touched) sum = add(sum, priceOfUnits(line, units, prices))
    return sum
  }
  // Where tax is made per rate, the sum of the lines is not what the basket costs.
  const units = new Map(touched.map((one) => [one.line, one.units]))
  return sumInBasis(touched.map(({ line }) => line), (line) => priceOfUnits(line, units.get(line)!, prices), 'gross', state)
}

/** The whole amount for every piece, down to nothing. */
const perPiece = (amountMinor: number, touched: readonly DiscountedUnits[], state: PricingState): readonly LineShare[] =>
  touched.map(({ line, units }) => onFirstUnits(line, minOf(multiply(minOf(rational(amountMinor), line.unit), units), roomOf(line, state)), units))

/** The reduction as a line of its own; it says which articles it concerns, for their tax. */
const ownLine = (amount: Rational, lines: readonly LineState[], state: PricingState): Proposal => {
  const basket = state.policies.capAtCart ? minOf(amount, itemsTotal(state)) : amount
  const shares = exactShares(basket, lines.map((line) => line.base))
  return { basket, lines: lines.map((line, i) => ({ line, amount: shares[i]! })) }
}
