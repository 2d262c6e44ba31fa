/** Numbers, money, days and times as people of a language write them; a thin layer over Intl with its formatters kept. */
import type { Contents } from '#shared/catalogue/product.ts'
import type { Language } from '#shared/kernel/language.ts'
import { localTime, millis } from '#shared/kernel/time.ts'

const LOCALES: { readonly [L in Language]: string } = { de: 'de-DE', en: 'en-GB' }

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>()
const keep = <T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules>(key: string, make: () => T): T => {
  const known = kept.get(key)
  if (known) return known as T
  const made = make()
  kept.set(key, made)
  return made
}

/** `4,10 €` · `€4.10` */
export const formatPrice = (priceCents: number, language: Language): string =>
  keep(`price ${language}`, () => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' })).format(priceCents / 100)

/** A price without its cents where it has none: `10 €` · `€4.10`. */
export const formatShortPrice = (priceCents: number, language: Language): string =>
  keep(`short price ${language}`, () => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' })).format(priceCents / 100)

export type PriceParts = { readonly negative: boolean; readonly euros: string; readonly separator: string; readonly cents: string }

/** The pieces of a price set like a shelf label: euros large, cents raised. */
export const priceParts = (priceCents: number, language: Language): PriceParts => {
  const parts = keep(`parts ${language}`, () => new Intl.NumberFormat(LOCALES[language], { minimumFractionDigits: 2, maximumFractionDigits: 2 })).formatToParts(Math.abs(priceCents) / 100)
  const of = (...types: readonly string[]): string => parts.filter((part) => types.includes(part.type)).map((part) => part.value).join('')
  return { negative: priceCents < 0, euros: of('integer', 'group'), separator: of('decimal'), cents: of('fraction') }
}

/** A number on one line with its unit: `20 %` · `20%`. */
export const tidyUnits = (words: string, language: Language): string =>
  (language === 'en' ? words.replaceAll(/(\d)[ \u00a0]%/g, '$1%') : words).replaceAll(/(\d) (?=[€%])/g, '$1\u00a0')

export const formatNumber = (n: number, language: Language, digits = 0): string =>
  keep(`number ${language} ${digits}`, () => new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits })).format(n)

const LARGE = { g: 'kg', ml: 'l' } as const
const PIECES = { de: ['Stück', 'Stück'], en: ['piece', 'pieces'] } as const

/** What is in a pack: `250 g` · `1 kg` · `0,75 l` · `6 Stück`. */
export const formatContents = ({ amount, unit }: Contents, language: Language): string => {
  if (unit === 'piece') return `${formatNumber(amount, language)}\u00a0${PIECES[language][amount === 1 ? 0 : 1]}`
  return amount >= 1000 ? `${formatNumber(amount / 1000, language, 3)}\u00a0${LARGE[unit]}` : `${formatNumber(amount, language, 1)}\u00a0${unit}`
}

/** `14:05` in the store's time zone. */
export const formatTime = (at: number, language: Language, timeZone: string): string =>
  keep(`time ${language} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { hour: '2-digit', minute: '2-digit', timeZone })).format(at)

/** `Samstag, 28. November` · `Saturday 28 November` */
export const formatDay = (at: number, language: Language, timeZone: string): string =>
  keep(`day ${language} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone })).format(at)

/** As `formatDay` in the year of `now`; else `23. Oktober 2027` · `23 October 2027`. */
export const formatEndDay = (at: number, now: number, language: Language, timeZone: string): string => {
  const yearOf = (instant: number): string => localTime(millis(Math.floor(instant)), timeZone).day.slice(0, 4)
  if (yearOf(at) === yearOf(now)) return formatDay(at, language, timeZone)
  return keep(`date ${language} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone })).format(at)
}

/** `28.11.` · `28/11` */
export const formatShortDay = (at: number, language: Language, timeZone: string): string =>
  keep(`short ${language} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'numeric', timeZone })).format(at)

export const isSameDay = (a: number, b: number, timeZone: string): boolean => formatShortDay(a, 'de', timeZone) === formatShortDay(b, 'de', timeZone)

/** `4:05` minutes and seconds. */
export const formatCountdown = (leftMs: number): string => {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The form of a counted word: `plural(1, 'de', 'Artikel', 'Artikel')`. */
export const plural = (n: number, language: Language, one: string, other: string): string =>
  keep(`plural ${language}`, () => new Intl.PluralRules(LOCALES[language])).select(n) === 'one' ? one : other
