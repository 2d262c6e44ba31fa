/** What the Admin interface returned as a snapshot of the shop. Pure. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { DialectCandidate, LeftOut, ShopArticle, ShopDelivery, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { collectionTaxon, normalCode, numberOf, promotionId } from './shopify-ids.ts'
import { shopifyOffers, windowOf } from './shopify-offers.ts'
import type { ShopifyCollectionRecord, ShopifyDiscountNode, ShopifyShopRecord, ShopifyVariantRecord } from './shopify-queries.ts'
import { API_VERSION } from './shopify-client.ts'

/** Rates of tax, which no interface of the shop tells: one for all, another one for the articles of some collections, as the shop's own overrides are made. */
export type ShopifyTax = { readonly percent: number; readonly reduced: { readonly percent: number; readonly collections: readonly string[] } | null }

export type ShopifyRecords = {
  readonly shop: ShopifyShopRecord
  /** With all their collections. */
  readonly variants: readonly ShopifyVariantRecord[]
  readonly collections: readonly ShopifyCollectionRecord[]
  readonly discounts: readonly ShopifyDiscountNode[]
}

export type ShopifyTerms = { readonly country: string; readonly tax: ShopifyTax }

/** The shop documents neither how it rounds percentages nor how it splits the cents of an amount; a probe tells. */
const CANDIDATES: readonly [DialectCandidate, ...DialectCandidate[]] = [
  { name: 'shopify', policies: DIALECTS.shopify, when: 'percentages are rounded half up, odd cents go to the largest rests' },
  { name: 'shopify-last-line', policies: { ...DIALECTS.shopify, distribute: 'lastTakesRest' }, when: 'percentages are rounded half up, odd cents go to the last line' },
  { name: 'shopify-per-line', policies: { ...DIALECTS.shopify, percentRound: { scope: 'line', mode: 'halfUp' } }, when: 'percentages are rounded half up on each line' },
  { name: 'shopify-down', policies: { ...DIALECTS.shopify, percentRound: { scope: 'line', mode: 'floor' } }, when: 'percentages are rounded down on each line' },
]

export const shopifySnapshot = ({ shop, variants, collections, discounts }: ShopifyRecords, { country, tax }: ShopifyTerms): ShopSnapshot => {
  const leftOut: LeftOut[] = []
  // Drafts and archived articles are nobody's concern.
  const sold = variants.filter(({ product }) => product.status === 'ACTIVE').filter((variant) => {
    const why = whyNotSold(variant, shop)
    if (why !== null) leftOut.push({ what: nameOf(variant), why })
    return why === null
  })
  const keys = articleKeys(sold.map(({ sku, id }) => ({ sku: sku ?? '', key: numberOf(id) ?? '' })))
  const articles = sold.flatMap((variant, i) => (keys[i] === null ? [] : [articleOf(variant, keys[i]!, tax)]))
  leftOut.push(...sold.filter((_, i) => keys[i] === null).map((variant) => ({ what: nameOf(variant), why: 'neither its number nor its id can be part of a document' })))
  return withHash({
    shopName: shop.name,
    currency: shop.currencyCode,
    pricesIncludeTax: shop.taxesIncluded,
    articles,
    categories: collections.map(({ id, title }) => ({ id: collectionTaxon(id), parent: null, name: textOf(title) })),
    promotions: discounts.map(promotionOf),
    translated: shopifyOffers(discounts, { currency: shop.currencyCode, articles }),
    deliveries: [HOME],
    dialects: CANDIDATES,
    settings: { version: API_VERSION, country, tax: String(tax.percent), reducedTax: tax.reduced === null ? '' : `${tax.reduced.percent} (${tax.reduced.collections.join(', ')})` },
    leftOut,
  })
}

const HOME: ShopDelivery = { key: 'checkout', kind: 'home', name: { de: 'Versand', en: 'Delivery' }, priceMinor: null, taxPercent: 0, why: 'delivery is chosen and priced in the checkout of the shop' }

/** The shop does not say in which language its texts are. */
const textOf = (text: string): { readonly [language: string]: string } => (text.trim() === '' ? {} : { und: text })

const nameOf = ({ title, product }: ShopifyVariantRecord): string => (title === 'Default Title' || title === '' ? product.title : `${product.title} ${title}`)

/** Articles whose price is no plain price per piece are sold in the shop alone. */
const whyNotSold = ({ contextualPricing: { price, quantityRule, quantityPriceBreaks }, product }: ShopifyVariantRecord, { currencyCode }: ShopifyShopRecord): string | null => {
  if (product.isGiftCard) return 'gift cards are sold in the web shop'
  if (product.requiresSellingPlan) return 'it is sold as a subscription only'
  if (price.currencyCode !== currencyCode) return `its price in this market is in ${price.currencyCode}`
  if (minorOf(price.amount) === null) return `its price "${price.amount.slice(0, 40)}" cannot be read`
  if (quantityPriceBreaks.nodes.length > 0) return 'its price depends on the number of pieces'
  return quantityRule.minimum > 1 || quantityRule.increment > 1 ? 'it is not sold by the piece' : null
}

const articleOf = (variant: ShopifyVariantRecord, sku: string, { percent, reduced }: ShopifyTax): ShopArticle => {
  const { id, product, barcode, taxable, contextualPricing, inventoryItem, inventoryPolicy, inventoryQuantity } = variant
  const taxons = product.collections.nodes.map((one) => collectionTaxon(one.id))
  const isReduced = reduced !== null && product.collections.nodes.some((one) => reduced.collections.includes(numberOf(one.id) ?? ''))
  return {
    sku,
    key: numberOf(id)!,
    product: numberOf(product.id) ?? product.id,
    name: textOf(nameOf(variant)),
    category: taxons[0] ?? null,
    taxons,
    priceMinor: minorOf(contextualPricing.price.amount)!,
    taxPercent: !taxable ? 0 : isReduced ? reduced.percent : percent,
    ean: barcode ?? '',
    stock: inventoryItem.tracked && inventoryPolicy === 'DENY' ? Math.max(0, inventoryQuantity ?? 0) : null,
  }
}

const promotionOf = ({ id, discount }: ShopifyDiscountNode): ShopPromotion => ({
  id: promotionId(id),
  enabled: discount.status !== 'EXPIRED',
  name: textOf(discount.title),
  description: {},
  ...windowOf(discount),
  ...(discount.codes && discount.codes.nodes.length > 0 ? { trigger: { type: 'code', codes: discount.codes.nodes.map(({ code }) => normalCode(code)) } } : {}),
})
