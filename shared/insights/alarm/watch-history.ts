/** The answers of one touchpoint read from first to last: what is usual is learnt week by week, and each answer is watched against it. */
import type { Day, Millis } from '../../kernel/time.ts'
import type { AlarmPlan } from './alarm-plan.ts'
import { QUIET, watchAnswer, type Direction, type Watch, type WatchNews } from './change-watch.ts'
import { usualFrom, type Usual } from './usual-weeks.ts'
import { HOURS_OF_WEEK, LEARNING_WEEKS } from './week-baseline.ts'
import { mondayOf, weekHours } from './week-hours.ts'

/** One answer, good or not. */
export type TimedAnswer = { readonly at: Millis; readonly good: boolean }

export type WatchedHistory = {
  /** Order  as it happened. */
  readonly news: readonly WatchNews[]
  /** The alarms that are still open after the last answer. */
  readonly open: readonly Direction[]
  /** The week from which on there was something to compare with, its Monday; null if there never was. */
  readonly knownSince: Day | null
}

const DIRECTIONS = ['drop', 'rise'] as const satisfies readonly Direction[]

/** Order  answers by time. Weeks begin on the store's Mondays; a week with an open alarm at its end is no example of what is usual. */
export const watchHistory = (answers: readonly TimedAnswer[], { plan, timeZone }: { readonly plan: AlarmPlan; readonly timeZone: string }): WatchedHistory => {
  const news: WatchNews[] = []
  const watches: { [D in Direction]: Watch } = { drop: QUIET, rise: QUIET }
  const weeks: Tally[][] = []
  const weekHour = weekHours(timeZone)
  let [tally, week]: [Tally[], number | null] = [emptyWeek(), null]
  let [known, knownSince]: [Usual | null, Day | null] = [null, null]
  for (const { at, good } of answers) {
    const { hourOfWeek: hour, monday } = weekHour(at)
    if (monday !== week) {
      if (week !== null && !watches.drop.alarmed && !watches.rise.alarmed) weeks.push(tally)
      if (weeks.length > LEARNING_WEEKS) weeks.shift()
      ;[tally, week, known] = [emptyWeek(), monday, usualFrom(weeks, plan)]
      if (known) knownSince ??= mondayOf(monday)
    }
    tally[hour]!.n += 1
    if (good) tally[hour]!.hits += 1
    if (!known) continue
    for (const direction of DIRECTIONS) {
      const next = watchAnswer(watches[direction], { good, usual: known.shares[hour]!, at }, { direction, threshold: known.threshold, dispersion: known.dispersion })
      watches[direction] = next.watch
      if (next.news) news.push(next.news)
    }
  }
  return { news, open: DIRECTIONS.filter((direction) => watches[direction].alarmed), knownSince }
}

type Tally = { hits: number; n: number }

const emptyWeek = (): Tally[] => Array.from({ length: HOURS_OF_WEEK }, () => ({ hits: 0, n: 0 }))
