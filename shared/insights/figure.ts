/** Scores that carry their honesty: n, a 95 % interval, the counts behind them. */
import type { ScoredKind } from '../feedback/scales.ts'
import { npsInterval, npsStandardError, wilsonInterval, type Interval, type NpsCounts } from './interval.ts'

export type Metric = 'nps' | 'csat' | 'ces' | 'smiley'
export const METRICS = ['nps', 'csat', 'ces', 'smiley'] as const satisfies readonly Metric[]

/** How often each value was answered. */
export type Counts = { readonly [value: string]: number }

/**
 * A score with n and its 95 % interval.
 * Units   percent for csat, ces and smiley (0 … 100), points for nps (−100 … 100); `mean` on the question's own scale.
 * Shape   score, interval, mean are null and the counts empty while n is below MIN_SHOWN; n is always true.
 */
export type Figure = {
  readonly score: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly mean: number | null
  readonly counts: Counts
}

/** Fewer answers than this are not shown: one person's answer could be read off. */
export const MIN_SHOWN = 5
/** A wider interval than ± this many points is too thin to colour, to compare or to alarm. */
export const THIN_HALF_WIDTH = 15

/** The scale that a metric is asked on. */
export const METRIC_KIND: { readonly [M in Metric]: ScoredKind } = { nps: 'nps', csat: 'csat5', ces: 'ces7', smiley: 'smiley4' }

/** The lowest answer that counts as good: csat 4 of 5 ("top 2"), ces 5 of 7, nps 9 of 10, smiley 3 of 4. */
const GOOD_FROM: { readonly [M in Metric]: number } = { nps: 9, csat: 4, ces: 5, smiley: 3 }
const DETRACTOR_UP_TO = 6

/**
 * The figure of a metric from the answers' counts.
 * Source  NPS: share of 9–10 minus share of 0–6; CSAT: share of 4–5 of 1–5; CES 2.0: share of 5–7 of 1–7; smiley: share of 3–4 of 1–4. Shares: Wilson's interval.
 */
export const figureOf = (metric: Metric, counts: Counts): Figure => {
  const n = answersIn(counts)
  if (n < MIN_SHOWN) return hiddenFigure(n)
  const { share, interval } = metric === 'nps' ? npsOf(counts) : goodShareOf(metric, counts)
  return { score: 100 * share, low: 100 * interval.low, high: 100 * interval.high, n, mean: meanOf(counts), counts }
}

/** Says how many answered and nothing else. */
export const hiddenFigure = (n: number): Figure => ({ score: null, low: null, high: null, n, mean: null, counts: {} })

/** Half the width of the interval, in the figure's own units; null while the figure is hidden. */
export const halfWidth = (figure: Pick<Figure, 'low' | 'high'>): number | null => (figure.low === null || figure.high === null ? null : (figure.high - figure.low) / 2)

/** Too few answers to be coloured, compared or alarmed about; also true while hidden. */
export const isThin = (figure: Pick<Figure, 'low' | 'high'>): boolean => (halfWidth(figure) ?? Number.POSITIVE_INFINITY) > THIN_HALF_WIDTH

/** Standard error in the figure's own units; null while hidden. */
export const standardErrorOf = (metric: Metric, figure: Figure): number | null => {
  if (figure.score === null) return null
  if (metric === 'nps') return 100 * npsStandardError(npsCounts(figure.counts))
  const share = figure.score / 100
  return 100 * Math.sqrt((share * (1 - share)) / figure.n)
}

/** Answers that count as good: satisfied, easy, promoters. */
export const goodAnswers = (metric: Metric, counts: Counts): number => countIf(counts, (value) => value >= GOOD_FROM[metric])

export const npsCounts = (counts: Counts): NpsCounts => ({
  promoters: goodAnswers('nps', counts),
  passives: countIf(counts, (value) => value > DETRACTOR_UP_TO && value < GOOD_FROM.nps),
  detractors: countIf(counts, (value) => value <= DETRACTOR_UP_TO),
})

export const answersIn = (counts: Counts): number => countIf(counts, () => true)

export const addCounts = (a: Counts, b: Counts): Counts => {
  const sum: { [value: string]: number } = { ...a }
  for (const [value, n] of Object.entries(b)) sum[value] = (sum[value] ?? 0) + n
  return sum
}

const npsOf = (counts: Counts): { readonly share: number; readonly interval: Interval } => {
  const sorts = npsCounts(counts)
  return { share: (sorts.promoters - sorts.detractors) / answersIn(counts), interval: npsInterval(sorts) }
}

const goodShareOf = (metric: Exclude<Metric, 'nps'>, counts: Counts): { readonly share: number; readonly interval: Interval } => {
  const n = answersIn(counts)
  const good = goodAnswers(metric, counts)
  return { share: good / n, interval: wilsonInterval(good, n) }
}

const meanOf = (counts: Counts): number =>
  Object.entries(counts).reduce((sum, [value, n]) => sum + Number(value) * n, 0) / answersIn(counts)

const countIf = (counts: Counts, holds: (value: number) => boolean): number =>
  Object.entries(counts).reduce((sum, [value, n]) => (holds(Number(value)) ? sum + n : sum), 0)
