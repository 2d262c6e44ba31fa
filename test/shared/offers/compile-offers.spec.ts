import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidatesFor, compileOffers } from '#shared/offers/compile-offers.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Condition, Filter, Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import { contextOf, lineOf, offerOf, orderOff, percentOff } from './builders.ts'

const found = (offers: readonly Offer[], skus: readonly string[], policies: Policies = DIALECTS.einklang): readonly string[] =>
  candidatesFor(compileOffers(offers, policies), contextOf(skus.map((sku) => lineOf(sku, 100, 1, { taxons: [`t-${sku}`] })), { taxonParents: { 't-a': ['root'] } })).map(({ id }) => id)
const on = (id: string, select: Filter, more: Partial<Offer> = {}): Offer => offerOf(id, { ...percentOff('10'), select } as Offer['effects'][number], more)

describe('only offers that can touch the basket are looked at', () => {
  it('by article, product, taxon, taxon below another, and those without a filter', () => {
    const offers = [on('a', { skus: ['a'] }), on('b', { skus: ['b'] }), on('t', { taxons: ['t-a'] }), on('tree', { taxons: ['root'], taxonMode: 'subtree' }), on('direct', { taxons: ['root'] }), offerOf('all', orderOff(1))]
    expect(found(offers, ['a'])).toEqual(['a', 't', 'tree', 'all'])
  })
  it('in the order of their priority', () => {
    expect(found([on('low', { skus: ['a'] }), on('high', { skus: ['a'] }, { priority: 5 }), offerOf('all', orderOff(1), { priority: 2 })], ['a'])).toEqual(['high', 'all', 'low'])
  })
  it('by the condition, where that is narrower', () => {
    const when: Condition = { type: 'contains', select: { skus: ['a'] } }
    const offers = [offerOf('gift', { type: 'gift', sku: 'g', quantity: 1 }, { when }), offerOf('never', orderOff(1), { when: { type: 'never' } })]
    expect([found(offers, ['a']), found(offers, ['b'])]).toEqual([['gift'], []])
  })
  it('but an exclusive offer keeps others away by its condition alone', () => {
    const offers = [on('alone', { skus: ['elsewhere'] }, { exclusive: true }), on('a', { skus: ['a'] })]
    expect(found(offers, ['a'])).toEqual(['alone', 'a'])
    expect(found(offers, ['a'], DIALECTS.vendure)).toEqual(['a'])
  })
  it('codes wake only what they belong to', () => {
    const coded = offerOf('code', orderOff(1), { trigger: { type: 'code', codes: ['X'] } })
    const compiled = compileOffers([coded], DIALECTS.einklang)
    expect(candidatesFor(compiled, contextOf([lineOf('a', 100)], { couponCodes: ['Y'] }))).toEqual([])
    expect(candidatesFor(compiled, contextOf([lineOf('a', 100)], { couponCodes: ['X', 'X'] })).map(({ offer }) => offer)).toEqual([coded])
  })
  it('from the first to the last millisecond of their window', () => {
    const offer = offerOf('w', orderOff(10), { window: { from: '2026-11-22T08:00:00.000Z', until: '2026-11-22T18:00:00.000Z' } })
    const total = (now?: string): number => priceBasket([offer], DIALECTS.einklang, contextOf([lineOf('a', 100)], now === undefined ? {} : { now })).totalMinor
    expect(['07:59:59.999', '08:00:00.000', '18:00:00.000', '18:00:00.001'].map((time) => total(`2026-11-22T${time}Z`))).toEqual([100, 90, 90, 100])
    expect(total()).toBe(100)
  })
  it('on their channel and in their currency only', () => {
    const offer = offerOf('w', orderOff(10), { channels: ['store'], currencies: ['EUR'] })
    const total = (more: object): number => priceBasket([offer], DIALECTS.einklang, contextOf([lineOf('a', 100)], more)).totalMinor
    expect([total({ channel: 'store' }), total({ channel: 'web' }), total({}), total({ channel: 'store', currency: 'CHF' })]).toEqual([90, 100, 100, 100])
  })
  it('what looks at one kind of article is not asked for another, whatever it does', () => {
    const select: Filter = { skus: ['a'] }
    const value = { percent: '10' }
    const effects: readonly Offer['effects'][number][] = [
      { type: 'cheapest', value, select },
      { type: 'quantityGroups', value, groupSize: 2, select },
      { type: 'buyGet', buy: { quantity: 1 }, get: { quantity: 1, value, select } },
      { type: 'set', groups: [{ count: 1, sort: 'priceAsc' }, { count: 1, sort: 'priceAsc', select: { any: [select] } }], value },
    ]
    const offers = effects.map((effect, i) => offerOf(`${i}`, effect))
    expect([found(offers, ['b']), found(offers, ['a', 'b'])]).toEqual([[], ['0', '1', '2', '3']])
  })
  it('a window that nobody can read is closed', () => {
    const offer = offerOf('w', orderOff(1), { window: { until: 'some day' } })
    expect(priceBasket([offer], DIALECTS.einklang, contextOf([lineOf('a', 100)], { now: '2026-11-22T00:00:00Z' })).totalMinor).toBe(100)
  })
})

describe('a set of offers', () => {
  it('is compiled once', () => {
    const offers = [on('a', { skus: ['a'] })]
    expect(compileOffers(offers, DIALECTS.einklang)).toBe(compileOffers(offers, DIALECTS.einklang))
    expect(compileOffers([...offers], DIALECTS.einklang)).toBe(compileOffers(offers, DIALECTS.einklang))
    expect(compileOffers([...offers, ...offers], DIALECTS.einklang)).not.toBe(compileOffers(offers, DIALECTS.einklang))
    expect(compileOffers(offers, DIALECTS.vendure)).not.toBe(compileOffers(offers, DIALECTS.einklang))
  })
  it('is compiled anew when offers were added to the same array', () => {
    const offers = [on('a', { skus: ['a'] })]
    const total = (): number => priceBasket(offers, DIALECTS.einklang, contextOf([lineOf('a', 1000)])).totalMinor
    const before = total()
    offers.push(offerOf('all', orderOff(100)))
    expect([before, total()]).toEqual([900, 800])
  })
  it('gives the same cents, alone or among a thousand offers on other articles', () => {
    const strangers = Array.from({ length: 1000 }, (_, i) => on(`s${i}`, { skus: [`s${i}`] }))
    const own = [on('a', { skus: ['a'] }), on('t', { taxons: ['t'] }), offerOf('all', orderOff(77))]
    fc.assert(
      fc.property(fc.constantFrom<readonly [string, Policies]>(...Object.entries(DIALECTS)), fc.integer({ min: 1, max: 5000 }), fc.nat(1000), ([, policies], unitPriceMinor, at) => {
        const among = [...strangers.slice(0, at), ...own, ...strangers.slice(at)]
        const context = contextOf([lineOf('a', unitPriceMinor, 3, { taxons: ['t'] }), lineOf('b', 333)])
        const { verdicts: _, ...price } = priceBasket(among, policies, context)
        const { verdicts: __, ...alone } = priceBasket(own, policies, context)
        expect(price).toEqual(alone)
      }),
      { numRuns: 60 },
    )
  })
  it('tells on demand what became of every offer, in the given order', () => {
    const { verdicts } = priceBasket([on('b', { skus: ['b'] }), on('a', { skus: ['a'] })], DIALECTS.einklang, contextOf([lineOf('a', 100)]))
    expect(verdicts.map(({ offerId, status }) => [offerId, status])).toEqual([['b', 'missed'], ['a', 'applied']])
  })
})
