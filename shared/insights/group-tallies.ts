/** Answers, counted beforehand, grouped the way a manager looks at them. */
import { localTime, millis } from '../kernel/time.ts'
import { addCounts, answersIn, figureOf, hiddenFigure, MIN_SHOWN, type Counts, type Figure, type Metric } from './figure.ts'

/** How often one value was given at one place, to one question, in one quarter of an hour. */
export type Tally = {
  readonly touchpoint: string
  readonly question: string
  /** True for a rating beside the survey's own score: it never enters the overall figure, only its own. */
  readonly detail: boolean
  /** Milliseconds since 1970, start of the quarter: no time zone's midnight lies inside one. Null: nobody noted when. */
  readonly quarterAt: number | null
  readonly value: number
  readonly n: number
}

export const QUARTER_MS = 900_000
/** Key of the answers that carry no time; sorts after every hour and day. */
export const UNDATED = 'undated'

export const DIMENSIONS = ['touchpoint', 'hour', 'day', 'question'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export type GroupedFigures = {
  readonly overall: Figure
  readonly groups: readonly { readonly key: string; readonly figure: Figure }[]
}

/**
 * The overall figure and one per group.
 * Shape   keys: touchpoint and question ids, hours `00` … `23`, days `2026-11-28`, in the store's time zone, UNDATED for answers without a time. Groups by question include the detail ratings.
 * Order   hours and days ascending, touchpoints and questions by n, most first.
 */
export const groupTallies = (metric: Metric, tallies: readonly Tally[], by: Dimension | null, timeZone: string): GroupedFigures => {
  const main = tallies.filter((tally) => !tally.detail)
  const overall = figureOf(metric, main.reduce(countIn, {}))
  if (by === null) return { overall, groups: [] }
  const counts = new Map<string, Counts>()
  for (const tally of by === 'question' ? tallies : main) {
    const key = keyOf(tally, by, timeZone)
    counts.set(key, countIn(counts.get(key) ?? {}, tally))
  }
  const hidden = hiddenGroups(counts)
  const figures = [...counts].map(([key, own]) => ({ key, figure: hidden.has(key) ? hiddenFigure(answersIn(own)) : figureOf(metric, own) }))
  const inTime = by === 'hour' || by === 'day'
  return { overall, groups: figures.sort((a, b) => (inTime ? 0 : b.figure.n - a.figure.n) || (a.key < b.key ? -1 : 1)) }
}

const countIn = (counts: Counts, { value, n }: Tally): Counts => addCounts(counts, { [value]: n })

const keyOf = (tally: Tally, by: Dimension, timeZone: string): string => {
  if (by === 'touchpoint' || by === 'question') return tally[by]
  if (tally.quarterAt === null) return UNDATED
  const local = localTime(millis(tally.quarterAt), timeZone)
  return by === 'day' ? local.day : String(local.hour).padStart(2, '0')
}

/**
 * Keys whose figures stay hidden. If all groups that are too small have fewer than MIN_SHOWN answers together, the total minus the shown
 * ones would give them away, so the smallest of the others is hidden with them.
 */
const hiddenGroups = (groups: ReadonlyMap<string, Counts>): ReadonlySet<string> => {
  const bySize = [...groups].map(([key, counts]) => ({ key, n: answersIn(counts) })).sort((a, b) => a.n - b.n)
  const small = bySize.filter(({ n }) => n < MIN_SHOWN)
  const held = small.reduce((sum, { n }) => sum + n, 0)
  const more = held > 0 && held < MIN_SHOWN ? bySize.slice(small.length, small.length + 1) : []
  return new Set([...small, ...more].map(({ key }) => key))
}
