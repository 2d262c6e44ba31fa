/** One line of CSV that no spreadsheet runs as a formula. */

/** What spreadsheets take for the beginning of a formula, also behind blanks and in full-width form. */
const FORMULA = /^\s*[=+\-@\t\r|＝＋－＠]/u
const NUMBER = /^-?\d+(\.\d+)?$/

/** Quoted as RFC 4180 says; a text that would become a formula gets an apostrophe in front. */
export const csvLine = (cells: readonly (string | number | null)[]): string => cells.map(csvCell).join(',')

const csvCell = (cell: string | number | null): string => {
  const text = cell === null ? '' : String(cell)
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n\t;']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
