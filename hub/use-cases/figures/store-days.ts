/** Whole days of the store as instants. */
import { startOfDay } from '#shared/insights/period.ts'
import { addDays, localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'

/** First instant of a day. */
export const beginOf = (day: Day, timeZone: string): Millis => startOfDay(millis(Date.parse(`${day}T12:00:00Z`)), timeZone)

/** First instant behind a day. */
export const endOf = (day: Day, timeZone: string): Millis => beginOf(addDays(day, 1), timeZone)

/** Whether a text is a day that there is. */
export const isDay = (text: string): text is Day => {
  const at = Date.parse(`${text}T12:00:00Z`)
  return Number.isFinite(at) && at >= 0 && localTime(millis(at), 'UTC').day === text
}

export type DayRange = { readonly from?: Millis; readonly until?: Millis }

/** From the beginning of the first day to the end of the last one; null for a day that there is not, or an end before its beginning. */
export const dayRange = ({ from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }, timeZone: string): DayRange | null => {
  if ((from !== undefined && !isDay(from)) || (until !== undefined && !isDay(until))) return null
  if (from !== undefined && until !== undefined && from > until) return null
  return { ...(from !== undefined && { from: beginOf(from as Day, timeZone) }), ...(until !== undefined && { until: millis(endOf(until as Day, timeZone) - 1) }) }
}
