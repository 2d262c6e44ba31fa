/** Figures as JSON: scores to two digits, means and shares to four. */
import { isThin, npsCounts, standardErrorOf, type Figure, type Metric } from '#shared/insights/figure.ts'
import type { Interval } from '#shared/insights/interval.ts'
import type { Json } from '#shared/kernel/json.ts'
import { formulaOf } from '#shared/insights/formula.ts'
import { summaryOfCounts } from '#shared/insights/statistics/summary.ts'

export type JsonObject = { readonly [fact: string]: Json }

export const rounded = (value: number | null, digits: number): number | null => (value === null ? null : Number(value.toFixed(digits)) + 0)

export const intervalJson = (interval: Interval | null, digits: number): Json => interval && [rounded(interval.low, digits), rounded(interval.high, digits)]

export const figureJson = (metric: Metric, figure: Figure): JsonObject => ({
  n: figure.n,
  score: rounded(figure.score, 2),
  low: rounded(figure.low, 2),
  high: rounded(figure.high, 2),
  standardError: rounded(standardErrorOf(metric, figure), 2),
  mean: rounded(figure.mean, 4),
  thin: isThin(figure),
  counts: figure.counts,
  ...(metric === 'nps' && figure.score !== null && npsCounts(figure.counts)),
})

/** The same with what stands beside a figure of its own: mean with its interval, spread, middle, formula. */
export const wholeFigureJson = (metric: Metric, figure: Figure): JsonObject => {
  const summary = figure.score === null ? null : summaryOfCounts(figure.counts)
  return {
    ...figureJson(metric, figure),
    meanInterval: summary ? intervalJson(summary.interval, 4) : null,
    sd: rounded(summary?.sd ?? null, 4),
    median: summary?.median ?? null,
    formula: formulaOf(metric).en,
  }
}
