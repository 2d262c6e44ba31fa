/** What is usual at a touchpoint at this hour of the week. */
import type { Share } from '../difference.ts'

/** Hours of a week: (weekday − 1) · 24 + hour of the store's clock, Monday midnight 0. */
export const HOURS_OF_WEEK = 168

/** Good answers and all answers of the weeks before. Shape  by hour of the week; hours without answers may be missing. */
export type WeekHistory = readonly (Share | undefined)[]

/** Weeks to learn from: fewer leave chance in what is usual, more let an old habit live on. */
export const LEARNING_WEEKS = 12

/** Fewer answers than this say nothing about what is usual. */
export const LEAST_HISTORY = 300
/** An hour counts for itself as much as for the touchpoint once it has this many answers. Measured: with 20 or 150 the alarms are the same. */
const PRIOR_ANSWERS = 50

/**
 * The usual share of good answers by hour of the week, 0 … 1; null while too little is known.
 * Shape   168 shares, none of them 0 or 1: an hour with few answers leans on the touchpoint as a whole.
 * Source  shrinkage by a beta prior at the touchpoint's own mean.
 */
export const weekBaselineOf = (history: WeekHistory): readonly number[] | null => {
  const whole = history.reduce<Share>((sum, hour) => ({ hits: sum.hits + (hour?.hits ?? 0), n: sum.n + (hour?.n ?? 0) }), { hits: 0, n: 0 })
  if (whole.n < LEAST_HISTORY) return null
  const mean = (whole.hits + 0.5) / (whole.n + 1)
  return Array.from({ length: HOURS_OF_WEEK }, (_, hour) => ((history[hour]?.hits ?? 0) + PRIOR_ANSWERS * mean) / ((history[hour]?.n ?? 0) + PRIOR_ANSWERS))
}
