/** Whether two shares differ by more than chance, also when many are compared at once. */
import { wilsonInterval, type Interval } from './interval.ts'

export type Share = { readonly hits: number; readonly n: number }

/**
 * Two-sided probability that shares this far apart come from one and the same share.
 * Source  pooled two-proportion z test; normal tail by Abramowitz and Stegun 7.1.26 (error < 1.5e-7).
 */
export const differenceP = (a: Share, b: Share): number => {
  const pooled = (a.hits + b.hits) / (a.n + b.n)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n))
  return error === 0 ? 1 : twoSidedTail(Math.abs(a.hits / a.n - b.hits / b.n) / error)
}

/** 95 % interval of share a minus share b. Source  Newcombe, Statistics in Medicine 17 (1998) 873, method 10. */
export const differenceInterval = (a: Share, b: Share): Interval => {
  const [own, other] = [wilsonInterval(a.hits, a.n), wilsonInterval(b.hits, b.n)]
  const [p, q] = [a.hits / a.n, b.hits / b.n]
  return { low: p - q - Math.hypot(p - own.low, other.high - q), high: p - q + Math.hypot(own.high - p, q - other.low) }
}

/** At most this share of the differences we report are chance. */
export const FALSE_DISCOVERY_RATE = 0.05

/**
 * Which of many comparisons stand, so that looking at twenty touchpoints does not find one by luck.
 * Shape   one truth value per probability, in the same order.
 * Source  Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289.
 */
export const discoveries = (probabilities: readonly number[]): readonly boolean[] => {
  const sorted = [...probabilities].sort((a, b) => a - b)
  const last = sorted.findLastIndex((p, i) => p <= ((i + 1) / sorted.length) * FALSE_DISCOVERY_RATE)
  return probabilities.map((p) => last >= 0 && p <= sorted[last]!)
}

const twoSidedTail = (z: number): number => {
  const x = z / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return poly * Math.exp(-x * x)
}
