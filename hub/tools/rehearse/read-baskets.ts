/** Real baskets from a table: which of two public layouts it is shows in its header. */
import type { Table } from '../read-table.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { PastBasket } from '#shared/basket/review/rehearse.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import { SHELF_OF_ITEM } from './groceries-map.ts'

/** Baskets with the catalogue they are priced from, and what of the file is in neither. */
export type ReadBaskets = {
  readonly baskets: readonly PastBasket[]
  readonly assortment: Assortment
  /** How the file was understood, one sentence each. */
  readonly notes: readonly string[]
  /** Names without an article, with the number of lines, most first. */
  readonly unmapped: readonly { readonly name: string; readonly lines: number }[]
}

/** Articles that a catalogue made from a file may have: as many as hand-off numbers. */
const MAX_ARTICLES = 65_535

export const readBaskets = (table: Table, assortment: Assortment): Result<ReadBaskets, string> => {
  const has = (...columns: readonly string[]): boolean => columns.every((column) => table.header.includes(column))
  if (has('basket', 'item')) return ok(readItems(table, assortment))
  if (has('invoice', 'sku', 'description', 'quantity', 'unit_price_gbp')) return readInvoices(table, assortment)
  if (has('basket', 'sku', 'quantity')) return ok(readSkus(table, assortment))
  return err('the header is none of: basket,item · basket,sku,quantity · invoice,sku,description,quantity,timestamp,unit_price_gbp')
}

const column = (table: Table, name: string): ((cells: readonly string[]) => string) => {
  const at = table.header.indexOf(name)
  return (cells) => cells[at]?.trim() ?? ''
}

const groupBy = (table: Table, name: string): ReadonlyMap<string, readonly (readonly string[])[]> => {
  const key = column(table, name)
  return Map.groupBy(table.rows.map(({ cells }) => cells), key)
}

/** `basket,item`: names of kinds, not of articles. */
const readItems = (table: Table, assortment: Assortment): ReadBaskets => {
  const item = column(table, 'item')
  const shelves = shelvesOf(assortment)
  const turns = new Map<string, number>()
  const unmapped = new Map<string, number>()
  const baskets = [...groupBy(table, 'basket').values()].map((rows): PastBasket => {
    const lines = rows.flatMap((cells) => {
      const name = item(cells)
      const shelf = shelves.get(SHELF_OF_ITEM.get(name) ?? '') ?? []
      if (shelf.length === 0) {
        unmapped.set(name, (unmapped.get(name) ?? 0) + 1)
        return []
      }
      const turn = turns.get(name) ?? 0
      turns.set(name, turn + 1)
      return [{ sku: shelf[turn % shelf.length]!.sku, quantity: 1 }]
    })
    return { lines, unmapped: rows.length - lines.length }
  })
  const notes = [`Each item name stands for one shelf of the catalogue (${turns.size} names on ${new Set([...turns.keys()].map((name) => SHELF_OF_ITEM.get(name))).size} shelves); the articles of a shelf take turns.`, 'The file knows no quantities: every line is one piece. Prices are those of the catalogue.']
  return { baskets, assortment, notes, unmapped: mostFirst(unmapped) }
}

const shelvesOf = ({ products }: Assortment): ReadonlyMap<string, readonly Product[]> => Map.groupBy([...products].sort((a, b) => a.number - b.number), ({ category }) => category)

/** `basket,sku,quantity`: articles of this very catalogue. */
const readSkus = (table: Table, assortment: Assortment): ReadBaskets => {
  const [sku, quantity] = [column(table, 'sku'), column(table, 'quantity')]
  const unmapped = new Map<string, number>()
  const baskets = [...groupBy(table, 'basket').values()].map((rows): PastBasket => {
    const lines = rows.flatMap((cells) => {
      const known = assortment.productsBySku.get(sku(cells) as Sku)
      const pieces = Number(quantity(cells))
      if (known && Number.isSafeInteger(pieces) && pieces > 0) return [{ sku: known.sku, quantity: pieces }]
      unmapped.set(sku(cells), (unmapped.get(sku(cells)) ?? 0) + 1)
      return []
    })
    return { lines, unmapped: rows.length - lines.length }
  })
  return { baskets, assortment, notes: ['Article numbers are those of the catalogue.'], unmapped: mostFirst(unmapped) }
}

/** Invoices of a shop with its own articles: its catalogue is made from the file. */
const readInvoices = (table: Table, assortment: Assortment): Result<ReadBaskets, string> => {
  const [sku, words, quantity, price, time] = ['sku', 'description', 'quantity', 'unit_price_gbp', 'timestamp'].map((name) => column(table, name)) as [Cell, Cell, Cell, Cell, Cell]
  const sold = (cells: readonly string[]): boolean => /^\d{5}[A-Za-z]*$/.test(sku(cells)) && Number(quantity(cells)) > 0 && Number(price(cells)) > 0
  const invoices = groupBy(table, 'invoice')
  const prices = new Map<string, { readonly name: string; readonly asked: number[] }>()
  const unmapped = new Map<string, number>()
  const baskets: PastBasket[] = []
  let cancelled = 0
  for (const [invoice, rows] of invoices) {
    if (invoice.startsWith('C')) {
      cancelled += 1
      continue
    }
    const lines = rows.filter(sold)
    for (const cells of rows) if (!sold(cells)) unmapped.set(sku(cells), (unmapped.get(sku(cells)) ?? 0) + 1)
    for (const cells of lines) {
      const known = prices.get(sku(cells)) ?? { name: words(cells), asked: [] }
      known.asked.push(Math.round(Number(price(cells)) * 100))
      prices.set(sku(cells), known)
    }
    const at = Date.parse(`${time(rows[0]!).replace(' ', 'T')}Z`)
    baskets.push({ lines: lines.map((cells) => ({ sku: sku(cells) as Sku, quantity: Number(quantity(cells)) })), unmapped: rows.length - lines.length, ...(!Number.isNaN(at) && { at: millis(at) }) })
  }
  if (prices.size > MAX_ARTICLES) return err(`more than ${MAX_ARTICLES} articles`)
  const products = [...prices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { name, asked }], i) => productOf(id, name, asked, i + 1))
  const notes = [
    `The file's own ${products.length} articles are the catalogue, each at the price it was asked for most often; a penny counts as a cent.`,
    `${cancelled} cancelled invoices, and lines that are no sold goods (postage, corrections, nothing to pay), are left out.`,
  ]
  return ok({ baskets, assortment: { ...assortment, products, productsBySku: new Map(products.map((product) => [product.sku, product])) }, notes, unmapped: mostFirst(unmapped) })
}

type Cell = (cells: readonly string[]) => string

const productOf = (sku: string, name: string, asked: readonly number[], number: number): Product => {
  const priceCents = cents(commonest(asked))
  return {
    sku: sku as Sku,
    number,
    name: { de: name, en: name },
    brand: null,
    category: 'gifts',
    taxons: ['gifts'],
    priceCents,
    priceHistory: [{ from: '2010-12-01' as Day, cents: priceCents }],
    taxRateBps: 1900,
    contents: { amount: 1, unit: 'piece' },
    depositCents: cents(0),
    ean: '',
    picture: '',
    stock: { pieces: 0, at: millis(0) },
    shelf: { aisle: 0, name: { de: '', en: '' } },
    perishable: false,
    synonyms: [],
    alsoBought: [],
  }
}

/** The lower of equals, so that the file's order does not matter. */
const commonest = (all: readonly number[]): number => {
  const counts = [...Map.groupBy(all, (one) => one)].map(([value, some]) => ({ value, n: some.length }))
  return counts.sort((a, b) => b.n - a.n || a.value - b.value)[0]!.value
}

const mostFirst = (counts: ReadonlyMap<string, number>): ReadBaskets['unmapped'] => [...counts].map(([name, lines]) => ({ name, lines })).sort((a, b) => b.lines - a.lines || (a.name < b.name ? -1 : 1))
