import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BookedBasket, BookedLine } from '#hub/ports/basket-book.ts'
import { sqliteBasketBook } from '#hub/stores/sqlite/baskets/basket-book.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { millis } from '#shared/kernel/time.ts'

const open = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  return { book: sqliteBasketBook(opened.value), transactions: sqliteTransactions(opened.value) }
}
const line = (item: string, more: Partial<BookedLine> = {}): BookedLine => ({ item, name: item.toUpperCase(), quantity: 1, priceMicros: 1_000_000, goods: true, afterMs: 0, ...more })
const basket = (id: string, lines: readonly BookedLine[], more: Partial<BookedBasket> = {}): BookedBasket => ({ id, source: 'till', at: millis(5), receivedAt: millis(100), currency: 'EUR', country: 'DE', cancelled: false, ordered: true, turn: { order: 1, sold: 1 }, lines, ...more })

describe('the book of baskets', () => {
  it('keeps a basket once, whatever is said of it later', () => {
    const { book } = open()
    expect([book.add(basket('1', [line('milk')])), book.add(basket('1', [line('bread')]))]).toEqual([true, false])
    expect([...book.all('till')]).toEqual([basket('1', [line('milk')])])
  })
  it('counts each article once, and not what was free, taken back, no article or cancelled', () => {
    const { book } = open()
    book.add(basket('1', [line('milk'), line('milk', { name: 'Milk 1 l', quantity: 2 }), line('gift', { priceMicros: 0 }), line('back', { quantity: -1 }), line('post', { goods: false }), line('bread', { priceMicros: null })]))
    book.add(basket('2', [line('milk')], { cancelled: true }))
    const named = new Map(book.items().map(({ n, item }) => [n, item]))
    expect(book.counted(0, 10).map(({ items }) => items.map((n) => named.get(n)))).toEqual([['milk', 'bread'], []])
  })
  it('goes on behind the last number, source by source', () => {
    const { book } = open()
    for (const id of ['1', '2', '3']) book.add(basket(id, [line('milk')], { source: id === '3' ? 'web' : 'till', cancelled: id === '2', receivedAt: millis(Number(id)) }))
    expect(book.counted(book.counted(0, 1)[0]!.n, 10)).toHaveLength(2)
    expect(book.sources()).toEqual([
      { source: 'till', baskets: 2, ordered: 1, cancelled: 1, firstAt: 1, lastAt: 2 },
      { source: 'web', baskets: 1, ordered: 1, cancelled: 0, firstAt: 3, lastAt: 3 },
    ])
  })
  it('lets go of what arrived long ago, a step at a time', () => {
    const { book } = open()
    for (const id of ['1', '2', '3']) book.add(basket(id, [line('milk')], { receivedAt: millis(Number(id)) }))
    expect([book.forgetBefore(millis(3), 1), book.forgetBefore(millis(3), 10), book.forgetBefore(millis(3), 10)]).toEqual([1, 1, 0])
    expect([...book.all('till')].map(({ id }) => id)).toEqual(['3'])
  })
  it('gives numbers anew after a transaction that was undone', () => {
    const { book, transactions } = open()
    expect(() => transactions.run(() => {
      book.add(basket('1', [line('milk')]))
      throw new Error('undone')
    })).toThrow('undone')
    book.add(basket('2', [line('bread')]))
    book.add(basket('3', [line('milk')]))
    expect([...book.all('till')].map(({ lines }) => lines[0]!.item)).toEqual(['bread', 'milk'])
  })
  it('gives back every basket as it was given', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 })
    const lines = fc.array(fc.record({ item: name, name, quantity: fc.integer({ min: -5, max: 500 }), priceMicros: fc.option(fc.nat(10 ** 9)), afterMs: fc.nat(60_000) }), { maxLength: 6 })
    const { book } = open()
    let run = 0
    fc.assert(fc.property(fc.array(lines, { maxLength: 6 }), (all) => {
      const source = `till ${run++}`
      const given = all.map((own, i) => basket(`${source} ${i}`, own.map((one) => ({ ...one, goods: !one.item.startsWith('P') })), { source }))
      for (const one of given) book.add(one)
      expect([...book.all(source)]).toEqual(given)
    }))
  })
})
