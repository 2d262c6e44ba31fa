/** What the columns of a table of baskets or orders mean. */
import * as v from 'valibot'
import type { BasketColumns } from '#hub/use-cases/bought/basket-rows.ts'
import { atColumnOf, columnsOf, firstNamed } from '#hub/use-cases/feedback/detect-feedback-map.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Table } from '../read-table.ts'
import { atColumn, columnsOfAt, name, readMapFile, withColumns, withOrder, type MapAsked } from './feedback-map.ts'

/** `name`: of the source; the same number in it is the same basket. */
export type BasketMap = BasketColumns & { readonly name: string; readonly currency: string | null }

const MapFile = v.strictObject({
  name: v.exactOptional(name),
  basket: name,
  item: name,
  title: v.exactOptional(name),
  quantity: v.exactOptional(name),
  price: v.exactOptional(name),
  customer: v.exactOptional(name),
  country: v.exactOptional(name),
  at: atColumn,
  currency: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
  cancelled: v.exactOptional(v.strictObject({ column: name, begins: name })),
  goods: v.exactOptional(v.strictObject({ column: name, pattern: v.pipe(v.string(), v.maxLength(200)) })),
})

const BASKET = /^(basket|cart|order|invoice|bon|kassenbon|beleg|bestell(ung)?|auftrags?|receipt|transaction|transaktions?|rechnungs?|warenkorb|einkauf)([_ -]?(id|no|nr|number|nummer))?\.?$/i
const ITEM = /^(item|sku|stock_?code|article|artikel|product|produkt|ean|gtin)([_ -]?(id|no|nr|number|nummer|code))?\.?$/i
const TITLE = /^(description|name|title|titel|bezeichnung|beschreibung|(artikel|produkt|item|product)[_ -]?(name|bezeichnung|text|title))$/i
const QUANTITY = /^(quantity|qty|menge|anzahl|pieces|stueck|stück)$/i
const PRICE = /price|preis/i
const CUSTOMER = /^(customer|kunde)([_ -]?(id|no|nr|number|nummer))?$/i
const COUNTRY = /^(country|land)$/i
const CURRENCIES: readonly string[] = ['EUR', 'GBP', 'USD', 'CHF']

export const basketMap = (table: Table, { file, name: source, timeZone }: MapAsked): Result<BasketMap, string> => {
  const { header } = table
  const read = file === null ? detect(table, timeZone) : readMapFile(file, MapFile)
  if (!read.ok) return read
  const { name: own = source, currency = null, goods, ...columns } = read.value
  const pattern = goods && patternOf(goods.pattern)
  if (pattern === null) return err(`${file}: goods.pattern is no regular expression`)
  const named = [columns.basket, columns.item, columns.title, columns.quantity, columns.price, columns.customer, columns.country, ...columnsOfAt(columns.at), columns.cancelled?.column, goods?.column].filter((column) => column !== undefined)
  const map = withColumns(file ?? 'the table', header, named, { ...columns, name: own, currency, ...(goods && pattern && { goods: { column: goods.column, pattern } }) })
  return map.ok ? withOrder(table, map.value) : map
}

const detect = ({ header, rows }: Table, timeZone: string): Result<v.InferOutput<typeof MapFile>, string> => {
  const columns = columnsOf(header, rows)
  const find = (pattern: RegExp): string | undefined => firstNamed(columns, [pattern])?.name
  const [basket, item] = [find(BASKET), find(ITEM)]
  if (basket === undefined || item === undefined) return err(`no columns look like the number of a basket and an article (${header.join(', ')}); say with --map what they mean`)
  const [title, quantity, price, customer, country] = [TITLE, QUANTITY, PRICE, CUSTOMER, COUNTRY].map(find)
  const at = atColumnOf(columns, timeZone)
  const currency = CURRENCIES.find((code) => price?.toUpperCase().includes(code))
  return ok({
    basket,
    item,
    ...(title !== undefined && { title }),
    ...(quantity !== undefined && { quantity }),
    ...(price !== undefined && { price }),
    ...(customer !== undefined && { customer }),
    ...(country !== undefined && { country }),
    ...(at && { at }),
    ...(currency !== undefined && { currency }),
  })
}

const patternOf = (written: string): RegExp | null => {
  try {
    return new RegExp(written, 'u')
  } catch {
    return null
  }
}
