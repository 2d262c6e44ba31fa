import { divide, isZero, multiply, round, subtract, sumOf, type Rational } from '../../kernel/rational.ts'

/** From the last line to the first, each takes its cut-off share of what is then left. */
export const runningFromLast = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const shares: Rational[] = weights.map(() => 0)
  let left = total
  let weightLeft = sumOf(weights)
  for (let i = weights.length - 1; i >= 0 && !isZero(weightLeft); i--) {
    const share = round(divide(multiply(left, weights[i]!), weightLeft), 'floor')
    shares[i] = share
    left = subtract(left, share)
    weightLeft = subtract(weightLeft, weights[i]!)
  }
  return shares
}
