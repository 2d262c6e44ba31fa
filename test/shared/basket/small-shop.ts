/** A shop of five articles and a few offers, small enough to price in the head. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { EMPTY_BASKET, type Basket } from '#shared/basket/basket.ts'
import type { QuoteFacts } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { Offer, PublishedOffer } from '#shared/offers/offer.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'

export const NOON = millis(Date.parse('2026-11-20T11:00:00Z'))

const both = (text: string) => ({ de: text, en: text })

const product = (number: number, sku: string, priceCents: number, more: Partial<Product> = {}): Product => ({
  sku: sku as Sku, number, name: both(sku), brand: null, category: 'food', taxons: ['food'], priceCents: cents(priceCents),
  priceHistory: [{ from: '2026-01-01' as Day, cents: cents(priceCents) }], taxRateBps: 700, contents: { amount: 1, unit: 'piece' },
  depositCents: cents(0), ean: '4000000000000', picture: '/pictures/x.svg', stock: { pieces: 5, at: NOON },
  shelf: { aisle: 1, name: both('1') }, perishable: false, synonyms: [], alsoBought: [], ...more,
})

export const offer = (number: number, id: string, pledge: Partial<Offer>, certainty: PublishedOffer['certainty'] = 'exact'): PublishedOffer => ({
  offer: { id: id as OfferId, effects: [], ...pledge }, number, badge: both('−'), title: both(id), summary: both(id), picture: '/pictures/x.svg', certainty,
})

export const OFFERS: readonly PublishedOffer[] = [
  offer(1, 'juice-20', { effects: [{ type: 'unitDiscount', value: { percent: '20' }, select: { taxons: ['drinks'], taxonMode: 'subtree' } }] }),
  offer(2, 'basket-5', { when: { type: 'subtotal', op: 'gte', amountMinor: 2000 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 500 } }] }),
  offer(3, 'code-10', { trigger: { type: 'code', codes: ['HERBST-10'] }, effects: [{ type: 'orderDiscount', value: { percent: '10' } }] }),
  offer(4, 'member-5', { when: { type: 'customerGroup', in: ['club'] }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] }, 'checkout'),
  offer(5, 'web-only', { channels: ['web'], effects: [{ type: 'unitDiscount', value: { amountMinor: 10 }, select: { skus: ['bread'] } }] }),
  offer(6, 'free-home', { when: { type: 'subtotal', op: 'gte', amountMinor: 3000 }, effects: [{ type: 'shippingDiscount', value: { percent: '100' }, methods: ['home'] }] }),
]

export const shop = (change: Partial<Assortment> & { readonly products?: readonly Product[] } = {}): Assortment => {
  const products = change.products ?? [
    product(10, 'bread', 349),
    product(11, 'juice', 199, { category: 'juice', taxons: ['juice'], taxRateBps: 1900, depositCents: cents(25) }),
    product(12, 'cheese', 1299),
    product(13, 'salt', 50),
    product(14, 'tea', 333),
  ]
  return {
    hash: '3fa94b21'.repeat(8),
    store: {
      id: 'small', number: 17, name: 'Small', address: 'Weg 1', timeZone: 'Europe/Berlin', currency: 'EUR', country: 'DE', checkoutDomain: 'shop.example.de',
      shipping: [{ id: 'pickup', name: both('pickup'), priceCents: cents(0), taxRateBps: 1900 }, { id: 'home', name: both('home'), priceCents: cents(490), taxRateBps: 1900 }],
      handoffHours: 24, honourHours: 24, maxOfflineHours: 72,
    },
    categories: [
      { id: 'food', parent: null, name: both('food'), picture: '', order: 1 },
      { id: 'drinks', parent: null, name: both('drinks'), picture: '', order: 2 },
      { id: 'juice', parent: 'drinks', name: both('juice'), picture: '', order: 1 },
    ],
    offers: OFFERS,
    policies: DIALECTS['einklang']!,
    ...change,
    products,
    productsBySku: new Map(products.map((one) => [one.sku, one])),
  }
}

export const basket = (lines: { readonly [sku: string]: number }, more: Partial<Basket> = {}): Basket => ({
  ...EMPTY_BASKET,
  lines: Object.entries(lines).map(([sku, quantity]) => ({ sku: sku as Sku, quantity })),
  ...more,
})

export const facts = (more: Partial<QuoteFacts> = {}): QuoteFacts => ({ now: NOON, channel: 'store', clockVerified: true, ...more })
