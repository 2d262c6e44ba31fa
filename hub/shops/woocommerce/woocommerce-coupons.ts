/** The coupons of a running shop as offers: what is known of the articles is put in, and what no device can know is left to the checkout. */
import type { NotComputable, OfferWarning, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import { freeByCouponId, wooOffers } from './woocommerce-offers.ts'
import type { PricingPlugin } from './woocommerce-plugins.ts'
import type { WooLists } from './woocommerce-read.ts'
import type { WooCoupon, WooDelivery, WooSettings } from './woocommerce-records.ts'
import type { WooCouponRecord } from './woocommerce-replies.ts'

/** Shape  what a coupon makes of delivery is told beside what it makes of articles, both under ids of their own. */
export const couponsAsOffers = (lists: WooLists, settings: WooSettings, delivery: WooDelivery | null, plugins: readonly PricingPlugin[]): TranslatedOffers => {
  const reasons = new Map(lists.coupons.map((coupon) => [coupon.id, whyUnknown(coupon, lists.coupons)]))
  const known = lists.coupons.filter(({ id }) => reasons.get(id) === null).map((coupon) => recordOf(coupon, lists))
  const { offers, notComputable } = wooOffers(known, delivery, settings)
  const left: readonly NotComputable[] = [...lists.coupons.flatMap(({ id }) => (reasons.get(id) ? [{ offerId: String(id), why: reasons.get(id)! }] : [])), ...notComputable]
  const isFreeByCoupon = delivery?.free && delivery.free.requires !== 'min_amount'
  const unfree = isFreeByCoupon ? lists.coupons.filter((coupon) => coupon.free_shipping && left.some(({ offerId }) => offerId === String(coupon.id))) : []
  return {
    offers,
    notComputable: [
      ...left,
      ...unfree.map(({ id }) => ({ offerId: freeByCouponId(id), why: left.find(({ offerId }) => offerId === String(id))!.why })),
      ...plugins.map(({ id, why }) => ({ offerId: id, why })),
    ],
    warnings: lists.coupons.flatMap(warningsFor),
  }
}

/** Null where every device can compute it. How often it was used is not even looked at: every order would be a change. */
const whyUnknown = (coupon: WooCouponRecord, all: readonly WooCouponRecord[]): string | null => {
  if (coupon.usage_limit || coupon.usage_limit_per_user) return 'its uses are limited, and only the shop knows how many are left'
  if (coupon.email_restrictions.length > 0) return 'it is for some e-mail addresses only, which no kiosk asks for'
  if (all.some((other) => other.id !== coupon.id && other.code.trim().toLowerCase() === coupon.code.trim().toLowerCase())) return 'another coupon has the same code: which of the two the shop takes is not known'
  return null
}

/** A coupon may name a product or its variants; carts hold variants. */
const recordOf = (coupon: WooCouponRecord, { variations }: WooLists): WooCoupon => {
  const withVariants = (ids: readonly number[]): readonly number[] => ids.flatMap((id) => [id, ...(variations.get(id) ?? []).map((one) => one.id)])
  return { ...coupon, usage_count: 0, product_ids: withVariants(coupon.product_ids), excluded_product_ids: withVariants(coupon.excluded_product_ids) }
}

const warningsFor = ({ id, email_restrictions: addresses, usage_limit_per_user: perUser }: WooCouponRecord): readonly OfferWarning[] =>
  addresses.length > 0 || perUser ? [{ offerId: String(id), leave: true, what: 'two prices: the cart takes it off, and the checkout puts it back on once it knows an address that it is not for' }] : []
