import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { rehearse, type PastBasket } from '#shared/basket/review/rehearse.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { NOON, offer, shop } from '../small-shop.ts'

/** Bread 3.49, juice 1.99, cheese 12.99, salt 0.50, tea 3.33. */
const SHOP = shop({ offers: [] })
const basket = (...lines: readonly (readonly [sku: string, quantity: number])[]): PastBasket => ({ lines: lines.map(([sku, quantity]) => ({ sku: sku as Sku, quantity })) })
const BREAD_10 = offer(1, 'bread-10', { effects: [{ type: 'unitDiscount', value: { percent: '10' }, select: { skus: ['bread'] } }] })
const FIVE_FROM_20 = offer(2, 'five', { when: { type: 'subtotal', amountMinor: 2000, basis: 'initial' }, effects: [{ type: 'orderDiscount', value: { amountMinor: 500 } }] })
const run = (draft: readonly PublishedOffer[], current: readonly PublishedOffer[], baskets: readonly PastBasket[], more: object = {}) => rehearse(draft, current, SHOP, baskets, { now: NOON, ...more })

describe('a rehearsal of three baskets: two breads; bread and two cheeses; salt', () => {
  const baskets = [basket(['bread', 2]), basket(['bread', 1], ['cheese', 2]), basket(['salt', 1])]
  const rehearsal = run([BREAD_10, FIVE_FROM_20], [], baskets)

  it('adds up what was paid on both sides: 36.95 € and 30.90 €', () => {
    expect(rehearsal.current).toEqual({ revenueCents: 698 + 2947 + 50, savingsCents: 0, depthBps: 0, discounted: 0, free: 0, marginCents: null })
    // 2 × 3.49 − 0.70; 3.49 − 0.35 + 25.98 − 5.00; 0.50
    expect(rehearsal.draft).toEqual({ revenueCents: 628 + 2412 + 50, savingsCents: 605, depthBps: 1637, discounted: 2, free: 0, marginCents: null })
  })
  it('counts whom it touches, and how the change is spread', () => {
    expect(rehearsal.baskets).toBe(3)
    expect(rehearsal.affected).toEqual({ n: 2, cheaper: 2, dearer: 0 })
    expect(rehearsal.difference).toEqual({ sumCents: -605, squares: 70 ** 2 + 535 ** 2 })
    expect(rehearsal.changes).toEqual([{ from: -999, n: 1 }, { from: -99, n: 1 }, { from: 0, n: 1 }])
    expect(rehearsal.depths.filter(({ draft }) => draft > 0)).toEqual([{ from: 0, current: 3, draft: 1 }, { from: 1000, current: 0, draft: 2 }])
  })
  it('names winners and losers, offer by offer and article by article', () => {
    expect(rehearsal.offers).toEqual([
      { id: 'five', currentBaskets: 0, draftBaskets: 1, currentCents: 0, draftCents: 500 },
      { id: 'bread-10', currentBaskets: 0, draftBaskets: 2, currentCents: 0, draftCents: 105 },
    ])
    expect(rehearsal.articles.map(({ id, currentCents, draftCents }) => [id, currentCents, draftCents])).toEqual([['cheese', 2598, 2152], ['bread', 1047, 888], ['salt', 50, 50]])
  })
  it('turned round, the same baskets become dearer', () => {
    const back = run([], [BREAD_10, FIVE_FROM_20], baskets)
    expect([back.affected, back.difference.sumCents]).toEqual([{ n: 2, cheaper: 0, dearer: 2 }, 605])
  })
  it('knows the margin where it knows the cost', () => {
    expect(run([BREAD_10], [], baskets, { costs: new Map([['bread', cents(200)]]) }).draft.marginCents).toBe(628 - 400 + (314 - 200))
  })
})

describe('what a rehearsal leaves out', () => {
  it('is counted: empty baskets, unknown articles, lines without an article', () => {
    const rehearsal = run([BREAD_10], [], [basket(), { lines: [], unmapped: 4 }, basket(['gone', 1]), { ...basket(['bread', 1], ['gone', 2]), unmapped: 1 }])
    expect([rehearsal.baskets, rehearsal.refused, rehearsal.lines]).toEqual([1, { empty: 2, unknownArticles: 1, unpriceable: 0 }, { priced: 1, unknown: 2, unmapped: 5 }])
  })
  it('is named: offers that need to know the customer', () => {
    const member = offer(3, 'member', { when: { type: 'customerGroup', in: ['club'] }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] }, 'checkout')
    expect(run([member], [BREAD_10, member], [basket(['bread', 1])]).leftOut).toEqual(['member'])
    const counted = offer(3, 'counted', { effects: [{ type: 'orderDiscount', value: { percent: '5' } }] }, 'checkout')
    expect(run([counted], [], [basket(['bread', 1])])).toMatchObject({ affected: { n: 0 }, leftOut: ['counted'] })
  })
})

describe('a cent that could go either way', () => {
  it('goes to the article of the lower number, as in every quote, however the basket was filled', () => {
    const products = shop().products.map((product) => Object.assign({}, product, { priceCents: cents(1000) }))
    const odd = offer(9, 'odd', { effects: [{ type: 'orderDiscount', value: { amountMinor: 501 } }] })
    const rehearsal = rehearse([odd], [], shop({ products, offers: [] }), [basket(['cheese', 1], ['bread', 1])], { now: NOON })
    expect(rehearsal.articles.map(({ id, draftCents }) => [id, draftCents])).toEqual([['bread', 749], ['cheese', 750]])
  })
})

describe('the moment of a basket', () => {
  const saturday = offer(4, 'saturday', { window: { from: '2026-11-20T00:00:00Z', until: '2026-11-27T00:00:00Z' }, when: { type: 'weekday', days: [6] }, effects: [{ type: 'unitDiscount', value: { amountMinor: 100 }, select: { skus: ['bread'] } }] })
  it('keeps its weekday and hour and moves by whole weeks into the week of the rehearsal', () => {
    const at = (text: string): PastBasket => ({ ...basket(['bread', 1]), at: millis(Date.parse(text)) })
    expect(run([saturday], [], [at('2011-03-05T10:00:00Z')]).affected.n).toBe(1)
    expect(run([saturday], [], [at('2011-03-06T10:00:00Z')]).affected.n).toBe(0)
    expect(run([saturday], [], [at('2026-11-28T10:00:00Z')]).affected.n).toBe(1)
  })
  it('is now where nobody knows it', () => {
    expect(run([saturday], [], [basket(['bread', 1])]).affected.n).toBe(0)
    expect(run([saturday], [], [basket(['bread', 1])], { now: millis(Date.parse('2026-11-21T11:00:00Z')) }).affected.n).toBe(1)
  })
})

describe('any rehearsal', () => {
  const anyBasket = fc.array(fc.tuple(fc.constantFrom('bread', 'juice', 'cheese', 'salt', 'tea', 'gone'), fc.integer({ min: 1, max: 9 })), { maxLength: 5 }).map((lines) => basket(...lines))
  const OFFERS = [BREAD_10, FIVE_FROM_20]

  it('does not depend on the order of the baskets', () => {
    fc.assert(fc.property(fc.array(anyBasket, { maxLength: 8 }), (baskets) => void expect(run(OFFERS, [BREAD_10], baskets.toReversed())).toEqual(run(OFFERS, [BREAD_10], baskets))), { numRuns: 60 })
  })
  it('changes nothing when nothing changes, and its parts add up', () => {
    fc.assert(
      fc.property(fc.array(anyBasket, { maxLength: 8 }), (baskets) => {
        const same = run(OFFERS, OFFERS, baskets)
        expect([same.affected.n, same.difference, same.draft]).toEqual([0, { sumCents: 0, squares: 0 }, same.current])
        const { baskets: n, refused, changes, depths, articles, draft } = run(OFFERS, [], baskets)
        expect(n + refused.empty + refused.unknownArticles + refused.unpriceable).toBe(baskets.length)
        expect(changes.reduce((sum, step) => sum + step.n, 0)).toBe(n)
        expect(depths.reduce((sum, step) => sum + step.draft, 0)).toBe(n)
        expect(articles.reduce((sum, { draftCents }) => sum + draftCents, 0)).toBe(draft.revenueCents)
      }),
      { numRuns: 60 },
    )
  })
  it('pays to the cent what the quote of every surface says', () => {
    fc.assert(
      fc.property(anyBasket, (one) => {
        const known = one.lines.filter(({ sku }) => sku !== 'gone')
        const merged = [...Map.groupBy(known, ({ sku }) => sku)].map(([sku, lines]) => ({ sku, quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0) }))
        const quote = quoteBasket({ lines: merged, codes: [], delivery: 'pickup' }, shop({ offers: OFFERS }), { now: NOON, channel: 'store', clockVerified: true })
        expect(run(OFFERS, [], [one]).draft.revenueCents).toBe(quote.itemsCents + quote.delivery.totalCents)
      }),
      { numRuns: 60 },
    )
  })
})
