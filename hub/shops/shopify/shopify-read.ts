/** Reads the whole shop, page by page. */
import type * as v from 'valibot'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ShopifyClient } from './shopify-client.ts'
import { COLLECTIONS, collectionsReply, DISCOUNT, discountReply, DISCOUNTS, discountsReply, MEMBERSHIP, membershipReply, SHOP, shopReply, VARIANTS, variantsReply, type ShopifyDiscountNode, type ShopifyVariantRecord } from './shopify-queries.ts'
import type { ShopifyRecords } from './shopify-snapshot.ts'

/** 100,000 records or more: another kind of house. */
const MAX_PAGES = 2000
export type PageSizes = { readonly variants: number; readonly collections: number; readonly discounts: number; readonly orders: number }
/** None of the questions costs more than the shop allows for one. */
export const PAGE_SIZES: PageSizes = { variants: 50, collections: 250, discounts: 5, orders: 50 }
/** Of what one discount names: at first, and all that it may. */
const NAMED = { first: 25, all: 100 } as const

type Read<T> = Promise<Result<T, ShopTrouble>>

export const readShop = async (client: ShopifyClient, country: string, sizes: PageSizes): Read<ShopifyRecords> => {
  const shop = await client.admin({ query: SHOP, reply: shopReply })
  if (!shop.ok) return shop
  const variants = await readVariants(client, country, sizes.variants)
  if (!variants.ok) return variants
  const collections = await readPages(client, COLLECTIONS, collectionsReply, { first: sizes.collections }, ({ id }) => id)
  if (!collections.ok) return collections
  const discounts = await readDiscounts(client, sizes.discounts)
  return discounts.ok ? ok({ shop: shop.value.shop, variants: variants.value, collections: collections.value, discounts: discounts.value }) : discounts
}

/** Articles in more collections than a page holds are asked about again: an offer may name any of them. */
const readVariants = async (client: ShopifyClient, country: string, first: number): Read<readonly ShopifyVariantRecord[]> => {
  const read = await readPages(client, VARIANTS, variantsReply, { first, country }, ({ id }) => id)
  if (!read.ok) return read
  const whole = new Map<string, ShopifyVariantRecord['product']['collections']>()
  for (const { product } of read.value) {
    if (!product.collections.pageInfo.hasNextPage || whole.has(product.id)) continue
    const said = await client.admin({ query: MEMBERSHIP, variables: { id: product.id }, reply: membershipReply })
    if (!said.ok) return said
    const collections = said.value.product?.collections
    if (!collections || collections.pageInfo.hasNextPage) return err({ type: 'Nonsense', why: 'an article in more than 250 collections' })
    whole.set(product.id, collections)
  }
  return ok(read.value.map((variant) => withCollections(variant, whole.get(variant.product.id))))
}

const withCollections = (variant: ShopifyVariantRecord, collections: ShopifyVariantRecord['product']['collections'] | undefined): ShopifyVariantRecord =>
  collections ? { ...variant, product: { ...variant.product, collections } } : variant

/** Discounts that name more articles than a page holds are asked about again, one by one. */
export const readDiscounts = async (client: ShopifyClient, first: number): Read<readonly ShopifyDiscountNode[]> => {
  const read = await readPages(client, DISCOUNTS, discountsReply, { first, named: NAMED.first }, ({ id }) => id)
  if (!read.ok) return read
  const whole: ShopifyDiscountNode[] = []
  for (const one of read.value) {
    const said = namesMore(one) ? await client.admin({ query: DISCOUNT, variables: { id: one.id, named: NAMED.all }, reply: discountReply }) : null
    if (said && !said.ok) return said
    whole.push(said?.value.node ?? one)
  }
  return ok(whole)
}

const namesMore = ({ discount: { customerBuys, customerGets } }: ShopifyDiscountNode): boolean =>
  [customerBuys?.items, customerGets?.items].some((items) => [items?.products, items?.productVariants, items?.collections].some((list) => list?.pageInfo.hasNextPage === true))

type Page<T> = { readonly page: { readonly nodes: readonly T[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } }

/** All records; one that moved to a later page meanwhile counts once. */
export const readPages = async <T>(client: ShopifyClient, query: string, reply: v.GenericSchema<unknown, Page<T>>, variables: { readonly [name: string]: unknown }, idOf: (one: T) => string): Read<readonly T[]> => {
  const all = new Map<string, T>()
  let after: string | null = null
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const read: Result<Page<T>, ShopTrouble> = await client.admin({ query, variables: { ...variables, after }, reply })
    if (!read.ok) return read
    const { nodes, pageInfo }: Page<T>['page'] = read.value.page
    for (const one of nodes) all.set(idOf(one), one)
    if (!pageInfo.hasNextPage) return ok([...all.values()])
    if (pageInfo.endCursor === null || pageInfo.endCursor === after) return err({ type: 'Nonsense', why: 'its list goes on and does not say where' })
    after = pageInfo.endCursor
  }
  return err({ type: 'Nonsense', why: `lists of more than ${MAX_PAGES} pages` })
}
