/** Which hour of the store's week an instant lies in, for many instants one after the other. */
import { addDays, localTime, millis, type Day, type Millis } from '../../kernel/time.ts'

/** Units  `hourOfWeek` 0 (Monday midnight) … 167. Shape  `monday` numbers the weeks: days since 1970 of the Monday it began with. */
export type WeekHour = { readonly hourOfWeek: number; readonly monday: number }

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** 1 January 1970 was a Thursday. */
const THURSDAY = 3

/**
 * Reads the store's clock, daylight saving included.
 * Order   any; instants of one day share one look at the time zone, except on the two days a year on which it changes.
 */
export const weekHours = (timeZone: string): ((at: Millis) => WeekHour) => {
  let [day, offset]: [number, number | null] = [Number.NaN, null]
  return (at) => {
    const own = Math.floor(at / DAY_MS)
    if (own !== day) {
      const [start, end] = [offsetAt(own * DAY_MS, timeZone), offsetAt((own + 1) * DAY_MS, timeZone)]
      ;[day, offset] = [own, start === end ? start : null]
    }
    const local = at + (offset ?? offsetAt(at, timeZone))
    const days = Math.floor(local / DAY_MS)
    const weekday = (((days + THURSDAY) % 7) + 7) % 7
    return { hourOfWeek: weekday * 24 + Math.floor((local - days * DAY_MS) / HOUR_MS), monday: days - weekday }
  }
}

/** The calendar day of a numbered Monday. */
export const mondayOf = (monday: number): Day => addDays('1970-01-01' as Day, monday)

/** The store's clock less UTC, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number => {
  const minute = Math.floor(at / 60_000) * 60_000
  const local = localTime(millis(minute), timeZone)
  return Date.parse(`${local.day}T${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}:00Z`) - minute
}
