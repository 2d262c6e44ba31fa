/** Mean, spread and middle of a list of values, with the interval of the mean. */
import type { Interval } from '../interval.ts'
import { studentQuantile } from './distributions.ts'

/** Shape  sd and interval are null below two values, everything else null without any. */
export type Summary = {
  readonly n: number
  readonly mean: number | null
  /** Of the sample: divided by n − 1. */
  readonly sd: number | null
  readonly median: number | null
  /** Where the mean lies with 95 % certainty. */
  readonly interval: Interval | null
}

/**
 * The values in a few numbers.
 * Order   sums run from the first value to the last with the lost digits carried along, so equal lists give equal digits.
 * Source  Student, Biometrika 6 (1908) 1, for the interval; Neumaier, Z. Angew. Math. Mech. 54 (1974) 39, for the sums.
 */
export const summaryOf = (values: readonly number[]): Summary => {
  const n = values.length
  if (n === 0) return { n, mean: null, sd: null, median: null, interval: null }
  const mean = meanOf(values)
  const median = medianOf(values)
  if (n === 1) return { n, mean, sd: null, median, interval: null }
  const sd = Math.sqrt(varianceOf(values))
  const half = (studentQuantile(0.05, n - 1) * sd) / Math.sqrt(n)
  return { n, mean, sd, median, interval: { low: mean - half, high: mean + half } }
}

/** Errors  throws RangeError for an empty list: only a bug can cause it. */
export const meanOf = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError('no mean of nothing')
  return sumOf(values) / values.length
}

/** Variance of the sample, n − 1; nought for a single value. */
export const varianceOf = (values: readonly number[]): number => {
  const mean = meanOf(values)
  return values.length < 2 ? 0 : sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1)
}

/** The middle value, or the mean of the two in the middle. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Sum from first to last; what a plain sum would lose is kept beside it. */
export const sumOf = (values: readonly number[]): number => {
  let [sum, lost] = [0, 0]
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** The same of values that are counted already. Shape  keys are the values. */
export const summaryOfCounts = (counts: { readonly [value: string]: number }): Summary =>
  summaryOf(Object.keys(counts).map(Number).sort((a, b) => a - b).flatMap((value) => Array.from({ length: counts[value]! }, () => value)))
