/** What the Admin API returned as a snapshot of the shop. Pure. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { LeftOut, ShopArticle, ShopCategory, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { deliveryOf } from './shopware-deliveries.ts'
import { shopwareOffers, termsOf } from './shopware-offers.ts'
import { priceOf, taxOf, type PriceTerms } from './shopware-prices.ts'
import type { CategoryRecord, CurrencyRecord, ProductRecord, PromotionRecord, RuleRecord, SalesChannelRecord, ShippingRecord, TaxRecord } from './shopware-replies.ts'
import { ruleTree, type RuledArticle } from './shopware-rules.ts'
import { textsOf } from './shopware-texts.ts'

export type ShopwareRecords = {
  readonly channel: SalesChannelRecord
  readonly currency: CurrencyRecord
  readonly taxes: readonly TaxRecord[]
  readonly rules: readonly RuleRecord[]
  readonly categories: readonly CategoryRecord[]
  readonly products: readonly ProductRecord[]
  readonly promotions: readonly PromotionRecord[]
  readonly shipping: readonly ShippingRecord[]
}

/** Errors  a setting of the shop under which nobody outside gets its cents. */
export const shopwareSnapshot = (records: ShopwareRecords): Result<ShopSnapshot, string> => {
  const { channel, currency, taxes, rules, products, promotions, shipping } = records
  const total = roundingOf(records)
  if (!total.ok) return total
  const world = { articles: [], salesChannel: channel.id, currency: currency.id }
  const terms: PriceTerms = { currency: currency.id, country: channel.countryId, gross: channel.customerGroup.displayGross, rules, taxes, world }
  const { articles, ruled, leftOut } = articlesOf(records, terms)
  const rates = new Set(articles.map(({ taxPercent }) => taxPercent))
  const policies = total.value === 1 ? DIALECTS.shopware : { ...DIALECTS.shopware, cashRounding: { intervalMinor: total.value, mode: 'halfUp' as const } }
  return ok(withHash({
    shopName: channel.translated?.name ?? channel.name ?? 'Shopware',
    currency: currency.isoCode,
    pricesIncludeTax: terms.gross,
    articles,
    categories: records.categories.map((one) => categoryOf(one, records.categories)),
    promotions: promotions.map(promotionOf),
    translated: shopwareOffers(promotions, { ...world, articles: ruled, rules: new Map(rules.map((rule) => [rule.id, ruleTree(rule)])) }),
    deliveries: [...shipping].sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).map((method) => deliveryOf(method, products, rates, terms)),
    dialects: [{ name: 'shopware', policies, when: total.value === 1 ? 'totals are rounded to the cent' : `totals are rounded to ${total.value} cents` }],
    settings: { salesChannel: channel.id, taxCalculation: channel.taxCalculationType ?? 'horizontal' },
    leftOut,
  }))
}

/** Units  minor units of which the total is a multiple. A country may have a rounding of its own. */
export const roundingOf = ({ channel, currency }: Pick<ShopwareRecords, 'channel' | 'currency'>): Result<number, string> => {
  const { itemRounding: item, totalRounding: total } = currency.countryRoundings.find(({ countryId }) => countryId === channel.countryId) ?? currency
  if (item.decimals !== 2 || minorOf(item.interval) !== 1) return err(`it rounds prices to ${item.interval}, not to a cent`)
  const interval = minorOf(total.interval)
  return total.decimals === 2 && interval !== null && interval > 0 ? ok(interval) : err(`it rounds totals to ${total.interval}`)
}

type Articles = { readonly articles: readonly ShopArticle[]; readonly ruled: readonly RuledArticle[]; readonly leftOut: readonly LeftOut[] }

const articlesOf = ({ products, categories }: ShopwareRecords, terms: PriceTerms): Articles => {
  const keys = articleKeys(products.map(({ productNumber, id }) => ({ sku: productNumber, key: id })))
  const leftOut: LeftOut[] = []
  const articles: ShopArticle[] = []
  const ruled: RuledArticle[] = []
  products.forEach((product, i) => {
    const article = articleOf(product, keys[i]!, categories, terms)
    if (typeof article === 'string') leftOut.push({ what: product.translated?.name ?? product.productNumber, why: article })
    else {
      articles.push(article)
      ruled.push(ruledOf(product, article))
    }
  })
  return { articles, ruled, leftOut }
}

/** Or why it is not taken over. */
const articleOf = (product: ProductRecord, sku: string | null, categories: readonly CategoryRecord[], terms: PriceTerms): ShopArticle | string => {
  if (sku === null) return 'neither its number nor its id can be part of a document'
  if ((product.minPurchase ?? 1) > 1 || (product.purchaseSteps ?? 1) > 1) return 'it is sold in several pieces at once only'
  const price = priceOf(product, terms)
  if ('why' in price) return price.why
  const tax = taxOf(product.taxId, terms)
  if ('why' in tax) return tax.why
  const options = product.options.map(({ name, translated }) => translated?.name ?? name).filter((name) => name !== null)
  return {
    sku,
    key: product.id,
    product: product.parentId ?? product.id,
    name: textsOf(product, options.length > 0 ? ` (${options.join(', ')})` : ''),
    category: deepest(product.categoryIds, categories),
    taxons: [...new Set(product.categoryTree)],
    priceMinor: price.minor,
    taxPercent: tax.percent,
    ean: product.ean ?? '',
    // Only clearance articles end; all others are sold on.
    stock: product.isCloseout === true ? Math.max(0, product.availableStock ?? product.stock ?? 0) : null,
  }
}

const ruledOf = ({ id, parentId, categoryTree, manufacturerId, tagIds, propertyIds, optionIds, streamIds }: ProductRecord, { sku, priceMinor }: ShopArticle): RuledArticle => ({
  sku, id, parentId, categories: categoryTree, manufacturer: manufacturerId, tags: tagIds, properties: [...propertyIds, ...optionIds], streams: streamIds, priceMinor,
})

const deepest = (ids: readonly string[], categories: readonly CategoryRecord[]): string | null =>
  categories.filter(({ id }) => ids.includes(id)).reduce<CategoryRecord | null>((most, one) => (most && (most.level ?? 0) >= (one.level ?? 0) ? most : one), null)?.id ?? null

const categoryOf = (category: CategoryRecord, all: readonly CategoryRecord[]): ShopCategory => ({
  id: category.id,
  parent: all.some(({ id }) => id === category.parentId) ? category.parentId : null,
  name: textsOf(category),
})

const promotionOf = (promotion: PromotionRecord): ShopPromotion => ({ id: promotion.id, enabled: promotion.active, name: textsOf(promotion), description: {}, ...termsOf(promotion) })
