import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfferId } from '#shared/kernel/ids.ts'
import { compileOffers } from '#shared/offers/compile-offers.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { priceAndJudge } from '#shared/offers/price-basket.ts'
import type { Verdict } from '#shared/offers/priced-basket.ts'
import { contextOf, lineOf, offerOf, orderOff, percentOff } from './builders.ts'
import { anyContext, anyOffers } from './offer-arbitraries.ts'

const idsOf = (verdicts: readonly Verdict[]): readonly string[] => verdicts.map(({ offerId }) => offerId)
const ids = (...all: readonly string[]): readonly OfferId[] => all as readonly OfferId[]
const judged = (offers: readonly Offer[], skus: readonly string[]) => priceAndJudge(compileOffers(offers, DIALECTS.einklang), contextOf(skus.map((sku) => lineOf(sku, 300))))
const three = (sku: string): Offer => offerOf(`three-${sku}`, orderOff(100), { when: { type: 'quantity', op: 'gte', value: 3, select: { skus: [sku] } } })

describe('single offers are judged without the others', () => {
  const offers = [three('a'), three('b'), offerOf('a', { ...percentOff('10'), select: { skus: ['a'] } } as Offer['effects'][number]), offerOf('web', orderOff(1), { channels: ['web'] })]
  it('in the order asked for, and those that nobody knows not at all', () => {
    expect(judged(offers, ['a']).verdictsOf(ids('web', 'nobody', 'a', 'three-b'))).toEqual([
      { offerId: 'web', status: 'inactive', why: 'channel', in: ['web'] },
      { offerId: 'a', status: 'applied', amountMinor: 30 },
      { offerId: 'three-b', status: 'missed', missing: [{ type: 'quantity', pieces: 3, select: { skus: ['b'] } }] },
    ])
  })
  it('as begun, where the basket holds something that they count', () => {
    expect(idsOf(judged(offers, ['a']).verdictsOfBegun())).toEqual(['three-a'])
    expect(idsOf(judged(offers, ['b', 'c']).verdictsOfBegun())).toEqual(['three-b'])
    expect(idsOf(judged(offers, ['c']).verdictsOfBegun())).toEqual([])
  })
  it('as begun by any article, where they count the whole basket', () => {
    const over20 = offerOf('over-20', orderOff(100), { when: { type: 'subtotal', amountMinor: 2000 } })
    expect(idsOf(judged([over20], ['c']).verdictsOfBegun())).toEqual(['over-20'])
  })
  it('as active, whatever the basket lacks', () => {
    const { isActive } = judged(offers, [])
    expect(ids('three-a', 'a', 'web', 'nobody').map(isActive)).toEqual([true, true, false, false])
  })
  it('with the same words as all together, whatever the offers and the shop', () => {
    fc.assert(
      fc.property(anyOffers, anyContext, fc.constantFrom(...Object.values(DIALECTS)), fc.array(fc.nat(5), { maxLength: 3 }), (offers, context, policies, places) => {
        const asked = places.flatMap((place) => offers[place]?.id ?? [])
        const { priced, verdictsOf, isActive } = priceAndJudge(compileOffers(offers, policies), context)
        const all = new Map(priced.verdicts.map((verdict) => [verdict.offerId, verdict]))
        expect(verdictsOf(asked)).toEqual(asked.map((id) => all.get(id)))
        expect(asked.map(isActive)).toEqual(asked.map((id) => all.get(id)!.status !== 'inactive'))
      }),
      { numRuns: 400 },
    )
  })
})

describe('a priced basket', () => {
  it('is plain data with everything in it, also what is worked out when it is asked for', () => {
    const { priced } = judged([offerOf('o', orderOff(100))], ['a'])
    const copy = JSON.parse(JSON.stringify(priced)) as object
    expect(copy).toMatchObject({ totalMinor: 200, applied: ['o'], verdicts: [{ offerId: 'o', status: 'applied', amountMinor: 100 }], tax: { items: { grossMinor: 200 } } })
    expect({ ...priced }).toEqual(copy)
  })
})
