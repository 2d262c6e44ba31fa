import { add, compare, divide, isZero, multiply, round, subtract, sumOf, toNumber, type Rational } from '../../kernel/rational.ts'

/**
 * Shares rounded half down; the difference goes, one minor unit each, to the first lines, free ones included.
 * Order   basket order. If all shares round to nothing, nothing is handed out.
 */
export const roundThenFirst = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const all = sumOf(weights)
  const shares = weights.map((weight) => (isZero(weight) || isZero(all) ? 0 : round(divide(multiply(total, weight), all), 'halfDown')))
  const missing = subtract(total, sumOf(shares))
  if (compare(missing, total) === 0) return shares
  const unit = compare(missing, 0) < 0 ? -1 : 1
  for (let i = 0, left = Math.abs(toNumber(missing)); left > 0 && i < shares.length; i++, left--) shares[i] = add(shares[i]!, unit)
  return shares
}
