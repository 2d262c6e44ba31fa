/** Dates and times as people and programs write them. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime, millis, type Millis } from '#shared/kernel/time.ts'

/** Whether 5/6 is the fifth of June or the sixth of May. */
export type DateOrder = 'dmy' | 'mdy'
export const DATE_ORDERS: readonly DateOrder[] = ['dmy', 'mdy']

const TIME = String.raw`(?:(?:T|,?\s+)(?<hour>\d{1,2})(?::|(?=\s*[ap]m))(?<minute>\d{2})?(?::(?<second>\d{2})(?:[.,]\d+)?)?\s*(?<half>[ap]\.?m\.?)?(?:\s*Uhr)?)?`
const ZONE = String.raw`\s*(?<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT)?`
const written = (date: string): RegExp => new RegExp(`^${date}${TIME}${ZONE}$`, 'iu')
const SHAPES: readonly RegExp[] = [
  written(String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})`),
  written(String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}|\d{2})`),
  written(String.raw`(?<first>\d{1,2})(?<between>[-/])(?<second2>\d{1,2})\k<between>(?<year>\d{4}|\d{2})`),
  written(String.raw`(?:\p{L}+,?\s+)?(?<day>\d{1,2})\.?\s+(?<name>\p{L}{3,9})\.?,?\s+(?<year>\d{4})`),
  written(String.raw`(?:\p{L}+,\s+)?(?<name>\p{L}{3,9})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})`),
]
/** Seconds or milliseconds since 1970, between 2001 and 2286. */
const EPOCH = /^(?<seconds>\d{10})(?:\.\d+)?$|^(?<millis>\d{13})$/
const MONTHS = ['jan', 'feb', 'mar|mär|mrz', 'apr', 'may|mai', 'jun', 'jul', 'aug', 'sep', 'oct|okt', 'nov', 'dec|dez'].map((start) => new RegExp(`^(?:${start})`, 'iu'))

type Parts = { readonly [part: string]: string | undefined }

/**
 * `2026-11-28T14:05:00`, with or without a zone, `28.11.2026 14:05`, `11/28/2026 2:05 PM`, `28 Nov 2026`, seconds since 1970; without a zone the wall clock of `timeZone`.
 * Errors  why it is no instant, in words; so too where two numbers with a stroke may be read in two ways and `order` does not say which.
 */
export const readInstant = (text: string, timeZone: string, order?: DateOrder): Result<Millis | null, string> => {
  if (text === '') return ok(null)
  const wrong = err(`"${text.slice(0, 40)}" is not a date`)
  const epoch = EPOCH.exec(text)?.groups
  if (epoch) return ok(millis(epoch['millis'] === undefined ? Number(epoch['seconds']) * 1000 : Number(epoch['millis'])))
  const parts = partsOf(text)
  const day = parts && dayOf(parts, order)
  if (parts && day === null) return err(`"${text.slice(0, 40)}" may be two days: the map has to say "order": "dmy" or "mdy"`)
  const clock = parts && clockOf(parts)
  if (!parts || !day || !clock) return wrong
  const wall = `${day}T${clock}`
  const utc = Date.parse(`${wall}Z`)
  // a day that does not exist (31 February) comes back as another one
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 19) !== wall) return wrong
  const offset = parts['zone'] === undefined ? null : offsetOf(parts['zone'])
  return ok(millis(offset === null ? wallToInstant(utc, timeZone) : utc - offset))
}

/** The order that dates with strokes were written in, as those tell that have a number above 12; null where none does, or both kinds. */
export const orderOfDates = (texts: readonly string[]): DateOrder | null => {
  const strokes = texts.flatMap((text) => {
    const parts = partsOf(text)
    return parts?.['first'] === undefined ? [] : [[Number(parts['first']), Number(parts['second2'])] as const]
  })
  const [dmy, mdy] = [strokes.some(([first]) => first > 12), strokes.some(([, second]) => second > 12)]
  return dmy === mdy ? null : dmy ? 'dmy' : 'mdy'
}

const partsOf = (text: string): Parts | null => SHAPES.map((shape) => shape.exec(text)?.groups).find((groups) => groups !== undefined) ?? null

/** Null where it cannot be known; empty where there is no such month. */
const dayOf = (parts: Parts, order: DateOrder | undefined): string | null => {
  const year = parts['year']!.length === 2 ? `20${parts['year']}` : parts['year']!
  const two = (number: string | number): string => String(number).padStart(2, '0')
  if (parts['first'] !== undefined) {
    const [first, second] = [parts['first'], parts['second2']!]
    const known = order ?? (Number(first) > 12 ? 'dmy' : Number(second) > 12 ? 'mdy' : first === second ? 'dmy' : null)
    return known && (known === 'dmy' ? `${year}-${two(second)}-${two(first)}` : `${year}-${two(first)}-${two(second)}`)
  }
  const month = parts['name'] === undefined ? Number(parts['month']) : MONTHS.findIndex((start) => start.test(parts['name']!)) + 1
  return month === 0 ? '' : `${year}-${two(month)}-${two(parts['day']!)}`
}

const clockOf = ({ hour = '0', minute = '00', second = '00', half }: Parts): string | null => {
  const told = Number(hour)
  if (half !== undefined && (told < 1 || told > 12)) return null
  const own = half === undefined ? told : (told % 12) + (/^p/i.test(half) ? 12 : 0)
  return `${String(own).padStart(2, '0')}:${minute}:${second}`
}

/** Units  milliseconds that a zone's clocks are ahead of UTC. */
const offsetOf = (zone: string): number => {
  const [, sign, hours, minutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** `utc` is the wall clock read as if it were UTC; two steps, as the offset may differ at the first guess. */
const wallToInstant = (utc: number, timeZone: string): number => {
  const offsetAt = (at: number): number => {
    const { day, hour, minute } = localTime(millis(at), timeZone)
    return Date.parse(`${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`) - Math.floor(at / 60_000) * 60_000
  }
  return utc - offsetAt(utc - offsetAt(utc))
}
