/** What the Admin API returned as a snapshot of the shop. Pure. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import type { LeftOut, ShopArticle, ShopCategory, ShopDelivery, ShopPromotion, ShopSnapshot, ShopTexts } from '#hub/ports/web-shop/shop-snapshot.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { normalCode } from './vendure-basket.ts'
import { vendureOffers } from './vendure-offers.ts'
import type { VendureChannelRecord, VendureCollectionRecord, VendurePromotionRecord, VendureShippingRecord, VendureVariantRecord } from './vendure-queries.ts'
import type { VendureVariant } from './vendure-records.ts'

export type VendureRecords = {
  readonly channel: VendureChannelRecord
  readonly variants: readonly VendureVariantRecord[]
  readonly collections: readonly VendureCollectionRecord[]
  readonly promotions: readonly VendurePromotionRecord[]
  readonly shipping: readonly VendureShippingRecord[]
}

/** Which of the two runs is a setting of the server that no interface tells. */
const CANDIDATES: ShopSnapshot['dialects'] = [
  { name: 'vendure-3', policies: DIALECTS['vendure-3'], when: 'tax is made line by line (the default)' },
  { name: 'vendure-3-order-tax', policies: DIALECTS['vendure-3-order-tax'], when: 'tax is made once per rate (OrderLevelTaxCalculationStrategy)' },
]

export const vendureSnapshot = ({ channel, variants, collections, promotions, shipping }: VendureRecords): ShopSnapshot => {
  const sold = variants.filter(({ enabled, product }) => enabled && product.enabled)
  const keys = articleKeys(sold.map(({ sku, id }) => ({ sku, key: id })))
  const named = sold.flatMap((variant, i) => (keys[i] === null ? [] : [{ ...variant, sku: keys[i]! }]))
  const leftOut: readonly LeftOut[] = sold.filter((_, i) => keys[i] === null).map(({ name }) => ({ what: name, why: 'neither its number nor its id can be part of a document' }))
  return withHash({
    shopName: channel.code === '__default_channel__' ? 'Vendure' : channel.code,
    currency: channel.defaultCurrencyCode,
    pricesIncludeTax: channel.pricesIncludeTax,
    articles: named.map((variant) => articleOf(variant, channel)),
    categories: collections.map((one) => categoryOf(one, collections, channel)),
    promotions: promotions.map((one) => promotionOf(one, channel)),
    translated: vendureOffers(promotions, named satisfies readonly VendureVariant[], null),
    deliveries: shipping.map((one) => deliveryOf(one, channel)),
    dialects: CANDIDATES,
    settings: { channel: channel.code, language: channel.defaultLanguageCode, taxZone: channel.defaultTaxZone?.name ?? '' },
    leftOut,
  })
}

const articleOf = (variant: VendureVariantRecord, channel: VendureChannelRecord): ShopArticle => ({
  sku: variant.sku,
  key: variant.id,
  product: variant.product.id,
  name: texts(variant, channel),
  category: variant.product.collections.map(({ id }) => collectionId(id)).at(-1) ?? null,
  taxons: [...new Set([...variant.facetValues, ...variant.product.facetValues].map(({ id }) => id))],
  priceMinor: channel.pricesIncludeTax ? variant.priceWithTax : variant.price,
  taxPercent: variant.taxRateApplied.value,
  ean: '',
  stock: variant.trackInventory === 'FALSE' ? null : Math.max(0, variant.stockLevels.reduce((sum, { stockOnHand, stockAllocated }) => sum + stockOnHand - stockAllocated, 0)),
})

/** Facet values have plain numbers, so collections get a word before theirs. */
const collectionId = (id: string): string => `collection:${id}`

const categoryOf = ({ id, parentId, ...names }: VendureCollectionRecord, all: readonly VendureCollectionRecord[], channel: VendureChannelRecord): ShopCategory => ({
  id: collectionId(id),
  parent: parentId !== null && all.some((other) => other.id === parentId) ? collectionId(parentId) : null,
  name: texts(names, channel),
})

const promotionOf = (promotion: VendurePromotionRecord, channel: VendureChannelRecord): ShopPromotion => {
  const { id, enabled, couponCode, startsAt, endsAt } = promotion
  return {
    id,
    enabled,
    name: texts(promotion, channel),
    description: Object.fromEntries(promotion.translations.map((one) => [one.languageCode, plainText(one.description)])),
    ...(couponCode ? { trigger: { type: 'code', codes: [normalCode(couponCode)] } } : {}),
    ...(startsAt || endsAt ? { window: { ...(startsAt ? { from: startsAt } : {}), ...(endsAt ? { until: endsAt } : {}) } } : {}),
  }
}

/** The shop's editor writes HTML. */
const plainText = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll('&amp;', '&').replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ').trim()

const deliveryOf = (method: VendureShippingRecord, channel: VendureChannelRecord): ShopDelivery => {
  const { id, code, calculator, checker } = method
  const told = { key: id, kind: /pick|abhol|collect/i.test(code) ? 'pickup' : 'home', name: texts(method, channel) } as const
  const arg = (from: VendureShippingRecord['calculator'], name: string): string => from.args.find((one) => one.name === name)?.value ?? ''
  const [rate, taxPercent] = [Number(arg(calculator, 'rate')), Number(arg(calculator, 'taxRate'))]
  const only = (why: string): ShopDelivery => ({ ...told, priceMinor: null, taxPercent: 0, why })
  if (calculator.code !== 'default-shipping-calculator') return only(`its price is worked out by "${calculator.code}"`)
  if (!Number.isInteger(rate) || rate < 0 || !Number.isFinite(taxPercent)) return only('its price cannot be read')
  if (checker.code !== 'default-shipping-eligibility-checker') return only(`who may have it is decided by "${checker.code}"`)
  if (Number(arg(checker, 'orderMinimum')) > 0) return only('it is only for baskets from a minimum value on')
  const setting = arg(calculator, 'includesTax')
  const isGross = setting === 'include' || (setting !== 'exclude' && channel.pricesIncludeTax)
  return { ...told, priceMinor: isGross ? rate : Math.round(rate * (1 + taxPercent / 100)), taxPercent }
}

const texts = ({ name, translations }: { readonly name: string; readonly translations: readonly { readonly languageCode: string; readonly name: string }[] }, { defaultLanguageCode }: VendureChannelRecord): ShopTexts =>
  Object.fromEntries([[defaultLanguageCode, name], ...translations.map((one) => [one.languageCode, one.name] as const)].filter(([, text]) => text !== ''))
