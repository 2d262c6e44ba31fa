/** A cart of the shop as the engine's context. */
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import type { VendureCart, VendureChannel, VendureVariant } from './vendure-records.ts'

/** The shop compares codes without regard to case; the engine compares exactly, so both sides are written alike. */
export const normalCode = (code: string): string => code.trim().toUpperCase()

/**
 * Shape   one line per variant: the shop adds pieces to the line that is already there.
 * Order   as added.
 * Errors  throws RangeError for a variant that is not in the catalogue: the caller has checked the cart.
 */
export const vendureContext = (cart: VendureCart, variants: readonly VendureVariant[], channel: VendureChannel, now: string): PricingContext => {
  const byId = new Map(variants.map((variant) => [variant.id, variant]))
  const pieces = new Map<string, number>()
  for (const { variantId, quantity } of cart.lines) pieces.set(variantId, (pieces.get(variantId) ?? 0) + quantity)
  const lines = [...pieces].map(([id, quantity]) => lineOf(id, quantity, byId.get(id), channel))
  const rates = [...variants.map((variant) => variant.taxRateApplied.value), ...cart.shipping.map((one) => one.taxRate)]
  return {
    currency: channel.defaultCurrencyCode,
    now,
    lines,
    shipping: cart.shipping.map((one) => ({ id: one.id, method: one.code, amountMinor: one.price, taxCategory: String(one.taxRate) })),
    tax: { pricesIncludeTax: channel.pricesIncludeTax, rates: Object.fromEntries(rates.map((rate) => [String(rate), String(rate)])) },
    couponCodes: cart.couponCodes.map(normalCode),
    ...(cart.customer ? { customer: { id: cart.customer.id, groups: cart.customer.groupIds } } : {}),
  }
}

const lineOf = (id: string, quantity: number, variant: VendureVariant | undefined, { pricesIncludeTax }: VendureChannel): PricingLine => {
  if (!variant) throw new RangeError(`no variant ${id}`)
  return {
    id,
    sku: variant.sku,
    product: variant.product.id,
    taxons: [...new Set([...variant.facetValues, ...variant.product.facetValues].map((value) => value.id))],
    unitPriceMinor: pricesIncludeTax ? variant.priceWithTax : variant.price,
    quantity,
    taxCategory: String(variant.taxRateApplied.value),
  }
}
