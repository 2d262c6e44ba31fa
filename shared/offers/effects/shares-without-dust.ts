/** Shares of lines where a shop takes nothing off that is next to nothing. */
import { compare, rational } from '../../kernel/rational.ts'
import type { Filter, MaxUnits, TaxBasis } from '../offer.ts'
import { lineShares, selectLines, type LineShare, type PricingState, type Proposal } from '../pricing-state.ts'
import { listedToBasis } from '../tax/tax-basis.ts'
import { inPickOrder, touchedUnits, type DiscountedUnits } from './discounted-units.ts'

type OfPieces = { readonly select?: Filter; readonly maxUnits?: MaxUnits; readonly taxBasis?: TaxBasis }
/** `touched`: all lines that take part. */
type ShareOf = (one: DiscountedUnits, touched: readonly DiscountedUnits[]) => LineShare

/** The share of every line of which a piece takes part. */
export const sharesOfUnits = (effect: OfPieces, state: PricingState, shareOf: ShareOf): readonly LineShare[] => {
  const { select, maxUnits } = effect
  if (state.policies.dustMinor !== undefined && maxUnits?.per === 'order') return sharesInTurn(effect, maxUnits, state, shareOf)
  const touched = touchedUnits(state, select, maxUnits)
  const shares = touched.map((one) => shareOf(one, touched))
  return state.policies.dustMinor === undefined ? shares : shares.filter(isMoreThanDust(effect, state))
}

/** Line after line until the pieces are used up; a line off which nothing comes uses up none. */
const sharesInTurn = (effect: OfPieces, { count, pick }: MaxUnits, state: PricingState, shareOf: ShareOf): readonly LineShare[] => {
  const isSome = isMoreThanDust(effect, state)
  const shares: LineShare[] = []
  let left = count
  for (const line of inPickOrder(selectLines(state, effect.select), pick, state)) {
    if (left <= 0) break
    const one = { line, units: Math.min(left, line.line.quantity) }
    const share = shareOf(one, [one])
    if (!isSome(share)) continue
    shares.push(share)
    left -= one.units
  }
  return shares
}

/** The same proposal without what is next to nothing. */
export const withoutDust = (effect: OfPieces, proposal: Proposal, state: PricingState): Proposal => {
  if (state.policies.dustMinor === undefined || proposal.basket !== undefined) return proposal
  const { split: _, ...others } = proposal
  return { ...others, lines: lineShares(proposal).filter(isMoreThanDust(effect, state)) }
}

const isMoreThanDust = ({ taxBasis = 'list' }: OfPieces, state: PricingState): ((share: LineShare) => boolean) => {
  const dust = rational(state.policies.dustMinor ?? '0')
  return ({ line, amount }) => compare(listedToBasis(amount, line.line.taxCategory, taxBasis, state), dust) > 0
}
