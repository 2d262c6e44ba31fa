/** The small pieces that every document schema is made of: bounded texts, numbers, colours. */
import * as v from 'valibot'
import type { OfferId, Sku } from '../kernel/ids.ts'
import type { Localised } from '../kernel/language.ts'
import { cents, type Cents } from '../kernel/money.ts'
import { millis, type Day, type Millis } from '../kernel/time.ts'

/** Longest name or title, in characters: two lines on the largest card. */
export const MAX_NAME = 200
/** Longest badge of a shelf label, in characters. */
export const MAX_BADGE = 14
/** Longest explaining text, in characters. */
export const MAX_TEXT = 2_000
/** Dearest article and highest amount of an offer: 100 000 €, so sums over a basket stay exact. */
export const MAX_CENTS = 10_000_000

/** A text of at least one visible character. */
export const text = (most: number) => v.pipe(v.string(), v.maxLength(most), v.check((s) => s.trim() !== '', 'empty'))
export const localised: v.GenericSchema<unknown, Localised> = v.strictObject({ de: text(MAX_NAME), en: text(MAX_NAME) })
export const shortLocalised: v.GenericSchema<unknown, Localised> = v.strictObject({ de: text(MAX_BADGE), en: text(MAX_BADGE) })
export const localisedText: v.GenericSchema<unknown, Localised> = v.strictObject({ de: text(MAX_TEXT), en: text(MAX_TEXT) })

/** Ids as used in document ids, taxons, touchpoints: letters, digits and `. _ : -`. */
const KEY = /^[A-Za-z0-9._:-]{1,80}$/
export const key = v.pipe(v.string(), v.regex(KEY))
export const isKey = (text: string): boolean => KEY.test(text)
export const sku = v.pipe(key, v.transform((s) => s as Sku))
export const offerId = v.pipe(key, v.transform((s) => s as OfferId))
export const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
/** Short number of a hand-off code: 16 bits, 0 is never given. */
export const shortNumber = whole(1, 65_535)
/** A price of goods: never free, never negative. */
export const price: v.GenericSchema<unknown, Cents> = v.pipe(whole(1, MAX_CENTS), v.transform(cents))
/** An amount that may be nothing: deposit, shipping. */
export const amount: v.GenericSchema<unknown, Cents> = v.pipe(whole(0, MAX_CENTS), v.transform(cents))
export const instant: v.GenericSchema<unknown, Millis> = v.pipe(whole(0, 8_640_000_000_000_000), v.transform(millis))
/** A day that the calendar has: 30 February is refused. */
export const day: v.GenericSchema<unknown, Day> = v.pipe(v.string(), v.isoDate(), v.check(isCalendarDay, 'not a day'), v.transform((s) => s as Day))
/** A picture served by the hub itself: an absolute path, no other origin, no way up. */
export const picture = v.pipe(v.string(), v.maxLength(200), v.regex(/^\/(?!\/)[A-Za-z0-9/_.-]+\.(svg|png|jpg|jpeg|webp|avif)$/), v.check((s) => !s.includes('..'), 'leaves its folder'))
/** Rates in basis points, 0 … 100 %. */
export const rateBps = whole(0, 10_000)

function isCalendarDay(text: string): boolean {
  if (Number(text.slice(8)) <= 28) return true // Every month has them, and a release holds thousands of days.
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}
