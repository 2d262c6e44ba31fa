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
