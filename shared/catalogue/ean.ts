/** Bar code numbers of goods: EAN-13 and EAN-8 (GTIN-13, GTIN-8). */

/**
 * The digit that completes a bar code number.
 * Shape   from the right, digits weigh 3, 1, 3, 1 …; the check digit fills the sum up to a multiple of ten.
 * Source  GS1 General Specifications, section 7.9.
 */
export const eanCheckDigit = (digits: string): number => {
  const sum = [...digits].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

export const withCheckDigit = (digits: string): string => digits + eanCheckDigit(digits)

/** True for 8 or 13 digits whose last one fits the others. */
export const isEan = (code: string): boolean =>
  /^(\d{8}|\d{13})$/.test(code) && Number(code.at(-1)) === eanCheckDigit(code.slice(0, -1))

/**
 * A scanned code in the form products keep it: blanks and hyphens gone, a 12-digit UPC-A led by a zero.
 * Errors  null when its check digit is wrong or it is no such code: scan again instead of finding the wrong article.
 */
export const readEan = (scanned: string): string | null => {
  const digits = scanned.replace(/[\s-]/g, '')
  const code = /^\d{12}$/.test(digits) ? `0${digits}` : digits
  return isEan(code) ? code : null
}

/** Numbers 20 … 29 are free for use inside one store: they mean nothing elsewhere. */
export const isInStoreEan = (code: string): boolean => isEan(code) && /^2\d{12}$/.test(code)
