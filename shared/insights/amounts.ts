/** Sums and means of written amounts, exact to the last digit: no binary fraction comes near money. */

/** Digits behind the point that are kept; more are refused. */
const DECIMALS = 6
const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/

/**
 * Amounts in a few figures.
 * Units   those of the amounts; `sum` exact, `mean` and `median` rounded half up to four decimals, all as decimal texts.
 * Shape   mean, median, least and most are null without amounts.
 */
export type Amounts = { readonly n: number; readonly sum: string; readonly mean: string | null; readonly median: string | null; readonly least: string | null; readonly most: string | null }

/** Millionths of the written amount; null if it is none. */
export const readAmount = (written: string): bigint | null => {
  const parts = AMOUNT.exec(written.trim())
  if (!parts) return null
  const value = BigInt(parts[2]! + (parts[3] ?? '').padEnd(DECIMALS, '0'))
  return parts[1] === '-' ? -value : value
}

/**
 * The amount as `readAmount` reads it, out of what people and spreadsheets write: `1.234,50 €`, `$1,234.50`, `12,5`. What stands last is the
 * decimal sign, a point or comma that comes several times is none; a single one is. Null if it is no amount, and for `1,234`, which may be two.
 */
export const plainAmount = (written: string): string | null => {
  const bare = written.replace(/^(?:EUR|USD|GBP|CHF|Rs\.?|[€$£])\s*|\s*(?:EUR|USD|GBP|CHF|Euro|[€$£])$/gi, '').replace(/[\s'’](?=\d{3})/g, '').replace('\u2212', '-')
  if (/^-?[1-9]\d{0,2},\d{3}$/.test(bare)) return null
  const [commas, points] = [bare.split(',').length - 1, bare.split('.').length - 1]
  const decimal = commas > 0 && points > 0 ? (bare.lastIndexOf(',') > bare.lastIndexOf('.') ? ',' : '.') : commas === 1 ? ',' : points === 1 ? '.' : null
  const [whole = '', ...rest] = decimal === null ? [bare] : bare.split(decimal)
  if (rest.length > 1 || (/[.,]/.test(whole) && !/^-?\d{1,3}([.,]\d{3})+$/.test(whole))) return null
  const plain = `${whole.replace(/[.,]/g, '')}${rest[0] === undefined ? '' : `.${rest[0]}`}`
  return readAmount(plain) === null ? null : plain
}

/** Figures of amounts in millionths. */
export const amountsOf = (amounts: readonly bigint[]): Amounts => {
  const n = amounts.length
  const sum = amounts.reduce((total, amount) => total + amount, 0n)
  if (n === 0) return { n, sum: '0', mean: null, median: null, least: null, most: null }
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const [low, high] = [sorted[(n - 1) >> 1]!, sorted[n >> 1]!]
  return { n, sum: writeAmount(sum), mean: toFourDecimals(sum, BigInt(n)), median: toFourDecimals(low + high, 2n), least: writeAmount(sorted[0]!), most: writeAmount(sorted[n - 1]!) }
}

/** Millionths as a decimal text without needless noughts. */
export const writeAmount = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, '0')
  const decimals = digits.slice(-DECIMALS).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}${decimals === '' ? '' : `.${decimals}`}`
}

/** A fraction of millionths, rounded half away from nought. */
const toFourDecimals = (amount: bigint, parts: bigint): string => {
  const [positive, unit] = [amount < 0n ? -amount : amount, parts * 100n]
  const rounded = ((2n * positive + unit) / (2n * unit)) * 100n
  return writeAmount(amount < 0n ? -rounded : rounded)
}
