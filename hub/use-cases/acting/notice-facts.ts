/** What needs no statistics: a device that is silent while the store is open, and a day with far fewer answers than such days have. */
import type { Alarm, AlarmStore, KeptDay } from '#hub/ports/alarm-store.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import { openMinutesBetween, type OpeningHours } from '#shared/cx/opening-hours.ts'
import { answersOf } from '#shared/insights/alarm/watch-days.ts'
import { addDays, localTime, type Day } from '#shared/kernel/time.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { dayStart, WHOLE } from './watch-answers.ts'

export type FactParts = {
  readonly alarms: AlarmStore
  readonly devices: Pick<DeviceStore, 'list'>
  isOnline(dev: DeviceId): boolean
  readonly clock: Clock
}

/** A kiosk is silent after so many minutes of opening without a word. */
export const SILENT_MINUTES = 60
/** A day is held against the same weekday of so many weeks, of which so many have to be known; below a quarter of the middle one it is told, if that had enough answers. */
export const FEW_WEEKS = 8
export const LEAST_SAME_DAYS = 4
export const FEW_SHARE = 1 / 4
export const LEAST_USUAL = 20

/** Within a transaction. */
export const noticeFacts = (parts: FactParts, { hours, timeZone }: { readonly hours: OpeningHours; readonly timeZone: string }): void => {
  noticeSilence(parts, hours, timeZone)
  noticeFewAnswers(parts, timeZone)
}

const noticeSilence = ({ alarms, devices, isOnline, clock }: FactParts, hours: OpeningHours, timeZone: string): void => {
  const now = clock.now()
  const open = new Map(alarms.alarms(now).filter(({ kind, closedAt }) => kind === 'silent' && closedAt === null).map((alarm) => [alarm.device, alarm]))
  for (const { dev, role, revokedAt, report, touchpoint } of devices.list()) {
    if (role !== 'kiosk') continue
    const since = report?.seenAt ?? null
    const isSilent = revokedAt === null && since !== null && !isOnline(dev) && openMinutesBetween(since, now, hours, timeZone) >= SILENT_MINUTES
    const alarm = open.get(dev)
    if (isSilent && !alarm) alarms.raise({ kind: 'silent', place: touchpoint, device: dev, since, raisedAt: now, noticedAt: now, closedAt: null, ending: null, n: 0, good: 0, expected: 0 })
    // Overnight nobody misses it, and it has not come back either.
    if (alarm && (revokedAt !== null || isOnline(dev) || (since ?? 0) > alarm.since)) alarms.amend({ ...alarm, closedAt: now, ending: 'back' })
  }
}

const noticeFewAnswers = ({ alarms, clock }: FactParts, timeZone: string): void => {
  const now = clock.now()
  const yesterday = addDays(localTime(now, timeZone).day, -1)
  const since = dayStart(yesterday, timeZone)
  const days = alarms.daysSince(addDays(yesterday, -7 * FEW_WEEKS)).filter(({ place }) => place !== WHOLE.place)
  const kept = alarms.alarms(since).filter(({ kind, ending }) => kind === 'few' && ending !== 'revised')
  for (const [place, own] of Map.groupBy(days, (day) => day.place)) {
    const { n, usual } = besideSameDays(own, yesterday)
    const isFew = usual !== null && n < usual * FEW_SHARE
    const alarm = kept.find((one) => one.place === place && one.since === since)
    const older = kept.find((one) => one.place === place && one.closedAt === null && one.since < since)
    if (older && !isFew) alarms.amend({ ...older, closedAt: now, ending: 'back' })
    if (isFew && !alarm && !older) alarms.raise({ kind: 'few', place, device: null, since, raisedAt: now, noticedAt: now, closedAt: null, ending: null, n, good: 0, expected: usual })
    if (alarm && alarm.closedAt === null) follow(alarms, alarm, n, isFew ? null : now)
  }
}

/** Answers of the day that came late are counted, and may take its ground away. */
const follow = (alarms: AlarmStore, alarm: Alarm, n: number, over: Alarm['closedAt']): void => {
  if (over !== null) alarms.amend({ ...alarm, n, closedAt: over, ending: 'revised' })
  else if (n !== alarm.n) alarms.amend({ ...alarm, n })
}

const besideSameDays = (days: readonly KeptDay[], day: Day): { readonly n: number; readonly usual: number | null } => {
  const on = (one: Day): number => days.filter((kept) => kept.day === one).reduce((sum, kept) => sum + answersOf(kept), 0)
  const first = days.reduce((least, kept) => (kept.day < least ? kept.day : least), day)
  const same = Array.from({ length: FEW_WEEKS }, (_, week) => addDays(day, -7 * (week + 1))).filter((one) => one >= first).map(on).toSorted((a, b) => a - b)
  const middle = same[Math.floor((same.length - 1) / 2)] ?? 0
  return { n: on(day), usual: same.length >= LEAST_SAME_DAYS && middle >= LEAST_USUAL ? middle : null }
}
