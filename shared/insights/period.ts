/** The stretches of time a manager looks at, in the store's own days. */
import { localTime, millis, type Millis } from '../kernel/time.ts'

export const PERIODS = ['today', 'week', 'month', 'all'] as const
/** The running day; the last 7 or 28 days with it; everything. */
export type Period = (typeof PERIODS)[number]

/** Both ends included; absent means open. */
export type Range = { readonly from?: Millis; readonly until?: Millis }

const DAYS: { readonly [P in Period]: number | null } = { today: 1, week: 7, month: 28, all: null }
const DAY_MS = 86_400_000

/** The period up to now. */
export const periodRange = (period: Period, now: Millis, timeZone: string): Range => {
  const days = DAYS[period]
  return days === null ? {} : { from: startOfDay(now, timeZone, days - 1) }
}

/** The equally long stretch just before, up to the same time of day so that half a day is not held against a whole one; null for `all`. */
export const periodBefore = (period: Period, now: Millis, timeZone: string): Range | null => {
  const days = DAYS[period]
  return days === null ? null : { from: startOfDay(now, timeZone, 2 * days - 1), until: millis(now - days * DAY_MS) }
}

/** The store's midnight of today, or of `daysAgo` days ago; on the days clocks change it is the first instant of that day. */
export const startOfDay = (at: Millis, timeZone: string, daysAgo = 0): Millis => {
  const target = localTime(millis(noonOf(at, timeZone) - daysAgo * DAY_MS), timeZone).day
  const guess = Date.parse(`${target}T00:00:00Z`)
  // the offset is that of the day itself; offsets are whole quarters of an hour, from −12 to +14 h
  for (let quarter = -56; quarter <= 48; quarter++) {
    const candidate = millis(guess + quarter * 900_000)
    if (localTime(candidate, timeZone).day === target) return candidate
  }
  return millis(guess)
}

/** Around noon no clock changes, so whole days can be counted from there. */
const noonOf = (at: Millis, timeZone: string): number => {
  const { hour, minute } = localTime(at, timeZone)
  return at + ((12 - hour) * 60 - minute) * 60_000
}
