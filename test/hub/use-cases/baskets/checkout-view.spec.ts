import { describe, expect, it } from 'vitest'
import { checkoutStore, checkoutView, type ViewFacts } from '#hub/use-cases/baskets/checkout-view.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { cents } from '#shared/kernel/money.ts'
import { history, product } from '../../../shared/catalogue/product-builder.ts'
import { basket, facts, offer, shop } from '../../../shared/basket/small-shop.ts'

const FACTS: ViewFacts = {
  code: 'ABC123', issuedAt: 0, expiresAt: 1, expired: false, elsewhere: false, onceUntil: null, onceOver: false, loweredCents: 0, basis: 'today', kioskTotalCents: 0, shop: null, card: 'none', unknownCodes: [],
  deliveryOwed: { pickup: 0, home: 0 }, changes: [], held: {}, unknownArticles: 0,
}
const juice = product({ sku: 'juice', priceCents: cents(200), priceHistory: history(['2026-01-01', 200]), contents: { amount: 500, unit: 'ml' }, depositCents: cents(25) })
const week: PublishedOffer = offer(1, 'week', { window: { from: '2026-11-16T00:00:00Z', until: '2026-11-22T22:59:59Z' }, effects: [{ type: 'unitDiscount', value: { percent: '10' }, select: { skus: ['juice'] } }] })
const viewOf = (offers: readonly PublishedOffer[], pieces = 3, given = juice) => {
  const assortment = shop({ products: [given], offers })
  const quote = quoteBasket(basket({ juice: pieces }), assortment, facts())
  return checkoutView(quote, checkoutStore(assortment, null), FACTS)
}

describe('a line on the phone', () => {
  it('of three juices 10 % off: 5.40 €, 3.60 € per litre of what is paid, 2.00 € the lowest of 30 days, 0.75 € deposit beside it', () => {
    expect(viewOf([week]).lines[0]).toMatchObject({ totalCents: 540, unitPrice: { cents: 360, per: 'l' }, priorCents: 200, depositCents: 75 })
  })
  it('without a reduction names no earlier price', () => {
    expect(viewOf([]).lines[0]).toMatchObject({ totalCents: 600, unitPrice: { cents: 400, per: 'l' }, priorCents: null })
  })
  it('that was cheaper in the 30 days before names none either', () => {
    const dearer = { ...juice, priceHistory: history(['2026-11-10', 200], ['2026-11-01', 150], ['2026-01-01', 200]) }
    expect(viewOf([week], 1, dearer).lines[0]).toMatchObject({ totalCents: 180, priorCents: null })
  })
  it('reduced by a code names the offer, and no earlier price', () => {
    const coded = offer(1, 'coded', { effects: week.offer.effects, trigger: { type: 'code', codes: ['X'] } })
    const assortment = shop({ products: [juice], offers: [coded] })
    const quote = quoteBasket(basket({ juice: 1 }, { codes: ['X'] }), assortment, facts())
    expect(checkoutView(quote, checkoutStore(assortment, null), FACTS).lines[0]).toMatchObject({ totalCents: 180, priorCents: null, reasons: [{ cents: 20 }] })
  })
  it('that is perishable and reduced for that reason names none: the exemption stands beside the article', () => {
    expect(viewOf([week], 1, { ...juice, perishable: true }).lines[0]).toMatchObject({ totalCents: 180, priorCents: null })
  })
})

describe('what could not be computed', () => {
  it('is named on the phone and in no sum', () => {
    const assortment = { ...shop({ products: [juice], offers: [] }), unread: [{ path: 'offer.effects.0.type', reason: 'moonlight', told: { ...offer(9, 'moon', { when: { type: 'never' } }), title: { de: 'Mondschein', en: 'Moonlight' } } }] }
    const quote = quoteBasket(basket({ juice: 1 }), assortment, facts())
    expect(checkoutView(quote, checkoutStore(assortment, null), FACTS)).toMatchObject({ notCounted: [], notComputed: [{ de: 'Mondschein', en: 'Moonlight' }], linesCents: 200 })
  })
  it('that the store itself left to its checkout is still promised there', () => {
    const told = { ...offer(9, 'moon', { when: { type: 'never' } }), title: { de: 'Mondschein', en: 'Moonlight' }, certainty: 'checkout' as const }
    const assortment = { ...shop({ products: [juice], offers: [] }), unread: [{ path: 'offer.effects', reason: 'no effect', told }] }
    const quote = quoteBasket(basket({ juice: 1 }), assortment, facts())
    expect(checkoutView(quote, checkoutStore(assortment, null), FACTS)).toMatchObject({ notCounted: [{ de: 'Mondschein', en: 'Moonlight' }], notComputed: [] })
  })
})
