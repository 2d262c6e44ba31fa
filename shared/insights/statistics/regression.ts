/** Several ratings beside one outcome at once. */
import { studentTwoSided } from './distributions.ts'
import { choleskyOf, solveWith, type Matrix } from './matrix.ts'

/** What a regression needs to know of the answers. Shape  `among[i][j]` between ratings i and j, `toOutcome[i]` between rating i and the outcome. */
export type Correlations = { readonly among: Matrix; readonly toOutcome: readonly number[]; readonly n: number }

export type Regression = {
  /** Share of the outcome's variance that the ratings explain together, 0 … 1. */
  readonly rSquared: number
  /** The same less what so many ratings explain by luck (Wherry 1931). */
  readonly adjustedRSquared: number
  /** Standardised weights, in the order of the ratings. */
  readonly betas: readonly number[]
  readonly standardErrors: readonly number[]
  /** Two-sided probability of each weight if the true one were nought. */
  readonly probabilities: readonly number[]
  /** How many times the variance of each weight is blown up by the others (variance inflation factor); 1 is none. */
  readonly inflation: readonly number[]
}

export type NoRegression = 'too-few' | 'constant' | 'collinear'

/** Correlations of complete answers; null where a column never changes. Shape  one list per rating, all as long as `outcome`. */
export const correlationsOf = (ratings: readonly (readonly number[])[], outcome: readonly number[]): Correlations | null => {
  const columns = [...ratings, outcome].map(unitDeviations)
  if (columns.some((column) => column === null)) return null
  const [own, last] = [columns.slice(0, -1) as readonly Float64Array[], columns.at(-1)!]
  const among = ratings.map(() => ratings.map(() => 1))
  for (const [i, column] of own.entries()) for (let j = 0; j < i; j++) among[i]![j] = among[j]![i] = product(column, own[j]!)
  return { among, toOutcome: own.map((column) => product(column, last)), n: outcome.length }
}

/** Deviations from the mean, scaled to length one, so that a product of two is their correlation; null for a column of one value. */
const unitDeviations = (values: readonly number[]): Float64Array | null => {
  if (values.every((value) => value === values[0])) return null
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  const deviations = Float64Array.from(values, (value) => value - mean)
  const length = Math.sqrt(product(deviations, deviations))
  return deviations.map((deviation) => deviation / length)
}

const product = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/**
 * Weights of all ratings together.
 * Errors  too-few: not more answers than ratings and two · constant: a column never changes · collinear: one rating is a sum of others.
 * Source  least squares on standardised columns; inflation: Marquardt, Technometrics 12 (1970) 591.
 */
export const regress = (correlations: Correlations | null): Regression | NoRegression => {
  if (correlations === null) return 'constant'
  const { among, toOutcome, n } = correlations
  const freedom = n - among.length - 1
  if (freedom < 1) return 'too-few'
  const factor = choleskyOf(among)
  if (factor === null) return 'collinear'
  const betas = solveWith(factor, toOutcome)
  const rSquared = betas.reduce((sum, beta, i) => sum + beta * toOutcome[i]!, 0)
  const inflation = among.map((_, i) => solveWith(factor, among.map((_, k) => (k === i ? 1 : 0)))[i]!)
  const standardErrors = inflation.map((factor) => Math.sqrt((Math.max(0, 1 - rSquared) * factor) / freedom))
  return {
    rSquared,
    adjustedRSquared: 1 - ((1 - rSquared) * (n - 1)) / freedom,
    betas,
    standardErrors,
    probabilities: betas.map((beta, i) => (standardErrors[i] === 0 ? 0 : studentTwoSided(beta / standardErrors[i]!, freedom))),
    inflation,
  }
}
