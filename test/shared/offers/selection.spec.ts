import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { lineDiscounts, lineOf, offerOf, orderOff, percentOff, priced, verdictOf } from './builders.ts'

const E: Policies = DIALECTS.einklang
const TEN = [lineOf('a', 10_000)]
const alone = (id: string, priority: number) => offerOf(id, orderOff(1000), { exclusive: true, priority })

describe('exclusive offers', () => {
  it('firstOnly: the first that fits applies alone, whatever its rank among the others', () => {
    const basket = priced([offerOf('plain', orderOff(500), { priority: 9 }), alone('low', 1), alone('high', 2)], TEN)
    expect(basket.applied).toEqual(['high'])
    expect(verdictOf(basket, 'plain')).toEqual({ offerId: 'plain', status: 'displaced', by: 'high' })
  })
  it('one that does not fit keeps nobody away', () => {
    expect(priced([offerOf('plain', orderOff(500)), { ...alone('x', 1), when: { type: 'never' } }], TEN).applied).toEqual(['plain'])
  })
  it('none: the mark means nothing', () => {
    expect(priced([offerOf('plain', orderOff(500)), alone('x', 1)], TEN, {}, { ...E, exclusive: 'none' }).applied).toEqual(['plain', 'x'])
  })
  it('firstCodeOnly: of exclusive codes the one entered first, beside offers without a code and others of its own code', () => {
    const W: Policies = { ...DIALECTS['woocommerce-10'], exclusive: 'firstCodeOnly' }
    const coded = (id: string, code: string, isAlone: boolean, more: object = {}) => offerOf(id, orderOff(500), { trigger: { type: 'code', codes: [code] }, exclusive: isAlone, ...more })
    const offers = [coded('plain', 'p', false), coded('one', 'a', true), coded('two', 'b', true), coded('three', 'b', true), coded('missed', 'm', true, { when: { type: 'never' } }), offerOf('auto', orderOff(500))]
    const entered = (...couponCodes: readonly string[]) => priced(offers, TEN, { couponCodes }, W).applied
    expect(entered('p', 'b', 'a')).toEqual(['two', 'three', 'auto'])
    expect(entered('a', 'b', 'p')).toEqual(['one', 'auto'])
    expect(entered('m', 'p')).toEqual(['plain', 'auto'])
    expect(entered('p')).toEqual(['plain', 'auto'])
  })
  it('an offer may keep named others away', () => {
    const basket = priced([offerOf('x', orderOff(500), { excludes: ['y'] }), offerOf('y', orderOff(500)), offerOf('z', orderOff(500))], TEN)
    expect(basket.applied).toEqual(['x', 'z'])
  })
  it('classes combine only if both sides agree', () => {
    const shy = offerOf('shy', orderOff(500), { combinesWith: { item: false } })
    expect(priced([shy, offerOf('item', percentOff('10'))], TEN).applied).toEqual(['shy'])
    expect(priced([offerOf('item', percentOff('10')), shy], TEN).applied).toEqual(['shy'])
    expect(priced([shy, offerOf('order', orderOff(500))], TEN).applied).toEqual(['shy', 'order'])
  })
  it('a code replaces automatic order offers where the shop has it so', () => {
    const offers = [offerOf('auto', orderOff(2000)), offerOf('code', orderOff(500), { trigger: { type: 'code', codes: ['X'] } })]
    expect(priced(offers, TEN, { couponCodes: ['X'] }, DIALECTS.saleor).applied).toEqual(['code'])
    expect(priced(offers, TEN, {}, DIALECTS.saleor).applied).toEqual(['auto'])
  })
})

describe('the best offer', () => {
  const lines = [lineOf('a', 1000), lineOf('b', 3000)]
  const weak = offerOf('weak', { type: 'lineDiscount', value: { amountMinor: 400 } })
  const strong = offerOf('strong', { type: 'lineDiscount', value: { percent: '20' } })
  it('is found for every line on its own', () => {
    const basket = priced([weak, strong], lines, {}, DIALECTS.spree)
    expect(basket.lines.map((line) => line.reductions)).toEqual([[{ offerId: 'weak', amountMinor: 400 }], [{ offerId: 'strong', amountMinor: 600 }]])
  })
  it('keeps the earlier one on equal savings and names who lost', () => {
    const twin = { ...weak, id: 'twin' as typeof weak.id }
    const basket = priced([weak, twin], lines, {}, DIALECTS.spree)
    expect([basket.applied, verdictOf(basket, 'twin')]).toEqual([['weak'], { offerId: 'twin', status: 'displaced', by: 'weak' }])
  })
  it('in lanes, each lane on what the lane before left', () => {
    const spread = offerOf('spread', orderOff(1000), { lane: 'post', when: { type: 'subtotal', amountMinor: 6000 } })
    const shirts = offerOf('shirts', { type: 'lineDiscount', value: { percent: '20' }, select: { skus: ['a'] } })
    expect(priced([spread, shirts], [lineOf('a', 3000), lineOf('b', 4000)], {}, DIALECTS.solidus).totalMinor).toBe(5400)
  })
  it('per class: one per line, all order offers on the same subtotal', () => {
    const ten = offerOf('ten', { type: 'orderDiscount', value: { percent: '10' } })
    const fifteen = offerOf('fifteen', { type: 'orderDiscount', value: { percent: '15' } })
    expect(priced([ten, fifteen], [lineOf('a', 35_000)], {}, DIALECTS.shopify).itemsDiscountMinor).toBe(8750)
  })
  it('only one order offer', () => {
    expect(priced([offerOf('x', orderOff(300)), offerOf('y', orderOff(500))], lines, {}, DIALECTS.saleor).applied).toEqual(['y'])
  })
})

describe('the order of offers', () => {
  const half = offerOf('half', { type: 'orderDiscount', value: { percent: '50' } }, { priority: 1 })
  const five = offerOf('five', orderOff(500), { priority: 2 })
  it('is by rank, then as given', () => {
    expect(priced([half, five], TEN).totalMinor).toBe(4750)
    expect(priced([half, five], TEN, {}, { ...E, sort: 'asGiven' }).totalMinor).toBe(4500)
    expect(priced([{ ...half, priority: 0 }, { ...five, priority: 0 }], TEN).totalMinor).toBe(4500)
    expect(priced([{ ...half, priority: 0 }, { ...five, priority: 0 }], TEN, {}, { ...E, tie: 'newestFirst' }).totalMinor).toBe(4750)
  })
  it('goes offer by offer, or in passes of items, order and shipping', () => {
    const offers = [five, offerOf('item', { type: 'unitDiscount', value: { percent: '10' }, base: 'current' })]
    expect(priced(offers, TEN).totalMinor).toBe(8500)
    expect(priced(offers, TEN, {}, { ...E, order: 'sequence' }).totalMinor).toBe(8550)
    expect(priced(offers, TEN, {}, { ...E, stages: ['order', 'item'] }).totalMinor).toBe(8550)
  })
  it('conditions are tested again for every line where the shop does so', () => {
    const offer = offerOf('o', percentOff('50'), { when: { type: 'subtotal', amountMinor: 200 } })
    const lines = [lineOf('a', 100), lineOf('b', 100)]
    expect(lineDiscounts(priced([offer], lines))).toEqual([50, 50])
    expect(lineDiscounts(priced([offer], lines, {}, { ...E, itemPass: 'perLine' }))).toEqual([50, 0])
  })
})

describe('articles that an offer names', () => {
  const named = (skus: readonly string[], basket: readonly string[]): readonly string[] =>
    priced([offerOf('o', { type: 'unitDiscount', value: { percent: '100' }, select: { skus } })], basket.map((sku, i) => lineOf(sku, 100, 1, { id: `${i}` }))).trace.map(({ lineId }) => lineId!)
  it('are found on every line that holds them, in basket order, each once', () => {
    expect(named(['b', 'a', 'b'], ['a', 'b', 'c', 'a'])).toEqual(['0', '1', '3'])
    expect(named(['a', 'b'], ['a', 'b', 'c', 'a'])).toEqual(['0', '1', '3'])
    expect(named(['b', 'c'], ['a', 'b', 'c', 'a'])).toEqual(['1', '2'])
    expect(named(['d'], ['a', 'b'])).toEqual([])
  })
  it('as looking at every line would find them, however often an article stands in the basket', () => {
    const skus = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 })
    fc.assert(fc.property(skus, skus, (wanted, basket) => {
      expect(named(wanted, basket)).toEqual(basket.flatMap((sku, i) => (wanted.includes(sku) ? [`${i}`] : [])))
    }))
  })
})
