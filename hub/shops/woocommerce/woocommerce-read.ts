/** Reads everything that the shop's prices depend on: full lists, because its stamps of change do not move when the amount of a coupon does. */
import type * as v from 'valibot'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { WooClient } from './woocommerce-client.ts'
import {
  CATEGORIES, categoryRecord, COUPONS, couponRecord, locationsReply, methodsReply, productRecord, PRODUCTS, SETTINGS, settingsReply, SITE, siteReply, SYSTEM, systemReply, taxRateRecord, VARIATIONS, variationRecord, zonesReply,
  type WooCategoryRecord, type WooCouponRecord, type WooProductRecord, type WooSystem, type WooTaxRate, type WooVariationRecord, type WooZone,
} from './woocommerce-replies.ts'

/** Everything that was read from the shop at one go. */
export type WooLists = {
  readonly siteName: string
  /** Values of its settings by their id; those that are no text are left out. */
  readonly settings: ReadonlyMap<string, string>
  readonly taxRates: readonly WooTaxRate[]
  readonly products: readonly WooProductRecord[]
  /** By the id of their product. */
  readonly variations: ReadonlyMap<number, readonly WooVariationRecord[]>
  readonly categories: readonly WooCategoryRecord[]
  readonly coupons: readonly WooCouponRecord[]
  readonly zones: readonly WooZone[]
  /** Null where this key may not see it. */
  readonly system: WooSystem | null
}

/** 100,000 records: more is another kind of house. */
const MAX_PAGES = 1000

/**
 * Three questions at a time: a change is on its way to the shoppers while the rest is read, and a small server is not pressed.
 * `system`: of an earlier reading, because the shop takes seconds for it; undefined: read it.
 */
export const readLists = async (client: WooClient, pageSize: number, system: WooLists['system'] | undefined): Promise<Result<WooLists, ShopTrouble>> => {
  const list: ReadList = (path, record) => readPages(client, path, record, pageSize)
  const [goods, codes, house] = await Promise.all([readGoods(list), readCodes(list), readHouse(client, system)])
  if (!goods.ok) return goods
  if (!codes.ok) return codes
  return house.ok ? ok({ ...goods.value, ...codes.value, ...house.value }) : house
}

type ReadList = <T extends { readonly id: number }>(path: string, record: v.GenericSchema<unknown, T>) => Promise<Result<readonly T[], ShopTrouble>>
type Part<K extends keyof WooLists> = Promise<Result<Pick<WooLists, K>, ShopTrouble>>

const readGoods = async (list: ReadList): Part<'products' | 'variations'> => {
  const products = await list(`/wc/v3/products?${PRODUCTS}`, productRecord)
  if (!products.ok) return products
  const variations = new Map<number, readonly WooVariationRecord[]>()
  for (const { id, type } of products.value) {
    if (type !== 'variable') continue
    const read = await list(`/wc/v3/products/${id}/variations?${VARIATIONS}`, variationRecord)
    if (!read.ok) return read
    variations.set(id, read.value)
  }
  return ok({ products: products.value, variations })
}

const readCodes = async (list: ReadList): Part<'coupons' | 'taxRates' | 'categories'> => {
  const coupons = await list(`/wc/v3/coupons?${COUPONS}`, couponRecord)
  if (!coupons.ok) return coupons
  const taxRates = await list('/wc/v3/taxes?', taxRateRecord)
  if (!taxRates.ok) return taxRates
  const categories = await list(`/wc/v3/products/categories?${CATEGORIES}`, categoryRecord)
  return categories.ok ? ok({ coupons: coupons.value, taxRates: taxRates.value, categories: categories.value }) : categories
}

const readHouse = async (client: WooClient, known: WooLists['system'] | undefined): Part<'siteName' | 'settings' | 'zones' | 'system'> => {
  const site = await client.one(SITE, siteReply)
  if (!site.ok) return site
  const settings = new Map<string, string>()
  for (const group of SETTINGS) {
    const read = await client.one(`/wc/v3/settings/${group}?_fields=id,value`, settingsReply)
    if (!read.ok) return read
    for (const { id, value } of read.value) if (typeof value === 'string' || typeof value === 'number') settings.set(id, String(value))
  }
  const zones = await readZones(client)
  if (!zones.ok) return zones
  const system = known === undefined ? await readSystem(client) : ok(known)
  return system.ok ? ok({ siteName: site.value.name, settings, zones: zones.value, system: system.value }) : system
}

/** All records of a list. One that moves while it is read is none: the next reading finds it at rest. */
export const readPages = async <T extends { readonly id: number }>(client: WooClient, path: string, record: v.GenericSchema<unknown, T>, size: number, order = 'orderby=id'): Promise<Result<readonly T[], ShopTrouble>> => {
  const all = new Map<number, T>()
  let seen = 0
  for (let page = 1; page <= MAX_PAGES; page++) {
    const read = await client.page(`${path}&${order}&order=asc&per_page=${size}&page=${page}`, record)
    if (!read.ok) return read
    const { items, total, pages } = read.value
    seen += items.length
    for (const item of items) all.set(item.id, item)
    if (page < pages && items.length === size) continue
    return seen === total && all.size === total ? ok([...all.values()]) : err({ type: 'Unreachable', why: 'its lists changed while they were read' })
  }
  return err({ type: 'Nonsense', why: `lists of more than ${MAX_PAGES * size} records` })
}

const readZones = async (client: WooClient): Promise<Result<readonly WooZone[], ShopTrouble>> => {
  const zones = await client.one('/wc/v3/shipping/zones', zonesReply)
  if (!zones.ok) return zones
  const all: WooZone[] = []
  for (const zone of zones.value) {
    const locations = await client.one(`/wc/v3/shipping/zones/${zone.id}/locations`, locationsReply)
    if (!locations.ok) return locations
    const methods = await client.one(`/wc/v3/shipping/zones/${zone.id}/methods`, methodsReply)
    if (!methods.ok) return methods
    all.push({ ...zone, locations: locations.value, methods: methods.value })
  }
  return ok(all)
}

/** A key that may read products need not see the system; then nobody knows which plugins work on prices. */
const readSystem = async (client: WooClient): Promise<Result<WooSystem | null, ShopTrouble>> => {
  const read = await client.one(SYSTEM, systemReply)
  if (read.ok) return read
  return read.error.type === 'Refused' ? ok(null) : read
}
