/** `npm run insights -- baskets FILE`: what is bought together, and orders in figures, straight from a table. */
import { boughtWith, PAIR_MEASURES, pairsOf, recommendationsFor, type AlsoBought, type Pair } from '#shared/insights/baskets/also-bought.ts'
import { customerTurns, type CustomerLine } from '#shared/insights/baskets/customer-turns.ts'
import { commonest, isSold, orderFiguresOf, type OrderLine } from '#shared/insights/baskets/order-figures.ts'
import { pairCountsOf, type PairCounts } from '#shared/insights/baskets/pair-counts.ts'
import { isSensitive } from '#shared/insights/baskets/sensitive.ts'
import { readAmount } from '#shared/insights/amounts.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Table } from '../read-table.ts'
import { rounded, type JsonObject } from './figure-json.ts'

export type BasketsAsked = { readonly anchors: readonly string[]; readonly least: number; readonly limit: number }

const ARTICLE = /^\d{5}[A-Za-z]*$/
const CANCELLED = /^C/

/** `basket,item` or invoices; the header shows which. */
export const basketsView = (table: Table, asked: BasketsAsked): Result<JsonObject, string> => {
  const has = (...columns: readonly string[]): boolean => columns.every((column) => table.header.includes(column))
  const cell = (name: string): ((cells: readonly string[]) => string) => {
    const at = table.header.indexOf(name)
    return (cells) => cells[at]?.trim() ?? ''
  }
  const rows = table.rows.map(({ cells }) => cells)
  if (has('basket', 'item')) {
    const [basket, item] = [cell('basket'), cell('item')]
    return ok({ layout: 'basket,item', rows: rows.length, ...basketsJson([...Map.groupBy(rows, basket).values()].map((own) => own.map(item)), asked) })
  }
  if (!has('invoice', 'sku', 'description', 'quantity', 'timestamp', 'unit_price_gbp')) return err('the header is neither basket,item nor invoice,sku,description,quantity,timestamp,unit_price_gbp')
  const read = rows.flatMap((cells): readonly CustomerLine[] => {
    const price = readAmount(cell('unit_price_gbp')(cells))
    const quantity = Number(cell('quantity')(cells))
    if (price === null || !Number.isSafeInteger(quantity)) return []
    const [order, sku] = [cell('invoice')(cells), cell('sku')(cells)]
    return [{ order, sku, name: cell('description')(cells), quantity, at: cell('timestamp')(cells), price, customer: cell('customer_id')(cells), country: cell('country')(cells), cancelled: CANCELLED.test(order), goods: ARTICLE.test(sku) }]
  })
  const turns = customerTurns(read)
  const lines = read.map(({ customer: _customer, ...line }): OrderLine => Object.assign(line, { turn: turns.get(line.order) ?? null }))
  return ok({ layout: 'invoices', unreadable: rows.length - lines.length, ...ordersJson(lines, asked) })
}

/** Orders in figures, and what lies in one of them together; articles by number and commonest name. */
export const ordersJson = (lines: readonly OrderLine[], asked: BasketsAsked): JsonObject => {
  const sold = lines.filter(isSold)
  const names = new Map([...Map.groupBy(sold, ({ sku }) => sku)].map(([sku, own]) => [sku, `${sku} ${commonest(own.map(({ name }) => name))}`]))
  const baskets = [...Map.groupBy(sold, ({ order }) => order).values()].map((own) => own.map(({ sku }) => names.get(sku)!))
  return { orders: orderFiguresOf(lines), ...basketsJson(baskets, asked) }
}

export const basketsJson = (baskets: readonly (readonly string[])[], { anchors, least, limit }: BasketsAsked): JsonObject => {
  const counts = pairCountsOf(baskets)
  const sizes = baskets.map((basket) => new Set(basket).size)
  const lines = sizes.reduce((sum, size) => sum + size, 0)
  return {
    baskets: counts.baskets,
    items: counts.items.size,
    lines,
    meanSize: rounded(lines / counts.baskets, 4),
    maxSize: sizes.reduce((most, size) => Math.max(most, size), 0),
    singles: sizes.filter((size) => size === 1).length,
    mostBought: [...counts.items].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit).map(([item, n]) => ({ item, n })),
    pairs: { all: [...counts.pairs.values()].reduce((sum, row) => sum + row.size, 0), least, enough: pairsOf(counts, { least }).length },
    byLift: pairsOf(counts, { least, limit }).map(pairJson),
    byCount: pairsOf(counts, { least, measure: 'nAB', limit }).map(pairJson),
    byEvidence: pairsOf(counts, { least, measure: 'llr', limit }).map(pairJson),
    alsoBought: anchors.map((item) => alsoBoughtJson(counts, item, least, limit)),
  }
}

const alsoBoughtJson = (counts: PairCounts, item: string, least: number, limit: number): JsonObject => ({
  item,
  n: counts.items.get(item) ?? 0,
  ...Object.fromEntries(PAIR_MEASURES.map((measure) => [measure, boughtWith(counts, item, { least, measure, limit }).map(besideJson)])),
  recommended: recommendationsFor(counts, item, { isSensitive: (name) => isSensitive([name]) }).map(({ item: name }) => name),
})

const measuresJson = (one: Pair | AlsoBought): JsonObject => ({
  support: rounded(one.support, 5),
  confidence: rounded(one.confidence, 4),
  confidenceBack: rounded(one.confidenceBack, 4),
  lift: rounded(one.lift, 4),
  cosine: rounded(one.cosine, 4),
  llr: rounded(one.llr, 4),
})
const pairJson = (pair: Pair): JsonObject => ({ a: pair.a, b: pair.b, nA: pair.nA, nB: pair.nB, nAB: pair.nAB, ...measuresJson(pair) })
const besideJson = (one: AlsoBought): JsonObject => ({ item: one.item, nAB: one.nAB, ...measuresJson(one) })
