/** When somebody is there to act: time that is promised runs only while the store is open. */
import { localTime, millis, type Millis } from '../kernel/time.ts'

/** Units  minutes after the store's midnight, `until` behind the last one. */
export type OpenStretch = { readonly from: number; readonly until: number }

/** Shape  seven, Monday first; null: closed all day. */
export type OpeningHours = readonly (OpenStretch | null)[]

const DAY_MINUTES = 1440
const MINUTE_MS = 60_000
/** A promise reaches no further than so many days of the calendar: a store that never opens keeps none. */
const MOST_DAYS = 60

/** Of a store that has not said: Monday to Saturday from 8 to 20. */
export const USUAL_HOURS: OpeningHours = Array.from({ length: 7 }, (_, day) => (day < 6 ? { from: 480, until: 1200 } : null))

/** Seven days, each closed or open for at least a minute within the day. */
export const areOpeningHours = (hours: OpeningHours): boolean =>
  hours.length === 7 && hours.every((day) => day === null || (Number.isInteger(day.from) && Number.isInteger(day.until) && 0 <= day.from && day.from < day.until && day.until <= DAY_MINUTES))

/**
 * The moment at which so many minutes of opening have gone by.
 * Shape   while closed time stands still; a promise that never ends is kept at the end of MOST_DAYS.
 */
export const afterOpenMinutes = (start: Millis, minutes: number, hours: OpeningHours, timeZone: string): Millis => {
  let [at, left] = [start as number, minutes]
  const end = start + MOST_DAYS * DAY_MINUTES * MINUTE_MS
  while (at < end) {
    const { weekday, hour, minute } = localTime(millis(at), timeZone)
    const now = hour * 60 + minute
    const open = hours[weekday - 1]
    const next = !open || now >= open.until ? DAY_MINUTES : open.from
    if (open && now >= open.from && now < open.until) {
      // never across the end of the day: clocks change at night
      const step = Math.min(left, open.until - now)
      if (step === left) return millis(at + step * MINUTE_MS)
      left -= step
      at += step * MINUTE_MS
    } else at += stillnessMs(at, next - now, timeZone)
  }
  return millis(end)
}

/** Open minutes between two moments, whole ones. */
export const openMinutesBetween = (from: Millis, until: Millis, hours: OpeningHours, timeZone: string): number => {
  let [at, sum] = [from as number, 0]
  while (at < until) {
    const { weekday, hour, minute } = localTime(millis(at), timeZone)
    const now = hour * 60 + minute
    const open = hours[weekday - 1]
    if (open && now >= open.from && now < open.until) {
      const step = Math.min(open.until - now, Math.ceil((until - at) / MINUTE_MS))
      sum += Math.min(step, Math.floor((until - at) / MINUTE_MS))
      at += step * MINUTE_MS
    } else at += stillnessMs(at, (!open || now >= open.until ? DAY_MINUTES : open.from) - now, timeZone)
  }
  return sum
}

/** To the next opening or midnight by the store's clock, also in the night on which it changes. */
const stillnessMs = (at: number, minutes: number, timeZone: string): number => {
  const wanted = (localMinute(at, timeZone) + minutes) % DAY_MINUTES
  const there = at - (at % MINUTE_MS) + minutes * MINUTE_MS
  const off = ((localMinute(there, timeZone) - wanted + DAY_MINUTES + DAY_MINUTES / 2) % DAY_MINUTES) - DAY_MINUTES / 2
  return Math.max(MINUTE_MS, there - off * MINUTE_MS - at)
}

const localMinute = (at: number, timeZone: string): number => {
  const { hour, minute } = localTime(millis(at), timeZone)
  return hour * 60 + minute
}
