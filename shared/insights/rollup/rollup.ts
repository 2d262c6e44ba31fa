/** Answers counted by value: whole numbers, so that adding in any order and taking away again leaves no trace. */
import type { Counts } from '../figure.ts'

/** How often each value was given. Shape  no value with nought, so equal rollups are equal objects. */
export type Rollup = Counts

export const EMPTY: Rollup = {}

/** One more answer, or `times` more. */
export const add = (rollup: Rollup, value: number, times = 1): Rollup => merge(rollup, { [value]: times })

/** Both together. Order  none: merge(a, b) is merge(b, a). */
export const merge = (a: Rollup, b: Rollup): Rollup => combined(a, b, 1)

/** The first without the second, as when somebody has their answers erased. Errors  throws RangeError if more would go than is there: only a bug can cause it. */
export const remove = (rollup: Rollup, gone: Rollup): Rollup => combined(rollup, gone, -1)

const combined = (a: Rollup, b: Rollup, sign: 1 | -1): Rollup => {
  const sum: { [value: string]: number } = { ...a }
  for (const [value, n] of Object.entries(b)) {
    const left = (sum[value] ?? 0) + sign * n
    if (left < 0) throw new RangeError(`${-left} answers of ${value} more gone than there were`)
    if (left === 0) delete sum[value]
    else sum[value] = left
  }
  return sum
}
