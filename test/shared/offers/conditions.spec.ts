import { describe, expect, it } from 'vitest'
import type { Condition } from '#shared/offers/offer.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import { lineOf, offerOf, percentOff, priced } from './builders.ts'

const BASKET = [lineOf('apple', 50, 4, { taxons: ['apples'] }), lineOf('wine', 800, 1, { taxons: ['wine'] })]
const holds = (when: Condition, more: Partial<PricingContext> = {}, lines: readonly PricingLine[] = BASKET): boolean =>
  priced([offerOf('o', percentOff('10'), { when })], lines, more).applied.length === 1

describe('a condition on the basket', () => {
  it.each([
    ['gte', 1000, true], ['gte', 1001, false], ['gt', 999, true], ['gt', 1000, false],
    ['lte', 1000, true], ['lt', 1000, false], ['eq', 1000, true], ['eq', 999, false],
  ] as const)('subtotal %s %i', (op, amountMinor, wanted) => {
    expect(holds({ type: 'subtotal', op, amountMinor })).toBe(wanted)
  })
  it('means at least when no comparison is named', () => {
    expect(holds({ type: 'quantity', value: 5 })).toBe(true)
  })
  it('counts only the selected lines', () => {
    expect(holds({ type: 'subtotal', amountMinor: 800, select: { skus: ['wine'] } })).toBe(true)
    expect(holds({ type: 'subtotal', amountMinor: 801, select: { skus: ['wine'] } })).toBe(false)
    expect(holds({ type: 'quantity', value: 5, select: { skus: ['apple'] } })).toBe(false)
  })
  it('lineQuantity wants the pieces in one line', () => {
    expect(holds({ type: 'lineQuantity', value: 4 })).toBe(true)
    expect(holds({ type: 'lineQuantity', value: 5 })).toBe(false)
  })
  it('contains wants one line, allLines every line', () => {
    expect(holds({ type: 'contains', select: { taxons: ['wine'] } })).toBe(true)
    expect(holds({ type: 'allLines', select: { taxons: ['wine'] } })).toBe(false)
  })
  it('grandTotal counts shipping', () => {
    expect(holds({ type: 'grandTotal', amountMinor: 1490 }, { shipping: [{ id: 's', method: 'home', amountMinor: 490 }] })).toBe(true)
    expect(holds({ type: 'grandTotal', amountMinor: 1490 })).toBe(false)
  })
  it('can look at gross prices where the basket is net', () => {
    const tax = { pricesIncludeTax: false, rates: { standard: '20' } }
    expect(holds({ type: 'subtotal', amountMinor: 1200, taxBasis: 'gross' }, { tax })).toBe(true)
    expect(holds({ type: 'subtotal', amountMinor: 1200 }, { tax })).toBe(false)
  })
  it('can look at the prices before any reduction', () => {
    const half = offerOf('half', percentOff('50'))
    const later = (basis: 'initial' | 'current') => offerOf('later', { type: 'orderDiscount', value: { percent: '10' } }, { when: { type: 'subtotal', amountMinor: 1000, basis } })
    expect(priced([half, later('initial')], BASKET).applied).toEqual(['half', 'later'])
    expect(priced([half, later('current')], BASKET).applied).toEqual(['half'])
  })
})

describe('conditions combine', () => {
  const yes: Condition = { type: 'quantity', value: 1 }
  const no: Condition = { type: 'never' }
  it.each([
    ['all', [yes, no], false], ['all', [yes, yes], true], ['any', [yes, no], true], ['any', [no, no], false],
  ] as const)('%s', (type, of, wanted) => {
    expect(holds({ type, of })).toBe(wanted)
  })
  it('not turns one round', () => {
    expect(holds({ type: 'not', of: no })).toBe(true)
  })
})

describe('a condition on the customer', () => {
  it('knows groups', () => {
    expect(holds({ type: 'customerGroup', in: ['member'] }, { customer: { groups: ['member'] } })).toBe(true)
  })
  it('counts orders, a guest without history being at the first', () => {
    expect(holds({ type: 'nthOrder', n: 3 }, { customer: { id: 'c', ordersPlaced: 2 } })).toBe(true)
    expect(holds({ type: 'nthOrder', n: 1 }, { customer: { guest: true } })).toBe(true)
  })
  it('is false, never an error, when the fact is missing', () => {
    const leaves: readonly Condition[] = [
      { type: 'customerGroup', in: ['member'] }, { type: 'nthOrder', n: 1 }, { type: 'country', in: ['DE'] }, { type: 'shippingMethod', in: ['home'] },
      { type: 'birthday' }, { type: 'weekday', days: [1, 2, 3, 4, 5, 6, 7] }, { type: 'timeOfDay', fromMinute: 0, untilMinute: 1440 },
    ]
    expect(leaves.map((leaf) => holds(leaf))).toEqual(leaves.map(() => false))
  })
})

describe("time is the store's time", () => {
  const berlin = (now: string, more: Partial<PricingContext> = {}): Partial<PricingContext> => ({ now, timeZone: 'Europe/Berlin', ...more })
  it('a Saturday begins at local midnight', () => {
    expect(holds({ type: 'weekday', days: [6] }, berlin('2026-11-20T22:59:59Z'))).toBe(false)
    expect(holds({ type: 'weekday', days: [6] }, berlin('2026-11-20T23:00:00Z'))).toBe(true)
  })
  it('hours follow summer time', () => {
    const evening: Condition = { type: 'timeOfDay', fromMinute: 17 * 60, untilMinute: 19 * 60 }
    expect(['2026-07-01T14:59:00Z', '2026-07-01T15:00:00Z', '2026-12-01T15:59:00Z', '2026-12-01T16:00:00Z', '2026-12-01T18:00:00Z'].map((now) => holds(evening, berlin(now)))).toEqual([false, true, false, true, false])
  })
  it('hours may span midnight', () => {
    const night: Condition = { type: 'timeOfDay', fromMinute: 22 * 60, untilMinute: 60 }
    expect(['2026-12-01T21:30:00Z', '2026-12-01T23:30:00Z', '2026-12-02T00:00:00Z'].map((now) => holds(night, berlin(now)))).toEqual([true, true, false])
  })
  it.each([
    ['2026-12-31T11:00:00Z', '01-02', true], ['2026-12-29T11:00:00Z', '01-02', false], ['2027-01-03T11:00:00Z', '01-02', true],
    ['2027-01-02T11:00:00Z', '12-31', false], ['2027-01-01T11:00:00Z', '12-31', true], ['2027-03-01T11:00:00Z', '02-29', true],
  ] as const)('birthday %s, born %s', (now, birthday, wanted) => {
    expect(holds({ type: 'birthday', daysBefore: 3, daysAfter: 1 }, berlin(now, { customer: { birthday } }))).toBe(wanted)
  })
})

describe('a filter', () => {
  const touched = (select: object, more: Partial<PricingContext> = {}): readonly string[] =>
    priced([offerOf('o', { type: 'unitDiscount', value: { amountMinor: 1 }, select })], [...BASKET, lineOf('sale', 300, 1, { reduced: true, product: 'p1' })], more).lines.filter((line) => line.discountMinor > 0).map((line) => line.id)
  it.each([
    [{ skus: ['wine', 'nothing'] }, ['wine']],
    [{ lines: ['apple'] }, ['apple']],
    [{ products: ['p1'] }, ['sale']],
    [{ taxons: ['wine'] }, ['wine']],
    [{ notSkus: ['wine'] }, ['apple', 'sale']],
    [{ notTaxons: ['wine', 'apples'] }, ['sale']],
    [{ priceMinMinor: 300, priceMaxMinor: 799 }, ['sale']],
    [{ excludeReduced: true }, ['apple', 'wine']],
    [{ any: [{ skus: ['apple'] }, { products: ['p1'] }] }, ['apple', 'sale']],
    [{ skus: ['apple', 'wine'], priceMinMinor: 100 }, ['wine']],
    [{}, ['apple', 'wine', 'sale']],
  ])('%j', (select, wanted) => {
    expect(touched(select)).toEqual(wanted)
  })
  it('looks at ancestors only in the subtree mode', () => {
    const taxonParents = { apples: ['fruit'] }
    expect(touched({ taxons: ['fruit'], taxonMode: 'subtree' }, { taxonParents })).toEqual(['apple'])
    expect(touched({ taxons: ['fruit'] }, { taxonParents })).toEqual([])
  })
})
