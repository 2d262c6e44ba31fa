/** Every piece that belongs to a full group of n becomes cheaper. */
import { minOf, multiply, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import { selectLines, type LineState, type PricingState, type Proposal } from '../pricing-state.ts'
import { reductionOf, scheduleAmount, valueInForce } from '../value.ts'
import { priceOfUnits, roomOf } from './discounted-units.ts'
import { roundingOf, tierFactsOf } from './effect-facts.ts'
import { onFirstUnits } from './unit-shares.ts'

type QuantityGroups = Extract<Effect, { type: 'quantityGroups' }>

/**
 * Groups are counted over all selected lines.
 * Order   pieces of the line with most pieces come first, of the earlier line on a tie; what is left at the end belongs to no group.
 */
export const proposeQuantityGroups = (effect: QuantityGroups, state: PricingState): Proposal => {
  const lines = selectLines(state, effect.select)
  const pieces = lines.reduce((sum, line) => sum + line.line.quantity, 0)
  let left = Math.floor(pieces / effect.groupSize) * effect.groupSize
  const units = new Map<LineState, number>()
  for (const line of [...lines].sort((a, b) => b.line.quantity - a.line.quantity || a.index - b.index)) {
    units.set(line, Math.min(left, line.line.quantity))
    left -= units.get(line)!
  }
  return {
    lines: lines
      .filter((line) => units.get(line)! > 0)
      .map((line) => onFirstUnits(line, minOf(multiply(perPiece(effect, line, lines, state), units.get(line)!), roomOf(line, state)), units.get(line)!)),
  }
}

/** A percentage of a piece is rounded per piece: it is a price of its own. */
const perPiece = (effect: QuantityGroups, line: LineState, lines: readonly LineState[], state: PricingState): Rational => {
  const value = valueInForce(effect.value, () => tierFactsOf(line, lines.map((one) => ({ line: one })), state))
  if ('schedule' in value) return scheduleAmount(value.schedule, 1)
  const base = 'percent' in value ? priceOfUnits(line, 1, state.policies.unitPercentBase ?? 'list') : line.unit
  return reductionOf(value, base, 1, roundingOf(state))
}
