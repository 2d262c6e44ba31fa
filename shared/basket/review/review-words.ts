/** The small words that the sentences of the review share. */
import type { Language, Localised } from '../../kernel/language.ts'
import type { Day } from '../../kernel/time.ts'
import { formatMoney } from '../../offers/format-money.ts'
import type { ReviewedOffer } from './finding.ts'

/** A sentence in both languages, made by one function. */
export const inBoth = (say: (language: Language) => string): Localised => ({ de: say('de'), en: say('en') })

/** A sentence from its two wordings. */
export const both = (de: string, en: string): Localised => ({ de, en })

/** An offer as people know it, in quotation marks. */
export const named = ({ title, offer }: ReviewedOffer, language: Language): string => {
  const name = title?.[language] ?? offer.name ?? offer.id
  return language === 'de' ? `„${name}“` : `“${name}”`
}

/** `22.11.2026` · `22/11/2026` */
export const dayWords = (day: Day, language: Language): string => {
  const [year, month, date] = day.split('-') as [string, string, string]
  return language === 'de' ? `${Number(date)}.${Number(month)}.${year}` : `${date}/${month}/${year}`
}

/** An amount in the store's currency. */
export const money = formatMoney

/** `12,5 %` · `12.5%` from basis points, rounded down so that it never claims more than is true. */
export const percentWords = (bps: number, language: Language): string => {
  const tenths = Math.floor(bps / 10)
  const whole = `${Math.trunc(tenths / 10)}`
  const rest = Math.abs(tenths % 10)
  return language === 'de' ? `${whole}${rest === 0 ? '' : `,${rest}`}\u00a0%` : `${whole}${rest === 0 ? '' : `.${rest}`}%`
}

/** A few of many names: `a, b und 3 weitere`. */
export const someOf = (names: readonly string[], language: Language, most = 3): string => {
  const shown = names.slice(0, most).join(', ')
  const left = names.length - most
  if (left <= 0) return shown
  return language === 'de' ? `${shown} und ${left} weitere` : `${shown} and ${left} more`
}
