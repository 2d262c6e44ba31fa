import { add, compare, divide, isZero, multiply, round, subtract, sumOf, toNumber, type Rational } from '../../kernel/rational.ts'

/**
 * Shares rounded down; the missing minor units go to the largest remainders.
 * Order   equal remainders: the earlier line first.
 * Source  Hamilton's method.
 */
export const largestRemainder = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const all = sumOf(weights)
  if (isZero(all)) return weights.map(() => 0)
  const exact = weights.map((weight) => divide(multiply(total, weight), all))
  const shares = exact.map((share) => round(share, 'floor'))
  const remainders = exact.map((share, i) => subtract(share, shares[i]!))
  const left = toNumber(subtract(total, sumOf(shares)))
  const byRemainder = [...remainders.keys()].sort((a, b) => compare(remainders[b]!, remainders[a]!) || a - b)
  for (const i of byRemainder.slice(0, Math.floor(left))) shares[i] = add(shares[i]!, 1)
  return shares
}
