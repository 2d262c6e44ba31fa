/** How closely two ratings go together. Never says which one is the cause. */
import { Z95, type Interval } from '../interval.ts'
import { meanOf, sumOf } from './summary.ts'

/**
 * Correlation of two lists of equal length; null where one of them never changes.
 * Units   −1 … 1.
 * Errors  throws RangeError for lists of different length: only a bug can cause it.
 * Source  Pearson, Phil. Trans. R. Soc. A 187 (1896) 253.
 */
export const pearson = (x: readonly number[], y: readonly number[]): number | null => {
  if (x.length !== y.length) throw new RangeError(`${x.length} values beside ${y.length}`)
  if (x.length < 2) return null
  const [mx, my] = [meanOf(x), meanOf(y)]
  const sxx = sumOf(x.map((value) => (value - mx) ** 2))
  const syy = sumOf(y.map((value) => (value - my) ** 2))
  // a column of one value leaves a rounding error of its mean, not a spread
  if (isConstant(x) || isConstant(y)) return null
  const r = sumOf(x.map((value, i) => (value - mx) * (y[i]! - my))) / Math.sqrt(sxx * syy)
  return Math.max(-1, Math.min(1, r))
}

/** Correlation of the ranks: asks only for order, not for equal steps. Source  Spearman, Am. J. Psychol. 15 (1904) 72; ties share their mean rank. */
export const spearman = (x: readonly number[], y: readonly number[]): number | null => pearson(ranksOf(x), ranksOf(y))

/**
 * Where a correlation of `n` pairs lies with 95 % certainty; null below four pairs.
 * Source  Fisher, Metron 1 (1921) 3: artanh r is nearly normal with standard error 1/√(n − 3).
 */
export const correlationInterval = (r: number, n: number): Interval | null => {
  if (n < 4) return null
  if (Math.abs(r) === 1) return { low: r, high: r }
  const half = Z95 / Math.sqrt(n - 3)
  return { low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half) }
}

/** Ranks from 1; equal values share the mean of the places they take. Shape  one per value, in the order of the values. */
export const ranksOf = (values: readonly number[]): readonly number[] => {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b)
  const ranks = Array.from({ length: values.length }, () => 0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1
    for (let place = from; place <= to; place++) ranks[order[place]!] = (from + to) / 2 + 1
    from = to + 1
  }
  return ranks
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0])
