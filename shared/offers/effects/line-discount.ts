/** A reduction once per selected line, however many pieces it holds. */
import { maxOf, minOf, multiply, subtract, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import type { PricingState, Proposal } from '../pricing-state.ts'
import { reductionOf, scheduleAmount } from '../value.ts'
import { priceOfUnits, roomOf, type DiscountedUnits } from './discounted-units.ts'
import { roundingOf, valueFor } from './effect-facts.ts'
import { sharesOfUnits } from './shares-without-dust.ts'

type LineDiscount = Extract<Effect, { type: 'unitDiscount' | 'lineDiscount' }>

/** A percentage of the counted pieces, or an amount that is the same for one piece and for ten. */
export const proposeLineDiscount = (effect: LineDiscount, state: PricingState): Proposal => {
  const lines = sharesOfUnits(effect, state, ({ line, units }, touched) => {
    const value = valueFor(effect.value, line, touched, state)
    const amount = 'schedule' in value ? scheduleAmount(value.schedule, units) : reductionOf(value, baseOf({ line, units }, effect, state), units, roundingOf(state))
    return { line, amount: minOf(amount, roomOf(line, state)) }
  })
  return { lines }
}

/** `capMinusApplied`: the list price of the counted pieces less everything that already came off the line. */
const baseOf = ({ line, units }: DiscountedUnits, effect: LineDiscount, state: PricingState): Rational => {
  if (state.policies.lineBase === 'capMinusApplied') return maxOf(subtract(multiply(line.unit, units), subtract(line.base, line.rest)), 0)
  if (state.policies.lineBase === 'leastOfCapAndRest') return minOf(multiply(line.unit, units), maxOf(line.rest, 0))
  return priceOfUnits(line, units, effect.base ?? state.policies.unitPercentBase ?? 'list')
}
