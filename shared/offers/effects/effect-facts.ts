/** Facts that several effects look up. */
import { sumOf, type RoundingMode } from '../../kernel/rational.ts'
import type { LineState, PricingState } from '../pricing-state.ts'
import type { TierFacts } from '../value.ts'

/** How this shop rounds a percentage. */
export const roundingOf = (state: PricingState): RoundingMode => state.policies.percentRound?.mode ?? 'halfUp'

/** What a tiered value climbs by, for one line among all that the effect touches; without a line, for all of them. */
export const tierFactsOf = (line: LineState | null, touched: readonly { readonly line: LineState }[], state: PricingState): TierFacts => ({
  lineAmount: line ? line.rest : sumOf(touched.map((one) => one.line.rest)),
  orderSubtotalInitial: state.linesBase,
  selectedQuantity: touched.reduce((sum, one) => sum + one.line.line.quantity, 0),
})
