/** A web shop on paper: it sells, promises and calculates as it is told, in any dialect, and can be down or busy. */
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import type { DialectCandidate, ShopArticle, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { Able, WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { draftOf, freshNumbers } from '#hub/use-cases/shops/draft-shop.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer } from '#shared/offers/offer.ts'

export const article = (sku: string, key: string, priceMinor: number, more: Partial<ShopArticle> = {}): ShopArticle =>
  ({ sku, key, product: key, name: { de: `Artikel ${sku}` }, category: null, taxons: [], priceMinor, taxPercent: 19, ean: '', stock: 5, ...more })

export const promotion = (id: string, more: Partial<ShopPromotion> = {}): ShopPromotion => ({ id, name: { en: `Promotion ${id}` }, description: {}, enabled: true, ...more })

export const offerOf = (id: string, effects: Offer['effects'], more: Partial<Offer> = {}): Offer => ({ id: id as OfferId, effects, ...more })

export const perLine: DialectCandidate = { name: 'vendure-3', policies: DIALECTS['vendure-3'], when: 'line by line' }
export const perRate: DialectCandidate = { name: 'vendure-3-order-tax', policies: DIALECTS['vendure-3-order-tax'], when: 'once per rate' }

export const snapshotOf = (change: Partial<ShopSnapshot> = {}): ShopSnapshot =>
  withHash({
    shopName: 'Papier', currency: 'EUR', pricesIncludeTax: true,
    articles: [article('A', '1', 1999), article('B', '2', 333, { taxPercent: 7 }), article('C', '3', 1295, { stock: null })],
    categories: [], promotions: [promotion('1')],
    translated: { offers: [offerOf('1', [{ type: 'orderDiscount', value: { percent: '10' } }])], notComputable: [], warnings: [] },
    deliveries: [{ key: 'd', kind: 'home', name: { en: 'Post' }, priceMinor: 490, taxPercent: 19 }],
    dialects: [perLine, perRate], settings: {}, leftOut: [], ...change,
  })

export type PaperShop = WebShop & {
  /** What it says next; a trouble instead of an answer. */
  says: { snapshot: ShopSnapshot; trouble: ShopTrouble | null; dialect: DialectCandidate; /** What it really charges, per promotion on top. */ bend: (quote: ShopQuote) => ShopQuote }
  readonly asked: { reads: number; quotes: number }
}

export const paperShop = (now: () => Millis, quotes: Able<true> = true): PaperShop => {
  const says: PaperShop['says'] = { snapshot: snapshotOf(), trouble: null, dialect: perLine, bend: (quote) => quote }
  const asked = { reads: 0, quotes: 0 }
  const no = { unable: 'on paper there is none' }
  const quote = async (cart: ShopCart): Promise<Result<ShopQuote, ShopTrouble | CartRefused>> => {
    asked.quotes += 1
    if (says.trouble) return err(says.trouble)
    const draft = draftOf(says.snapshot, says.dialect, {}, { numberOf: freshNumbers(), at: now(), distrusted: new Map() })
    if (!draft.ok) throw new Error(draft.error.why)
    const { assortment, keys } = draft.value.candidate
    const skuOf = new Map([...keys.articles].map(([sku, key]) => [key, sku as Sku]))
    const basket = { lines: cart.lines.map(({ key, quantity }) => ({ sku: skuOf.get(key)!, quantity })), codes: cart.codes, delivery: cart.delivery === 'd' ? ('home' as const) : ('pickup' as const) }
    const priced = quoteBasket(basket, assortment, { now: now(), channel: 'store', clockVerified: true })
    return ok(says.bend({
      lines: priced.lines.map(({ sku, quantity, baseCents, totalCents }) => ({ key: keys.articles.get(sku)!, quantity, beforeMinor: baseCents, totalMinor: totalCents })),
      discounts: priced.applied.map(({ offer, cents }) => ({ promotion: offer.offer.id, minor: cents })),
      deliveryMinor: priced.delivery.totalCents, taxMinor: priced.taxIncludedCents, totalMinor: priced.totalCents, refusedCodes: [],
    }))
  }
  return {
    name: 'paper', says, asked,
    read: async () => {
      asked.reads += 1
      return says.trouble ? err(says.trouble) : ok(says.snapshot)
    },
    quote: quotes === true ? quote : quotes,
    openCheckout: no, ordersSince: no, checkWebhook: no, findMember: no, ownOrders: no,
  }
}
