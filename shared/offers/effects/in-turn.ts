/** Buy and get, turn by turn: pieces are set aside as bought, then others are given, until no turn is complete. */
import { compare, type Rational } from '../../kernel/rational.ts'
import type { Effect } from '../offer.ts'
import { selectLines, type LineState, type PricingState } from '../pricing-state.ts'
import { listedToBasis } from '../tax/tax-basis.ts'

type BuyGet = Extract<Effect, { type: 'buyGet' }>
type Pieces = Map<LineState, number>
/** Pieces per line that count as bought, and that are given. */
export type Turns = { readonly bought: ReadonlyMap<LineState, number>; readonly given: ReadonlyMap<LineState, number> }

/**
 * A turn begins as long as fewer than `repeat` pieces were given; in it, no line gives more than were missing at its start.
 * A turn is whole or not at all. Pieces that another offer bought are not bought again, and pieces it gave are not given again.
 * Order   the line with the highest sum first, the later line on equal sums, on both sides.
 */
export const takeTurns = ({ buy, get, repeat = 1, taxBasis = 'list' }: BuyGet, state: PricingState): Turns => {
  const sums = new Map<LineState, Rational>()
  const sumOf = (line: LineState): Rational => {
    const known = sums.get(line) ?? listedToBasis(line.base, line.line.taxCategory, taxBasis, state)
    sums.set(line, known)
    return known
  }
  const inOrder = (lines: readonly LineState[]): readonly LineState[] => [...lines].sort((a, b) => compare(sumOf(b), sumOf(a)) || b.index - a.index)
  const [buyable, givable] = [inOrder(selectLines(state, buy.select)), inOrder(selectLines(state, get.select))]
  const bought: Pieces = new Map()
  const given: Pieces = new Map()
  const own = (line: LineState): number => (bought.get(line) ?? 0) + (given.get(line) ?? 0)
  for (let missing = repeat; missing > 0; missing -= get.quantity) {
    const set = take(buyable, buy.quantity, (line) => line.line.quantity - own(line) - (state.reserved.get(line.line.id) ?? 0))
    const gifts = set && take(givable, get.quantity, (line) => Math.min(missing, line.line.quantity - own(line) - (set.get(line) ?? 0) - (state.given.get(line.line.id) ?? 0)))
    if (!set || !gifts) break
    for (const [line, pieces] of set) bought.set(line, (bought.get(line) ?? 0) + pieces)
    for (const [line, pieces] of gifts) given.set(line, (given.get(line) ?? 0) + pieces)
  }
  return { bought, given }
}

/** Null if there are not enough. */
const take = (lines: readonly LineState[], wanted: number, free: (line: LineState) => number): Pieces | null => {
  const taken: Pieces = new Map()
  let left = wanted
  for (const line of lines) {
    const pieces = Math.min(left, free(line))
    if (pieces > 0) taken.set(line, pieces)
    left -= Math.max(0, pieces)
  }
  return left > 0 ? null : taken
}
