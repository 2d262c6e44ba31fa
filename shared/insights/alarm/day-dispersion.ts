/** How much more days differ from each other than chance among independent answers would have it. */

/** One past day: good answers, how many were to be expected from what is usual at those hours, and the variance of that number if answers were independent. */
export type PastDay = { readonly hits: number; readonly expected: number; readonly variance: number }

/** Fewer days say nothing about how days differ. */
export const LEAST_DAYS = 14

/**
 * Factor by which evidence is to be discounted, 1 or more: weather, delivery days and colds going round make good and bad days that nobody need be
 * called for.
 * Shape   1 below LEAST_DAYS days.
 * Source  Pearson's chi square over its degrees of freedom, McCullagh and Nelder, Generalized Linear Models (1989) 4.5.
 */
export const dayDispersion = (days: readonly PastDay[]): number => {
  const counted = days.filter(({ variance }) => variance > 0)
  if (counted.length < LEAST_DAYS) return 1
  const chiSquare = counted.reduce((sum, { hits, expected, variance }) => sum + (hits - expected) ** 2 / variance, 0)
  return Math.max(1, chiSquare / (counted.length - 1))
}
