/** When an offer can hold at all: its window, and the weekdays and times of day that its conditions leave. */
import { addDays, daysBetween, localTime, millis, type Day, type Millis } from '../../kernel/time.ts'
import type { Condition, Offer } from '../../offers/offer.ts'

const DAY_MINUTES = 1440
/** A window of so many days has every weekday whole. */
const WHOLE_WEEK_DAYS = 9
const LATEST = 8_640_000_000_000_000

/** The window in ms; unreadable or absent borders are open. */
export const windowOf = ({ window }: Offer): { readonly from: number; readonly until: number } => ({ from: instantOf(window?.from, 0), until: instantOf(window?.until, LATEST) })

const instantOf = (text: string | undefined, none: number): number => {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? none : Math.min(LATEST, Math.max(0, at))
}

/** Local minutes of a day at which a condition on the time of day holds. */
export const minutesOf = ({ fromMinute, untilMinute }: Extract<Condition, { type: 'timeOfDay' }>): readonly (readonly [from: number, until: number])[] => {
  const parts: readonly (readonly [number, number])[] = fromMinute <= untilMinute ? [[fromMinute, untilMinute]] : [[0, untilMinute], [fromMinute, DAY_MINUTES]]
  return parts.filter(([from, until]) => from < until && from < DAY_MINUTES)
}

/** Minutes that both lists leave. */
export const sharedMinutes = (a: readonly (readonly [number, number])[], b: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] =>
  a.flatMap(([from, until]) => b.map(([start, end]) => [Math.max(from, start), Math.min(until, end)] as const)).filter(([from, until]) => from < until)

/** What conjoined conditions leave of a week; empty if nothing. */
export type Hours = { readonly days: readonly number[]; readonly minutes: readonly (readonly [from: number, until: number])[] }

const ALWAYS: Hours = { days: [1, 2, 3, 4, 5, 6, 7], minutes: [[0, DAY_MINUTES]] }

/** The hours that conditions which must all hold leave. */
export const hoursOf = (conjoined: readonly Condition[]): Hours => {
  let { days, minutes } = ALWAYS
  for (const one of conjoined) {
    if (one.type === 'weekday') days = days.filter((day) => one.days.includes(day))
    if (one.type === 'timeOfDay') minutes = sharedMinutes(minutes, minutesOf(one))
  }
  return { days, minutes }
}

/** Whether no hour is left. */
export const isClosed = ({ days, minutes }: Hours): boolean => days.length === 0 || minutes.length === 0

/**
 * The first moment from `after` on that lies in the window and in these hours; null if there is none.
 * Order   minutes are whole; a change to summer time inside the window is not looked at.
 */
export const firstMoment = (hours: Hours, { from, until }: { readonly from: number; readonly until: number }, after: Millis, timeZone: string): Millis | null => {
  const start = Math.max(from, after)
  if (start > until || isClosed(hours)) return null
  const here = localTime(millis(start), timeZone)
  const startMinute = here.hour * 60 + here.minute
  for (let days = 0; days <= WHOLE_WEEK_DAYS; days++) {
    if (!hours.days.includes(((here.weekday - 1 + days) % 7) + 1)) continue
    const [minute] = hours.minutes.flatMap(([open, close]) => (days > 0 ? [open] : close > startMinute ? [Math.max(open, startMinute)] : [])).sort((a, b) => a - b)
    if (minute === undefined) continue
    const at = days === 0 && minute === startMinute ? start : start - (start % 60_000) + (days * DAY_MINUTES + minute - startMinute) * 60_000
    return at <= until ? millis(at) : null
  }
  return null
}

/** The store's day at an instant. */
export const dayAt = (at: number, timeZone: string): Day => localTime(millis(at), timeZone).day

/** Whole days of a window, the first and the last included; null where a border is open. */
export const daysOf = (offer: Offer, timeZone: string): { readonly first: Day; readonly last: Day; readonly days: number } | null => {
  const { from, until } = windowOf(offer)
  if (offer.window?.from === undefined || offer.window.until === undefined) return null
  const first = dayAt(from, timeZone)
  const last = dayAt(until, timeZone)
  return { first, last, days: daysBetween(first, addDays(last, 1)) }
}
