import { describe, expect, it } from 'vitest'
import { sqliteBasketBook } from '#hub/stores/sqlite/baskets/basket-book.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { digestOf } from '#hub/tools/open-desk.ts'
import { takeBaskets, type BasketRow } from '#hub/use-cases/bought/take-baskets.ts'
import { millis } from '#shared/kernel/time.ts'

const open = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  return { sql: opened.value, baskets: sqliteBasketBook(opened.value), transactions: sqliteTransactions(opened.value), clock: { now: () => millis(1000) }, digest: digestOf }
}
const row = (basket: string, item: string, more: Partial<BasketRow> = {}): BasketRow => ({ basket, item, name: item, quantity: 1, priceMicros: 2_500_000, at: millis(50), customer: 'customer-12662', country: 'DE', cancelled: false, goods: true, ...more })
const SOURCE = { name: 'web 2026', currency: 'EUR', ordered: true }

describe('baskets of a table', () => {
  const rows = [row('A1', 'milk'), row('C2', 'milk', { cancelled: true, quantity: -1 }), row('A1', 'bread', { at: millis(110) }), row('A3', 'milk'), row('A4', 'milk', { customer: '' })]
  it('are taken once, their rows wherever they stand', () => {
    const parts = open()
    expect(takeBaskets(parts, SOURCE, rows)).toEqual({ baskets: 4, known: 0, lines: 5 })
    expect(takeBaskets(parts, SOURCE, [...rows, row('A5', 'milk')])).toEqual({ baskets: 1, known: 4, lines: 1 })
    const [first] = parts.baskets.all('web 2026')
    expect(first).toMatchObject({ at: 50, currency: 'EUR', ordered: true, lines: [{ item: 'milk', afterMs: 0 }, { item: 'bread', afterMs: 60 }] })
  })
  it('are other baskets in another table', () => {
    const parts = open()
    takeBaskets(parts, SOURCE, rows)
    expect(takeBaskets(parts, { ...SOURCE, name: 'till' }, rows)).toMatchObject({ baskets: 4, known: 0 })
  })
  it('say which order of its customer each is, and nothing that leads to the customer or the order', () => {
    const parts = open()
    takeBaskets(parts, SOURCE, rows)
    expect([...parts.baskets.all('web 2026')].map(({ turn }) => turn)).toEqual([{ order: 1, sold: 1 }, { order: 2, sold: null }, { order: 3, sold: 2 }, null])
    const kept = JSON.stringify(parts.sql.prepare('SELECT * FROM basket_booked').all())
    for (const word of ['12662', 'A1', 'C2']) expect(kept).not.toContain(word)
  })
})
