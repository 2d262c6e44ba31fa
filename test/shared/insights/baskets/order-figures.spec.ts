import { describe, expect, it } from 'vitest'
import { customerTurns, type CustomerLine } from '#shared/insights/baskets/customer-turns.ts'
import { commonest, orderFiguresOf, type OrderLine } from '#shared/insights/baskets/order-figures.ts'

const line = (order: string, sku: string, quantity: number, price: bigint, customer = 'k1'): CustomerLine => ({ order, sku, name: `n${sku}`, quantity, at: '2026-11-02 10:00', price, customer, country: 'DE', cancelled: order.startsWith('C'), goods: sku !== 'POST' })
const withTurns = (lines: readonly CustomerLine[]): readonly OrderLine[] => {
  const turns = customerTurns(lines)
  return lines.map(({ customer: _customer, ...one }) => Object.assign(one, { turn: turns.get(one.order) ?? null }))
}
const MILLION = 1_000_000n

describe('orders', () => {
  const figures = orderFiguresOf(withTurns([
    line('1', '10001', 2, 15n * MILLION / 10n),
    line('1', '10002A', 1, 5n * MILLION),
    line('1', 'POST', 1, 18n * MILLION),
    line('2', '10001', 3, 2n * MILLION),
    line('C3', '10001', -1, 2n * MILLION),
    line('4', '10001', 1, 0n, ''),
    line('C5', '10001', 1, 4n * MILLION),
  ]))
  it('count as sold what was paid for and kept; postage, gifts and what came back stand beside', () => {
    expect(figures).toMatchObject({ rows: 7, orders: 5, cancelledOrders: 2, rowsQuantityNegative: 1, rowsPriceZero: 1, rowsWithoutCustomer: 1, rowsWithoutName: 0, otherCodes: { POST: 1 }, sumAll: '34', sumCancelled: '2' })
    expect(figures.sold).toMatchObject({ rows: 3, orders: 2, customers: 1, repeatCustomers: 1, worth: { n: 2, sum: '14', mean: '7', median: '7' }, byMonth: { '2026-11': '14' } })
  })
  it('list the articles by what they brought, and by pieces', () => {
    expect(figures.sold.byRevenue).toEqual([{ sku: '10001', name: 'n10001', revenue: '9' }, { sku: '10002A', name: 'n10002A', revenue: '5' }])
    expect(figures.sold.byUnits[0]).toEqual({ sku: '10001', name: 'n10001', units: 5 })
  })
  it('know of a customer only which order of theirs each is', () => {
    const turns = customerTurns([line('1', 'a', 1, MILLION, 'k1'), line('2', 'a', 1, MILLION, 'k2'), line('C3', 'a', -1, MILLION, 'k1'), line('4', 'a', 1, MILLION, ''), line('5', 'a', 1, MILLION, 'k1'), line('1', 'b', 1, MILLION, 'k1')])
    expect(Object.fromEntries(turns)).toEqual({ 1: { order: 1, sold: 1 }, 2: { order: 1, sold: 1 }, C3: { order: 2, sold: null }, 5: { order: 3, sold: 2 } })
  })
  it('call an article by the name it has most often', () => expect(commonest(['b', 'a', 'b', 'a'])).toBe('a'))
})
