/** Amounts as shops write them, exactly: no binary fraction comes near money. */

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,30}))?$/

/**
 * Whole minor units of an amount such as 19.99, "19.9900" or 20.
 * Shape  null for everything that is no amount, or that has parts of a minor unit.
 */
export const minorOf = (amount: string | number, digits = 2): number | null => {
  const read = DECIMAL.exec(typeof amount === 'number' ? String(amount) : amount.trim())
  if (!read) return null
  const [, sign, whole, fraction = ''] = read
  if (/[1-9]/.test(fraction.slice(digits))) return null
  const minor = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minor)) return null
  return sign === '-' && minor !== 0 ? -minor : minor
}

/** An exact decimal of at most 100, as offers hold percentages; null for everything else. */
export const percentOf = (percent: string | number): string | null => {
  const text = typeof percent === 'number' ? String(percent) : percent.trim()
  return /^\d{1,3}(\.\d{1,6})?$/.test(text) && Number(text) <= 100 ? text : null
}
