/** What moves the overall judgement: importance derived from answers, not asked for. Correlation, not cause. */
import { correlationInterval, pearson, spearman } from '../statistics/correlation.ts'
import { correlationsOf, regress, type Correlations, type NoRegression, type Regression } from '../statistics/regression.ts'
import type { Random } from '../statistics/seeded-random.ts'
import { meanOf } from '../statistics/summary.ts'
import type { Interval } from '../interval.ts'
import { bootstrapIntervals } from './bootstrap.ts'
import { relativeWeights } from './relative-weights.ts'
import { shapleyParts } from './shapley-shares.ts'

/** Answers of the same people to the outcome and to several ratings. Shape  every list as long as `outcome`; whoever left one out is in none. */
export type DriverAnswers = {
  readonly outcome: readonly number[]
  readonly ratings: readonly { readonly key: string; readonly values: readonly number[] }[]
}

/** opposite: plain regression says the more the worse where people say the better · inflated: too much alike the others for a weight of its own. */
export type DriverWarning = 'opposite' | 'inflated'

/**
 * One rating beside the outcome.
 * Units   r, rho, beta −1 … 1; shares 0 … 1 of what all ratings explain together.
 * Shape   `lmg` is null beyond MOST_DRIVERS ratings; `shareInterval` belongs to `weight` and is null where it could not be drawn.
 */
export type Driver = {
  readonly key: string
  readonly mean: number
  readonly r: number
  readonly rInterval: Interval | null
  readonly rho: number
  readonly beta: number
  readonly inflation: number
  /** Share by LMG, averaged over orders. */
  readonly lmg: number | null
  /** Share by Johnson's relative weights. */
  readonly weight: number
  readonly shareInterval: Interval | null
  readonly warnings: readonly DriverWarning[]
}

/** few: fewer answers than the method needs, so shares may change places · unsure: more than one rating may be the first. */
export type DriversWarning = 'few' | 'unsure'

export type KeyDrivers = {
  readonly n: number
  readonly outcomeMean: number
  readonly rSquared: number
  readonly adjustedRSquared: number
  /** Order  by weight, most first; equal ones by key. */
  readonly drivers: readonly Driver[]
  readonly warnings: readonly DriversWarning[]
  /** Answers that would be enough for this many ratings. */
  readonly enough: number
}

export type NoDrivers = { readonly type: 'NoDrivers'; readonly why: NoRegression; readonly n: number; readonly enough: number }

/** A weight whose variance the others blow up more than this says little by itself. Source  Marquardt (1970); usual bounds are 5 and 10. */
export const INFLATED_FROM = 5

/** Answers needed to weigh `ratings` of them. Source  Green, Multivariate Behavioral Research 26 (1991) 499: 50 + 8 m. */
export const enoughAnswers = (ratings: number): number => 50 + 8 * ratings

/**
 * Drivers of the outcome with both kinds of share, intervals by `rounds` draws, and warnings where plain regression misleads.
 * Errors  NoDrivers: too few answers for a regression at all, a rating that never changes, or one that repeats others.
 * Source  both share methods: Grömping, Am. Stat. 61 (2007) 139.
 */
export const keyDriversOf = ({ outcome, ratings }: DriverAnswers, drawing: { readonly random: Random; readonly rounds: number }): KeyDrivers | NoDrivers => {
  const [n, enough] = [outcome.length, enoughAnswers(ratings.length)]
  const columns = ratings.map(({ values }) => values)
  const correlations = n < 2 ? null : correlationsOf(columns, outcome)
  const regression = n < 2 ? 'too-few' : regress(correlations)
  const weights = correlations && relativeWeights(correlations)
  if (typeof regression === 'string' || !correlations || !weights) return { type: 'NoDrivers', why: typeof regression === 'string' ? regression : 'collinear', n, enough }
  const parts = shapleyParts(correlations)
  const intervals = bootstrapIntervals(n, (drawn) => sharesOfDraw(columns, outcome, drawn), drawing)
  const drivers = ratings.map(({ key, values }, i): Driver => ({
    key,
    mean: meanOf(values),
    ...correlationFacts(values, outcome),
    ...regressionFacts(regression, correlations, i),
    lmg: parts && parts[i]! / regression.rSquared,
    weight: weights[i]! / regression.rSquared,
    shareInterval: intervals?.[i] ?? null,
  }))
  const sorted = drivers.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
  const warnings: readonly DriversWarning[] = [...(n < enough ? ['few' as const] : []), ...(isFirstUnsure(sorted) ? ['unsure' as const] : [])]
  return { n, outcomeMean: meanOf(outcome), rSquared: regression.rSquared, adjustedRSquared: regression.adjustedRSquared, drivers: sorted, warnings, enough }
}

const correlationFacts = (values: readonly number[], outcome: readonly number[]): Pick<Driver, 'r' | 'rInterval' | 'rho'> => {
  const r = pearson(values, outcome)!
  return { r, rInterval: correlationInterval(r, values.length), rho: spearman(values, outcome)! }
}

const regressionFacts = (regression: Regression, { toOutcome }: Correlations, i: number): Pick<Driver, 'beta' | 'inflation' | 'warnings'> => {
  const [beta, inflation] = [regression.betas[i]!, regression.inflation[i]!]
  const warnings: readonly DriverWarning[] = [...(beta * toOutcome[i]! < 0 ? ['opposite' as const] : []), ...(inflation >= INFLATED_FROM ? ['inflated' as const] : [])]
  return { beta, inflation, warnings }
}

const sharesOfDraw = (columns: readonly (readonly number[])[], outcome: readonly number[], drawn: readonly number[]): readonly number[] | null => {
  const pick = (values: readonly number[]): readonly number[] => drawn.map((row) => values[row]!)
  const correlations = correlationsOf(columns.map(pick), pick(outcome))
  const weights = correlations && relativeWeights(correlations)
  if (!weights) return null
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / whole)
}

/** Whether the second's interval reaches into the first's. */
const isFirstUnsure = ([first, second]: readonly Driver[]): boolean =>
  first !== undefined && second !== undefined && (!first.shareInterval || !second.shareInterval || second.shareInterval.high > first.shareInterval.low)
