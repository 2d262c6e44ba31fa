import { add, compare, divide, isZero, multiply, negate, round, subtract, sumOf, type Rational } from '../../kernel/rational.ts'

/**
 * The discount as a negative amount: floor of every share, then one minor unit back where the floor took most.
 * Whole amounts are multiplied in binary floating point, as the shop does it, rests included.
 * Order   the first line on equal errors. Without any weight the lines share equally.
 * Source  rests that are equal on paper are not in that arithmetic: its last digit says who gets the cent back; measured, decision 0013.
 */
export const floorMaxError = (total: Rational, weights: readonly Rational[]): Rational[] => {
  if (weights.length === 0) return []
  const whole = weights.filter((weight) => typeof weight === 'number')
  return typeof total === 'number' && whole.length === weights.length ? inDoubles(total, whole) : inFractions(total, weights)
}

const inDoubles = (total: number, weights: readonly number[]): number[] => {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (all === 0 ? -total / weights.length : -total * (weight / all)))
  const shares = exact.map(Math.floor)
  const errors = exact.map((share, i) => share - shares[i]!)
  for (let sum = shares.reduce((all, share) => all + share, 0); sum < -total; sum++) {
    const worst = errors.reduce((best, error, i) => (error > errors[best]! ? i : best), 0)
    if (errors[worst]! <= 0) break
    shares[worst]! += 1
    errors[worst]! -= 1
  }
  // Nothing is zero, not less than nothing.
  return shares.map((share) => (share === 0 ? 0 : -share))
}

const inFractions = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const all = sumOf(weights)
  const wanted = negate(total)
  const exact = weights.map((weight) => (isZero(all) ? divide(wanted, weights.length) : divide(multiply(wanted, weight), all)))
  const shares = exact.map((share) => round(share, 'floor'))
  const errors = exact.map((share, i) => subtract(share, shares[i]!))
  for (let sum = sumOf(shares); compare(sum, wanted) < 0; sum = add(sum, 1)) {
    const worst = errors.reduce<number>((best, error, i) => (compare(error, errors[best]!) > 0 ? i : best), 0)
    if (compare(errors[worst]!, 0) <= 0) break
    shares[worst] = add(shares[worst]!, 1)
    errors[worst] = subtract(errors[worst]!, 1)
  }
  return shares.map(negate)
}
