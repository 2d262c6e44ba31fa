/** Amounts as people read them: "4,10 €" in German, "€4.10" in English. */
import type { Language } from '../kernel/language.ts'
import { rational, round, toNumber } from '../kernel/rational.ts'

const SYMBOLS: { readonly [currency: string]: string } = { EUR: '€', USD: '$', GBP: '£' }
/** Keeps amount and symbol on one line. */
const NO_BREAK = '\u00a0'
const MINUS = '\u2212'

/**
 * Writes an amount.
 * Units   minor units of a currency with two decimals; fractions are rounded half up.
 */
export const formatMoney = (minor: number, language: Language, currency = 'EUR'): string => {
  const whole = toNumber(round(rational(minor), 'halfUp'))
  const sign = whole < 0 ? MINUS : ''
  const digits = String(Math.abs(whole)).padStart(3, '0')
  const thousands = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, language === 'de' ? '.' : ',')
  const amount = `${thousands}${language === 'de' ? ',' : '.'}${digits.slice(-2)}`
  const symbol = SYMBOLS[currency]
  if (language === 'de') return `${sign}${amount}${NO_BREAK}${symbol ?? currency}`
  return symbol ? `${sign}${symbol}${amount}` : `${sign}${currency}${NO_BREAK}${amount}`
}
