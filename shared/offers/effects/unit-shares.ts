/** A line's share told per piece, where prices are kept per piece. */
import type { Rational } from '../../kernel/rational.ts'
import { spreadEvenly } from '../distribution/spread-evenly.ts'
import type { LineShare, LineState } from '../pricing-state.ts'

/** `amount` over the first `units` pieces of a line. */
export const onFirstUnits = (line: LineState, amount: Rational, units: number): LineShare => {
  if (!line.units) return { line, amount }
  const parts = spreadEvenly(amount, units)
  return { line, amount, units: line.units.map((_, i) => parts[i] ?? 0) }
}
