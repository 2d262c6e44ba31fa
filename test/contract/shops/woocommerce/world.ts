/** One shop made of recorded carts: all their articles, coupons and ways of delivery side by side, so that each cart can be asked of it again. */
import { readFileSync } from 'node:fs'
import type { Basket } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'

type Article = { readonly sku: string; readonly price: number; readonly taxRate: number; readonly categories?: readonly string[]; readonly salePrice?: number; readonly saleFrom?: string; readonly saleTo?: string }
type NotedCoupon = { readonly code: string; readonly discount_type: string; readonly amount: string; readonly product_ids?: readonly string[]; readonly excluded_product_ids?: readonly string[]; readonly product_categories?: readonly string[]; readonly excluded_product_categories?: readonly string[]; readonly date_expires?: string }
type Line = readonly [sku: string, quantity: number, netBefore: number, taxBefore: number, net: number, tax: number]
export type NotedCart = {
  readonly id: string
  readonly roundAtSubtotal?: boolean
  readonly catalogue: readonly Article[]
  readonly shipping?: { readonly price: number; readonly free?: { readonly requires: string; readonly minAmount?: number; readonly ignoreDiscounts?: boolean } }
  readonly promotions: readonly NotedCoupon[]
  readonly cart: { readonly lines: readonly { readonly sku: string; readonly quantity: number }[]; readonly coupons?: readonly string[]; readonly email?: string }
  readonly result: {
    readonly lines: readonly Line[]
    readonly coupons: readonly (readonly [code: string, net: number, tax: number])[]
    readonly rates?: readonly { readonly method: string; readonly price: number; readonly taxes: number }[]
    readonly shipping?: readonly [net: number, tax: number]
    readonly refused: readonly { readonly code: string; readonly message: string }[]
    readonly tax: number
    readonly total: number
  }
}

/** What the shop answered to one cart, in its own numbers and renamed codes. */
export type Answer = { readonly noted: NotedCart; readonly lines: readonly { readonly id: number; readonly quantity: number }[]; readonly codes: readonly string[]; readonly codeOf: (noted: string) => string }

export type World = {
  readonly products: Map<number, object & { readonly id: number; readonly sku: string }>
  readonly coupons: Map<number, { readonly id: number; readonly code: string; amount: string }>
  readonly categories: ReadonlyMap<string, number>
  readonly answers: readonly Answer[]
  readonly baskets: readonly Basket[]
  readonly free: NonNullable<NotedCart['shipping']>['free'] | null
  readonly roundAtSubtotal: boolean
}

export const NOTED: readonly NotedCart[] = (JSON.parse(readFileSync(new URL('../../../fixtures/woocommerce/carts.json', import.meta.url), 'utf8')) as { readonly cases: readonly NotedCart[] }).cases

const FIRST_PRODUCT = 101
const FIRST_COUPON = 5001
const major = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`

/**
 * Carts of a guest whose delivery is that of this shop: a basket of the house takes no address, and 99 pieces at most.
 * Order  articles get their numbers so that every cart names them in rising order, as the house asks for them.
 */
export const worldOf = (noted: readonly NotedCart[], free: World['free']): World => {
  const carts = noted.filter(({ cart, shipping }) => cart.email === undefined && cart.lines.every(({ quantity }) => quantity <= 99) && (!shipping || !shipping.free || JSON.stringify(shipping.free) === JSON.stringify(free)))
  const names = [...new Set(carts.flatMap(({ catalogue }) => catalogue.flatMap(({ categories = [] }) => categories)))]
  const categories = new Map(names.map((name, i) => [name, 11 + i]))
  const products: World['products'] = new Map()
  const coupons: World['coupons'] = new Map()
  const shelf: { readonly id: number; readonly looks: string }[] = []
  const answers = carts.map((one, index): Answer => {
    const ids = new Map<string, number>()
    let last = 0
    for (const { sku } of [...one.cart.lines, ...one.catalogue]) {
      if (ids.has(sku)) continue
      const { sku: _, ...looks } = one.catalogue.find((article) => article.sku === sku)!
      const known = shelf.find((other) => other.id > last && other.looks === JSON.stringify(looks) && ![...ids.values()].includes(other.id))
      const id = known?.id ?? FIRST_PRODUCT + shelf.length
      if (!known) {
        shelf.push({ id, looks: JSON.stringify(looks) })
        products.set(id, productRecord(id, { sku, ...looks }, categories))
      }
      ids.set(sku, id)
      last = id
    }
    const codeOf = (code: string): string => `${code}q${index + 1}`
    for (const coupon of one.promotions) {
      const id = FIRST_COUPON + coupons.size
      coupons.set(id, couponRecord(id, { ...coupon, code: codeOf(coupon.code) }, ids, categories))
    }
    return { noted: one, lines: one.cart.lines.map(({ sku, quantity }) => ({ id: ids.get(sku)!, quantity })), codes: (one.cart.coupons ?? []).map(codeOf), codeOf }
  })
  return { products, coupons, categories, answers, baskets: answers.map(basketOf), free, roundAtSubtotal: carts[0]?.roundAtSubtotal ?? false }
}

/** Without a delivery in the record none is chosen: the shop has no pick-up. */
const basketOf = ({ noted, lines, codes }: Answer): Basket => ({ lines: lines.map(({ id, quantity }) => ({ sku: `W-${id}` as Sku, quantity })), codes, delivery: noted.shipping ? 'home' : 'pickup' })

const NOW = '2026-11-22'

/** Of a plain article, as the interface tells it. */
export const PLAIN_PRODUCT = {
  global_unique_id: '', type: 'simple', status: 'publish', purchasable: true, virtual: false, tax_status: 'taxable', tax_class: '', manage_stock: false, stock_quantity: null, stock_status: 'instock', backorders: 'no', sold_individually: false,
  categories: [], attributes: [], variations: [], on_sale: false, regular_price: '10.00', sale_price: '', price: '10.00', date_on_sale_from_gmt: null, date_on_sale_to_gmt: null,
}
export const TAX_CLASSES: { readonly [rate: number]: string } = { 19: '', 7: 'reduced-rate', 0: 'zero-rate' }

const productRecord = (id: number, { price, taxRate, categories = [], salePrice, saleFrom, saleTo }: Article, numbers: ReadonlyMap<string, number>) => {
  const isOnSale = salePrice !== undefined && (saleFrom === undefined || saleFrom <= NOW) && (saleTo === undefined || NOW <= saleTo)
  return {
    ...PLAIN_PRODUCT, id, sku: `W-${id}`, name: `Artikel ${id}`, tax_class: TAX_CLASSES[taxRate]!, categories: categories.map((name) => ({ id: numbers.get(name)!, name })), on_sale: isOnSale,
    regular_price: major(price), sale_price: salePrice === undefined ? '' : major(salePrice), price: major(isOnSale ? salePrice : price), date_on_sale_from_gmt: saleFrom ?? null, date_on_sale_to_gmt: saleTo ?? null,
  }
}

/** Of a coupon without any terms, as the interface tells it. */
export const PLAIN_COUPON = {
  status: 'publish', description: '', date_expires_gmt: null, date_modified_gmt: '2026-11-01T08:00:00', usage_count: 0, usage_limit: null, usage_limit_per_user: null, limit_usage_to_x_items: null, individual_use: false, free_shipping: false,
  product_ids: [], excluded_product_ids: [], product_categories: [], excluded_product_categories: [], exclude_sale_items: false, minimum_amount: '0.00', maximum_amount: '0.00', email_restrictions: [],
}

const couponRecord = (id: number, { date_expires, product_ids = [], excluded_product_ids = [], product_categories = [], excluded_product_categories = [], ...noted }: NotedCoupon, products: ReadonlyMap<string, number>, categories: ReadonlyMap<string, number>) => {
  const numbers = (names: readonly string[], of: ReadonlyMap<string, number>): readonly number[] => names.map((name) => of.get(name.replace(/^(sku|category):/, '')) ?? 999_999)
  return {
    ...PLAIN_COUPON, ...noted, id, date_expires_gmt: date_expires ?? null, product_ids: numbers(product_ids, products), excluded_product_ids: numbers(excluded_product_ids, products), product_categories: numbers(product_categories, categories),
    excluded_product_categories: numbers(excluded_product_categories, categories),
  }
}
