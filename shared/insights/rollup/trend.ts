/** A figure over the days of a store, and whether it goes up or down. */
import { addDays, daysBetween, localTime, millis, type Day, type Millis } from '../../kernel/time.ts'
import { figureOf, goodAnswers, npsCounts, answersIn, type Counts, type Figure, type Metric } from '../figure.ts'
import { startOfDay } from '../period.ts'
import { chiSquareTail } from '../statistics/distributions.ts'

/** One step of a trend. */
export type TrendPoint = { readonly day: Day; readonly counts: Counts }

/** up, down: more than luck makes · flat: no direction can be told · few: below LEAST_FOR_TREND answers or three days. */
export type Direction = 'up' | 'down' | 'flat' | 'few'

/** Shape  `perStep` in points of the figure a step; it and the probability are null while there are too few. */
export type Trend = {
  readonly points: readonly { readonly day: Day; readonly figure: Figure }[]
  readonly direction: Direction
  readonly perStep: number | null
  readonly probability: number | null
}

export const LEAST_FOR_TREND = 50
const LEAST_STEPS = 3
const LUCK = 0.05

/**
 * The figures of the steps and their direction.
 * Source  linear association of time and answer: M² = (N − 1) r², Mantel, J. Am. Stat. Assoc. 58 (1963) 690; for shares the trend test of Cochran and Armitage.
 */
export const trendOf = (metric: Metric, steps: readonly TrendPoint[]): Trend => {
  const points = steps.map(({ day, counts }) => ({ day, figure: figureOf(metric, counts) }))
  const filled = steps.filter(({ counts }) => answersIn(counts) > 0)
  const first = filled[0]
  const n = filled.reduce((sum, { counts }) => sum + answersIn(counts), 0)
  if (!first || filled.length < LEAST_STEPS || n < LEAST_FOR_TREND) return { points, direction: 'few', perStep: null, probability: null }
  const moments = filled.map(({ day, counts }) => ({ at: daysBetween(first.day, day), n: answersIn(counts), scores: scoresOf(metric, counts) }))
  const sum = (of: (one: (typeof moments)[number]) => number): number => moments.reduce((total, one) => total + of(one), 0)
  const [meanAt, mean] = [sum((one) => one.n * one.at) / n, sum((one) => one.scores.sum) / n]
  const spreadAt = sum((one) => one.n * (one.at - meanAt) ** 2)
  const spread = sum((one) => one.scores.squares) - n * mean * mean
  const together = sum((one) => (one.at - meanAt) * one.scores.sum)
  if (spread <= 1e-12) return { points, direction: 'flat', perStep: 0, probability: 1 }
  const probability = chiSquareTail(((n - 1) * together * together) / (spreadAt * spread))
  return { points, direction: probability > LUCK ? 'flat' : together > 0 ? 'up' : 'down', perStep: (100 * together) / spreadAt, probability }
}

/** The store's days as stretches of time, first and last included; 23 or 25 hours long where clocks change. Shape  the end is the next day's start. */
export const daysAsStretches = (from: Millis, until: Millis, timeZone: string): readonly { readonly day: Day; readonly from: Millis; readonly until: Millis }[] => {
  const last = localTime(until, timeZone).day
  const stretches: { readonly day: Day; readonly from: Millis; readonly until: Millis }[] = []
  for (let start = startOfDay(from, timeZone), day = localTime(from, timeZone).day; day <= last; day = addDays(day, 1)) {
    // thirty hours after a midnight it is the next day, whatever the clocks do
    const end = startOfDay(millis(start + 108_000_000), timeZone)
    stretches.push({ day, from: start, until: end })
    start = end
  }
  return stretches
}

/** Sum and sum of squares of the answers as the figure sees them: good 1, others 0; promoters +1, detractors −1. */
const scoresOf = (metric: Metric, counts: Counts): { readonly sum: number; readonly squares: number } => {
  if (metric !== 'nps') return { sum: goodAnswers(metric, counts), squares: goodAnswers(metric, counts) }
  const { promoters, detractors } = npsCounts(counts)
  return { sum: promoters - detractors, squares: promoters + detractors }
}
