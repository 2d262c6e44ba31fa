import { divide, isZero, multiply, sumOf, type Rational } from '../../kernel/rational.ts'

/** Shares in exact proportion, fractions of a minor unit included. */
export const exactShares = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const all = sumOf(weights)
  return weights.map((weight) => (isZero(all) ? 0 : divide(multiply(total, weight), all)))
}
