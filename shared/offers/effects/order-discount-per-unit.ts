/** An order reduction handed out piece by piece, cent by cent, over lines in their order. */
import { add, compare, divide, isPositive, isZero, minOf, multiply, percentOf, rational, round, subtract, sumOf, toNumber, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import type { LineShare, LineState, PricingState, Proposal } from '../pricing-state.ts'
import { reductionOf, valueInForce } from '../value.ts'
import { priceOfUnits, type DiscountedUnits } from './discounted-units.ts'
import { roundingOf, tierFactsOf } from './effect-facts.ts'

type OrderDiscount = Extract<Effect, { type: 'orderDiscount' }>
/** What has been handed out so far, per line. */
type Given = Map<LineState, Rational>

/** Never more on a line than it still costs. */
export const proposeCentsPerUnit = (effect: OrderDiscount, touched: readonly DiscountedUnits[], state: PricingState): Proposal => {
  const value = valueInForce(effect.value, () => tierFactsOf(null, touched, state))
  const given: Given = new Map(touched.map(({ line }) => [line, 0]))
  if ('percent' in value) givePercent(rational(value.percent), effect, touched, given, state)
  else if (!('schedule' in value)) giveAmount(fixedAmount(value, touched, state), touched, given)
  const lines = [...given].map(([line, amount]): LineShare => ({ line, amount }))
  return { lines }
}

/** Rounded down per line, then single cents up to the percentage of the whole. */
const givePercent = (percent: Rational, effect: OrderDiscount, touched: readonly DiscountedUnits[], given: Given, state: PricingState): void => {
  const initial = !state.policies.sequential && (effect.base ?? state.policies.orderBase) !== 'current'
  const counted = touched.filter(({ line }) => isPositive(line.rest))
  const prices = counted.map(({ line, units }) => priceOfUnits(line, units, initial ? 'list' : 'current'))
  const double = state.policies.arithmetic === 'double' && initial
  counted.forEach(({ line, units }, i) => give(line, round(double ? doublePercent(line, units, percent) : percentOf(prices[i]!, percent), 'floor'), given))
  const wanted = round(percentOf(sumOf(prices), percent), roundingOf(state))
  giveCents(subtract(wanted, sumOf([...given.values()])), counted, given)
}

/** Binary floating point may stay a hair below a whole cent, which is then rounded away; in the shop's own order of operations. */
const doublePercent = ({ line, base }: LineState, units: number, percent: Rational): Rational => rational((toNumber(base) / line.quantity) * units * (toNumber(percent) / 100))

/** Equal amounts per piece, again and again over lines that still cost something; single cents at the end. */
const giveAmount = (amount: Rational, touched: readonly DiscountedUnits[], given: Given): void => {
  for (let left = amount; isPositive(left); ) {
    const open = touched.filter(({ line }) => isPositive(leftOn(line, given)))
    const pieces = open.reduce((sum, one) => sum + one.line.line.quantity, 0)
    if (pieces === 0) return
    const each = round(divide(left, pieces), 'floor')
    if (isZero(each)) return giveCents(left, open, given)
    const before = sumOf([...given.values()])
    for (const { line } of open) give(line, multiply(each, line.line.quantity), given)
    left = subtract(left, subtract(sumOf([...given.values()]), before))
  }
}

/** One cent per piece, line by line. */
const giveCents = (amount: Rational, touched: readonly DiscountedUnits[], given: Given): void => {
  let left = toNumber(amount)
  for (const { line } of touched) {
    for (let piece = 0; piece < line.line.quantity && left > 0; piece++) left -= toNumber(give(line, 1, given))
  }
}

const give = (line: LineState, wanted: Rational, given: Given): Rational => {
  const taken = minOf(wanted, leftOn(line, given))
  given.set(line, add(given.get(line)!, taken))
  return taken
}

const leftOn = (line: LineState, given: Given): Rational => {
  const left = subtract(line.rest, given.get(line)!)
  return compare(left, 0) > 0 ? left : 0
}

const fixedAmount = (value: Exclude<Parameters<typeof reductionOf>[0], { percent: string }>, touched: readonly DiscountedUnits[], state: PricingState): Rational =>
  reductionOf(value, sumOf(touched.map(({ line }) => line.rest)), touched.reduce((sum, one) => sum + one.units, 0), roundingOf(state))
