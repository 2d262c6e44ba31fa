/** Every piece that belongs to a full group of n becomes cheaper. */
import { minOf, multiply, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import { selectLines, type PricingState, type Proposal } from '../pricing-state.ts'
import { reductionOf, scheduleAmount, valueInForce } from '../value.ts'
import { roomOf } from './discounted-units.ts'
import { roundingOf, tierFactsOf } from './effect-facts.ts'
import { onFirstUnits } from './unit-shares.ts'

type QuantityGroups = Extract<Effect, { type: 'quantityGroups' }>

/** Groups are counted over all selected lines; the pieces of full groups are taken in basket order. */
export const proposeQuantityGroups = (effect: QuantityGroups, state: PricingState): Proposal => {
  const lines = selectLines(state, effect.select)
  const pieces = lines.reduce((sum, line) => sum + line.line.quantity, 0)
  let left = Math.floor(pieces / effect.groupSize) * effect.groupSize
  return {
    lines: lines.map((line) => {
      const units = Math.min(left, line.line.quantity)
      left -= units
      const value = valueInForce(effect.value, tierFactsOf(line, lines.map((one) => ({ line: one })), state))
      const perPiece: Rational = 'schedule' in value ? scheduleAmount(value.schedule, 1) : reductionOf(value, line.unit, 1, roundingOf(state))
      return onFirstUnits(line, minOf(multiply(perPiece, units), roomOf(line, state)), Math.max(units, 1))
    }),
  }
}
