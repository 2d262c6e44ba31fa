/** What the interface returned as a snapshot of the shop. Pure. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { LeftOut, ShopArticle, ShopCategory, ShopDelivery, ShopPromotion, ShopSnapshot, ShopTexts } from '#hub/ports/web-shop/shop-snapshot.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { codesOf, ruleName, rulesIn, saleorOffers, vouchersIn, windowOf, type NamedRule } from './saleor-offers.ts'
import { groupId, type NamedArticle } from './saleor-predicates.ts'
import type { CategoryRecord, ChannelRecord, PromotionRecord, RateRecord, ShippingRecord, VariantRecord, VoucherRecord, ZoneRecord } from './saleor-queries.ts'

export type SaleorRecords = {
  readonly shopName: string
  readonly channel: ChannelRecord
  readonly rates: readonly RateRecord[]
  readonly categories: readonly CategoryRecord[]
  readonly variants: readonly VariantRecord[]
  readonly promotions: readonly PromotionRecord[]
  readonly vouchers: readonly VoucherRecord[]
  readonly zones: readonly ZoneRecord[]
}

const SALEOR = { ...DIALECTS.saleor, exclusive: 'firstCodeOnly' } as const

/** A voucher on articles takes its percentage per line since 3.21, per piece before; both are asked. */
const CANDIDATES: ShopSnapshot['dialects'] = [
  { name: 'saleor-3.21', policies: { ...SALEOR, percentRound: { scope: 'line', mode: 'halfUp' } }, when: 'a voucher on articles is rounded once per line (3.21 and later)' },
  { name: 'saleor', policies: SALEOR, when: 'a voucher on articles is rounded for each piece (3.20 and before)' },
]

export const saleorSnapshot = (records: SaleorRecords): ShopSnapshot => {
  const { shopName, channel, categories, promotions, vouchers, zones } = records
  const { articles, named, leftOut } = articlesOf(records)
  return withHash({
    shopName,
    currency: channel.currencyCode,
    pricesIncludeTax: channel.taxConfiguration.pricesEnteredWithTax && channel.taxConfiguration.displayGrossPrices,
    articles,
    categories: categories.map((one) => categoryOf(one, categories)),
    promotions: [...rulesIn(promotions, channel.slug).map(ruleTold), ...vouchersIn(vouchers, channel.slug).map(voucherTold)],
    translated: saleorOffers(promotions, vouchers, { channel: channel.slug, articles: named }),
    deliveries: zones.filter(({ countries }) => countries.some(({ code }) => code === channel.defaultCountry.code)).flatMap(({ shippingMethods }) => (shippingMethods ?? []).flatMap((method) => deliveryOf(method, records))),
    dialects: CANDIDATES,
    settings: { channel: channel.slug, country: channel.defaultCountry.code },
    leftOut,
  })
}

type Told = { readonly name: string | null } | null
const textsOf = (name: string | null, de: Told, en: Told): ShopTexts => {
  const told: readonly (readonly [string, string | null])[] = [['und', name], ['de', de?.name ?? null], ['en', en?.name ?? null]]
  return Object.fromEntries(told.flatMap(([language, text]) => (text === null || text.trim() === '' ? [] : [[language, text]])))
}

type Articles = { readonly articles: readonly ShopArticle[]; readonly named: readonly NamedArticle[]; readonly leftOut: readonly LeftOut[] }

const articlesOf = (records: SaleorRecords): Articles => {
  const { channel, variants } = records
  const sold = variants.filter(({ product }) => product.channelListings?.some((one) => one.channel.slug === channel.slug && one.isPublished && one.isAvailableForPurchase !== false))
  const keys = articleKeys(sold.map(({ sku, id }) => ({ sku: sku ?? '', key: groupId(id) })))
  const articles: ShopArticle[] = []
  const named: NamedArticle[] = []
  const leftOut: LeftOut[] = []
  sold.forEach((variant, i) => {
    const article = articleOf(variant, keys[i]!, records)
    if (typeof article === 'string') leftOut.push({ what: `${variant.product.name} ${variant.name}`.trim(), why: article })
    else {
      articles.push(article)
      named.push({ sku: article.sku, variant: variant.id, product: variant.product.id, category: variant.product.category?.id ?? null, collections: (variant.product.collections ?? []).map(({ id }) => id) })
    }
  })
  return { articles, named, leftOut }
}

/** Or why it is not taken over. */
const articleOf = (variant: VariantRecord, sku: string | null, { channel, rates }: SaleorRecords): ShopArticle | string => {
  if (sku === null) return 'neither its number nor its id can be part of a document'
  const listed = variant.channelListings?.find((one) => one.channel.slug === channel.slug)?.price
  if (!listed) return 'it has no price in the channel'
  const priceMinor = minorOf(listed.amount)
  if (priceMinor === null) return `its price ${listed.amount} has parts of a cent`
  const { product, trackInventory, quantityAvailable } = variant
  return {
    sku,
    key: variant.id,
    product: product.id,
    name: namesOf(variant),
    category: product.category && groupId(product.category.id),
    taxons: [...new Set([...(product.category ? [product.category.id] : []), ...(product.collections ?? []).map(({ id }) => id)].map(groupId))],
    priceMinor,
    taxPercent: rateOf(product.taxClass ?? product.productType.taxClass, rates),
    ean: '',
    stock: trackInventory ? Math.max(0, quantityAvailable ?? 0) : null,
  }
}

/** Of a product and its variant, where that has a name of its own. */
const namesOf = ({ product, name, de, en, sku }: VariantRecord): ShopTexts => {
  const own = name === sku || name === product.name ? '' : name
  return Object.fromEntries(Object.entries(textsOf(product.name, product.de, product.en)).map(([language, text]) => {
    const behind = (language === 'de' ? de?.name : language === 'en' ? en?.name : own) ?? own
    return [language, behind === '' ? text : `${text} (${behind})`]
  }))
}

/** That of the country where the class has none. Units  percent. */
const rateOf = (taxClass: { readonly id: string } | null, rates: readonly RateRecord[]): number =>
  rates.find((one) => taxClass !== null && one.taxClass?.id === taxClass.id)?.rate ?? rates.find((one) => one.taxClass === null)?.rate ?? 0

const categoryOf = ({ id, parent, name, de, en }: CategoryRecord, all: readonly CategoryRecord[]): ShopCategory => ({ id: groupId(id), parent: parent && all.some((other) => other.id === parent.id) ? groupId(parent.id) : null, name: textsOf(name, de, en) })

const ruleTold = (named: NamedRule): ShopPromotion => {
  const { promotion, rule } = named
  const joined = (outer: Told, inner: Told): Told => (outer?.name ? { name: inner?.name ? `${outer.name}: ${inner.name}` : outer.name } : null)
  return { id: rule.id, enabled: true, name: textsOf(ruleName(named), joined(promotion.de, rule.de), joined(promotion.en, rule.en)), description: {}, ...windowOf(promotion) }
}

const voucherTold = (voucher: VoucherRecord): ShopPromotion => {
  const codes = codesOf(voucher)
  // The codes of a voucher that nobody outside can compute are told too, but not by the hundred.
  return { id: voucher.id, enabled: codes.length > 0, name: textsOf(voucher.name ?? codes[0] ?? null, voucher.de, voucher.en), description: {}, ...(codes.length > 0 ? { trigger: { type: 'code', codes } } : {}), ...windowOf(voucher) }
}

const deliveryOf = (method: ShippingRecord, { channel, rates }: SaleorRecords): readonly ShopDelivery[] => {
  const listing = method.channelListings?.find((one) => one.channel.slug === channel.slug)
  if (!listing) return []
  const told = { key: method.id, kind: /pick|abhol|collect/i.test(method.name) ? ('pickup' as const) : ('home' as const), name: textsOf(method.name, method.de, method.en) }
  const priceMinor = listing.price ? minorOf(listing.price.amount) : null
  const why = whyOnlyThere(method, listing)
  if (why !== null || priceMinor === null || priceMinor < 0) return [{ ...told, priceMinor: null, taxPercent: 0, why: why ?? 'its price cannot be read' }]
  return [{ ...told, priceMinor, taxPercent: rateOf(method.taxClass, rates) }]
}

const whyOnlyThere = ({ type, postalCodeRules, excludedProducts }: ShippingRecord, { minimumOrderPrice, maximumOrderPrice }: NonNullable<ShippingRecord['channelListings']>[number]): string | null => {
  if (type !== 'PRICE') return 'it goes by weight'
  if ((minimumOrderPrice?.amount ?? 0) > 0 || maximumOrderPrice !== null) return 'it is only for baskets of a certain worth'
  if ((postalCodeRules ?? []).length > 0) return 'it is only for certain postcodes'
  return (excludedProducts?.edges ?? []).length > 0 ? 'it is not for all articles' : null
}
