/** Amounts as people read them: "4,10 €" in German, "€4.10" in English. */
import type { Language } from '../kernel/language.ts'
import { rational, round, toNumber } from '../kernel/rational.ts'

const SYMBOLS: { readonly [currency: string]: string } = { EUR: '€', USD: '$', GBP: '£' }
/** Decimals of currencies that have not two (ISO 4217). */
const DECIMALS = new Map(
  Object.entries({ 0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 3: 'BHD IQD JOD KWD LYD OMR TND', 4: 'CLF UYW' }).flatMap(([decimals, currencies]) => currencies.split(' ').map((currency) => [currency, Number(decimals)] as const)),
)
/** Keeps amount and symbol on one line. */
const NO_BREAK = '\u00a0'
const MINUS = '\u2212'

/**
 * Writes an amount.
 * Units   minor units of the currency, cents or whole yen; fractions are rounded half up.
 */
export const formatMoney = (minor: number, language: Language, currency = 'EUR'): string => {
  const whole = toNumber(round(rational(minor), 'halfUp'))
  const sign = whole < 0 ? MINUS : ''
  const decimals = DECIMALS.get(currency) ?? 2
  const digits = String(Math.abs(whole)).padStart(decimals + 1, '0')
  const thousands = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, language === 'de' ? '.' : ',')
  const amount = decimals === 0 ? thousands : `${thousands}${language === 'de' ? ',' : '.'}${digits.slice(-decimals)}`
  const symbol = SYMBOLS[currency]
  if (language === 'de') return `${sign}${amount}${NO_BREAK}${symbol ?? currency}`
  return symbol ? `${sign}${symbol}${amount}` : `${sign}${currency}${NO_BREAK}${amount}`
}
