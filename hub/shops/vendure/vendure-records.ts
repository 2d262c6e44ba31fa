/** What the shop's Admin API returns, as far as prices depend on it. Money in minor units, ids as text, instants in ISO 8601. */

/** A configured condition or action. Values are text; lists are JSON in text. */
export type VendureOperation = { readonly code: string; readonly args: readonly { readonly name: string; readonly value: string }[] }

export type VendurePromotion = {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly couponCode: string | null
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly usageLimit: number | null
  readonly perCustomerUsageLimit: number | null
  readonly conditions: readonly VendureOperation[]
  readonly actions: readonly VendureOperation[]
}

export type VendureVariant = {
  readonly id: string
  readonly sku: string
  /** Without tax, rounded. */
  readonly price: number
  readonly priceWithTax: number
  /** Percent. */
  readonly taxRateApplied: { readonly value: number }
  readonly facetValues: readonly { readonly id: string }[]
  readonly product: { readonly id: string; readonly facetValues: readonly { readonly id: string }[] }
}

export type VendureChannel = { readonly pricesIncludeTax: boolean; readonly defaultCurrencyCode: string }

/** A chosen way of delivery; `price` is listed with tax where the channel's prices are. */
export type VendureShipping = { readonly id: string; readonly code: string; readonly price: number; readonly taxRate: number }

export type VendureCart = {
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
  readonly couponCodes: readonly string[]
  readonly shipping: readonly VendureShipping[]
  /** Null for a guest. */
  readonly customer: { readonly id: string; readonly groupIds: readonly string[] } | null
}

/** How often promotions were used in placed orders, by promotion id; what is not named was not used. */
export type VendureUsage = { readonly [promotionId: string]: { readonly total: number; readonly byCustomer: number } }
