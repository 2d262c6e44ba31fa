import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Effect } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { lineDiscounts, lineOf, offerOf, orderOff, percentOff, priced } from './builders.ts'

const E: Policies = DIALECTS.einklang
const discounts = (effect: Effect, lines = [lineOf('a', 115, 3)], policies: Policies = E) => lineDiscounts(priced([offerOf('o', effect)], lines, {}, policies))

describe('a percentage per piece', () => {
  it.each([
    ['unit', 'halfUp', 36], ['unit', 'halfDown', 33], ['line', 'halfUp', 35], ['line', 'halfDown', 34], ['line', 'floor', 34], ['line', 'ceil', 35], ['line', 'none', 34.5], ['order', 'halfUp', 35],
  ] as const)('10 %% of 3 × 1.15 € rounded per %s, %s', (scope, mode, wanted) => {
    expect(discounts(percentOff('10'), undefined, { ...E, percentRound: { scope, mode } })).toEqual([wanted])
  })
  it('of the list price or of what is left', () => {
    const two = [offerOf('x', percentOff('50')), offerOf('y', percentOff('10'))]
    expect(priced(two, [lineOf('a', 1000)]).totalMinor).toBe(400)
    expect(priced(two, [lineOf('a', 1000)], {}, { ...E, unitPercentBase: 'current' }).totalMinor).toBe(450)
  })
  it('over all lines at once where it is rounded once', () => {
    expect(discounts(percentOff('10'), [lineOf('a', 33), lineOf('b', 33), lineOf('c', 34)], { ...E, percentRound: { scope: 'order', mode: 'halfUp' } })).toEqual([3, 3, 4])
  })
})

describe('an amount per piece', () => {
  it('never exceeds the piece', () => {
    expect(discounts({ type: 'unitDiscount', value: { amountMinor: 300 }, maxUnits: { count: 1, per: 'line' } }, [lineOf('a', 200, 3)])).toEqual([200])
  })
  it('unless the shop caps only the line', () => {
    expect(discounts({ type: 'unitDiscount', value: { amountMinor: 300 }, maxUnits: { count: 1, per: 'line' }, perUnitCap: false }, [lineOf('a', 200, 3)])).toEqual([300])
  })
  it.each([
    ['cartOrder', [300, 100]], ['cheapest', [200, 200]], ['dearestLineSquared', [300, 100]],
  ] as const)('for at most four pieces of the basket, picked by %s', (pick, wanted) => {
    const lines = [lineOf('a', 500, 3), lineOf('b', 400, 2)]
    expect(discounts({ type: 'unitDiscount', value: { amountMinor: 100 }, maxUnits: { count: 4, per: 'order', pick } }, lines)).toEqual(wanted)
  })
})

describe('a line discount', () => {
  it('is given once, however many pieces', () => {
    expect(discounts({ type: 'lineDiscount', value: { amountMinor: 100 } }, [lineOf('a', 200, 3)])).toEqual([100])
  })
  it('can count only some pieces, less what already came off', () => {
    const two = [offerOf('x', { type: 'lineDiscount', value: { percent: '30' }, maxUnits: { count: 2, per: 'line' } }), offerOf('y', { type: 'lineDiscount', value: { percent: '10' }, maxUnits: { count: 1, per: 'line' } })]
    expect(priced(two, [lineOf('a', 5000, 3)], {}, DIALECTS.medusa).lines[0]!.reductions).toEqual([{ offerId: 'x', amountMinor: 3000 }, { offerId: 'y', amountMinor: 200 }])
  })
})

describe('where prices are kept per piece', () => {
  it('a reduction of the whole line is spread over its pieces', () => {
    expect(priced([offerOf('o', { type: 'lineDiscount', value: { amountMinor: 10 } })], [lineOf('a', 100, 3)], {}, DIALECTS.sylius).lines[0]!.unitDiscounts).toEqual([4, 3, 3])
  })
})

describe('where nothing is split over lines', () => {
  it('a percentage on articles still lands on them in whole cents', () => {
    expect(discounts(percentOff('0.1'), [lineOf('a', 1), lineOf('b', 1670)], DIALECTS.shopware)).toEqual([0, 2])
  })
})

describe('an order discount', () => {
  it('is capped', () => {
    expect(discounts({ type: 'orderDiscount', value: { percent: '50' }, capMinor: 300 }, [lineOf('a', 1000)])).toEqual([300])
  })
  it('brings selected articles to a price', () => {
    expect(discounts({ type: 'orderDiscount', value: { priceMinor: 500 }, select: { skus: ['a', 'b'] } }, [lineOf('a', 400), lineOf('b', 400), lineOf('c', 400)])).toEqual([150, 150, 0])
  })
  it('on the first subtotal or on the running one', () => {
    const two = [offerOf('x', { type: 'orderDiscount', value: { percent: '10' } }), offerOf('y', { type: 'orderDiscount', value: { percent: '10' } })]
    expect(priced(two, [lineOf('a', 1000)]).totalMinor).toBe(810)
    expect(priced(two, [lineOf('a', 1000)], {}, { ...E, orderBase: 'initial' }).totalMinor).toBe(800)
    expect(priced(two, [lineOf('a', 1000)], {}, { ...E, orderSimultaneous: true }).totalMinor).toBe(800)
  })
  it('can stand on a line of its own', () => {
    const basket = priced([offerOf('o', orderOff(700))], [lineOf('a', 500)], {}, { ...E, distribute: 'none', capAtCart: true })
    expect([basket.lines[0]!.totalMinor, basket.basketReductions, basket.totalMinor]).toEqual([500, [{ offerId: 'o', amountMinor: 500 }], 0])
  })
  it('piece by piece: 10.00 € over eleven pieces at 10.00 €', () => {
    const lines = Array.from({ length: 11 }, (_, i) => lineOf(`p${i}`, 1000))
    expect(discounts(orderOff(1000), lines, DIALECTS.woocommerce)).toEqual([91, 91, 91, 91, 91, 91, 91, 91, 91, 91, 90])
  })
  it('down to the minimum price of every piece, the rest to the others', () => {
    const lines = [lineOf('a', 5000, 2, { minUnitPriceMinor: 4500 }), lineOf('b', 2000, 2), lineOf('c', 4000)]
    expect(priced([offerOf('o', orderOff(2700))], lines, {}, DIALECTS.sylius).lines.map((line) => line.unitDiscounts)).toEqual([[500, 500], [425, 425], [850]])
  })
  it('also by pieces after it: 0.1 % of the basket took a cent, and 100 % per piece leave 3 × 0.92 €, not a cent less', () => {
    const lines = [lineOf('a', 204, 3, { minUnitPriceMinor: 92 })]
    const offers = [
      { ...offerOf('first', { type: 'unitDiscount', value: { unitPriceMinor: 0 }, maxUnits: { count: 1, per: 'line' } }), priority: 1 },
      { ...offerOf('basket', { type: 'orderDiscount', value: { percent: '0.1' } }), priority: 0 },
      { ...offerOf('last', percentOff('100')), priority: 0 },
    ]
    expect(priced(offers, lines, {}, { ...DIALECTS.sylius, order: 'sequence' }).totalMinor).toBe(276)
  })
  it('drops what exceeds a line where weights are gross and the shop does not share it again', () => {
    const tax = { pricesIncludeTax: false, rates: { high: '100', none: '0' } }
    const lines = [lineOf('a', 100, 1, { taxCategory: 'high' }), lineOf('b', 100, 1, { taxCategory: 'none' })]
    expect(lineDiscounts(priced([offerOf('o', orderOff(180))], lines, { tax }, DIALECTS.vendure))).toEqual([100, 60])
  })
})

describe('shipping', () => {
  const shipping = [{ id: 'x', method: 'express', amountMinor: 500 }, { id: 'y', method: 'standard', amountMinor: 100 }]
  const charges = (effects: readonly Effect[], policies: Policies = E) => priced([offerOf('o', effects)], [], { shipping }, policies).shipping.map((one) => one.totalMinor)
  it('each charge on its own, or across all', () => {
    expect(charges([{ type: 'shippingDiscount', value: { amountMinor: 120 } }])).toEqual([380, 0])
    expect(charges([{ type: 'shippingDiscount', value: { amountMinor: 120 }, allocation: 'across' }])).toEqual([400, 80])
  })
  it('an empty basket costs nothing, whatever its delivery would cost', () => {
    expect(priced([], [], { shipping }).totalMinor).toBe(0)
  })
  it('only the named methods, never below zero, at most the cap', () => {
    expect(charges([{ type: 'shippingDiscount', value: { percent: '100' }, methods: ['standard'] }])).toEqual([500, 0])
    expect(charges([{ type: 'shippingDiscount', value: { percent: '50' }, capMinor: 60 }])).toEqual([440, 50])
  })
  it('the second half off of what is left, or of the full charge', () => {
    const half: Effect = { type: 'shippingDiscount', value: { percent: '50' } }
    expect(charges([half, half])).toEqual([125, 25])
    expect(charges([half, half], { ...E, shippingBase: 'list' })).toEqual([0, 0])
  })
  it('a fixed price beats everything else where the shop says so, the lowest first', () => {
    const effects: readonly Effect[] = [{ type: 'shippingDiscount', value: { amountMinor: 450 } }, { type: 'shippingDiscount', value: { priceMinor: 300 } }, { type: 'shippingDiscount', value: { priceMinor: 200 } }]
    expect(charges(effects, DIALECTS.shopware)).toEqual([200, 100])
  })
})

describe('bought and given pieces', () => {
  const buyGet = (more: object = {}): Effect => ({ type: 'buyGet', buy: { quantity: 2 }, get: { quantity: 1, value: { percent: '100' } }, ...more })
  const lines = [lineOf('a', 300, 1), lineOf('b', 100, 1), lineOf('c', 200, 1)]
  it('flatY gives the cheapest once, even if it counts as bought', () => {
    expect(discounts(buyGet({ mode: 'flatY' }), [lineOf('a', 300), lineOf('b', 100)])).toEqual([0, 100])
  })
  it('reserve keeps the dearest and is all or nothing', () => {
    expect(discounts(buyGet({ mode: 'reserve' }), lines)).toEqual([0, 100, 0])
    expect(discounts(buyGet({ mode: 'reserve', get: { quantity: 2, value: { percent: '100' } } }), lines)).toEqual([0, 0, 0])
  })
  it('apart never counts a given piece as bought, and repeats if the offer says so', () => {
    expect(discounts(buyGet({ mode: 'apart' }), lines)).toEqual([0, 100, 0])
    expect(discounts(buyGet({ mode: 'apart' }), [lineOf('a', 300), lineOf('b', 100)])).toEqual([0, 0])
    expect(discounts(buyGet({ mode: 'apart', repeat: 3 }), [lineOf('a', 100, 7)])).toEqual([200])
  })
  it('apart gives fewer when fewer are there', () => {
    expect(discounts(buyGet({ mode: 'apart', get: { quantity: 5, value: { percent: '50' } } }), lines)).toEqual([0, 50, 0])
  })
})

describe('full groups of pieces', () => {
  const groups = (groupSize: number, value: { readonly amountMinor: number } | { readonly percent: string } = { amountMinor: 500 }): Effect => ({ type: 'quantityGroups', groupSize, value })
  it.each([[1, 0], [2, 1000], [3, 1000], [4, 2000]])('of two: %i pieces save %i', (pieces, saved) => {
    expect(discounts(groups(2), [lineOf('a', 1000, pieces)])).toEqual([saved])
  })
  it('are counted over all lines, the line with most pieces first', () => {
    expect(discounts(groups(3), [lineOf('white', 1000), lineOf('red', 1000, 2), lineOf('blue', 1000)])).toEqual([500, 1000, 0])
  })
  it('take a percentage per piece', () => {
    expect(discounts(groups(3, { percent: '10' }), [lineOf('a', 105, 4)])).toEqual([33])
  })
})

describe('sets', () => {
  const nine = Array.from({ length: 9 }, (_, i) => lineOf(`p${i}`, 500 * (i + 1)))
  const three = (across: 'vertical' | 'horizontal'): Effect => ({ type: 'set', groups: [{ count: 3, sort: 'priceAsc' }], group: 0, value: { percent: '100' }, pick: { sort: 'priceAsc', nth: 1, maxUses: 'all', across } })
  it('the first of every group, inside each group or over all of them', () => {
    expect(priced([offerOf('o', three('vertical'))], nine).itemsDiscountMinor).toBe(6000)
    expect(priced([offerOf('o', three('horizontal'))], nine).itemsDiscountMinor).toBe(3000)
  })
  it('only complete sets count', () => {
    const lines = [lineOf('p1', 1000, 2), lineOf('p2', 2000, 2), lineOf('p3', 3000, 4), lineOf('p4', 4000, 4)]
    const groups = [{ count: 4, sort: 'priceAsc' as const, select: { skus: ['p1', 'p2'] } }, { count: 4, sort: 'priceAsc' as const, select: { skus: ['p3', 'p4'] } }]
    const group = (at: number) => priced([offerOf('o', { type: 'set', groups, group: at, value: { percent: '100' } })], lines).itemsDiscountMinor
    expect([group(0), group(1)]).toEqual([6000, 12000])
  })
  it.each([
    [{ priceMinor: 5000 }, 4000], [{ unitPriceMinor: 2000 }, 5000], [{ amountMinor: 5000 }, 5000], [{ percent: '10' }, 900],
  ] as const)('%j for the two cheapest of 60, 60 and 30 €', (value, wanted) => {
    expect(priced([offerOf('o', { type: 'set', groups: [{ count: 2, sort: 'priceAsc' }], value })], [lineOf('a', 6000, 2), lineOf('b', 3000)]).itemsDiscountMinor).toBe(wanted)
  })
  it('the second and the third of four, at most a cap', () => {
    const effect: Effect = { type: 'set', groups: [{ count: 4, sort: 'priceDesc' }], value: { percent: '50' }, capMinor: 240, pick: { sort: 'priceDesc', nth: [2, 3] } }
    expect(discounts(effect, [lineOf('a', 400), lineOf('b', 300), lineOf('c', 200), lineOf('d', 100)])).toEqual([0, 144, 96, 0])
  })
})

describe('an amount capped at one piece of a line already reduced', () => {
  it('is whole cents: 5 × 1.00 € less 1 cent, then 1.00 € off one piece that is worth 99.8 cents', () => {
    const one: Effect = { type: 'unitDiscount', value: { amountMinor: 100 }, base: 'current', maxUnits: { count: 1, per: 'line' } }
    expect(priced([offerOf('x', percentOff('0.1')), offerOf('y', one)], [lineOf('a', 100, 5)]).totalMinor).toBe(399)
  })
})

describe('catalogue offers', () => {
  const off = (id: string, value: Effect & { type: 'unitPrice' }, more = {}) => offerOf(id, value, { stage: 'catalog', ...more })
  const percent = (p: string) => ({ type: 'unitPrice', value: { percent: p } }) as const
  const price = (offers: readonly ReturnType<typeof offerOf>[], unit: number, policies: Policies = E, more = {}) => priced(offers, [lineOf('a', unit, 1, more)], {}, policies).lines[0]!.unitPriceMinor
  it('follow one another, or the best one wins', () => {
    const two = [off('x', percent('30')), off('y', percent('10'))]
    expect(price(two, 2000)).toBe(1260)
    expect(price(two, 2000, DIALECTS.saleor)).toBe(1400)
  })
  it('round the price or the reduction: 15 % of 9.94 €, 10 % of 1.05 €', () => {
    expect(price([off('x', percent('15'))], 994)).toBe(845)
    expect(price([off('x', percent('10'))], 105)).toBe(95)
    expect(price([off('x', percent('10'))], 105, DIALECTS.saleor)).toBe(94)
  })
  it('stop at an exclusive offer and at the minimum price, and start from the original price', () => {
    expect(price([off('x', percent('50')), off('y', percent('30'), { exclusive: true })], 1000)).toBe(700)
    expect(price([off('x', percent('50'))], 1000, E, { minUnitPriceMinor: 800 })).toBe(800)
    expect(price([off('x', percent('10'))], 900, E, { listPriceMinor: 1000 })).toBe(900)
  })
})

describe('budgets and limits', () => {
  it('a share that would burst the budget is not given, smaller ones are', () => {
    const offer = offerOf('o', percentOff('100'), { limits: { budget: { type: 'spend', limitMinor: 1000, usedMinor: 500 } } })
    expect(lineDiscounts(priced([offer], [lineOf('a', 400), lineOf('b', 600)]))).toEqual([400, 0])
  })
})
