/** What each rating contributes to the explained variance, whatever order they are looked at in. */
import { factorRow, SINGULAR_BELOW } from '../statistics/matrix.ts'
import type { Correlations } from '../statistics/regression.ts'

/** Every subset of the ratings is looked at: 2^14 take some 20 ms, each further one doubles it. */
export const MOST_DRIVERS = 14

/**
 * Each rating's part of R²: its gain averaged over all orders in which the ratings can be added. Correlated ratings share what they explain
 * together, so none gets a senseless sign.
 * Shape   one part per rating, none below nought but by rounding; together they are R². Null if there are more than MOST_DRIVERS.
 * Order   a rating that repeats those before it gains nothing at that place.
 * Source  Lindeman, Merenda and Gold (1980) 120; Kruskal, Am. Stat. 41 (1987) 6; the same as Shapley's value (1953).
 */
export const shapleyParts = (correlations: Correlations): readonly number[] | null => {
  const count = correlations.toOutcome.length
  if (count > MOST_DRIVERS) return null
  const explained = explainedBySubset(correlations)
  const weights = orderWeights(count)
  return Array.from({ length: count }, (_, own) => {
    const bit = 1 << own
    let part = 0
    for (let subset = 0; subset < explained.length; subset++) {
      if ((subset & bit) === 0) part += weights[bitsIn(subset)]! * (explained[subset | bit]! - explained[subset]!)
    }
    return part
  })
}

/** R² of every subset, by its bits. A subset is its smaller ones with one more row in the factor. */
const explainedBySubset = ({ among, toOutcome }: Correlations): Float64Array => {
  const explained = new Float64Array(2 ** toOutcome.length)
  const grow = (subset: number, members: readonly number[], factor: readonly (readonly number[])[], solved: readonly number[], from: number): void => {
    for (let next = from; next < toOutcome.length; next++) {
      const row = factorRow(factor, members.map((member) => among[next]![member]!))
      const rest = 1 - row.reduce((sum, value) => sum + value * value, 0)
      const grown = subset | (1 << next)
      if (rest < SINGULAR_BELOW) {
        explained[grown] = explained[subset]!
        grow(grown, members, factor, solved, next + 1)
        continue
      }
      const pivot = Math.sqrt(rest)
      const step = (toOutcome[next]! - row.reduce((sum, value, i) => sum + value * solved[i]!, 0)) / pivot
      explained[grown] = explained[subset]! + step * step
      grow(grown, [...members, next], [...factor, [...row, pivot]], [...solved, step], next + 1)
    }
  }
  grow(0, [], [], [], 0)
  return explained
}

/** Share of all orders in which exactly these stand before one: s!(p − s − 1)!/p!. */
const orderWeights = (count: number): readonly number[] => {
  const weights = [1 / count]
  for (let size = 1; size < count; size++) weights.push((weights[size - 1]! * size) / (count - size))
  return weights
}

const bitsIn = (subset: number): number => {
  let bits = 0
  for (let rest = subset; rest > 0; rest &= rest - 1) bits += 1
  return bits
}
