/** The articles that a discount names. */
import type { Filter } from '#shared/offers/offer.ts'
import { collectionTaxon, numberOf } from './shopify-ids.ts'
import type { ShopifyItemsRecord } from './shopify-queries.ts'

/** An article of the snapshot as discounts look at it. */
export type SoldArticle = { readonly key: string; readonly sku: string; readonly product: string; readonly taxons: readonly string[] }

type Why = { readonly why: string }
type Listed = NonNullable<ShopifyItemsRecord['products']>

/** Variants that are not sold are no part of it. */
export const selectOf = (items: ShopifyItemsRecord, articles: readonly SoldArticle[]): Filter | Why => {
  const lists = [items.products, items.productVariants, items.collections].filter((one): one is Listed => one !== undefined)
  if (lists.some(({ pageInfo }) => pageInfo.hasNextPage)) return { why: 'it names more articles than the shop tells at once' }
  switch (items.kind) {
    case 'AllDiscountItems':
      return {}
    case 'DiscountCollections':
      return { taxons: (items.collections?.nodes ?? []).map(({ id }) => collectionTaxon(id)) }
    case 'DiscountProducts': {
      const products = idsOf(items.products)
      const variants = idsOf(items.productVariants)
      const skus = articles.filter(({ key }) => variants.includes(key)).map(({ sku }) => sku)
      return products.length > 0 && variants.length > 0 ? { any: [{ products }, { skus }] } : products.length > 0 ? { products } : { skus }
    }
    default:
      return { why: `"${items.kind.slice(0, 40)}" is a kind of selection that is not known here` }
  }
}

const idsOf = (list: Listed | undefined): readonly string[] => (list?.nodes ?? []).flatMap(({ id }) => numberOf(id) ?? [])

/** The sold articles that a selection made by `selectOf` means. */
export const articlesIn = (select: Filter, articles: readonly SoldArticle[]): readonly SoldArticle[] => articles.filter((article) => isIn(select, article))

const isIn = ({ skus, products, taxons, any }: Filter, article: SoldArticle): boolean =>
  (skus === undefined || skus.includes(article.sku)) &&
  (products === undefined || products.includes(article.product)) &&
  (taxons === undefined || taxons.some((one) => article.taxons.includes(one))) &&
  (any === undefined || any.some((one) => isIn(one, article)))
