/** A shop of any number of offers and a basket of ten lines that meets the same few of them, however many there are. Runs in Node and in a page. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer, PublishedOffer } from '#shared/offers/offer.ts'

const LINES = 10
const NOW = millis(Date.parse('2026-11-22T11:00:00Z'))
const both = (words: string) => ({ de: words, en: words })

/** Three articles for each offer, on every second of which a basket line stands. */
export const quoteShop = (offerCount: number): Assortment => {
  const products = Array.from({ length: Math.min(60_000, 3 * offerCount + LINES) }, (_, i) => productOf(i))
  return {
    hash: `bench ${offerCount}`,
    store: { id: 'bench', number: 1, name: 'Bench', address: '', timeZone: 'Europe/Berlin', currency: 'EUR', country: 'DE', checkoutDomain: '', shipping: [{ id: 'pickup', name: both('pickup'), priceCents: cents(0), taxRateBps: 1900 }], handoffHours: 24, honourHours: 24, maxOfflineHours: 72 },
    categories: [{ id: 'food', parent: null, name: both('food'), picture: '', order: 1 }],
    products,
    productsBySku: new Map(products.map((product) => [product.sku, product])),
    offers: Array.from({ length: offerCount }, (_, i) => offerOf(i, offerCount)),
    policies: DIALECTS.einklang,
  }
}

const productOf = (i: number): Product => ({
  sku: `s${i}` as Sku, number: (i % 65_000) + 1, name: both(`Article ${i}`), brand: null, category: 'food', taxons: ['food'], priceCents: cents(199 + ((i * 7919) % 1800)),
  priceHistory: [{ from: '2026-01-01' as Day, cents: cents(199 + ((i * 7919) % 1800)) }], taxRateBps: i % 3 === 0 ? 1900 : 700, contents: { amount: 1, unit: 'piece' }, depositCents: cents(0), ean: '',
  picture: '', stock: { pieces: 5, at: NOW }, shelf: { aisle: 1, name: both('1') }, perishable: false, synonyms: [], alsoBought: [],
})

/** A percentage, three for a price, or a sum to reach on three articles; the last five are for the whole basket. */
const offerOf = (i: number, count: number): PublishedOffer => {
  const skus = [0, 1, 2].map((k) => `s${3 * i + k}`)
  const kinds: readonly Omit<Offer, 'id'>[] = [
    { effects: [{ type: 'unitDiscount', value: { percent: String(5 * (1 + (i % 6))) }, select: { skus } }] },
    { effects: [{ type: 'quantityGroups', groupSize: 3, value: { percent: '20' }, select: { skus } }] },
    { when: { type: 'subtotal', amountMinor: 5000, select: { skus } }, effects: [{ type: 'orderDiscount', value: { percent: '10' }, select: { skus } }] },
  ]
  const promise = i >= count - 5 ? { when: { type: 'subtotal' as const, amountMinor: 3000 * (count - i) }, effects: [{ type: 'orderDiscount' as const, value: { percent: '2' } }] } : kinds[i % kinds.length]!
  return { offer: { id: `o${i}` as OfferId, ...promise }, number: (i % 65_000) + 1, badge: both('-'), title: both(`Offer ${i}`), summary: both(''), picture: '', certainty: 'exact' }
}

const basketOf = (quantity: number): Basket => ({ lines: Array.from({ length: LINES }, (_, i) => ({ sku: `s${3 * i + (i % 2)}` as Sku, quantity: 1 + ((quantity + i) % 4) })), codes: [], delivery: 'pickup' })

/** One change of the basket as a screen asks for it: the price, its reasons, and what is nearly reached. */
export const tapOnce = (shop: Assortment, turn: number): number => {
  const quote = quoteBasket(basketOf(turn), shop, { now: NOW, channel: 'store', clockVerified: true })
  return quote.totalCents + quote.near.length
}

/** So often the floor runs while a tap runs once: the clock of a page ticks in tenths of a millisecond. */
const FLOOR_TIMES = 40

/** The floor: price × quantity, added up. */
export const multiplyAndAdd = (shop: Assortment, turn: number): number =>
  basketOf(turn).lines.reduce((sum, { sku, quantity }) => sum + (shop.productsBySku.get(sku)?.priceCents ?? 0) * quantity, 0)

/** Milliseconds of the first change, with which the offers are indexed, and of one among many after it, in the middle of rounds that take turns with the floor. */
export const timeTaps = (offerCount: number, rounds: number, each: number): { readonly firstMs: number; readonly tapMs: number; readonly floorMs: number } => {
  const shop = quoteShop(offerCount)
  const startedAt = performance.now()
  let sum = tapOnce(shop, 0)
  const firstMs = performance.now() - startedAt
  const times = { tap: [] as number[], floor: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    for (const [kind, work, calls] of [['tap', tapOnce, each], ['floor', multiplyAndAdd, each * FLOOR_TIMES]] as const) {
      const from = performance.now()
      for (let i = 0; i < calls; i++) sum += work(shop, round + i)
      times[kind].push((performance.now() - from) / calls)
    }
  }
  if (!Number.isFinite(sum)) throw new Error('a price that is no number')
  const middle = (all: number[]): number => all.sort((a, b) => a - b)[all.length >> 1]!
  return { firstMs, tapMs: middle(times.tap), floorMs: middle(times.floor) }
}
