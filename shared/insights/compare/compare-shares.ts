/** Whether two shares differ by more than chance, and by how much. */
import { differenceInterval, type Share } from '../difference.ts'
import { normalTwoSided } from '../statistics/distributions.ts'
import type { Comparison } from './comparison.ts'

/**
 * First share minus second. Null if one of them has no answers.
 * Units   difference −1 … 1; effect is Cohen's h (0.2 small, 0.5 middling, 0.8 large).
 * Source  pooled z test; interval: Newcombe (1998); effect: Cohen (1988) 180.
 */
export const compareShares = (a: Share, b: Share): Comparison | null => {
  if (a.n === 0 || b.n === 0) return null
  const [p, q] = [a.hits / a.n, b.hits / b.n]
  const pooled = (a.hits + b.hits) / (a.n + b.n)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n))
  const probability = error === 0 ? 1 : normalTwoSided((p - q) / error)
  return { difference: p - q, interval: differenceInterval(a, b), probability, effect: 2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q)) }
}
