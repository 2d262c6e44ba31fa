/** Facts that several effects look up. */
import { sumOf, type RoundingMode } from '../../kernel/rational.ts'
import type { LineState, PricingState } from '../pricing-state.ts'
import type { SimpleValue, Value } from '../offer.ts'
import { valueInForce, type TierFacts } from '../value.ts'

/** How this shop rounds a percentage. */
export const roundingOf = (state: PricingState): RoundingMode => state.policies.percentRound?.mode ?? 'halfUp'

/** A tiered value becomes its highest reached tier; all others are themselves, without looking at the basket. */
export const valueFor = (value: Value, line: LineState | null, touched: readonly { readonly line: LineState }[], state: PricingState): Exclude<Value, { tiers: unknown }> | SimpleValue =>
  'tiers' in value ? valueInForce(value, () => tierFactsOf(line, touched, state)) : value

/** What a tiered value climbs by, for one line among all that the effect touches; without a line, for all of them. */
export const tierFactsOf = (line: LineState | null, touched: readonly { readonly line: LineState }[], state: PricingState): TierFacts => ({
  lineAmount: line ? line.rest : sumOf(touched.map((one) => one.line.rest)),
  orderSubtotalInitial: state.linesBase,
  selectedQuantity: touched.reduce((sum, one) => sum + one.line.line.quantity, 0),
})
