/** Whether two means differ by more than chance, and by how much. */
import type { Interval } from '../interval.ts'
import { studentQuantile, studentTwoSided } from '../statistics/distributions.ts'
import type { Comparison } from './comparison.ts'

/** A list of values in three numbers; variance with n − 1. */
export type Sample = { readonly n: number; readonly mean: number; readonly variance: number }

/**
 * First mean minus second. Null below two values on either side.
 * Units   difference in those of the values; effect in standard deviations (0.2 small, 0.5 middling, 0.8 large, Cohen 1988).
 * Source  Welch, Biometrika 34 (1947) 28, for unequal spreads; effect: Hedges, J. Educ. Stat. 6 (1981) 107, corrected for small samples.
 */
export const compareMeans = (a: Sample, b: Sample): Comparison | null => {
  if (a.n < 2 || b.n < 2) return null
  const [va, vb] = [a.variance / a.n, b.variance / b.n]
  const difference = a.mean - b.mean
  const error = Math.sqrt(va + vb)
  const effect = hedges(a, b)
  if (error === 0) return { difference, interval: { low: difference, high: difference }, probability: difference === 0 ? 1 : 0, effect }
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1))
  const half = studentQuantile(0.05, freedom) * error
  const interval: Interval = { low: difference - half, high: difference + half }
  return { difference, interval, probability: studentTwoSided(difference / error, freedom), effect }
}

const hedges = (a: Sample, b: Sample): number => {
  const freedom = a.n + b.n - 2
  const pooled = Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / freedom)
  return pooled === 0 ? 0 : ((a.mean - b.mean) / pooled) * (1 - 3 / (4 * freedom - 1))
}
