/** One piece of the cheapest selected article becomes cheaper. */
import { compare, isPositive, minOf, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import { selectLines, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { reductionOf, scheduleAmount, valueInForce } from '../value.ts'
import { roomOf } from './discounted-units.ts'
import { roundingOf, tierFactsOf } from './effect-facts.ts'
import { onFirstUnits } from './unit-shares.ts'

type Cheapest = Extract<Effect, { type: 'cheapest' }>

/** Order  equal prices: the earlier line. */
export const proposeCheapest = (effect: Cheapest, state: PricingState): Proposal => {
  const lines = selectLines(state, effect.select).filter((line) => isPositive(line.rest))
  const cheapest = lines.reduce<LineState | null>((best, line) => (best && compare(best.unit, line.unit) <= 0 ? best : line), null)
  if (!cheapest) return {}
  const value = valueInForce(effect.value, () => tierFactsOf(cheapest, lines.map((line) => ({ line })), state))
  const amount: Rational = 'schedule' in value ? scheduleAmount(value.schedule, 1) : reductionOf(value, cheapest.unit, 1, roundingOf(state))
  return { lines: [onFirstUnits(cheapest, minOf(amount, roomOf(cheapest, state)), 1)] }
}
