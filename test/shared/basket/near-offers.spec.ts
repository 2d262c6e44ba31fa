import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Basket } from '#shared/basket/basket.ts'
import { nearOffers } from '#shared/basket/near-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { anyOffers } from '../offers/offer-arbitraries.ts'
import { basket, facts, offer, shop } from './small-shop.ts'

const SKUS = ['a', 'b', 'c', 'd'] as const
const bread = shop().products[0]!
const products = SKUS.map((sku, i) => ({ ...bread, sku: sku as typeof bread.sku, number: 10 + i, taxons: [i % 2 === 0 ? 'x' : 'y'] }))
const categories = [{ ...shop().categories[0]!, id: 'root' }, { ...shop().categories[0]!, id: 'x', parent: 'root' }, { ...shop().categories[0]!, id: 'y' }]
/** Without the one split that leaves parts of a cent: no till of this house asks for those. */
const inCents = (promise: Offer): Offer => ({ ...promise, effects: promise.effects.filter((effect) => !('distribution' in effect && effect.distribution === 'exact')) })
const shopWith = (promises: readonly Offer[]) =>
  shop({ products, categories, offers: promises.map((promise, i) => offer(i + 1, promise.id, inCents(promise))) })
const anyBasket = fc.dictionary(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 5 })).map((lines): Basket => basket(lines))

describe('what is nearly reached', () => {
  it('begins with any article that the offer counts: bought, given, in a set, in a group, in a sum', () => {
    const on = (sku: string) => ({ skus: [sku] })
    const promises: readonly Offer[] = [
      { id: 'buy-a-get-two-b' as OfferId, effects: [{ type: 'buyGet', mode: 'reserve', buy: { select: on('a'), quantity: 1 }, get: { select: on('b'), quantity: 2, value: { percent: '100' } } }] },
      { id: 'a-with-b' as OfferId, effects: [{ type: 'set', groups: [{ count: 1, sort: 'priceAsc', select: on('a') }, { count: 1, sort: 'priceAsc', select: on('b') }], value: { percent: '10' } }] },
      { id: 'three-b' as OfferId, effects: [{ type: 'quantityGroups', groupSize: 3, value: { percent: '10' }, select: on('b') }] },
      { id: 'b-over-50' as OfferId, when: { type: 'all', of: [{ type: 'subtotal', amountMinor: 5000, select: on('b') }] }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] },
      { id: 'three-c-each' as OfferId, effects: [{ type: 'unitDiscount', value: { percent: '5' }, select: { ...on('c'), quantityMin: 3 } }] },
      { id: 'four-d' as OfferId, when: { type: 'not', of: { type: 'quantity', op: 'lt', value: 4, select: on('d') } }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] },
      { id: 'many' as OfferId, when: { type: 'any', of: [{ type: 'quantity', value: 9 }, { type: 'never' }] }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] },
    ]
    const near = (sku: string): readonly string[] => quoteBasket(basket({ [sku]: 1 }), shopWith(promises), facts()).near.map(({ offer: one }) => one.offer.id).toSorted()
    expect([near('a'), near('b'), near('c'), near('d')]).toEqual([['a-with-b', 'buy-a-get-two-b', 'many'], ['a-with-b', 'b-over-50', 'buy-a-get-two-b', 'many', 'three-b'], ['many', 'three-c-each'], ['four-d', 'many']])
  })
  it('sends nobody for an article that the store no longer has', () => {
    const set = (...second: readonly string[]): Offer => ({ id: 'set' as OfferId, effects: [{ type: 'set', groups: [{ count: 1, sort: 'priceAsc', select: { skus: ['a'] } }, { count: 1, sort: 'priceAsc', select: { skus: second } }], value: { percent: '10' } }] })
    const near = (promise: Offer): number => quoteBasket(basket({ a: 1 }), shopWith([promise]), facts()).near.length
    expect([near(set('b')), near(set('gone', 'b')), near(set('gone'))]).toEqual([1, 1, 0])
  })
  it('is found by the articles of the basket: the same as by looking at every offer', () => {
    fc.assert(
      fc.property(anyOffers, anyBasket, (promises, held) => {
        const assortment = shopWith(promises)
        const quote = quoteBasket(held, assortment, facts())
        const known = held.lines.map(({ sku, quantity }) => ({ product: assortment.productsBySku.get(sku)!, quantity }))
        expect(quote.near).toEqual(nearOffers(quote.priced.verdicts, known, assortment))
      }),
      { numRuns: 400 },
    )
  })
})

describe('what became of one offer', () => {
  it('is what the whole quote says of it', () => {
    fc.assert(
      fc.property(anyOffers, anyBasket, (promises, held) => {
        const quote = quoteBasket(held, shopWith(promises), facts())
        const verdicts = new Map(quote.priced.verdicts.map((verdict) => [verdict.offerId, verdict]))
        for (const { id } of promises) {
          expect(quote.verdictOf(id)).toEqual(verdicts.get(id) ?? null)
          expect(quote.isActive(id)).toBe((verdicts.get(id)?.status ?? 'inactive') !== 'inactive')
        }
        expect(quote.elsewhere.map((one) => one.offer.offer.id)).toEqual(quote.priced.verdicts.filter((one) => one.status === 'inactive' && one.why === 'channel').map((one) => one.offerId))
      }),
      { numRuns: 200 },
    )
  })
  it('is nothing where the offer is left to the checkout', () => {
    const quote = quoteBasket(basket({ bread: 1 }), shop(), facts())
    expect([quote.verdictOf('member-5' as never), quote.isActive('member-5' as never)]).toEqual([null, false])
    expect([quote.verdictOf('basket-5' as never)?.status, quote.isActive('basket-5' as never)]).toEqual(['missed', true])
  })
})

describe('a quote', () => {
  it('is plain data with everything in it, also what is worked out when it is asked for', () => {
    const quote = quoteBasket(basket({ bread: 1 }), shop(), facts())
    const copy = JSON.parse(JSON.stringify(quote)) as object
    expect(Object.keys(copy)).toEqual(expect.arrayContaining(['lines', 'near', 'elsewhere', 'priced']))
    expect({ ...quote }.near.map(({ missing }) => missing)).toEqual([[{ type: 'amount', minor: 1651 }]])
    expect({ ...quote }.elsewhere).toMatchObject([{ onlyOn: 'web' }])
  })
  it('hands the engine the same list of offers as long as the same ones are in doubt', () => {
    const assortment = shop()
    const [one, other] = [basket({ bread: 1 }), basket({ tea: 2 })].map((held) => quoteBasket(held, assortment, facts()))
    expect(one!.atCheckout.map((left) => left.offer)).toEqual(other!.atCheckout.map((left) => left.offer))
    const member = quoteBasket(basket({ cheese: 2 }), assortment, facts({ customer: { groups: ['club'] } }))
    expect([member.atCheckout, member.applied.map((reason) => reason.offer.offer.id)]).toEqual([[], ['basket-5', 'member-5']])
    expect(quoteBasket(basket({ cheese: 2 }), assortment, facts()).applied.map((reason) => reason.offer.offer.id)).toEqual(['basket-5'])
  })
})
