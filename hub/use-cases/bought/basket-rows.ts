/** Rows of a table as lines of baskets: sound ones, and why the others cannot be taken. */
import { plainAmount, readAmount } from '#shared/insights/amounts.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { readAt, type AtColumn, type TableRow } from '../feedback/feedback-rows.ts'
import type { BadRow } from '../feedback/import-feedback.ts'
import type { BasketRow } from './take-baskets.ts'

/** Which column means what. `cancelled`: such rows belong to orders that were called off; `goods`: what is no article, like postage, does not match. */
export type BasketColumns = {
  readonly basket: string
  readonly item: string
  readonly title?: string
  readonly quantity?: string
  readonly price?: string
  readonly customer?: string
  readonly country?: string
  readonly at?: AtColumn
  readonly cancelled?: { readonly column: string; readonly begins: string }
  readonly goods?: { readonly column: string; readonly pattern: RegExp }
}

/** An order has hundreds, a typing error millions. */
const MAX_QUANTITY = 1_000_000

export const readBasketRows = (header: readonly string[], rows: readonly TableRow[], columns: BasketColumns): { readonly rows: readonly BasketRow[]; readonly bad: readonly BadRow[] } => {
  const read = rows.map((row) => ({ line: row.line, row: readRow(header, row, columns) }))
  return {
    rows: read.flatMap(({ row }) => (row.ok ? [row.value] : [])),
    bad: read.flatMap(({ line, row }) => (row.ok ? [] : [{ line, reason: row.error }])),
  }
}

const readRow = (header: readonly string[], row: TableRow, columns: BasketColumns): Result<BasketRow, string> => {
  if (row.cells.length !== header.length) return err(`${row.cells.length} cells instead of ${header.length}`)
  const cell = (column: string | undefined): string => (column === undefined ? '' : (row.cells[header.indexOf(column)]?.trim() ?? ''))
  const [basket, item] = [cell(columns.basket).slice(0, 80), cell(columns.item).slice(0, 120)]
  if (basket === '') return err(`${columns.basket}: no basket`)
  if (item === '') return err(`${columns.item}: no article`)
  const quantity = columns.quantity === undefined ? 1 : Number(cell(columns.quantity).replace(/[.,]0+$/, '') || Number.NaN)
  if (!Number.isSafeInteger(quantity) || Math.abs(quantity) > MAX_QUANTITY) return err(`${columns.quantity}: "${cell(columns.quantity).slice(0, 40)}" is not a whole number of pieces`)
  const price = readPrice(cell(columns.price))
  if (!price.ok) return err(`${columns.price}: ${price.error}`)
  const at = readAt(cell, columns.at)
  if (!at.ok) return err(`${columns.at!.column}: ${at.error}`)
  return ok({
    basket,
    item,
    name: cell(columns.title).slice(0, 200),
    quantity,
    priceMicros: price.value,
    at: at.value,
    customer: cell(columns.customer),
    country: cell(columns.country).slice(0, 80),
    cancelled: columns.cancelled !== undefined && cell(columns.cancelled.column).startsWith(columns.cancelled.begins),
    goods: columns.goods === undefined || columns.goods.pattern.test(cell(columns.goods.column)),
  })
}

/** Null where none is written. */
const readPrice = (text: string): Result<number | null, string> => {
  if (text === '') return ok(null)
  const micros = readAmount(plainAmount(text) ?? '')
  return micros === null || !Number.isSafeInteger(Number(micros)) ? err(`"${text.slice(0, 40)}" is not a price`) : ok(Number(micros))
}
