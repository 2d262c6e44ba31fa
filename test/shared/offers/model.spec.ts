import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Effect, Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { lineDiscounts, lineOf, offerOf, orderOff, percentOff, priced, verdictOf } from './builders.ts'

const free = { percent: '100' }
const buyGet = (buy: Extract<Effect, { type: 'buyGet' }>['buy'], get: number, more: object = {}): Effect => ({ type: 'buyGet', buy, get: { select: { skus: ['g'] }, quantity: get, value: free }, ...more })

describe('buy and get', () => {
  const basket = [lineOf('b', 1000, 4), lineOf('g', 300, 5)]
  const given = (effect: Effect): number => priced([offerOf('o', effect)], basket).itemsDiscountMinor / 300

  it('per X, at most n times, in every mode', () => {
    const buy = { select: { skus: ['b'] }, quantity: 2 }
    for (const mode of ['flatY', 'reserve', 'apart']) {
      expect([given(buyGet(buy, 1, { mode })), given(buyGet(buy, 1, { mode, repeat: 5 })), given(buyGet(buy, 2, { mode, repeat: 5 }))]).toEqual([1, 2, 4])
    }
  })
  it('by money spent: 15.00 € each time, of 40.00 €', () => {
    const buy = { select: { skus: ['b'] }, quantity: 0, spendMinor: 1500 }
    for (const mode of ['flatY', 'reserve', 'apart']) expect([given(buyGet(buy, 1, { mode })), given(buyGet(buy, 1, { mode, repeat: 9 }))]).toEqual([1, 2])
  })
  it('and says how much is still to be spent', () => {
    const offer = offerOf('o', buyGet({ select: { skus: ['b'] }, quantity: 0, spendMinor: 5000 }, 1))
    expect(verdictOf(priced([offer], basket), 'o')).toMatchObject({ status: 'missed', missing: [{ type: 'amount', minor: 1000 }] })
  })
  it('given pieces do not count as spent where they must be others', () => {
    const buy = { quantity: 0, spendMinor: 700 }
    expect(priced([offerOf('o', buyGet(buy, 1, { mode: 'apart' }))], [lineOf('g', 300, 3)]).itemsDiscountMinor).toBe(0)
    expect(priced([offerOf('o', buyGet(buy, 1, { mode: 'apart' }))], [lineOf('g', 300, 4)]).itemsDiscountMinor).toBe(300)
  })
})

describe('amounts by currency', () => {
  const offer = offerOf('o', { type: 'orderDiscount', value: { amountMinor: 500, byCurrency: { CHF: 600 } } }, { when: { type: 'subtotal', amountMinor: 5000, byCurrency: { CHF: 5500 } } })
  it('stand in for the amount beside them', () => {
    const discount = (currency: string, price: number): number => priced([offer], [lineOf('a', price)], { currency }).itemsDiscountMinor
    expect([discount('EUR', 5000), discount('CHF', 5499), discount('CHF', 5500), discount('EUR', 4999)]).toEqual([500, 0, 600, 0])
  })
})

describe('who and where', () => {
  const offer = (type: 'customerTag' | 'store'): Offer => offerOf('o', orderOff(100), { when: { type, in: ['x'] } })
  it('customers by tag', () => {
    expect([priced([offer('customerTag')], [lineOf('a', 500)], { customer: { tags: ['x'] } }).totalMinor, priced([offer('customerTag')], [lineOf('a', 500)]).totalMinor]).toEqual([400, 500])
  })
  it('branches by id', () => {
    expect([priced([offer('store')], [lineOf('a', 500)], { store: 'x' }).totalMinor, priced([offer('store')], [lineOf('a', 500)], { store: 'y' }).totalMinor]).toEqual([400, 500])
  })
})

describe('groups by amount', () => {
  const offer = offerOf('o', { type: 'set', groups: [{ count: 1, amountMinor: 1000, sort: 'priceDesc' }], value: { percent: '10' } })
  it('take pieces until they cost enough: 6.00 + 6.00 €, twice; the fifth stays alone', () => {
    expect(priced([offer], [lineOf('a', 600, 5)]).itemsDiscountMinor).toBe(240)
  })
  it('are not there below', () => {
    expect(priced([offer], [lineOf('a', 999)]).itemsDiscountMinor).toBe(0)
  })
})

describe('cash', () => {
  it('rounds the total to the smallest coin, and says so', () => {
    const policies: Policies = { ...DIALECTS.einklang, cashRounding: { intervalMinor: 5, mode: 'halfUp' } }
    const total = (price: number): number => priced([], [lineOf('a', price)], {}, policies).totalMinor
    expect([1002, 1003, 1007, 1008].map(total)).toEqual([1000, 1005, 1005, 1010])
    expect(priced([], [lineOf('a', 1003)], { rounding: { at: 'order', mode: 'floor', intervalMinor: 5 } }).trace.at(-1)).toEqual({ stage: 'rounding', amountMinor: -3, rule: 'floor' })
  })
})

describe('gifts', () => {
  it('may have a small price, which nobody pays unasked', () => {
    const basket = priced([offerOf('o', { type: 'gift', sku: 'g', quantity: 1, unitPriceMinor: 99 })], [lineOf('a', 500)])
    expect([basket.gifts, basket.totalMinor]).toEqual([[{ sku: 'g', quantity: 1, unitPriceMinor: 99, offerId: 'o' }], 500])
  })
})

describe('offers that do not combine, where the best combination wins', () => {
  const basket = [lineOf('a', 1000), lineOf('b', 1000)]
  const shopify = (offers: readonly Offer[]) => priced(offers, basket, { shipping: [{ id: 's', method: 'm', amountMinor: 500 }] }, DIALECTS.shopify)
  const item = offerOf('item', percentOff('20'), { combinesWith: { order: false } })
  const order = offerOf('order', orderOff(300))
  const shipping = offerOf('shipping', { type: 'shippingDiscount', value: { percent: '100' } }, { combinesWith: { item: false } })
  it('4.00 € on articles beats 3.00 € on the order', () => {
    expect([shopify([order, item]).applied, verdictOf(shopify([order, item]), 'order')]).toEqual([['item'], { offerId: 'order', status: 'displaced', by: 'item' }])
  })
  it('3.00 € and free shipping beat 4.00 €', () => {
    expect(shopify([item, order, shipping]).applied).toEqual(['order', 'shipping'])
  })
  it('both sides must agree, in whatever order they come', () => {
    expect([shopify([item, order]).totalMinor, shopify([order, item]).totalMinor]).toEqual([2100, 2100])
  })
  it('the earlier one on a tie', () => {
    const same = (id: string): Offer => offerOf(id, orderOff(300), { combinesWith: { order: false } })
    expect(shopify([same('x'), same('y')]).applied).toEqual(['x'])
  })
  it('an offer that touches nothing keeps nobody away', () => {
    const elsewhere = offerOf('elsewhere', { type: 'unitDiscount', value: { percent: '90' }, select: { skus: ['z'] } }, { combinesWith: { order: false } })
    expect(shopify([elsewhere, order]).applied).toEqual(['order'])
  })
  it('also among more offers than can be tried in every combination', () => {
    const many = Array.from({ length: 12 }, (_, i) => offerOf(`o${i}`, orderOff(100 + 10 * i), { combinesWith: { order: false } }))
    expect(shopify(many).applied).toEqual(['o11'])
  })
})

describe('commercetools', () => {
  const ct = (offers: readonly Offer[], lines = [lineOf('a', 1000), lineOf('b', 3000, 3)], policies: Policies = DIALECTS.commercetools) => priced(offers, lines, {}, policies)
  it('the highest sort order first, and nothing after one that stops', () => {
    const stop = offerOf('stop', orderOff(100), { priority: 9, stackingMode: 'StopAfterThisDiscount' })
    const basket = ct([offerOf('late', orderOff(500), { priority: 1 }), stop])
    expect([basket.applied, verdictOf(basket, 'late')]).toEqual([['stop'], { offerId: 'late', status: 'displaced', by: 'stop' }])
  })
  it('unless it had nothing to take off', () => {
    const stop = offerOf('stop', { type: 'orderDiscount', value: { amountMinor: 100 }, select: { skus: ['z'] } }, { priority: 9, stackingMode: 'StopAfterThisDiscount' })
    expect(ct([stop, offerOf('late', orderOff(500))]).applied).toEqual(['late'])
  })
  it('an amount in proportion, evenly over the pieces, or for each of them', () => {
    const by = (distribution: string): readonly number[] => lineDiscounts(ct([offerOf('o', { type: 'orderDiscount', value: { amountMinor: 400 }, distribution })]))
    expect([by('ProportionateDistribution'), by('EvenDistribution'), by('IndividualApplication')]).toEqual([[40, 360], [100, 300], [400, 1200]])
  })
  it('evenly, but never more than a line costs', () => {
    expect(lineDiscounts(ct([offerOf('o', { type: 'orderDiscount', value: { amountMinor: 1000 }, distribution: 'EvenDistribution' })], [lineOf('a', 100), lineOf('b', 5000)]))).toEqual([100, 900])
  })
  it('rounds half to even: 5 % of 1.30, 1.50 and 1.70 €', () => {
    expect([130, 150, 170].map((price) => ct([offerOf('o', percentOff('5'))], [lineOf('a', price)]).itemsDiscountMinor)).toEqual([6, 8, 8])
  })
  it('only the highest catalogue offer', () => {
    const off = (id: string, percent: string, priority: number): Offer => offerOf(id, { type: 'unitPrice', value: { percent } }, { stage: 'catalog', priority })
    expect(ct([off('low', '50', 1), off('high', '10', 2)], [lineOf('a', 1000)]).totalMinor).toBe(900)
  })
  it('best deal: catalogue or cart offers, whichever costs less; the catalogue on a tie', () => {
    const deal = (percent: string, amountMinor: number) =>
      ct([offerOf('shelf', { type: 'unitPrice', value: { percent } }, { stage: 'catalog' }), offerOf('cart', orderOff(amountMinor))], [lineOf('a', 1000)], DIALECTS['commercetools-best-deal'])
    expect([deal('30', 200).applied, deal('10', 200).applied, deal('20', 200).applied]).toEqual([['shelf'], ['cart'], ['shelf']])
    expect(verdictOf(deal('10', 200), 'shelf')).toEqual({ offerId: 'shelf', status: 'displaced', by: 'cart' })
  })
  it('best deal: a price that was reduced before counts as a catalogue offer', () => {
    const basket = ct([offerOf('cart', orderOff(150))], [lineOf('a', 900, 1, { listPriceMinor: 1000, reduced: true })], DIALECTS['commercetools-best-deal'])
    expect(basket.totalMinor).toBe(850)
  })
})

describe('vendure', () => {
  it('2.x rounds a percentage per piece, 3.x per line: 15 % of 3 × 1.03 €', () => {
    const total = (policies: Policies): number => priced([offerOf('o', percentOff('15'))], [lineOf('a', 103, 3)], {}, policies).totalMinor
    expect([total(DIALECTS['vendure-2']), total(DIALECTS['vendure-3']), total(DIALECTS.vendure)]).toEqual([264, 263, 263])
  })
})

describe('a reduction on a line of its own', () => {
  it('leaves later ones only what the basket still costs: 4.92 € off 4.92 €, then everything free', () => {
    const set = offerOf('set', { type: 'set', groups: [{ count: 1, sort: 'priceDesc' }], value: { priceMinor: 0 } }, { priority: 1 })
    const basket = priced([set, offerOf('all', { type: 'unitDiscount', value: { percent: '100' } })], [lineOf('a', 82, 6)], {}, DIALECTS.shopware)
    expect([basket.itemsMinor, basket.totalMinor, basket.applied]).toEqual([0, 0, ['set']])
  })
})
