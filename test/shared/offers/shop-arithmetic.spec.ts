import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Effect } from '#shared/offers/offer.ts'
import { lineDiscounts, lineOf, offerOf, orderOff, percentOff, priced } from './builders.ts'

/** What running shops charged, point by point; the baskets themselves are in test/fixtures/shops. */
const VAT = { rates: { standard: '19', reduced: '7' } }
const GROSS = { tax: { ...VAT, pricesIncludeTax: true } }
const NET = { tax: { ...VAT, pricesIncludeTax: false } }
const percentOfAll = (percent: string): Effect => ({ type: 'orderDiscount', value: { percent } })
const lineTotals = (basket: ReturnType<typeof priced>): readonly number[] => basket.lines.map((line) => line.totalMinor)

describe('percentages in binary floating point', () => {
  it('5 % of five pieces at 6 cents is a hair more than one and a half cents: 2, where exact halves go down to 1', () => {
    const five = [offerOf('five', percentOff('5'))]
    expect(lineDiscounts(priced(five, [lineOf('a', 6, 5)], {}, DIALECTS['vendure-3']))).toEqual([2])
    expect(lineDiscounts(priced(five, [lineOf('a', 6, 5)], {}, { ...DIALECTS['vendure-3'], arithmetic: 'exact' }))).toEqual([1])
  })
  it('per piece as well as per line', () => {
    expect(lineDiscounts(priced([offerOf('seven', percentOff('7'))], [lineOf('a', 50, 2)], {}, DIALECTS['vendure-2']))).toEqual([8])
    expect(lineDiscounts(priced([offerOf('seven', percentOff('7'))], [lineOf('a', 50, 2)], {}, { ...DIALECTS['vendure-2'], arithmetic: 'exact' }))).toEqual([6])
  })
  it('29 % of one euro is a hair less than 29 cents: rounded down on its line, the cent then goes to the dearest', () => {
    const coupon = [offerOf('coupon', percentOfAll('29'))]
    const lines = [lineOf('a', 100), lineOf('b', 1000)]
    expect(lineDiscounts(priced(coupon, lines, {}, DIALECTS['woocommerce-10']))).toEqual([28, 291])
    expect(lineDiscounts(priced(coupon, lines, {}, { ...DIALECTS['woocommerce-10'], arithmetic: 'exact' }))).toEqual([29, 290])
  })
})

describe('several effects of one offer', () => {
  const both = [offerOf('both', [orderOff(100), percentOfAll('10')])]
  it('look at the same prices where the shop adds them first: 1.00 € and 10 % off 20.00 € are 3.00 €', () => {
    expect(priced(both, [lineOf('a', 2000)], {}, DIALECTS['vendure-3']).totalMinor).toBe(1700)
  })
  it('follow one another elsewhere: 2.90 €', () => {
    expect(priced(both, [lineOf('a', 2000)], {}, DIALECTS.einklang).totalMinor).toBe(1710)
  })
  it('are split over the lines as one amount', () => {
    expect(lineDiscounts(priced([offerOf('cents', [orderOff(1), orderOff(1)])], [lineOf('a', 100), lineOf('b', 100), lineOf('c', 100)], {}, DIALECTS['vendure-3']))).toEqual([0, 1, 1])
  })
})

describe('delivery below nothing', () => {
  const free = (id: string) => offerOf(id, { type: 'shippingDiscount', value: { percent: '100' } })
  const shipping = { shipping: [{ id: 's', method: 'home', amountMinor: 490 }] }
  it('is charged where the shop takes every reduction from the full charge', () => {
    expect(priced([free('one'), free('two')], [lineOf('a', 2000)], shipping, DIALECTS['vendure-3']).shippingMinor).toBe(-490)
  })
  it('is not known elsewhere', () => {
    expect(priced([free('one'), free('two')], [lineOf('a', 2000)], shipping, DIALECTS.vendure).shippingMinor).toBe(0)
  })
})

describe('tax once per rate', () => {
  const ours = (quantity: number) => priced([], [lineOf('a', 1999, quantity)], GROSS, DIALECTS['vendure-3-order-tax'])
  it('charges 59.96 € for three articles at 19.99 €, and says which cent is missing', () => {
    expect([ours(3).totalMinor, ours(3).itemsMinor, ours(3).trace.at(-1)]).toEqual([5996, 5997, { stage: 'tax', amountMinor: -1, rule: 'perRate' }])
  })
  it('takes 90 % of that sum, not of the line: 53.96 €, not 53.97 €', () => {
    expect(priced([offerOf('most', percentOfAll('90'))], [lineOf('a', 1999, 3)], GROSS, DIALECTS['vendure-3-order-tax']).itemsDiscountMinor).toBe(5396)
    expect(priced([offerOf('most', percentOfAll('90'))], [lineOf('a', 1999, 3)], GROSS, DIALECTS['vendure-3']).itemsDiscountMinor).toBe(5397)
  })
  it('opens a threshold by that sum: 59.97 € is not reached', () => {
    const from = (amountMinor: number) => priced([offerOf('from', orderOff(100), { when: { type: 'subtotal', amountMinor, taxBasis: 'gross' } })], [lineOf('a', 1999, 3)], GROSS, DIALECTS['vendure-3-order-tax']).applied
    expect([from(5996), from(5997)]).toEqual([['from'], []])
  })
})

describe('tax rounded once at the subtotal', () => {
  it('leaves gross prices as they are and rounds the tax of articles and of delivery apart', () => {
    const basket = priced([], [lineOf('a', 1999, 2), lineOf('b', 333, 3, { taxCategory: 'reduced' }), lineOf('c', 1295)], {
      tax: { pricesIncludeTax: true, roundAtSubtotal: true, rates: { ...VAT.rates, delivery: { percent: '19', included: false } } },
      shipping: [{ id: 's', method: 'flat', amountMinor: 490, taxCategory: 'delivery' }],
    }, DIALECTS['woocommerce-10'])
    expect([basket.totalMinor, basket.taxIncludedMinor, basket.taxAddedMinor]).toEqual([6875, 910, 93])
  })
})

describe('amounts of prices without tax', () => {
  const lines = [lineOf('a', 1999), lineOf('b', 333, 3, { taxCategory: 'reduced' }), lineOf('c', 1295)]
  it('5.00 € off gross prices takes 5.80 € off, split by net prices', () => {
    const basket = priced([offerOf('five', { type: 'orderDiscount', value: { amountMinor: 500 }, taxBasis: 'net' })], lines, GROSS, DIALECTS['medusa-2.18'])
    expect(basket.itemsDiscountMinor).toBeCloseTo(579.866816, 5)
    expect(lineTotals(basket)[1]).toBeCloseTo(864.062439, 5)
    expect(basket.totalMinor).toBe(3713)
  })
  it('with tax off net prices: 5.00 € with tax is 4.30 € without', () => {
    const basket = priced([offerOf('five', { type: 'orderDiscount', value: { amountMinor: 500 }, taxBasis: 'gross' })], lines, NET, DIALECTS['medusa-2.18'])
    expect(basket.itemsDiscountMinor).toBeCloseTo(430.264653, 5)
    expect(basket.totalMinor).toBe(4489)
  })
  it('2.00 € off delivery is 2.38 € with tax', () => {
    const basket = priced([offerOf('two', { type: 'shippingDiscount', value: { amountMinor: 200 }, taxBasis: 'net' })], [lineOf('a', 1999)], { ...GROSS, shipping: [{ id: 's', method: 'home', amountMinor: 490 }] }, DIALECTS['medusa-2.18'])
    expect(basket.shippingMinor).toBe(252)
  })
  it('and thresholds of them: 51.00 € with tax is not 50.00 € without', () => {
    const from = (taxBasis: 'net' | 'gross') => priced([offerOf('from', orderOff(100), { when: { type: 'subtotal', amountMinor: 5000, taxBasis } })], [lineOf('a', 5100)], GROSS).applied
    expect([from('net'), from('gross')]).toEqual([[], ['from']])
  })
})

describe('buy and get, turn by turn', () => {
  const deal = (buy: number, get: number, repeat: number, skus: { buy: readonly string[]; get: readonly string[] }, id = 'deal') =>
    offerOf(id, { type: 'buyGet', mode: 'inTurn', repeat, buy: { quantity: buy, select: { skus: skus.buy } }, get: { quantity: get, select: { skus: skus.get }, value: { percent: '100' } } })
  const given = (offers: readonly ReturnType<typeof offerOf>[], lines: readonly ReturnType<typeof lineOf>[]) => lineDiscounts(priced(offers, lines, {}, DIALECTS['medusa-2.18']))
  it('two bought, one given, again and again: of seven pieces two', () => {
    expect(given([deal(2, 1, 9, { buy: ['a'], get: ['a'] })], [lineOf('a', 100, 7)])).toEqual([200])
  })
  it('a turn begins while fewer than three were given, and no line then gives more than were missing', () => {
    expect(given([deal(1, 2, 3, { buy: ['x'], get: ['a', 'b'] })], [lineOf('x', 900, 5), lineOf('a', 100, 6), lineOf('b', 80, 2)])).toEqual([0, 300, 80])
    expect(given([deal(1, 2, 3, { buy: ['x'], get: ['a'] })], [lineOf('x', 900, 5), lineOf('a', 100, 6)])).toEqual([0, 200])
  })
  it('what one offer bought, another gives; what it gave, another does not', () => {
    expect(given([deal(3, 2, 2, { buy: ['a'], get: ['b'] }, 'one'), deal(1, 2, 2, { buy: ['b'], get: ['a', 'b'] }, 'two')], [lineOf('a', 1000, 3), lineOf('b', 100, 5)])).toEqual([2000, 200])
  })
})

describe('pieces in the order of their price', () => {
  it('50 % off two pieces goes to the dearest pieces, not to the dearest line', () => {
    const coupon = offerOf('two', { type: 'orderDiscount', value: { percent: '50' }, maxUnits: { count: 2, per: 'order', pick: 'cartOrder' } })
    expect(lineDiscounts(priced([coupon], [lineOf('a', 300, 9), lineOf('b', 1000)], {}, DIALECTS['woocommerce-10']))).toEqual([150, 500])
  })
  it('an article that costs nothing any more takes no piece of the limit', () => {
    const all = offerOf('all', { type: 'unitDiscount', value: { amountMinor: 1000 }, select: { skus: ['b'] } })
    const two = offerOf('two', { type: 'unitDiscount', value: { amountMinor: 10 }, maxUnits: { count: 2, per: 'order', pick: 'cartOrder' } })
    expect(lineDiscounts(priced([all, two], [lineOf('a', 300, 9), lineOf('b', 1000)], {}, DIALECTS['woocommerce-10']))).toEqual([20, 1000])
  })
})

describe('where prices are kept per piece', () => {
  it('no piece falls below nothing, though its line still costs something: the cent of the third piece stays', () => {
    expect(lineTotals(priced([offerOf('both', [percentOfAll('33.3'), percentOfAll('100')])], [lineOf('a', 8, 3)], {}, DIALECTS.sylius))).toEqual([1])
  })
})

describe('filters', () => {
  const lines = [lineOf('a', 1000, 3, { product: 'p', taxons: ['summer', 'acme'] }), lineOf('b', 1000, 2, { product: 'q', taxons: ['summer'] })]
  const touched = (select: object) => lineDiscounts(priced([offerOf('ten', { type: 'unitDiscount', value: { percent: '10' }, select })], lines))
  it('by all taxons, by pieces of the line, and without products', () => {
    expect(touched({ allTaxons: ['summer', 'acme'] })).toEqual([300, 0])
    expect(touched({ allTaxons: ['summer'] })).toEqual([300, 200])
    expect(touched({ quantityMin: 3 })).toEqual([300, 0])
    expect(touched({ quantityMax: 2 })).toEqual([0, 200])
    expect(touched({ notProducts: ['p'] })).toEqual([0, 200])
  })
})
