/** The book of baskets in SQLite: articles and their names once each, a basket is a row of their numbers. */
import type { DatabaseSync } from 'node:sqlite'
import type { BasketBook, BookedBasket, BookedItem, BookedLine, BookedSource } from '#hub/ports/basket-book.ts'
import { isSold } from '#shared/insights/baskets/order-figures.ts'
import { millis } from '#shared/kernel/time.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** Number of the name, quantity, price, time behind the basket's. */
type StoredLine = readonly [name: number, quantity: number, priceMicros: number | null, afterMs: number]
type Row = {
  readonly id: string; readonly source: string; readonly at: number | null; readonly received_at: number; readonly currency: string | null; readonly country: string
  readonly cancelled: 0 | 1; readonly ordered: 0 | 1; readonly turn: number | null; readonly turn_sold: number | null; readonly lines: string
}
type NameRow = { readonly n: number; readonly item: string; readonly name: string; readonly goods: 0 | 1 }

/** Names held at once while a table is read; more are asked for anew. */
const MOST_HELD = 20_000

export const sqliteBasketBook = (sql: DatabaseSync): BasketBook => {
  const known = sql.prepare('SELECT 1 FROM basket_booked WHERE id = ?')
  const insert = sql.prepare(`
    INSERT INTO basket_booked (id, source, at, received_at, currency, country, cancelled, ordered, turn, turn_sold, items, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const counted = sql.prepare('SELECT n, items FROM basket_booked WHERE n > ? ORDER BY n LIMIT ?')
  const items = sql.prepare('SELECT n, source, item FROM basket_item ORDER BY n')
  const sources = sql.prepare(`
    SELECT source, count(*) AS baskets, sum(ordered AND NOT cancelled) AS ordered, sum(cancelled) AS cancelled, min(received_at) AS firstAt, max(received_at) AS lastAt FROM basket_booked GROUP BY source ORDER BY source`)
  const all = sql.prepare('SELECT * FROM basket_booked WHERE source = ? ORDER BY n')
  const names = sql.prepare('SELECT basket_name.n, item.item, name, goods FROM basket_name JOIN basket_item AS item ON item.n = basket_name.item WHERE item.source = ?')
  const forget = sql.prepare('DELETE FROM basket_booked WHERE n IN (SELECT n FROM basket_booked WHERE received_at < ? LIMIT ?)')
  const numbers = numbering(sql)
  return {
    add: (basket) => {
      if (oneRow(known, basket.id)) return false
      const lines = basket.lines.map((line) => ({ line, ...numbers(basket.source, line) }))
      const sold = lines.filter(({ line }) => !basket.cancelled && isCounted(line)).map(({ item }) => item)
      const stored = lines.map(({ line, name }): StoredLine => [name, line.quantity, line.priceMicros, line.afterMs])
      const { id, source, at, receivedAt, currency, country, cancelled, ordered, turn } = basket
      insert.run(id, source, at, receivedAt, currency, country, Number(cancelled), Number(ordered), turn?.order ?? null, turn?.sold ?? null, JSON.stringify([...new Set(sold)].sort((a, b) => a - b)), JSON.stringify(stored))
      return true
    },
    has: (id) => oneRow(known, id) !== null,
    counted: (after, limit) => allRows<{ readonly n: number; readonly items: string }>(counted, after, limit).map((row) => ({ n: row.n, items: JSON.parse(row.items) as readonly number[] })),
    items: () => allRows<BookedItem>(items).map(({ n, source, item }) => ({ n, source, item })),
    sources: () => allRows<BookedSource>(sources).map(({ source, baskets, ordered, cancelled, firstAt, lastAt }) => ({ source, baskets, ordered, cancelled, firstAt, lastAt })),
    *all(source) {
      const named = new Map(allRows<NameRow>(names, source).map((row) => [row.n, row]))
      for (const row of all.iterate(source) as Iterable<unknown> as Iterable<Row>) yield basketOf(row, named)
    },
    forgetBefore: (receivedAt, limit) => Number(forget.run(receivedAt, limit).changes),
  }
}

/** Without a price it lay in the basket all the same; what came back, was free or is no article did not. */
const isCounted = ({ quantity, priceMicros, goods }: BookedLine): boolean => (priceMicros === null ? quantity > 0 && goods : isSold({ cancelled: false, quantity, price: BigInt(priceMicros), goods }))

/** The numbers of an article and of its name, given when they are first met. */
const numbering = (sql: DatabaseSync): ((source: string, line: BookedLine) => { readonly item: number; readonly name: number }) => {
  const addItem = sql.prepare('INSERT INTO basket_item (source, item, goods) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const findItem = sql.prepare('SELECT n FROM basket_item WHERE source = ? AND item = ?')
  const addName = sql.prepare('INSERT INTO basket_name (item, name) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const findName = sql.prepare('SELECT n FROM basket_name WHERE item = ? AND name = ?')
  const held = new Map<string, { readonly item: number; readonly name: number }>()
  const numberOf = (source: string, { item, name, goods }: BookedLine): { readonly item: number; readonly name: number } => {
    addItem.run(source, item, Number(goods))
    const number = oneRow<{ readonly n: number }>(findItem, source, item)!.n
    addName.run(number, name)
    return { item: number, name: oneRow<{ readonly n: number }>(findName, number, name)!.n }
  }
  return (source, line) => {
    const key = JSON.stringify([source, line.item, line.name])
    const before = held.get(key)
    // A transaction that was undone took its numbers back: what is held has to be there still.
    if (before && oneRow<{ readonly n: number }>(findName, before.item, line.name)?.n === before.name) return before
    const numbers = numberOf(source, line)
    if (held.size >= MOST_HELD) held.clear()
    held.set(key, numbers)
    return numbers
  }
}

const basketOf = (row: Row, named: ReadonlyMap<number, NameRow>): BookedBasket => ({
  id: row.id,
  source: row.source,
  at: row.at === null ? null : millis(row.at),
  receivedAt: millis(row.received_at),
  currency: row.currency,
  country: row.country,
  cancelled: row.cancelled === 1,
  ordered: row.ordered === 1,
  turn: row.turn === null ? null : { order: row.turn, sold: row.turn_sold },
  lines: (JSON.parse(row.lines) as readonly StoredLine[]).map(([name, quantity, priceMicros, afterMs]) => {
    const { item, name: words, goods } = named.get(name)!
    return { item, name: words, quantity, priceMicros, goods: goods === 1, afterMs }
  }),
})
