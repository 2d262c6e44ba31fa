/** Numbers whose sign carries the meaning, and intervals that never claim more than they hold. */
import { formatNumber } from '../../../i18n/format.ts'
import type { Interval } from '#shared/insights/interval.ts'
import type { Language } from '#shared/kernel/language.ts'

/** `+3` · `−12,50` · `0`, with a true minus and always so many digits. */
export const signedWords = (value: number, language: Language, digits = 0): string => {
  const step = 10 ** digits
  const rounded = Math.round(value * step) / step
  const words = fixed(Math.abs(rounded), language, digits)
  return rounded > 0 ? `+${words}` : rounded < 0 ? `−${words}` : words
}

const fixed = (value: number, language: Language, digits: number): string =>
  digits === 0 ? formatNumber(value, language) : value.toFixed(digits).replace('.', language === 'de' ? ',' : '.')

/** Both ends, rounded outwards. */
export const signedEnds = ({ low, high }: Interval, language: Language, digits = 0): readonly [string, string] => {
  const step = 10 ** digits
  return [signedWords(Math.floor(low * step) / step, language, digits), signedWords(Math.ceil(high * step) / step, language, digits)]
}

/** A share 0 … 1 as whole per cents, its interval outwards: `32 %`, in English `32%`. */
export const shareWords = (share: number, language: Language, towards: 'nearest' | 'down' | 'up' = 'nearest'): string => {
  const percent = 100 * share
  const whole = towards === 'down' ? Math.floor(percent) : towards === 'up' ? Math.ceil(percent) : Math.round(percent)
  return `${formatNumber(Math.min(100, Math.max(-100, whole)), language)}${language === 'de' ? '\u00a0' : ''}%`
}
