/** A cart of the shop as the engine's context. */
import type { Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import type { MedusaCart, MedusaRegion, MedusaVariant } from './medusa-records.ts'

/** What rules look at, as taxons of a line. */
export const taxonOf = {
  tag: (id: string): string => `tag:${id}`,
  category: (id: string): string => `category:${id}`,
  collection: (id: string): string => `collection:${id}`,
  type: (id: string): string => `type:${id}`,
} as const
/** Articles that have any tag, category, collection or type at all. */
export const anyOf = (kind: TaxonKind): string => `any:${kind}`
/** A line of an article that no promotion may touch. */
export const NOT_DISCOUNTABLE = 'not-discountable'
export type TaxonKind = keyof typeof taxonOf

/**
 * Shape   one line per line of the cart: a cart made in one call keeps two lines of one variant apart.
 * Errors  throws RangeError for a variant that is not in the catalogue: the caller has checked the cart.
 */
export const medusaContext = (cart: MedusaCart, variants: readonly MedusaVariant[], region: MedusaRegion, now: string): PricingContext => {
  const byId = new Map(variants.map((variant) => [variant.id, variant]))
  const before = (variantId: string, index: number): number => cart.lines.slice(0, index).filter((line) => line.variantId === variantId).length
  const rates = [...variants, ...cart.shipping].map((one) => String(one.taxRate))
  return {
    currency: region.currencyCode.toUpperCase(),
    now,
    lines: cart.lines.map(({ variantId, quantity }, i) => lineOf(variantId, before(variantId, i), quantity, byId.get(variantId))),
    shipping: cart.shipping.map(({ id, name, amountMinor, taxRate }) => ({ id, method: name, amountMinor, taxCategory: String(taxRate) })),
    tax: { pricesIncludeTax: region.taxInclusive, rates: Object.fromEntries(rates.map((rate) => [rate, rate])) },
    couponCodes: cart.promoCodes,
    ...(cart.countryCode ? { country: cart.countryCode.toLowerCase() } : {}),
    ...(cart.customer ? { customer: { id: cart.customer.id, groups: cart.customer.groupIds } } : {}),
  }
}

/**
 * The codes that the shop remembers: it forgets one that changes nothing at the moment it is entered.
 * Order  codes are entered one after another, before or after delivery is chosen, as the context says.
 */
export const rememberedCodes = (codes: readonly string[], offers: readonly Offer[], policies: Policies, context: PricingContext): readonly string[] => {
  const remembered: string[] = []
  for (const code of codes) {
    const { applied } = priceBasket(offers, policies, { ...context, couponCodes: [...remembered, code] })
    const isUsed = offers.some((offer) => offer.trigger?.type === 'code' && offer.trigger.codes.includes(code) && applied.includes(offer.id))
    if (isUsed && !remembered.includes(code)) remembered.push(code)
  }
  return remembered
}

/** `before`: lines of the same variant that stand before this one. */
const lineOf = (id: string, before: number, quantity: number, variant: MedusaVariant | undefined): PricingLine => {
  if (!variant) throw new RangeError(`no variant ${id}`)
  const { product } = variant
  return {
    id: before === 0 ? id : `${id}#${before + 1}`,
    sku: variant.sku,
    product: product.id,
    taxons: medusaTaxons(product),
    unitPriceMinor: variant.priceMinor,
    quantity,
    taxCategory: String(variant.taxRate),
  }
}

/** Everything that rules may look at, of one article. */
export const medusaTaxons = (product: MedusaVariant['product']): readonly string[] => [
  ...taxonsOf('tag', product.tags.map((tag) => tag.id)),
  ...taxonsOf('category', product.categories.map((category) => category.id)),
  ...taxonsOf('collection', product.collection_id === null ? [] : [product.collection_id]),
  ...taxonsOf('type', product.type_id === null ? [] : [product.type_id]),
  ...(product.discountable ? [] : [NOT_DISCOUNTABLE]),
]

const taxonsOf = (kind: TaxonKind, ids: readonly string[]): readonly string[] => (ids.length === 0 ? [] : [...ids.map(taxonOf[kind]), anyOf(kind)])
