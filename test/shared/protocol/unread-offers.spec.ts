import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { standings } from '#kiosk/lib/state/offers-view.ts'
import { find } from '#kiosk/staff/find.ts'
import { EMPTY_BASKET, type Basket } from '#shared/basket/basket.ts'
import { codesOfNumbers, spelledCode } from '#shared/basket/offer-codes.ts'
import { isNowhereComputed } from '#shared/basket/unread-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { QuoteFacts } from '#shared/basket/quote.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { documentsToAssortment, documentsToUnread, findDamage, isRefusedOffer, publishableDocuments } from '#shared/protocol/documents.ts'
import { readPublishedOffer } from '#shared/protocol/offer-document.ts'
import type { Documents } from '#shared/sync/release.ts'

type Body = { readonly [key: string]: Json }

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 120)
const DEMO = demoDocuments('2026-11-20' as Day)
const NOON: QuoteFacts = { now: millis(Date.parse('2026-11-20T11:00:00Z')), channel: 'store', clockVerified: true }
const basket = (lines: { readonly [sku: string]: number }, codes: readonly string[] = []): Basket => ({
  ...EMPTY_BASKET, codes, lines: Object.entries(lines).map(([sku, quantity]) => ({ sku: sku as Sku, quantity })),
})
const shopOf = (items: Documents) => {
  const read = documentsToAssortment({ hash: 'h', items })
  if (!read.ok) throw new Error(read.error.type)
  return read.value
}
/** The demo with one offer's document changed. */
const withOffer = (id: string, change: (body: Body) => Json): Documents => ({ ...DEMO, [`offer/${id}`]: change(DEMO[`offer/${id}`] as Body) })
const moonlight = (body: Body): Json => ({ ...body, offer: { ...(body['offer'] as Body), effects: [{ type: 'moonlight' }] } })
const JUICES = basket({ '00-521422': 2 })

describe('an offer that nobody here understands', () => {
  const shop = shopOf(withOffer('juice-20', moonlight))
  it('is never priced: two juices cost 4.78 € again, not 3.82 €', () => {
    expect(quoteBasket(JUICES, shopOf(DEMO), NOON).itemsCents).toBe(382)
    expect(quoteBasket(JUICES, shop, NOON).itemsCents).toBe(478)
  })
  it('is refused with path and reason, and all others go on', () => {
    expect(shop.unread.map(({ told, path }) => [told.offer.id, path])).toEqual([['juice-20', 'offer.effects.0.type']])
    expect(shop.damaged).toEqual([{ id: 'offer/juice-20', reason: 'offer.effects.0.type: not known: "moonlight"' }])
    expect(shop.offers.map(({ number }) => number)).toEqual(shopOf(DEMO).offers.map(({ number }) => number).filter((number) => number !== 1))
    expect(documentsToUnread(withOffer('juice-20', moonlight))).toEqual([{ id: 'juice-20', reason: shop.damaged[0]!.reason }])
  })
  it('is nothing that a device lacks where the store leaves it to its checkout anyway', () => {
    expect(documentsToUnread(withOffer('juice-20', (body) => ({ ...(moonlight(body) as Body), certainty: 'checkout' })))).toEqual([])
  })
  it('nor is one that speaks of a third of a cent: people pay whole ones', () => {
    const fraction = shopOf(withOffer('juice-20', (body) => ({ ...body, offer: { ...(body['offer'] as Body), stage: 'catalog', effects: [{ type: 'unitPrice', value: { priceMinor: 199.3 } }] } })))
    expect(fraction.damaged).toEqual([{ id: 'offer/juice-20', reason: 'offer.effects.0.value.priceMinor: not whole minor units' }])
    expect(quoteBasket(JUICES, fraction, NOON).itemsCents).toBe(478)
  })
  it('stands at the checkout by its title: in the basket, among the offers, for staff', () => {
    const quote = quoteBasket(JUICES, shop, NOON)
    expect(quote.atCheckout.filter(({ why }) => why === 'not understood').map(({ offer }) => offer.title.de)).toEqual(['20 % auf Saft und Schorle'])
    expect(standings(quote, shop).filter(({ offer }) => offer.offer.id === 'juice-20')).toMatchObject([{ status: 'checkout', cents: 0, verdict: null }])
    expect(find('saft', shop).offers.map(({ offer }) => offer.id)).toContain('juice-20')
  })
  it('or as an offer that this device does not understand, where not even its title can be read', () => {
    const nameless = shopOf({ ...DEMO, 'offer/juice-20': 'twenty percent' })
    expect(nameless.unread).toMatchObject([{ path: 'offer', told: { title: { de: 'Ein Angebot, das dieses Gerät nicht versteht', en: 'An offer that this device does not understand' }, number: 0 } }])
    expect(quoteBasket(JUICES, nameless, NOON).atCheckout.map(({ why }) => why)).toContain('not understood')
  })
  it('is promised at the checkout only where the store itself has left it there', () => {
    const left = (certainty: string) => quoteBasket(JUICES, shopOf({ ...DEMO, 'offer/juice-20': { ...(DEMO['offer/juice-20'] as object), certainty, offer: { id: 'juice-20', effects: [] } } as unknown as Json }), NOON).atCheckout.filter(({ why }) => why === 'not understood')
    expect(left('exact').map(isNowhereComputed)).toEqual([true])
    expect(left('checkout').map(isNowhereComputed)).toEqual([false])
    expect(left('whoever').map(isNowhereComputed)).toEqual([true])
  })
  it('is not mentioned once it is clearly over, or on the other channel', () => {
    const limited = (limit: Body) => shopOf(withOffer('juice-20', (body) => ({ ...(moonlight(body) as Body), offer: { ...((moonlight(body) as Body)['offer'] as Body), ...limit } })))
    const mentioned = (limit: Body): boolean => quoteBasket(JUICES, limited(limit), NOON).atCheckout.some(({ why }) => why === 'not understood')
    expect(mentioned({ window: { until: '2026-11-19T22:59:59Z' } })).toBe(false)
    expect(mentioned({ channels: ['web'] })).toBe(false)
    expect(mentioned({ enabled: false })).toBe(false)
    expect(mentioned({ window: { until: 'soon' } })).toBe(true)
  })
  it('keeps its code good: entered it is no unknown code, and the checkout is named', () => {
    const coded = shopOf(withOffer('linde10', moonlight))
    expect(spelledCode('linde 10', coded)).toBe('LINDE10')
    expect(codesOfNumbers([10], coded)).toEqual(['LINDE10'])
    const ids = (codes: readonly string[]) => quoteBasket(basket({ '00-451182': 1 }, codes), coded, NOON).atCheckout.filter(({ why }) => why === 'not understood').map(({ offer }) => offer.offer.id)
    expect(ids([])).toEqual([])
    expect(ids(['LINDE10'])).toEqual(['linde10'])
    expect(quoteBasket(basket({ '00-451182': 1 }, ['LINDE10']), coded, NOON).unknownCodes).toEqual([])
  })
  it('that took the number of another one is left to the checkout without a number', () => {
    const twin = shopOf({ ...DEMO, 'offer/z-twin': { ...(DEMO['offer/juice-20'] as Body), offer: { ...((DEMO['offer/juice-20'] as Body)['offer'] as Body), id: 'z-twin' } } })
    expect(twin.unread).toMatchObject([{ path: 'number', reason: '1 belongs to offer/juice-20', told: { number: 0, offer: { id: 'z-twin', effects: [] } } }])
    expect(quoteBasket(JUICES, twin, NOON).itemsCents).toBe(382)
  })
  it('or that the shop’s way of calculating cannot follow', () => {
    const read = readPublishedOffer('juice-20' as OfferId, DEMO['offer/juice-20']!, { distribute: 'byMoonlight' } as unknown as Policies)
    expect(read).toEqual({ ok: false, error: { path: 'offer', reason: 'cannot be computed: distribution byMoonlight' } })
  })
})

describe('when a shop publishes', () => {
  it('a refused offer is damage, but none that holds back the rest', () => {
    const damage = findDamage(withOffer('juice-20', moonlight))
    expect(damage.map(({ id }) => id)).toEqual(['offer/juice-20'])
    expect(damage.every(isRefusedOffer)).toBe(true)
    expect(findDamage({ ...DEMO, 'product/broken': { sku: 'broken' } }).every(isRefusedOffer)).toBe(false)
  })
  it('one nested beyond all reading leaves its id alone', () => {
    const deep = Array.from({ length: 20_000 }).reduce<Body>((inner) => ({ type: 'not', of: inner }), { type: 'never' })
    const items = publishableDocuments(withOffer('juice-20', () => deep))
    expect(items['offer/juice-20']).toEqual({})
    expect(shopOf(items).unread.map(({ told }) => told.offer.id)).toEqual(['juice-20'])
    expect(items['offer/parmesan-1']).toBe(DEMO['offer/parmesan-1'])
  })
})

const offerIds = Object.keys(DEMO).filter((id) => id.startsWith('offer/'))
const skus = shopOf(DEMO).products.map(({ sku }) => sku)
const anyBasket = fc.array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 8 }).map((lines) => basket(Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]))))
const anyDamage: fc.Arbitrary<(body: Body) => Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }).map((junk) => () => junk as Json),
  fc.constant(moonlight),
  fc.tuple(fc.constantFrom('number', 'badge', 'title', 'summary', 'picture', 'certainty', 'offer'), fc.jsonValue()).map(([field, junk]) => (body: Body) => ({ ...body, [field]: junk as Json, unheardOf: 1 })),
)

describe('whatever takes the place of an offer', () => {
  it('never changes the cents of a basket that the offer did not touch', () => {
    fc.assert(
      fc.property(anyBasket, fc.constantFrom(...offerIds), anyDamage, (given, id, damage) => {
        const before = quoteBasket(given, shopOf(DEMO), NOON)
        fc.pre(!before.applied.some(({ offer }) => `offer/${offer.offer.id}` === id))
        const after = quoteBasket(given, shopOf({ ...DEMO, [id]: damage(DEMO[id] as Body) }), NOON)
        expect(after.totalCents).toBe(before.totalCents)
        expect(after.lines.map(({ totalCents }) => totalCents)).toEqual(before.lines.map(({ totalCents }) => totalCents))
      }),
      { numRuns: RUNS },
    )
  }, 120_000)
  it('reading a release answers and never throws, and every offer is either let in or told', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(DEMO).slice(0, 12), ...offerIds, 'offer/', 'offer/x y', 'poem/1'), fc.jsonValue({ maxDepth: 30 })), (junk) => {
        const items = { ...DEMO, ...junk } as Documents
        findDamage(items)
        const read = documentsToAssortment({ hash: '', items })
        if (read.ok) expect(read.value.offers.length + read.value.unread.length).toBe(Object.keys(items).filter((id) => id.startsWith('offer/')).length)
      }),
      { numRuns: RUNS },
    )
  }, 120_000)
})
