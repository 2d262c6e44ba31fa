/** A cart of the shop as the engine's context. */
import type { Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import type { WooCart, WooProduct, WooSettings } from './woocommerce-records.ts'

/** Codes are compared without regard to case. */
export const normalCode = (code: string): string => code.trim().toLowerCase()
/** How a customer's address is known to conditions. */
export const mailTag = (email: string): string => `mail:${email.trim().toLowerCase()}`

/** A group of all articles whose price is reduced today, named beside their categories. */
export const ON_SALE = 'on-sale'

/** Shifts the point in the decimal text, so that 19.99 is 1999 and nothing beside it. Empty text is nothing. */
export const majorToMinor = (major: string, { decimals }: Pick<WooSettings, 'decimals'>): number => (major === '' ? 0 : Number(`${major}e${decimals}`))

/**
 * Shape   one line per product: the shop adds pieces to the line that is already there.
 * Errors  throws RangeError for a product that is not in the catalogue: the caller has checked the cart.
 */
export const wooContext = (cart: WooCart, products: readonly WooProduct[], settings: WooSettings, now: string): PricingContext => {
  const byId = new Map(products.map((product) => [product.id, product]))
  const pieces = new Map<number, number>()
  for (const { productId, quantity } of cart.lines) pieces.set(productId, (pieces.get(productId) ?? 0) + quantity)
  const { delivery } = cart
  return {
    currency: settings.currency,
    now,
    lines: [...pieces].map(([id, quantity]) => lineOf(id, quantity, byId.get(id), settings, now)),
    shipping: delivery ? [{ id: delivery.id, method: delivery.id, amountMinor: majorToMinor(delivery.price, settings), taxCategory: deliveryTax(delivery.taxPercent) }] : [],
    tax: {
      pricesIncludeTax: settings.pricesIncludeTax,
      roundAtSubtotal: settings.roundAtSubtotal,
      rates: { ...Object.fromEntries(Object.entries(settings.taxRates).map(([name, percent]) => [taxCategory(name), percent])), ...(delivery ? { [deliveryTax(delivery.taxPercent)]: { percent: delivery.taxPercent, included: false } } : {}) },
    },
    couponCodes: cart.coupons.map(normalCode),
    ...(cart.email === null ? {} : { customer: { id: mailTag(cart.email), tags: [mailTag(cart.email)] } }),
  }
}

/**
 * The codes that the shop lets in, one after another: what does not hold at that moment is refused for good; one for individual use
 * drives all others out and lets none in after it.
 */
export const acceptedCodes = (codes: readonly string[], offers: readonly Offer[], policies: Policies, context: PricingContext): readonly string[] => {
  let accepted: readonly string[] = []
  const ofCode = (code: string): readonly Offer[] => offers.filter((offer) => offer.trigger?.type === 'code' && offer.trigger.codes.includes(code))
  for (const code of codes.map(normalCode)) {
    if (accepted.includes(code) || accepted.some((one) => ofCode(one).some((offer) => offer.exclusive))) continue
    const alone = ofCode(code).some((offer) => offer.exclusive)
    const next = alone ? [code] : [...accepted, code]
    const { verdicts } = priceBasket(offers, policies, { ...context, couponCodes: next })
    const holds = ofCode(code).some((offer) => verdicts.some((verdict) => verdict.offerId === offer.id && (verdict.status === 'applied' || verdict.status === 'without effect')))
    if (holds) accepted = next
  }
  return accepted
}

/** The tax class of delivery where it follows the articles: the first of the shop's classes that one of them has. */
export const inheritedTaxClass = (ofArticles: readonly string[], ofShop: readonly string[]): string => ofShop.find((one) => ofArticles.includes(one)) ?? ofShop[0] ?? ''

const taxCategory = (taxClass: string): string => `class:${taxClass}`
const deliveryTax = (percent: string): string => `delivery:${percent}`

const lineOf = (id: number, quantity: number, product: WooProduct | undefined, settings: WooSettings, now: string): PricingLine => {
  if (!product) throw new RangeError(`no product ${id}`)
  const onSale = isOnSale(product, now)
  return {
    id: String(id),
    sku: product.sku,
    product: String(id),
    taxons: [...product.categories.map((category) => String(category.id)), ...(onSale ? [ON_SALE] : [])],
    unitPriceMinor: majorToMinor(onSale ? product.sale_price : product.regular_price, settings),
    quantity,
    taxCategory: taxCategory(product.tax_class),
  }
}

/** Stamps come without a zone and are UTC. */
const isOnSale = ({ sale_price, regular_price, date_on_sale_from_gmt: from, date_on_sale_to_gmt: to }: WooProduct, now: string): boolean =>
  sale_price !== '' && Number(sale_price) < Number(regular_price) && (from === null || Date.parse(utc(from)) <= Date.parse(now)) && (to === null || Date.parse(now) <= Date.parse(utc(to)))

/** The same instant as text that every machine reads alike. */
export const utc = (stamp: string): string => (stamp.endsWith('Z') ? stamp : `${stamp}Z`)
