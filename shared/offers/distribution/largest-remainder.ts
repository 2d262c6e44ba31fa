import { add, compare, divide, isZero, multiply, round, subtract, sumOf, toNumber, type Rational } from '../../kernel/rational.ts'

/**
 * Shares rounded down; the missing minor units go to the largest remainders.
 * Order   equal remainders: the earlier line first.
 * Source  Hamilton's method.
 */
export const largestRemainder = (total: Rational, weights: readonly Rational[]): Rational[] => {
  const all = sumOf(weights)
  if (isZero(all)) return weights.map(() => 0)
  if (typeof total === 'number' && typeof all === 'number' && total >= 0 && areWhole(weights, total)) return wholeShares(total, weights, all)
  const exact = weights.map((weight) => divide(multiply(total, weight), all))
  const shares = exact.map((share) => round(share, 'floor'))
  const remainders = exact.map((share, i) => subtract(share, shares[i]!))
  const left = toNumber(subtract(total, sumOf(shares)))
  const byRemainder = [...remainders.keys()].sort((a, b) => compare(remainders[b]!, remainders[a]!) || a - b)
  for (const i of byRemainder.slice(0, Math.floor(left))) shares[i] = add(shares[i]!, 1)
  return shares
}

/** Whole, not negative, and small enough to be multiplied. */
const areWhole = (weights: readonly Rational[], total: number): weights is readonly number[] => {
  for (const weight of weights) if (typeof weight !== 'number' || weight < 0 || !Number.isSafeInteger(weight * total)) return false
  return true
}

/** Up to so many lines, looking for the largest again and again is quicker than sorting. */
const FEW = 16

/** Room to count in, written anew by every split before it is read. */
const fewRemainders = new Float64Array(FEW)

/** One more for the first of the largest remainders, which is then used up. */
const takeLargest = (shares: number[], remainders: Float64Array): void => {
  let largest = 0
  for (let i = 1; i < shares.length; i++) if (remainders[i]! > remainders[largest]!) largest = i
  shares[largest]! += 1
  remainders[largest] = -1
}

/** The same for many: who has more than the last remainder to be served, then the first of those who have as much. */
const takeAllLargest = (shares: number[], remainders: Float64Array, count: number): void => {
  const last = remainders.toSorted()[remainders.length - count]!
  let equal = count
  for (let i = 0; i < shares.length; i++) if (remainders[i]! > last) equal--
  for (let i = 0; i < shares.length; i++) {
    const isServed = remainders[i]! > last || (remainders[i] === last && equal-- > 0)
    if (isServed) shares[i]! += 1
  }
}

/** The same for whole amounts, by whole division: what is left of it is the remainder, with one denominator for all. */
const wholeShares = (total: number, weights: readonly number[], all: number): Rational[] => {
  const isFew = weights.length <= FEW
  const remainders = isFew ? fewRemainders : new Float64Array(weights.length)
  const shares: number[] = []
  let left = total
  for (let i = 0; i < weights.length; i++) {
    const product = total * weights[i]!
    const share = Math.floor(product / all) // Exact within 2^53, and a good deal quicker than the remainder of a division.
    remainders[i] = product - share * all
    shares.push(share)
    left -= share
  }
  if (left === 0) return shares
  if (isFew) for (; left > 0; left--) takeLargest(shares, remainders)
  else takeAllLargest(shares, remainders, left)
  return shares
}
