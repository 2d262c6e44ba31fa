/**
 * Coupons and free delivery of the shop as offers. Pure: what the REST interface returned goes in, offers come out.
 * Source  version 10.5; measured on a running shop: see decision 0013.
 */
import type { NotComputable, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Condition, Effect, Filter, Offer } from '#shared/offers/offer.ts'
import { mailTag, majorToMinor, normalCode, ON_SALE, utc } from './woocommerce-basket.ts'
import type { WooCoupon, WooDelivery, WooSettings } from './woocommerce-records.ts'

type Why = { readonly why: string }

/** Coupons are served by kind, whatever order they were entered in. */
const KINDS: readonly string[] = ['fixed_product', 'percent', 'fixed_cart']
/** Delivery that is free from an amount on, as an offer. */
export const FREE_DELIVERY = 'free-delivery'
/** What one coupon makes of delivery. */
export const freeByCouponId = (couponId: number): string => `${FREE_DELIVERY}-${couponId}`

/** Order  by kind, then limited pieces, then value, lowest first; then the newest. Free delivery at the end. */
export const wooOffers = (coupons: readonly WooCoupon[], delivery: WooDelivery | null, settings: WooSettings): TranslatedOffers => {
  const offers: Offer[] = []
  const notComputable: NotComputable[] = []
  const computable: WooCoupon[] = []
  for (const coupon of [...coupons].sort(inShopOrder)) {
    const offer = offerOf(coupon, settings)
    if ('why' in offer) notComputable.push({ offerId: String(coupon.id), why: offer.why })
    else {
      offers.push(offer)
      computable.push(coupon)
    }
  }
  return { offers: [...offers, ...freeDelivery(computable, delivery, settings)], notComputable, warnings: [] }
}

const inShopOrder = (a: WooCoupon, b: WooCoupon): number =>
  KINDS.indexOf(a.discount_type) - KINDS.indexOf(b.discount_type) || (a.limit_usage_to_x_items ?? 0) - (b.limit_usage_to_x_items ?? 0) || Number(a.amount) - Number(b.amount) || b.id - a.id

const DECIMAL = /^\d{1,10}(\.\d{1,6})?$/

const offerOf = (coupon: WooCoupon, settings: WooSettings): Offer | Why => {
  const amount = [coupon.amount, coupon.minimum_amount, coupon.maximum_amount].find((text) => text !== '' && !DECIMAL.test(text))
  if (amount !== undefined || coupon.amount === '') return { why: `"${amount ?? ''}" is no amount` }
  const effect = effectOf(coupon, settings)
  if ('why' in effect) return effect
  const pattern = coupon.email_restrictions.find((address) => address.includes('*'))
  if (pattern !== undefined) return { why: `addresses by pattern (${pattern})` }
  return { ...terms(coupon, settings), id: String(coupon.id) as OfferId, name: coupon.code, ...alone(coupon), effects: [effect] }
}

const alone = ({ individual_use: isAlone }: WooCoupon): Pick<Offer, 'exclusive'> => (isAlone ? { exclusive: true } : {})

/** When, for whom and how often. */
const terms = (coupon: WooCoupon, settings: WooSettings, more: readonly Condition[] = []): Omit<Offer, 'id' | 'effects'> => {
  const conditions = [...conditionsOf(coupon, settings), ...more]
  const { usage_limit: total, usage_limit_per_user: perCustomer } = coupon
  return {
    enabled: coupon.status === 'publish',
    trigger: { type: 'code', codes: [normalCode(coupon.code)] },
    ...(coupon.date_expires_gmt === null ? {} : { window: { until: utc(coupon.date_expires_gmt) } }),
    ...(total || perCustomer ? { limits: { ...(total ? { total, used: coupon.usage_count } : {}), ...(perCustomer ? { perCustomer, usedByCustomer: 0 } : {}) } } : {}),
    ...(conditions.length > 0 ? { when: { type: 'all', of: conditions } } : {}),
  }
}

const conditionsOf = (coupon: WooCoupon, settings: WooSettings): readonly Condition[] => {
  const { product_ids: products, product_categories: categories } = coupon
  const minimum = majorToMinor(coupon.minimum_amount, settings)
  const maximum = majorToMinor(coupon.maximum_amount, settings)
  const shown = { type: 'subtotal', basis: 'initial', taxBasis: settings.cartShowsTax ? 'gross' : 'net' } as const
  return [
    ...(minimum > 0 ? [{ ...shown, op: 'gte' as const, amountMinor: minimum }] : []),
    ...(maximum > 0 ? [{ ...shown, op: 'lte' as const, amountMinor: maximum }] : []),
    ...(products.length > 0 ? [{ type: 'contains' as const, select: { products: products.map(String) } }] : []),
    ...(categories.length > 0 ? [{ type: 'contains' as const, select: { taxons: categories.map(String) } }] : []),
    ...(coupon.discount_type === 'fixed_cart' ? nothingExcluded(coupon) : coupon.individual_use ? [{ type: 'contains' as const, select: articlesOf(coupon) }] : []),
    ...(coupon.email_restrictions.length > 0 ? [{ type: 'customerTag' as const, in: coupon.email_restrictions.map(mailTag) }] : []),
  ]
}

/** A coupon of the whole cart does not hold beside an excluded article; coupons of articles leave it out. */
const nothingExcluded = ({ excluded_product_ids: products, excluded_product_categories: categories, exclude_sale_items: sale }: WooCoupon): readonly Condition[] => [
  ...(products.length > 0 ? [none({ products: products.map(String) })] : []),
  ...(categories.length > 0 ? [none({ taxons: categories.map(String) })] : []),
  ...(sale ? [none({ taxons: [ON_SALE] })] : []),
]

const none = (select: Filter): Condition => ({ type: 'not', of: { type: 'contains', select } })

const effectOf = (coupon: WooCoupon, settings: WooSettings): Effect | Why => {
  const { limit_usage_to_x_items: limit, discount_type: kind } = coupon
  const limited = limit ? { maxUnits: { count: limit, per: 'order' as const, pick: 'cartOrder' as const } } : {}
  const select = articlesOf(coupon)
  switch (kind) {
    case 'percent':
      return { type: 'orderDiscount', value: { percent: coupon.amount }, select, ...limited }
    case 'fixed_product':
      // With a limit the shop never takes more than its price off a piece, without one only never more than the line.
      return { type: 'unitDiscount', value: { amountMinor: majorToMinor(coupon.amount, settings) }, select, ...limited, perUnitCap: limit !== null && limit > 0 }
    case 'fixed_cart':
      return limit ? { why: 'an amount off the whole cart for a limited number of pieces' } : { type: 'orderDiscount', value: { amountMinor: majorToMinor(coupon.amount, settings) } }
    default:
      return { why: `coupon type "${kind}" is not one of the shop's own` }
  }
}

/** Articles named by id or by category; excluded ones never. */
const articlesOf = ({ product_ids: products, product_categories: categories, ...coupon }: WooCoupon): Filter => ({
  ...(products.length > 0 && categories.length > 0 ? { any: [{ products: products.map(String) }, { taxons: categories.map(String) }] } : products.length > 0 ? { products: products.map(String) } : categories.length > 0 ? { taxons: categories.map(String) } : {}),
  ...(coupon.excluded_product_categories.length > 0 || coupon.exclude_sale_items ? { notTaxons: [...coupon.excluded_product_categories.map(String), ...(coupon.exclude_sale_items ? [ON_SALE] : [])] } : {}),
  ...(coupon.excluded_product_ids.length > 0 ? { notProducts: coupon.excluded_product_ids.map(String) } : {}),
})

/** The free way of delivery is the cheapest wherever the shop offers it, so it is the chosen charge less all of it. */
const freeDelivery = (coupons: readonly WooCoupon[], delivery: WooDelivery | null, settings: WooSettings): readonly Offer[] => {
  const free = delivery?.free
  if (!free) return []
  const reached: Condition = { type: 'subtotal', op: 'gte', amountMinor: majorToMinor(free.minAmount, settings), basis: free.ignoreDiscounts ? 'initial' : 'current', taxBasis: settings.cartShowsTax ? 'gross' : 'net' }
  const byCoupon = coupons.filter((coupon) => coupon.free_shipping).map((coupon) => freeByCoupon(coupon, settings, delivery.id, free.requires === 'both' ? [reached] : []))
  const byAmount: Offer = { id: FREE_DELIVERY as OfferId, when: reached, effects: allOf(delivery.id) }
  return [...(free.requires === 'min_amount' ? [] : byCoupon), ...(free.requires === 'min_amount' || free.requires === 'either' ? [byAmount] : [])]
}

const allOf = (method: string): readonly Effect[] => [{ type: 'shippingDiscount', value: { percent: '100' }, methods: [method] }]

const freeByCoupon = (coupon: WooCoupon, settings: WooSettings, method: string, more: readonly Condition[]): Offer => ({ ...terms(coupon, settings, more), id: freeByCouponId(coupon.id) as OfferId, ...alone(coupon), effects: allOf(method) })
