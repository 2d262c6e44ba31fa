import { describe, expect, it } from 'vitest'
import { articleFacts } from '#kiosk/lib/state/article-facts.ts'
import { EMPTY_BASKET } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const facts = (sku: string, change: { readonly [key: string]: Json } = {}, at = Date.UTC(2026, 10, 24, 11)) => {
  const body = { ...(SMALL_SHOP[`product/${sku}`] as object), ...change } as Json
  const read = documentsToAssortment({ hash: '', items: { ...SMALL_SHOP, [`product/${sku}`]: body } })
  if (!read.ok || read.value.damaged.length > 0) throw new Error('the small shop is damaged')
  const single = quoteBasket({ ...EMPTY_BASKET, lines: [{ sku: sku as Sku, quantity: 1 }] }, read.value, { now: millis(at), channel: 'store', clockVerified: true })
  return articleFacts(read.value.productsBySku.get(sku as Sku)!, single, 'Europe/Berlin')
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
  it('shows the lowest price of the 30 days before the offer, even if it is lower than the offer', () => {
    const history = [{ from: '2026-11-10', cents: 200 }, { from: '2026-11-01', cents: 150 }, { from: '2026-01-01', cents: 200 }]
    expect(facts('juice', { priceHistory: history })).toMatchObject({ nowCents: 180, priorCents: 150 })
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
