/** A trend on its days: stretches with a figure, stretches without, and what a line may join. */
import type { Figure } from '#shared/insights/figure.ts'
import { addDays, daysBetween, type Day } from '#shared/kernel/time.ts'
import type { TrendGap, TrendPart } from '#shared/protocol/figures.ts'

export type Shown = Figure & { readonly score: number; readonly low: number; readonly high: number }

/** One stretch, `start` and `end` in days from the first one, both included. `why` of a stretch without a figure: nobody answered, too few, or withheld. */
export type Stretch = { readonly key: string; readonly from: Day; readonly until: Day; readonly start: number; readonly end: number } & ({ readonly type: 'figure'; readonly figure: Shown } | { readonly type: 'gap'; readonly why: 'none' | 'few' | 'withheld'; readonly n: number | null })

export type TrendLayout = {
  /** Days from the first to the last, both included; nought if there are none. */
  readonly days: number
  readonly first: Day | null
  /** In order of time, without holes. */
  readonly stretches: readonly Stretch[]
  /** Places of stretches with figures that follow each other; between two runs lies a gap. */
  readonly runs: readonly (readonly number[])[]
}

export const trendLayout = (points: readonly TrendPart[], gaps: readonly TrendGap[]): TrendLayout => {
  const told = [...points.map((point) => ({ ...point, why: null })), ...gaps.map((gap) => ({ ...gap, figure: null }))].sort((a, b) => (a.from < b.from ? -1 : 1))
  const first = told[0]?.from as Day | undefined
  if (first === undefined) return { days: 0, first: null, stretches: [], runs: [] }
  const stretches: Stretch[] = []
  for (const { from, until, figure, why } of told) {
    const start = daysBetween(first, from as Day)
    const open = (stretches.at(-1)?.end ?? -1) + 1
    // What nobody spoke of is no answer either.
    if (start > open) stretches.push(gapOf(first, open, start - 1, 'none', null))
    const end = daysBetween(first, until as Day)
    if (figure && isShown(figure)) stretches.push({ type: 'figure', key: from, from: from as Day, until: until as Day, start, end, figure })
    else stretches.push(gapOf(first, start, end, figure ? 'few' : why!, figure?.n ?? null))
  }
  return { days: stretches.at(-1)!.end + 1, first, stretches, runs: runsOf(stretches) }
}

const gapOf = (first: Day, start: number, end: number, why: 'none' | 'few' | 'withheld', n: number | null): Stretch => ({ type: 'gap', key: addDays(first, start), from: addDays(first, start), until: addDays(first, end), start, end, why, n })

const isShown = (figure: Figure): figure is Shown => figure.score !== null && figure.low !== null && figure.high !== null

const runsOf = (stretches: readonly Stretch[]): readonly (readonly number[])[] => {
  const runs: number[][] = []
  stretches.forEach(({ type }, i) => {
    if (type === 'gap') return
    if (stretches[i - 1]?.type === 'figure') runs.at(-1)!.push(i)
    else runs.push([i])
  })
  return runs
}

/** At most `most` places for labels under `days` days, evenly spaced, the last day always among them. */
export const labelDays = (days: number, most: number): readonly number[] => {
  const step = Math.max(1, Math.ceil(days / Math.max(1, most)))
  return Array.from({ length: Math.ceil(days / step) }, (_, i) => days - 1 - i * step).reverse()
}
