/** The language the screen speaks now. Reading it in a component keeps the component up to date. */
import type { Contents } from '#shared/catalogue/product.ts'
import { LANGUAGES, type Language, type Localised } from '#shared/kernel/language.ts'
import * as format from './format.ts'
import type { Texts } from './texts.ts'

class Locale {
  language = $state<Language>('de')
  /** Those that this device speaks; the first one greets. */
  offered = $state.raw<readonly Language[]>(LANGUAGES)
  /** Short sentences and everyday words, for those who ask for them. */
  simple = $state(false)
  timeZone = $state('Europe/Berlin')
}

/** One page speaks one language, so there is one of it. */
export const locale = new Locale()

/** The messages of an area in the language of the screen. */
export const text = <M>(texts: Texts<M>): M => texts[locale.language][locale.simple ? 'simple' : 'usual']

/** A text of a document; a number stays on one line with its unit. */
export const say = (localised: Localised): string => format.tidyUnits(localised[locale.language], locale.language)
/** In the quotation marks of the language. */
export const quoted = (words: string): string => (locale.language === 'de' ? `„${words}“` : `“${words}”`)

export const price = (cents: number): string => format.formatPrice(cents, locale.language)
export const shortPrice = (cents: number): string => format.formatShortPrice(cents, locale.language)
export const contents = (of: Contents): string => format.formatContents(of, locale.language)
export const number = (n: number, digits = 0): string => format.formatNumber(n, locale.language, digits)
export const time = (at: number): string => format.formatTime(at, locale.language, locale.timeZone)
export const day = (at: number): string => format.formatDay(at, locale.language, locale.timeZone)
export const endDay = (at: number, now: number): string => format.formatEndDay(at, now, locale.language, locale.timeZone)
export const shortDay = (at: number): string => format.formatShortDay(at, locale.language, locale.timeZone)
