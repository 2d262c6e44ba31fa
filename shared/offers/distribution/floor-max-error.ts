import { add, compare, divide, isZero, multiply, negate, rational, round, subtract, sumOf, type Rational } from '../../kernel/rational.ts'

/**
 * The discount as a negative amount: floor of every share, then one minor unit back where the floor took most.
 * Order   the first line on equal errors. Without any weight the lines share equally.
 */
export const floorMaxError = (total: Rational, weights: readonly Rational[]): Rational[] => {
  if (weights.length === 0) return []
  const all = sumOf(weights)
  const wanted = negate(total)
  const exact = weights.map((weight) => shareOf(wanted, weight, all, weights.length))
  const shares = exact.map((share) => round(share, 'floor'))
  const errors = exact.map((share, i) => subtract(share, shares[i]!))
  for (let sum = sumOf(shares); compare(sum, wanted) < 0; sum = add(sum, 1)) {
    const worst = indexOfLargest(errors)
    if (compare(errors[worst]!, 0) <= 0) break
    shares[worst] = add(shares[worst]!, 1)
    errors[worst] = subtract(errors[worst]!, 1)
  }
  return shares.map(negate)
}

/**
 * Whole amounts are multiplied in binary floating point, as the shop does it.
 * Source  its shares carry that arithmetic's last digit, and between errors that are equal on paper this digit says who gets the cent back.
 */
const shareOf = (wanted: Rational, weight: Rational, all: Rational, lines: number): Rational => {
  if (typeof wanted === 'number' && typeof weight === 'number' && typeof all === 'number') return rational(all === 0 ? wanted / lines : wanted * (weight / all))
  return isZero(all) ? divide(wanted, lines) : divide(multiply(wanted, weight), all)
}

const indexOfLargest = (values: readonly Rational[]): number =>
  values.reduce<number>((best, value, i) => (compare(value, values[best]!) > 0 ? i : best), 0)
