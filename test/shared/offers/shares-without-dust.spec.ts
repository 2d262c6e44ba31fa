import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Effect } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import { lineDiscounts, lineOf, offerOf, priced } from './builders.ts'

const EXACT = { order: 'sequence', percentRound: { scope: 'line', mode: 'none' }, lineBase: 'leastOfCapAndRest', distribute: 'exact', unitPercentBase: 'list', orderBase: 'current', tax: 'exact' } as const satisfies Policies
const DUST: Policies = { ...EXACT, dustMinor: '0.01' }
const TAX: Partial<PricingContext> = { tax: { pricesIncludeTax: true, rates: { full: '19', low: '7' } } }
const onceOff = (percent: string, count: number): Effect => ({ type: 'lineDiscount', value: { percent }, maxUnits: { count, per: 'order', pick: 'cheapest' } })
const ofAll = (percent: string): Effect => ({ type: 'orderDiscount', value: { percent } })

describe('what is next to nothing', () => {
  it('is not taken off: a hundredth of a cent, in the basis of the offer', () => {
    const one = (percent: string, policies: Policies, taxBasis: 'gross' | 'net' = 'gross') => priced([offerOf('a', { ...ofAll(percent), taxBasis } as Effect)], [lineOf('A', 1, 1, { taxCategory: 'full' })], TAX, policies).lines[0]!.discountMinor
    expect([one('1', EXACT), one('1', DUST), one('1.1', DUST)]).toEqual([0.01, 0, 0.011])
    // 0.0119 with tax are 0.01 without.
    expect([one('1.19', DUST), one('1.19', DUST, 'net')]).toEqual([0.0119, 0])
  })
  it('uses up none of the pieces of an offer', () => {
    const lines = [lineOf('A', 1), lineOf('B', 500), lineOf('C', 900)]
    expect(lineDiscounts(priced([offerOf('a', onceOff('1', 1))], lines, {}, EXACT))).toEqual([0.01, 0, 0])
    expect(lineDiscounts(priced([offerOf('a', onceOff('1', 1))], lines, {}, DUST))).toEqual([0, 5, 0])
    // What another offer left nothing of is passed over, too.
    expect(lineDiscounts(priced([offerOf('free', { ...ofAll('100'), select: { skus: ['A', 'B'] } } as Effect), offerOf('a', onceOff('10', 1))], lines, {}, DUST))).toEqual([1, 500, 90])
  })
  it('is nothing wherever it comes from, and the rest stays as it was', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(prices, fc.integer({ min: 1, max: 100 }), (all, percent) => {
      const lines = all.map((price, i) => lineOf(`L${i}`, price))
      const [exact, dusted] = [EXACT, DUST].map((policies) => lineDiscounts(priced([offerOf('a', ofAll(String(percent)))], lines, {}, policies)))
      expect(dusted).toEqual(exact!.map((amount) => (amount > 0.01 ? amount : 0)))
    }), { numRuns: 60 })
  })
})

describe('the cheapest piece', () => {
  it('is found without tax where the shop does so', () => {
    // 107 at 7 % are 100, 110 at 19 % are 92.4.
    const lines = [lineOf('LOW', 107, 1, { taxCategory: 'low' }), lineOf('FULL', 110, 1, { taxCategory: 'full' })]
    expect(lineDiscounts(priced([offerOf('a', onceOff('100', 1))], lines, TAX, EXACT))).toEqual([107, 0])
    expect(lineDiscounts(priced([offerOf('a', onceOff('100', 1))], lines, TAX, { ...EXACT, cheapestBy: 'net' }))).toEqual([0, 110])
  })
})

describe('a sum with delivery', () => {
  it('is without tax on both, where it is asked for so', () => {
    // 119 and 59.5 are 100 and 50 without tax.
    const context: Partial<PricingContext> = { ...TAX, shipping: [{ id: 's', method: 'home', amountMinor: 5950, taxCategory: 'full' }] }
    const discount = (amountMinor: number): number => priced([offerOf('a', ofAll('10'), { when: { type: 'grandTotal', op: 'gte', amountMinor, basis: 'initial', taxBasis: 'net' } })], [lineOf('A', 11_900, 1, { taxCategory: 'full' })], context, EXACT).lines[0]!.discountMinor
    expect([discount(15_000), discount(15_001)]).toEqual([1190, 0])
  })
})
