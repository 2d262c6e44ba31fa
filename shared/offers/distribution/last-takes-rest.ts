import { divide, isPositive, isZero, minOf, multiply, round, subtract, sumOf, type Rational } from '../../kernel/rational.ts'

/** Shares rounded half even, none above its own weight; the last line that costs anything takes what is left. */
export const lastTakesRest = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const all = sumOf(weights)
  if (isZero(all)) return weights.map(() => 0)
  const last = weights.findLastIndex(isPositive)
  const shares = weights.map((weight, i) => (i < last ? minOf(round(divide(multiply(total, weight), all), 'halfEven'), weight) : 0))
  shares[last] = subtract(total, sumOf(shares))
  return shares
}
