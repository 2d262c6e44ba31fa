/** Every group against all the others together, with the luck of many looks taken out. */
import { addCounts, answersIn, goodAnswers, MIN_SHOWN, npsCounts, type Counts, type Metric } from '../figure.ts'
import { remove } from '../rollup/rollup.ts'
import { benjaminiHochberg, holm } from './adjust.ts'
import { compareNps } from './compare-nps.ts'
import { compareShares } from './compare-shares.ts'
import type { Comparison } from './comparison.ts'

/** Fewer answers in a group, or in the rest, are not compared: a test would promise what it cannot hold. Source  n·p ≥ 5 for a share of one half, doubled. */
export const LEAST_COMPARED = 20
/** A difference is reported when it is luck at most this often. */
export const LUCK = 0.05

/** few: too few answers to compare · alike: no difference that luck does not make · better, worse: than all the others together. */
export type GroupVerdict = 'few' | 'alike' | 'better' | 'worse'

/**
 * One group against the rest.
 * Units   difference and interval in the figure's own points (per cent, or NPS points).
 * Shape   comparison and both adjusted probabilities are null where there are too few; `verdict` goes by the false discovery rate,
 *         `certain` by the stricter rule under which none of all verdicts may be luck.
 */
export type GroupDifference = {
  readonly key: string
  readonly n: number
  readonly comparison: Comparison | null
  readonly falseDiscovery: number | null
  readonly familyWise: number | null
  readonly verdict: GroupVerdict
  readonly certain: boolean
}

/** Order  as given. Groups below MIN_SHOWN take no part, but count among the rest of the others. */
export const compareGroups = (metric: Metric, groups: readonly { readonly key: string; readonly counts: Counts }[], least = LEAST_COMPARED): readonly GroupDifference[] => {
  const all = groups.reduce<Counts>((sum, { counts }) => addCounts(sum, counts), {})
  const compared = groups.map(({ key, counts }) => {
    const rest = remove(all, counts)
    const [n, others] = [answersIn(counts), answersIn(rest)]
    const enough = Math.min(n, others) >= Math.max(least, MIN_SHOWN)
    return { key, n, comparison: enough ? compareCounts(metric, counts, rest) : null }
  })
  const tested = compared.flatMap(({ comparison }) => (comparison ? [comparison.probability] : []))
  const [rates, families] = [benjaminiHochberg(tested), holm(tested)]
  let next = 0
  return compared.map(({ key, n, comparison }): GroupDifference => {
    if (!comparison) return { key, n, comparison, falseDiscovery: null, familyWise: null, verdict: 'few', certain: false }
    const [falseDiscovery, familyWise] = [rates[next]!, families[next]!]
    next += 1
    const verdict = falseDiscovery > LUCK ? 'alike' : comparison.difference < 0 ? 'worse' : 'better'
    return { key, n, comparison, falseDiscovery, familyWise, verdict, certain: familyWise <= LUCK }
  })
}

/** First figure minus second. Null if one has no answers. Units  points of the figure. */
export const compareCounts = (metric: Metric, a: Counts, b: Counts): Comparison | null => inPoints(comparisonOf(metric, a, b))

const comparisonOf = (metric: Metric, own: Counts, rest: Counts): Comparison | null => {
  if (metric === 'nps') return compareNps(npsCounts(own), npsCounts(rest))
  return compareShares({ hits: goodAnswers(metric, own), n: answersIn(own) }, { hits: goodAnswers(metric, rest), n: answersIn(rest) })
}

const inPoints = (comparison: Comparison | null): Comparison | null =>
  comparison && { ...comparison, difference: 100 * comparison.difference, interval: { low: 100 * comparison.interval.low, high: 100 * comparison.interval.high } }
