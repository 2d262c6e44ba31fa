import { describe, expect, it } from 'vitest'
import { articleFacts } from '#kiosk/lib/state/article-facts.ts'
import { EMPTY_BASKET } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

/** Without the half-price month of the small shop: an offer to everybody is an asked price like any other. */
const { 'offer/over': HALF_PRICE, ...SHOP } = SMALL_SHOP

const facts = (sku: string, change: { readonly [key: string]: Json } = {}, at = Date.UTC(2026, 10, 24, 11), more: Documents = {}) => {
  const body = { ...(SMALL_SHOP[`product/${sku}`] as object), ...change } as Json
  const read = documentsToAssortment({ hash: '', items: { ...SHOP, ...more, [`product/${sku}`]: body } })
  if (!read.ok || read.value.damaged.length > 0) throw new Error('the small shop is damaged')
  const single = quoteBasket({ ...EMPTY_BASKET, lines: [{ sku: sku as Sku, quantity: 1 }] }, read.value, { now: millis(at), channel: 'store', clockVerified: true })
  return articleFacts(read.value.productsBySku.get(sku as Sku)!, single, read.value)
}

describe('the label of an article', () => {
  it('is plain where nothing is reduced: 1.00 €, 2.00 € per kg', () => {
    expect(facts('milk')).toEqual({ nowCents: 100, usualCents: 100, isReduced: false, priorCents: null, beforeCents: 100, unitPrice: { cents: 200, per: 'kg' }, depositCents: 0, badge: null, offerTitle: null })
  })
  it('says that a price is for a kilogram', () => {
    expect(facts('milk', { contents: { amount: 1000, unit: 'g' } })).toMatchObject({ nowCents: 100, unitPrice: { cents: 100, per: 'kg' } })
    expect(facts('milk', { contents: { amount: 1000, unit: 'ml' } })).toMatchObject({ unitPrice: null })
  })
  it('names the offer, the price with it, the lowest of 30 days, and the unit price of the lower price', () => {
    expect(facts('juice')).toMatchObject({ nowCents: 180, usualCents: 200, isReduced: true, priorCents: 200, unitPrice: { cents: 360 }, depositCents: 25, badge: { de: 'Nr. 1' }, offerTitle: { de: 'juice-10 de' } })
  })
  it('says nothing of a reduction where the 30 days before the offer were cheaper: no badge, no percent, no prior price', () => {
    const history = [{ from: '2026-11-10', cents: 200 }, { from: '2026-11-01', cents: 150 }, { from: '2026-01-01', cents: 200 }]
    expect(facts('juice', { priceHistory: history })).toMatchObject({ nowCents: 180, isReduced: false, priorCents: null, badge: null, offerTitle: { de: 'Angebot' } })
  })
  it('replaces the offer’s own percent by the lawful one where the low lies between: 1.80 € from 1.90 € is 5 %, not 10 %', () => {
    const history = [{ from: '2026-11-10', cents: 200 }, { from: '2026-11-01', cents: 190 }, { from: '2026-01-01', cents: 200 }]
    expect(facts('juice', { priceHistory: history })).toMatchObject({ nowCents: 180, isReduced: true, priorCents: 190, badge: { de: '−5 %', en: '−5%' }, offerTitle: { de: 'Angebot' } })
  })
  it('counts what an offer of last month asked: 0.50 € until 1 November, so a cut to 0.80 € is none', () => {
    const cut = { priceCents: 80, priceHistory: [{ from: '2026-11-24', cents: 80 }, { from: '2026-01-01', cents: 100 }] }
    expect(facts('milk', cut)).toMatchObject({ isReduced: true, priorCents: 100, badge: { de: '−20 %' } })
    expect(facts('milk', cut, Date.UTC(2026, 10, 24, 11), { 'offer/over': HALF_PRICE! })).toMatchObject({ nowCents: 80, isReduced: false, priorCents: null, badge: null })
  })
  it('announces a price cut for 30 days, then it is simply the price', () => {
    const cut = { priceCents: 80, priceHistory: [{ from: '2026-11-24', cents: 80 }, { from: '2026-01-01', cents: 100 }] }
    expect(facts('milk', cut)).toMatchObject({ nowCents: 80, isReduced: true, priorCents: 100 })
    expect(facts('milk', cut, Date.UTC(2026, 11, 23, 11))).toMatchObject({ isReduced: true })
    expect(facts('milk', cut, Date.UTC(2026, 11, 24, 11))).toMatchObject({ isReduced: false, priorCents: null })
  })
  it('announces nothing when the price only returned from a rise', () => {
    const back = { priceHistory: [{ from: '2026-11-24', cents: 100 }, { from: '2026-11-10', cents: 120 }, { from: '2026-01-01', cents: 100 }] }
    expect(facts('milk', back)).toMatchObject({ isReduced: false, priorCents: null })
  })
  it('says "instead of" for what is perishable and reduced for that reason', () => {
    const cut = { perishable: true, priceCents: 80, priceHistory: [{ from: '2026-11-24', cents: 80 }, { from: '2026-11-20', cents: 100 }, { from: '2026-01-01', cents: 90 }] }
    expect(facts('milk', cut)).toMatchObject({ isReduced: true, priorCents: null, beforeCents: 100 })
  })
})
