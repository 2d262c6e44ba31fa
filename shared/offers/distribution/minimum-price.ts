import { add, compare, isZero, maxOf, multiply, rational, subtract, sumOf, type Rational } from '../../kernel/rational.ts'
import type { LineState } from '../pricing-state.ts'
import type { Distribute } from './distribute.ts'

/**
 * Splits `total` so that no line falls below its minimum price.
 * A line whose share reaches its room is fixed there; what was clipped is split again over the others, with their
 * original weights, until nothing is left or no line remains.
 */
export const distributeToMinimumPrice = (total: Rational, weights: readonly Rational[], lines: readonly LineState[], split: Distribute): Rational[] => {
  const atOnce = split(total, weights)
  if (isWithin(atOnce, lines)) return atOnce
  const rooms = lines.map(roomOf)
  const shares: Rational[] = lines.map(() => 0)
  let open = lines.map((_, i) => i)
  for (let left = total; !isZero(left) && open.length > 0; ) {
    const parts = split(left, open.map((i) => weights[i]!))
    if (isZero(sumOf(parts))) break
    open.forEach((i, k) => { shares[i] = add(shares[i]!, parts[k]!) })
    const full = open.filter((i) => compare(shares[i]!, rooms[i]!) >= 0)
    left = sumOf(full.map((i) => subtract(shares[i]!, rooms[i]!)))
    for (const i of full) shares[i] = rooms[i]!
    open = open.filter((i) => !full.includes(i))
  }
  return shares
}

const isWithin = (shares: readonly Rational[], lines: readonly LineState[]): boolean => {
  for (let i = 0; i < lines.length; i++) if (compare(shares[i]!, roomOf(lines[i]!)) > 0) return false
  return true
}

const roomOf = ({ line, rest }: LineState): Rational => (line.minUnitPriceMinor ? maxOf(subtract(rest, multiply(rational(line.minUnitPriceMinor), line.quantity)), 0) : maxOf(rest, 0))
