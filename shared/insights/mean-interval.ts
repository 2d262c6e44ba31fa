/** How sure a mean of many amounts is. */
import { Z95, type Interval } from './interval.ts'

/** Fewer than this say nothing about the spread. */
const MIN_N = 5

/**
 * Where the mean lies with 95 % certainty; null below five values.
 * Units   those of the values.
 * Source  normal approximation of the mean, variance with n − 1.
 */
export const meanInterval = ({ sum, squares, n }: { readonly sum: number; readonly squares: number; readonly n: number }): Interval | null => {
  if (n < MIN_N) return null
  const mean = sum / n
  // Rounding may leave a hair less than nothing.
  const variance = Math.max(0, (squares - n * mean * mean) / (n - 1))
  const half = Z95 * Math.sqrt(variance / n)
  return { low: mean - half, high: mean + half }
}
