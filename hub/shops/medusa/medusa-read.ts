/** Reads everything that the shop's prices depend on: full lists, because its stamps of change do not move with values, windows and prices. */
import * as v from 'valibot'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { troubleOf, type MedusaClient } from './medusa-client.ts'
import type { MedusaCounter } from './medusa-counter.ts'
import { CATEGORY_FIELDS, categoryRecord, onSale, PREFERENCES, preferencesReply, PRICE_LIST_FIELDS, priceListRecord, PRODUCT_FIELDS, productRecord, PROMOTION_FIELDS, promotionRecord, saleRecord, SHIPPING_FIELDS, shippingRecord, taxesOf, taxesReply } from './medusa-replies.ts'
import type { MedusaLists } from './medusa-lists.ts'

/** 100,000 records: more is another kind of house. */
const MAX_PAGES = 1000

export const readRecords = async (client: MedusaClient, counter: MedusaCounter, pageSize: number): Promise<Result<MedusaLists, ShopTrouble>> => {
  const { region, country, publishableKey } = counter
  const list = <T extends { readonly id: string }>(path: string, fields: string, name: string, record: v.GenericSchema<unknown, T>): Promise<Result<readonly T[], ShopTrouble>> =>
    readPages(name, record, pageSize, (page, reply) => client.admin({ path: `${path}?${fields}&${page}`, reply }))
  const preferences = await client.admin({ path: PREFERENCES, reply: preferencesReply })
  if (!preferences.ok) return preferences
  const taxes = await client.admin({ path: taxesOf(country), reply: taxesReply })
  if (!taxes.ok) return taxes
  const products = await list('/admin/products', PRODUCT_FIELDS, 'products', productRecord)
  if (!products.ok) return products
  const sold = await readPages('products', saleRecord, pageSize, async (page, reply) => {
    const said = await client.store({ method: 'GET', path: `${onSale(region.id, country)}&order=id&${page}`, reply, repeatable: true }, publishableKey)
    return said.ok ? said : err(troubleOf(said.error))
  })
  if (!sold.ok) return sold
  const categories = await list('/admin/product-categories', CATEGORY_FIELDS, 'product_categories', categoryRecord)
  if (!categories.ok) return categories
  const priceLists = await list('/admin/price-lists', PRICE_LIST_FIELDS, 'price_lists', priceListRecord)
  if (!priceLists.ok) return priceLists
  const shipping = await list('/admin/shipping-options', SHIPPING_FIELDS, 'shipping_options', shippingRecord)
  if (!shipping.ok) return shipping
  const promotions = await list('/admin/promotions', PROMOTION_FIELDS, 'promotions', promotionRecord)
  if (!promotions.ok) return promotions
  return ok({ counter, preferences: preferences.value.price_preferences, taxes: taxes.value.tax_regions, products: products.value, sold: sold.value, categories: categories.value, priceLists: priceLists.value, shipping: shipping.value, promotions: promotions.value })
}

type Page<T> = { readonly count: number; readonly items: readonly T[] }
type AskPage = <T>(page: string, reply: v.GenericSchema<unknown, T>) => Promise<Result<T, ShopTrouble>>

/** All records. A list that moves while it is read is no list: the next reading finds it at rest. */
const readPages = async <T extends { readonly id: string }>(name: string, record: v.GenericSchema<unknown, T>, limit: number, ask: AskPage): Promise<Result<readonly T[], ShopTrouble>> => {
  const all = new Map<string, T>()
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const read = await ask(`limit=${limit}&offset=${pages * limit}`, pageReply(name, record))
    if (!read.ok) return read
    const { items, count } = read.value
    for (const item of items) all.set(item.id, item)
    const seen = pages * limit + items.length
    if (seen < count && items.length === limit) continue
    return seen === count && all.size === count ? ok([...all.values()]) : err({ type: 'Unreachable', why: `its ${name} changed while they were read` })
  }
  return err({ type: 'Nonsense', why: `more than ${MAX_PAGES * limit} ${name}` })
}

const pageReply = <T>(name: string, record: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Page<T>> =>
  v.pipe(
    v.object({ count: v.number(), [name]: v.array(record) }),
    v.transform((page): Page<T> => ({ count: page.count as number, items: page[name] as unknown as readonly T[] })),
  ) as v.GenericSchema<unknown, Page<T>>
