/** What the shop's interfaces returned as a snapshot of the shop. Pure. */
import * as v from 'valibot'
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import type { LeftOut, ShopArticle, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { NotComputable } from '#hub/ports/translated-offers.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { medusaTaxons } from './medusa-basket.ts'
import { deliveriesOf } from './medusa-deliveries.ts'
import type { MedusaLists } from './medusa-lists.ts'
import { medusaOffers } from './medusa-offers.ts'
import type { MedusaPromotion, MedusaRegion } from './medusa-records.ts'
import { knownPromotion, type MedusaPriceListRecord, type MedusaProductRecord, type MedusaPromotionRecord, type MedusaSaleRecord } from './medusa-replies.ts'
import { majorToMinor } from './medusa-rules.ts'
import { tiedPromotions } from './medusa-ties.ts'
import { taxPercentOf } from './medusa-tax.ts'

/** The shop has names in one language. Both are filled with it by who shows them. */
const LANGUAGE = 'en'

export const medusaSnapshot = (records: MedusaLists): ShopSnapshot => {
  const { counter, categories, promotions, sold } = records
  const { region, country, salesChannels } = counter
  const variants = sold.flatMap((product) => (product.variants ?? []).map((variant) => ({ product, variant })))
  const isGross = variants.some(({ variant }) => variant.calculated_price?.is_calculated_price_tax_inclusive === true)
  const facts = { 'region.id': region.id, 'shipping_address.country_code': country, currency_code: region.currency_code, ...(salesChannels.length === 1 ? { sales_channel_id: salesChannels[0]! } : {}) }
  const priced: MedusaRegion = { currencyCode: region.currency_code, taxInclusive: isGross, facts, groups: groupsOf(records.products) }
  const keys = articleKeys(variants.map(({ variant }) => ({ sku: variant.sku ?? '', key: variant.id })))
  const made = variants.map(({ product, variant }, i): ShopArticle | LeftOut => {
    const what = `${product.title} ${variant.title ?? ''}`.trim()
    const article = articleOf(product, variant, keys[i] ?? null, records, priced)
    return 'why' in article ? { what, why: article.why } : article
  })
  const articles = made.filter((one) => 'sku' in one)
  const offers = translated(promotions, priced, articles)
  const never = new Set<string>(offers.offers.filter(isNever).map(({ id }) => id))
  return withHash({
    shopName: 'Medusa',
    currency: region.currency_code.toUpperCase(),
    pricesIncludeTax: isGross,
    articles,
    categories: categories.map(({ id, name, parent_category_id: parent }) => ({ id: `category:${id}`, parent: parent === null ? null : `category:${parent}`, name: { [LANGUAGE]: name } })),
    promotions: promotions.map((record) => promotionOf(record, never.has(record.id))),
    translated: offers,
    deliveries: deliveriesOf(records, priced),
    dialects: [{ name: 'medusa-2.18', policies: DIALECTS['medusa-2.18'], when: 'always: it has no settings for it' }],
    settings: { region: region.name, country },
    leftOut: made.filter((one) => 'why' in one),
  })
}

const groupsOf = (products: readonly MedusaProductRecord[]): NonNullable<MedusaRegion['groups']> => ({
  tag: [...new Set(products.flatMap(({ tags }) => tags ?? []).map(({ id }) => id))].toSorted(),
  category: [...new Set(products.flatMap(({ categories }) => categories ?? []).map(({ id }) => id))].toSorted(),
})

type Why = { readonly why: string }
type Variant = NonNullable<MedusaSaleRecord['variants']>[number]

const articleOf = (sale: MedusaSaleRecord, variant: Variant, sku: string | null, { products, priceLists, taxes }: MedusaLists, region: MedusaRegion): ShopArticle | Why => {
  const product = products.find(({ id }) => id === sale.id)
  const price = variant.calculated_price
  if (sku === null) return { why: 'neither its number nor its id can be part of a document' }
  if (!product) return { why: 'it is sold, but not in the list of products' }
  if (!price || price.calculated_amount === null) return { why: 'it has no price in this region' }
  if ((price.is_calculated_price_tax_inclusive === true) !== region.taxInclusive) return { why: 'its price is listed the other way about tax than the others' }
  if (hasSteps(variant.id, product, priceLists)) return { why: 'its price depends on the number of pieces' }
  const taxPercent = taxPercentOf(taxes, [{ reference: 'product', id: product.id }, { reference: 'product_type', id: product.type_id }])
  if (taxPercent === null) return { why: 'its tax is worked out by another service, or by several rates at once' }
  const { id, title, ean } = variant
  return {
    sku,
    key: id,
    product: product.id,
    name: { [LANGUAGE]: [sale.title, ...((sale.variants ?? []).length > 1 && title ? [title] : [])].join(', ') },
    category: product.categories?.[0] ? `category:${product.categories[0].id}` : null,
    taxons: medusaTaxons({ ...product, tags: product.tags ?? [], categories: product.categories ?? [] }),
    priceMinor: majorToMinor(price.calculated_amount, region),
    taxPercent,
    ean: ean ?? '',
    stock: variant.manage_inventory === true && variant.allow_backorder !== true ? Math.max(0, Math.floor(variant.inventory_quantity ?? 0)) : null,
  }
}

const hasSteps = (variant: string, product: MedusaProductRecord, lists: readonly MedusaPriceListRecord[]): boolean => {
  const own = product.variants?.find(({ id }) => id === variant)?.prices ?? []
  const listed = lists.flatMap(({ prices }) => prices ?? []).filter((price) => price.variant_id === variant)
  return [...own, ...listed].some((price) => price.min_quantity !== null || price.max_quantity !== null)
}

const TIED = 'another promotion has the same value: which of the two comes first is not known'

/** Order  of the shop's own list. */
const translated = (promotions: readonly MedusaPromotionRecord[], region: MedusaRegion, articles: readonly ShopArticle[]): ShopSnapshot['translated'] => {
  const notComputable: NotComputable[] = []
  const known: MedusaPromotion[] = []
  for (const record of promotions) {
    const read = readPromotion(record)
    if ('why' in read) notComputable.push({ offerId: record.id, why: read.why })
    else known.push(read)
  }
  const all = medusaOffers(known, region)
  const left = new Set<string>([...all.notComputable, ...all.warnings.filter(({ leave }) => leave)].map(({ offerId }) => offerId))
  const tied = tiedPromotions(known.filter(({ id }) => !left.has(id)), region, articles)
  const told = [...tied].map((offerId): NotComputable => ({ offerId, why: TIED }))
  return { ...all, offers: all.offers.filter(({ id }) => !tied.has(id)), notComputable: [...notComputable, ...told, ...all.notComputable] }
}

/** How often a limited promotion was used is left out: every order would be a change, and others use it too. */
const readPromotion = (record: MedusaPromotionRecord): MedusaPromotion | Why => {
  const read = v.safeParse(knownPromotion, record)
  if (!read.success) return { why: `its form is not known: ${v.getDotPath(read.issues[0]) ?? 'promotion'}: ${read.issues[0].message}`.slice(0, 200) }
  const { limit, campaign, application_method: method, ...rest } = read.output
  if (limit !== null || (campaign?.budget?.limit ?? null) !== null) return { why: 'its uses are limited, and only the shop knows how many are left' }
  const applied = { ...method, currency_code: method.currency_code?.toLowerCase() ?? null }
  return { ...rest, limit: null, used: 0, campaign: campaign && { starts_at: campaign.starts_at, ends_at: campaign.ends_at, budget: null }, application_method: applied }
}

/** For another country, region or currency: nobody is told of it here. */
const isNever = ({ when }: Offer): boolean => when?.type === 'all' && when.of.some(({ type }) => type === 'never')

const promotionOf = ({ id, code, status, is_automatic: isAutomatic, campaign }: MedusaPromotionRecord, isNever: boolean): ShopPromotion => {
  const { starts_at: from, ends_at: until, description } = campaign ?? { starts_at: null, ends_at: null, description: null }
  return {
    id,
    enabled: status === 'active' && !isNever,
    name: { [LANGUAGE]: code },
    description: description ? { [LANGUAGE]: description } : {},
    ...(isAutomatic ? {} : { trigger: { type: 'code', codes: [code] } }),
    ...(from || until ? { window: { ...(from ? { from } : {}), ...(until ? { until } : {}) } } : {}),
  }
}
