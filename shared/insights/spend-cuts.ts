/** At which Mondays feedback beside spend may be told from and until, so that no difference of two reports is about fewer than five baskets. */
import type { Day } from '../kernel/time.ts'
import { MIN_SHOWN, type Metric } from './figure.ts'
import { moodOf, type Mood } from './spend-by-mood.ts'

/** So many baskets of one score whose answers were given in the week that begins on `monday`. */
export type WeekOfBaskets = { readonly monday: Day; readonly score: number; readonly n: number }

/**
 * Between any two cuts lie five baskets at least, and of each mood none or five at least: whatever is left over between two reports is itself one that may be told.
 * Order   by time; the first is the oldest week. What follows the last cut waits until there is enough of it.
 * Shape   a cut is the Monday after the last week of its stretch. `before`: weeks from then on are not over.
 */
export const spendCuts = (metric: Metric, weeks: readonly WeekOfBaskets[], before: Day): readonly Day[] => {
  const over = weeks.filter(({ monday }) => monday < before)
  const mondays = [...new Set(over.map(({ monday }) => monday))].sort()
  if (mondays.length === 0) return []
  const cuts: Day[] = [mondays[0]!]
  let held = new Map<Mood, number>()
  for (const [i, monday] of mondays.entries()) {
    for (const { score, n } of over.filter((week) => week.monday === monday)) held.set(moodOf(metric, score), (held.get(moodOf(metric, score)) ?? 0) + n)
    const counts = [...held.values()].filter((n) => n > 0)
    if (counts.length === 0 || counts.some((n) => n < MIN_SHOWN)) continue
    cuts.push(mondays[i + 1] ?? before)
    held = new Map()
  }
  return cuts
}

/** The stretch from cut to cut inside what was asked for; null: there is none. */
export const cutStretch = (cuts: readonly Day[], from: Day | undefined, until: Day | undefined): { readonly from: Day; readonly until: Day } | null => {
  const first = cuts.find((cut) => from === undefined || cut >= from)
  const last = cuts.findLast((cut) => until === undefined || cut <= until)
  return first !== undefined && last !== undefined && first < last ? { from: first, until: last } : null
}
