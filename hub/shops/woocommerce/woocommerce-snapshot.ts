/** What the shop's interfaces returned as a snapshot of the shop. Pure. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import type { LeftOut, ShopArticle, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { majorToMinor, normalCode, ON_SALE, utc } from './woocommerce-basket.ts'
import { deliveriesOf, HOME, type WooDeliveries } from './woocommerce-deliveries.ts'
import { FREE_DELIVERY, freeByCouponId } from './woocommerce-offers.ts'
import { pricingPlugins, type PricingPlugin } from './woocommerce-plugins.ts'
import { couponsAsOffers } from './woocommerce-coupons.ts'
import type { WooLists } from './woocommerce-read.ts'
import type { WooSettings } from './woocommerce-records.ts'
import type { WooCategoryRecord, WooCouponRecord, WooProductRecord, WooVariationRecord } from './woocommerce-replies.ts'
import { taxPercentOf } from './woocommerce-tax.ts'

export const wooSnapshot = (lists: WooLists): ShopSnapshot => {
  const settings = settingsOf(lists)
  const language = (lists.system?.environment.language ?? '').slice(0, 2).toLowerCase() || 'de'
  const { articles, leftOut, classes } = articlesOf(lists, settings, language)
  const deliveries = deliveriesOf(lists, settings, classes, language)
  const plugins = pricingPlugins(lists.system)
  return withHash({
    shopName: text(lists.siteName) || 'WooCommerce',
    currency: settings.currency,
    pricesIncludeTax: settings.pricesIncludeTax,
    articles,
    categories: lists.categories.map(({ id, name, parent }) => ({ id: String(id), parent: parent === 0 ? null : String(parent), name: { [language]: text(name) } })),
    promotions: promotionsOf(lists, deliveries, plugins, language),
    translated: couponsAsOffers(lists, settings, deliveries.free && { id: HOME, price: '', taxPercent: '0', free: deliveries.free }, plugins),
    deliveries: deliveries.deliveries,
    dialects: [dialectOf(lists)],
    settings: Object.fromEntries(TOLD.flatMap((id) => (lists.settings.has(id) ? [[id, lists.settings.get(id)!]] : []))),
    leftOut: [...leftOut, ...deliveries.leftOut, ...(lists.system === null ? [{ what: 'plugins', why: 'this key may not see which ones work on prices; only comparing baskets shows it' }] : [])],
  })
}

/** Settings that decide cents beyond those that are computed with. */
const TOLD = ['woocommerce_tax_based_on', 'woocommerce_shipping_tax_class', 'woocommerce_tax_round_at_subtotal', 'woocommerce_calc_discounts_sequentially', 'woocommerce_tax_display_cart', 'woocommerce_tax_display_shop', 'woocommerce_default_country'] as const

export const settingsOf = ({ settings }: Pick<WooLists, 'settings'>): WooSettings => ({
  currency: settings.get('woocommerce_currency') ?? '',
  decimals: Number(settings.get('woocommerce_price_num_decimals') ?? 2),
  pricesIncludeTax: settings.get('woocommerce_prices_include_tax') === 'yes',
  roundAtSubtotal: settings.get('woocommerce_tax_round_at_subtotal') === 'yes',
  cartShowsTax: settings.get('woocommerce_tax_display_cart') !== 'excl',
  taxRates: {},
})

/** All of it stands in settings, so there is one way only. */
const dialectOf = ({ settings }: WooLists): ShopSnapshot['dialects'][number] => {
  const isOnce = settings.get('woocommerce_tax_round_at_subtotal') === 'yes'
  const inTurn = settings.get('woocommerce_calc_discounts_sequentially') === 'yes'
  const policies: Policies = { ...DIALECTS['woocommerce-10'], exclusive: 'firstCodeOnly', ...(isOnce && { tax: 'wooSubtotal' as const }), ...(inTurn && { sequential: true }) }
  return {
    name: `woocommerce-10${isOnce ? '-subtotal-tax' : ''}${inTurn ? '-sequential' : ''}`,
    policies,
    when: `tax is rounded ${isOnce ? 'once at the subtotal' : 'line by line'}, codes are taken from ${inTurn ? 'what the ones before have left' : 'the price'}`,
  }
}

type Made = { readonly articles: readonly ShopArticle[]; readonly leftOut: readonly LeftOut[]; /** Tax classes of what is sold. */ readonly classes: readonly string[] }
/** What is put into a cart: a product without variants, or one of its variants. */
type Sold = { readonly product: WooProductRecord; readonly own: WooProductRecord | WooVariationRecord; readonly name: string }

const articlesOf = (lists: WooLists, settings: WooSettings, language: string): Made => {
  const sold = lists.products.flatMap((product): readonly Sold[] =>
    product.type === 'variable'
      ? (lists.variations.get(product.id) ?? []).map((own) => ({ product, own, name: [product.name, own.attributes.map(({ option }) => option).join(', ')].filter((part) => part !== '').join(' – ') }))
      : [{ product, own: product, name: product.name }],
  )
  const keys = articleKeys(sold.map(({ own }) => ({ sku: own.sku, key: String(own.id) })))
  const made = sold.map((one, i): LeftOut | { readonly taxClass: string | null; readonly article: ShopArticle } => {
    const why = whyNotSold(one) ?? (keys[i] === null ? 'neither its number nor its id can be part of a document' : null)
    const taxClass = taxClassOf(one)
    const taxPercent = taxClass === null ? 0 : taxPercentOf(lists, taxClass)
    if (why !== null || taxPercent === null) return { what: text(one.name), why: why ?? 'its tax depends on more than the country' }
    return { taxClass, article: articleOf(one, keys[i]!, { taxPercent, lists, settings, language }) }
  })
  const articles = made.flatMap((one) => ('article' in one ? [one] : []))
  return { articles: articles.map(({ article }) => article), leftOut: made.filter((one) => 'why' in one), classes: [...new Set(articles.flatMap(({ taxClass }) => taxClass ?? []))] }
}

const whyNotSold = ({ product, own }: Sold): string | null => {
  if (product.type !== 'simple' && product.type !== 'variable') return `a product of type "${product.type}" is priced or sold elsewhere`
  if (own.status !== 'publish') return 'this variant is switched off'
  if (!own.purchasable) return 'the shop does not sell it'
  if (own.virtual) return 'it is not delivered, so what delivery costs beside it is not known'
  if (product.sold_individually) return 'the shop sells one piece of it at a time only'
  const open = 'variations' in own ? undefined : product.attributes.find(({ name, variation }) => variation && !(own as WooVariationRecord).attributes.some((one) => one.name === name && one.option !== ''))
  return open ? `"${open.name}" is chosen in the shop` : null
}

/** Null where it bears no tax. */
const taxClassOf = ({ product, own }: Sold): string | null => {
  if (own.tax_status !== 'taxable') return null
  return own.tax_class === 'parent' ? product.tax_class : own.tax_class
}

type Terms = { readonly taxPercent: number; readonly lists: WooLists; readonly settings: WooSettings; readonly language: string }

const articleOf = ({ product, own, name }: Sold, sku: string, { taxPercent, lists, settings, language }: Terms): ShopArticle => ({
  sku,
  key: String(own.id),
  product: String(own.id),
  name: { [language]: text(name) },
  category: product.categories[0] ? String(product.categories[0].id) : null,
  // Coupons of a category hold for everything below it.
  taxons: [...new Set(product.categories.flatMap(({ id }) => withAncestors(id, lists.categories)).map(String)), ...(own.on_sale ? [ON_SALE] : [])],
  priceMinor: majorToMinor(own.price, settings),
  taxPercent,
  ean: own.global_unique_id,
  stock: stockOf(product, own),
})

const stockOf = (product: WooProductRecord, own: Sold['own']): number | null => {
  const counted = own.manage_stock === 'parent' ? product : own
  if (own.stock_status === 'outofstock') return 0
  return counted.manage_stock === true && counted.backorders === 'no' ? Math.max(0, Math.floor(counted.stock_quantity ?? 0)) : null
}

const withAncestors = (id: number, categories: readonly WooCategoryRecord[]): readonly number[] => {
  const chain: number[] = []
  for (let at = id; at !== 0 && !chain.includes(at); at = categories.find((one) => one.id === at)?.parent ?? 0) chain.push(at)
  return chain
}

const promotionsOf = (lists: WooLists, { free, freeTitle }: WooDeliveries, plugins: readonly PricingPlugin[], language: string): readonly ShopPromotion[] => {
  const codesCount = lists.settings.get('woocommerce_enable_coupons') !== 'no'
  const ofCoupon = (coupon: WooCouponRecord, { id, name }: Pick<ShopPromotion, 'id' | 'name'> = { id: String(coupon.id), name: { [language]: coupon.code } }): ShopPromotion => ({
    id,
    enabled: coupon.status === 'publish' && codesCount,
    name,
    description: text(coupon.description) === '' ? {} : { [language]: text(coupon.description) },
    trigger: { type: 'code', codes: [normalCode(coupon.code)] },
    ...(coupon.date_expires_gmt === null ? {} : { window: { until: utc(coupon.date_expires_gmt) } }),
  })
  const title = { [language]: freeTitle === '' ? (language === 'de' ? 'Kostenlose Lieferung' : 'Free delivery') : freeTitle }
  const byCoupon = free && free.requires !== 'min_amount' ? lists.coupons.filter((coupon) => coupon.free_shipping) : []
  return [
    ...lists.coupons.map((coupon) => ofCoupon(coupon)),
    ...byCoupon.map((coupon) => ofCoupon(coupon, { id: freeByCouponId(coupon.id), name: title })),
    ...(free?.requires === 'min_amount' || free?.requires === 'either' ? [{ id: FREE_DELIVERY, name: title, description: {} }] : []),
    ...plugins.map(({ id, name }) => ({ id, name: { [language]: name }, description: {} })),
  ]
}

/** WordPress keeps names with marks and entities in them. */
const text = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, ' ').replaceAll('&nbsp;', ' ').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll(/&#(\d{2,6});/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&').replaceAll(/\s+/g, ' ').trim()
