/** A touchpoint watched day by day: what is kept of a day is enough to go on from it, and to look at it again when answers come late. */
import { addDays, type Day, type Millis } from '../../kernel/time.ts'
import type { Share } from '../difference.ts'
import { shiftedShare, WATCHED_ODDS, type AlarmPlan } from './alarm-plan.ts'
import { QUIET, watchAnswer, type Direction, type Watch, type WatchNews } from './change-watch.ts'
import { usualFrom, type Usual, type WeekTally } from './usual-weeks.ts'
import { HOURS_OF_WEEK, LEARNING_WEEKS } from './week-baseline.ts'
import { weekHours } from './week-hours.ts'

export const DIRECTIONS = ['drop', 'rise'] as const satisfies readonly Direction[]

/** Both directions after some answers. */
export type Watches = { readonly [D in Direction]: Watch }
export const QUIET_WATCHES: Watches = { drop: QUIET, rise: QUIET }

/** A day of the store. Shape  `hours`: 24 of the store's clock, the one lived twice counted together; `after`: what is known at the day's end. */
export type WatchedDay = { readonly day: Day; readonly hours: readonly Share[]; readonly after: Watches }

/** One answer of a day. `usual`: the share of good ones at its place and hour. */
export type DayAnswer = { readonly at: Millis; readonly good: boolean; readonly usual: number }

/** Monday of the week that a day lies in. */
export const mondayBefore = (day: Day): Day => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/**
 * What is usual in a week, from the days before its Monday.
 * Shape   the last LEARNING_WEEKS weeks that have answers and did not end in an alarm: a changed level is no example of what is usual.
 * Order   days ascending.
 */
export const usualBefore = (monday: Day, days: readonly WatchedDay[], plan: AlarmPlan): Usual | null => usualFrom(learntWeeks(monday, days), plan)

/** The weeks that `usualBefore` learns from. */
export const learntWeeks = (monday: Day, days: readonly WatchedDay[]): readonly WeekTally[] => {
  const weeks = Map.groupBy(days.filter(({ day }) => day < monday), ({ day }) => mondayBefore(day))
  return [...weeks.values()]
    .filter((week) => !isAlarmed(week.at(-1)!.after))
    .slice(-LEARNING_WEEKS)
    .map(tallyOf)
}

export const isAlarmed = ({ drop, rise }: Watches): boolean => drop.alarmed || rise.alarmed

/** Reads a day's answers on from what was known at its beginning. Order  answers by time. */
export const watchDay = (before: Watches, answers: readonly DayAnswer[], usual: Pick<Usual, 'threshold' | 'dispersion'> | null): { readonly after: Watches; readonly news: readonly WatchNews[] } => {
  if (!usual) return { after: before, news: [] }
  const news: WatchNews[] = []
  const after: { [D in Direction]: Watch } = { ...before }
  for (const answer of answers) {
    for (const direction of DIRECTIONS) {
      const next = watchAnswer(after[direction], answer, { direction, threshold: usual.threshold, dispersion: usual.dispersion })
      after[direction] = next.watch
      if (next.news) news.push(next.news)
    }
  }
  return { after, news }
}

/** Good answers and all, by hour of the store's day. */
export const hoursOf = (answers: readonly { readonly at: Millis; readonly good: boolean }[], timeZone: string): readonly Share[] => {
  const hours = Array.from({ length: 24 }, () => ({ hits: 0, n: 0 }))
  const weekHour = weekHours(timeZone)
  for (const { at, good } of answers) {
    const hour = hours[weekHour(at).hourOfWeek % 24]!
    hour.n += 1
    if (good) hour.hits += 1
  }
  return hours
}

/** Answers of a day. */
export const answersOf = ({ hours }: Pick<WatchedDay, 'hours'>): number => hours.reduce((sum, { n }) => sum + n, 0)

/**
 * Weeks until the watched change is found where it is usual so, at the median roughly.
 * Source  mean evidence per answer under the changed share (Kullback and Leibler), Page's delay h / I.
 */
export const weeksToFind = ({ threshold, dispersion, mean, perWeek }: Usual): number => {
  const changed = shiftedShare(mean, WATCHED_ODDS)
  const gain = changed * Math.log(changed / mean) + (1 - changed) * Math.log((1 - changed) / (1 - mean))
  return (threshold * dispersion) / gain / perWeek
}

const tallyOf = (week: readonly WatchedDay[]): WeekTally => {
  const tally: Share[] = Array.from({ length: HOURS_OF_WEEK }, () => ({ hits: 0, n: 0 }))
  for (const { day, hours } of week) {
    const first = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) * 24
    for (const [hour, share] of hours.entries()) tally[first + hour] = share
  }
  return tally
}
