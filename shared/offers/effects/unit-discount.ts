/** A reduction of every piece of the selected lines. */
import { maxOf, minOf, multiply, percentOf, rational, round, subtract, sumOf, type Rational } from '../../kernel/rational.ts'
import { proportionalSplit } from '../distribution/distribute.ts'
import type { Effect, SimpleValue, TaxBasis } from '../offer.ts'
import type { LineShare, LineState, PricingState, Proposal } from '../pricing-state.ts'
import { basisToListed, listedToBasis } from '../tax/tax-basis.ts'
import { doublePercentOf, reductionOf, scheduleAmount } from '../value.ts'
import { priceOfUnits, roomOf, touchedUnits, type DiscountedUnits } from './discounted-units.ts'
import { roundingOf, valueFor } from './effect-facts.ts'
import { sharesOfUnits } from './shares-without-dust.ts'

type UnitDiscount = Extract<Effect, { type: 'unitDiscount' | 'lineDiscount' }>
type Base = 'list' | 'current'

/** Percentages are rounded per unit, per line or once for all, as the policies say. */
export const proposeUnitDiscount = (effect: UnitDiscount, state: PricingState): Proposal => {
  const base = effect.base ?? (state.policies.sequential ? 'current' : (state.policies.unitPercentBase ?? 'list'))
  const once = state.policies.percentRound?.scope === 'order' && !state.policies.units
  if (once && 'percent' in effect.value) return { lines: roundedOnce(touchedUnits(state, effect.select, effect.maxUnits), effect.value.percent, base, state) }
  return { lines: sharesOfUnits(effect, state, (one, touched) => shareOf(one, effect, base, touched, state)) }
}

const shareOf = ({ line, units }: DiscountedUnits, effect: UnitDiscount, base: Base, touched: readonly DiscountedUnits[], state: PricingState): LineShare => {
  const value = valueFor(effect.value, line, touched, state)
  if ('schedule' in value) return { line, amount: minOf(scheduleAmount(value.schedule, units), roomOf(line, state)) }
  if (line.units) return perUnit(line, units, value, base, state)
  if (effect.taxBasis && !('percent' in value)) return amountInBasis({ line, units }, value, effect.taxBasis, base, state)
  const mode = roundingOf(state)
  const unitPrice = priceOfUnits(line, 1, base)
  const isUncapped = 'amountMinor' in value && !(effect.perUnitCap ?? state.policies.perUnitCap ?? true)
  const amount =
    'percent' in value
      ? percentAmount(value.percent, { line, units }, base, state)
      : isUncapped
        ? multiply(rational(value.amountMinor), units)
        : multiply(reductionOf(value, unitPrice, 1, mode), units)
  return { line, amount: minOf(amount, roomOf(line, state)) }
}

/** Rounded for one piece and multiplied, or for all counted pieces together. */
const percentAmount = (percent: string, { line, units }: DiscountedUnits, base: Base, state: PricingState): Rational => {
  const mode = roundingOf(state)
  const counted = state.policies.percentRound?.scope === 'unit' ? 1 : units
  const isDouble = state.policies.arithmetic === 'double' && base === 'list'
  const amount = isDouble ? round(doublePercentOf(line.unit, percent, counted), mode) : reductionOf({ percent }, priceOfUnits(line, counted, base), counted, mode)
  return multiply(amount, units / counted)
}

/** An amount of prices with or without tax. A percentage is the same part of both. */
const amountInBasis = ({ line, units }: DiscountedUnits, value: SimpleValue, basis: TaxBasis, base: Base, state: PricingState): LineShare => {
  const unitPrice = listedToBasis(priceOfUnits(line, 1, base), line.line.taxCategory, basis, state)
  const amount = multiply(reductionOf(value, unitPrice, 1, roundingOf(state)), units)
  return { line, amount: minOf(basisToListed(amount, line.line.taxCategory, basis, state), roomOf(line, state)) }
}

/** Every piece on its own, down to its own minimum price. */
const perUnit = (line: LineState, units: number, value: SimpleValue, base: Base, state: PricingState): LineShare => {
  const minimum = state.policies.minPrice ? rational(line.line.minUnitPriceMinor ?? 0) : 0
  const amounts = line.units!.map((taken, i): Rational => {
    if (i >= units) return 0
    const left = subtract(line.unit, taken)
    const wanted = reductionOf(value, base === 'list' ? line.unit : left, 1, roundingOf(state))
    return maxOf(minOf(wanted, subtract(left, minimum)), 0)
  })
  const kept = state.policies.minPrice ? within(amounts, roomOf(line, state)) : amounts
  return { line, amount: sumOf(kept), units: kept }
}

/** What the basket as a whole took off before, no single piece knows of: the last ones give way to it. */
const within = (amounts: readonly Rational[], room: Rational): readonly Rational[] => {
  let left = room
  return amounts.map((amount) => {
    const taken = minOf(amount, left)
    left = subtract(left, taken)
    return taken
  })
}

const roundedOnce = (touched: readonly DiscountedUnits[], percent: string, base: Base, state: PricingState): readonly LineShare[] => {
  const prices = touched.map(({ line, units }) => priceOfUnits(line, units, base))
  const total = round(percentOf(sumOf(prices), rational(percent)), roundingOf(state))
  const shares = proportionalSplit(state.policies)(total, prices)
  return touched.map(({ line }, i) => ({ line, amount: minOf(shares[i]!, roomOf(line, state)) }))
}
