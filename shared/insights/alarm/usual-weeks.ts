/** What is usual at a touchpoint, from its last weeks, and how much it takes to stand out from it. */
import type { Share } from '../difference.ts'
import { alarmThreshold, type AlarmPlan } from './alarm-plan.ts'
import { dayDispersion, type PastDay } from './day-dispersion.ts'
import { HOURS_OF_WEEK, weekBaselineOf } from './week-baseline.ts'

/** Good answers and all of one week. Shape  168 hours, Monday midnight first. */
export type WeekTally = readonly Share[]

/** `shares`: good ones of an hour of the week, 0 … 1 · `threshold`, `dispersion`: as `watchAnswer` takes them · `mean`: over all hours · `perWeek`: answers. */
export type Usual = { readonly shares: readonly number[]; readonly threshold: number; readonly dispersion: number; readonly mean: number; readonly perWeek: number }

/** Fewer weeks leave too much chance in what is usual: nothing is watched before. */
export const LEAST_WEEKS = 8

/** Null while it is still being learnt: below LEAST_WEEKS weeks or LEAST_HISTORY answers. */
export const usualFrom = (weeks: readonly WeekTally[], plan: AlarmPlan): Usual | null => {
  if (weeks.length < LEAST_WEEKS) return null
  const history = Array.from({ length: HOURS_OF_WEEK }, (_, hour) => weeks.reduce<Share>((sum, week) => ({ hits: sum.hits + week[hour]!.hits, n: sum.n + week[hour]!.n }), { hits: 0, n: 0 }))
  const shares = weekBaselineOf(history)
  if (!shares) return null
  const [hits, n] = history.reduce(([hits, n], hour) => [hits + hour.hits, n + hour.n], [0, 0])
  const mean = (hits + 0.5) / (n + 1)
  const threshold = alarmThreshold(plan, { answersPerYear: (n * 52) / weeks.length, usual: mean })
  return { shares, threshold, dispersion: dayDispersion(weeks.flatMap((week) => daysOf(week, shares))), mean, perWeek: n / weeks.length }
}

const daysOf = (week: WeekTally, usual: readonly number[]): readonly PastDay[] =>
  Array.from({ length: 7 }, (_, day) => {
    const hours = Array.from({ length: 24 }, (_, hour) => day * 24 + hour)
    const sum = (of: (hour: number) => number): number => hours.reduce((total, hour) => total + of(hour), 0)
    return { hits: sum((hour) => week[hour]!.hits), expected: sum((hour) => week[hour]!.n * usual[hour]!), variance: sum((hour) => week[hour]!.n * usual[hour]! * (1 - usual[hour]!)) }
  })
