/** Instants, store-local time and calendar days. The clock itself is always passed in. */
declare const unit: unique symbol
/** Milliseconds since 1970, UTC. */
export type Millis = number & { readonly [unit]: 'ms' }
/** A calendar day of the store, `YYYY-MM-DD`. */
export type Day = string & { readonly [unit]: 'day' }

export const millis = (n: number): Millis => {
  if (Number.isSafeInteger(n)) return n as Millis
  throw new RangeError(`not whole milliseconds: ${n}`)
}

export type LocalTime = {
  readonly day: Day
  /** 0 … 23 */
  readonly hour: number
  readonly minute: number
  /** ISO weekday, Monday 1 … Sunday 7 */
  readonly weekday: number
}

/**
 * The wall-clock reading in a time zone, daylight saving included.
 * Errors  throws RangeError for a time zone that does not exist.
 */
export const localTime = (at: Millis, timeZone: string): LocalTime => {
  const minute = `${timeZone} ${Math.floor(at / 60_000)}`
  const reading = readings.get(minute) ?? readClock(at, timeZone)
  if (readings.size > MOST_READINGS) readings.clear()
  readings.set(minute, reading)
  return reading
}

/** By zone and minute: one shelf of labels asks for the same few instants hundreds of times, and the platform takes long to answer. */
const readings = new Map<string, LocalTime>()
const MOST_READINGS = 2000

const readClock = (at: Millis, timeZone: string): LocalTime => {
  const parts = Object.fromEntries(formatFor(timeZone).formatToParts(at).map((part) => [part.type, part.value]))
  const day = `${parts['year']}-${parts['month']}-${parts['day']}` as Day
  return { day, hour: Number(parts['hour']), minute: Number(parts['minute']), weekday: isoWeekday(day) }
}

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as Day

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

const isoWeekday = (day: Day): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1

const formats = new Map<string, Intl.DateTimeFormat>()
const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const options = { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = new Intl.DateTimeFormat('en-CA', options)
  formats.set(timeZone, format)
  return format
}
