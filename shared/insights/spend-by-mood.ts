/** What satisfied and dissatisfied customers spend. They go together or they do not; which one is the cause nobody can read off. */
import { cents, type Cents } from '../kernel/money.ts'
import { MIN_SHOWN, type Metric } from './figure.ts'
import type { Interval } from './interval.ts'
import { correlationInterval, spearman } from './statistics/correlation.ts'
import { summaryOf } from './statistics/summary.ts'

export const MOODS = ['unhappy', 'neutral', 'happy'] as const
export type Mood = (typeof MOODS)[number]

/** An answer whose basket is known. */
export type AnsweredBasket = { readonly response: string; readonly score: number; readonly spend: Cents }

/**
 * The baskets of one mood.
 * Units   whole cents; the mean is rounded half up, the interval outwards.
 * Shape   amounts are null below MIN_SHOWN baskets, the interval below two. `responses` are those behind it, none below MIN_SHOWN.
 */
export type MoodSpend = { readonly mood: Mood; readonly n: number; readonly mean: Cents | null; readonly median: Cents | null; readonly low: Cents | null; readonly high: Cents | null; readonly responses: readonly string[] }

/**
 * `answers` were given in all; of `n` the basket is known.
 * Shape   `together` is the rank correlation of score and spend, null where one never changes or below MIN_SHOWN; `kind` says what it is.
 */
export type SpendByMood = {
  readonly kind: 'correlation'
  readonly answers: number
  readonly n: number
  readonly moods: readonly MoodSpend[]
  readonly together: { readonly rho: number; readonly interval: Interval | null } | null
}

/** The highest unhappy and the highest neutral answer. */
const BOUNDS: { readonly [M in Metric]: readonly [number, number] } = { csat: [2, 3], nps: [6, 8], ces: [3, 4], smiley: [2, 2] }

export const moodOf = (metric: Metric, score: number): Mood => (score <= BOUNDS[metric][0] ? 'unhappy' : score <= BOUNDS[metric][1] ? 'neutral' : 'happy')

/** Order  unhappy, neutral, happy. Source  Spearman (1904): baskets are skewed, so ranks are compared; interval by Fisher (1921). */
export const spendByMood = (metric: Metric, baskets: readonly AnsweredBasket[], answers: number): SpendByMood => {
  const n = baskets.length
  const rho = n < MIN_SHOWN ? null : spearman(baskets.map(({ score }) => score), baskets.map(({ spend }) => spend))
  return {
    kind: 'correlation',
    answers,
    n,
    moods: MOODS.map((mood) => moodSpend(mood, baskets.filter(({ score }) => moodOf(metric, score) === mood))),
    together: rho === null ? null : { rho, interval: correlationInterval(rho, n) },
  }
}

const moodSpend = (mood: Mood, baskets: readonly AnsweredBasket[]): MoodSpend => {
  const n = baskets.length
  if (n < MIN_SHOWN) return { mood, n, mean: null, median: null, low: null, high: null, responses: [] }
  const amounts = baskets.map(({ spend }) => spend).sort((a, b) => a - b)
  const sum = amounts.reduce((total, amount) => total + BigInt(amount), 0n)
  const interval = summaryOf(amounts).interval
  return {
    mood,
    n,
    mean: halfUp(sum, BigInt(n)),
    median: halfUp(BigInt(amounts[(n - 1) >> 1]!) + BigInt(amounts[n >> 1]!), 2n),
    low: interval && cents(Math.floor(interval.low)),
    high: interval && cents(Math.ceil(interval.high)),
    responses: baskets.map(({ response }) => response),
  }
}

const halfUp = (sum: bigint, parts: bigint): Cents => cents(Number((2n * sum + parts) / (2n * parts)))
