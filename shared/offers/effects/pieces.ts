/** Single pieces of a basket, for offers that count pieces across lines. */
import { compare } from '../../kernel/rational.ts'
import type { LineState } from '../pricing-state.ts'

/** One entry per piece, in the order of the lines. */
export const piecesOf = (lines: readonly LineState[]): LineState[] => lines.flatMap((line) => Array.from({ length: line.line.quantity }, () => line))

/** Order  equal prices keep basket order in both directions. */
export const byUnitPrice = (sort: 'priceAsc' | 'priceDesc') => (a: LineState, b: LineState): number =>
  (sort === 'priceAsc' ? compare(a.unit, b.unit) : compare(b.unit, a.unit)) || a.index - b.index

/** How many of `pieces` belong to each line, in the order in which the lines first occur. */
export const countPerLine = (pieces: readonly LineState[]): ReadonlyMap<LineState, number> => {
  const counts = new Map<LineState, number>()
  for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  return counts
}
