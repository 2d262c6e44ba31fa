/** At which hours of the store's week a survey is asked. */
import { localTime, type Millis } from '../kernel/time.ts'
import type { AskingHours } from './survey.ts'

/** Whether it is asked at an instant, by the clock on the store's wall. Absent hours: always. */
export const isAskingHour = (hours: readonly AskingHours[] | undefined, at: Millis, timeZone: string): boolean => {
  if (!hours) return true
  const { weekday, hour, minute } = localTime(at, timeZone)
  const minuteOfDay = hour * 60 + minute
  return hours.some(({ weekdays, fromMinute, untilMinute }) => weekdays.includes(weekday) && minuteOfDay >= fromMinute && minuteOfDay < untilMinute)
}
