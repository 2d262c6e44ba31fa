/** What the shop's REST interface (v3) returns, as far as prices depend on it. Amounts are decimal text in major units. */

export type WooCoupon = {
  readonly id: number
  readonly code: string
  readonly status: string
  readonly discount_type: string
  readonly amount: string
  /** UTC without zone; null for none. */
  readonly date_expires_gmt: string | null
  readonly usage_count: number
  readonly usage_limit: number | null
  readonly usage_limit_per_user: number | null
  readonly limit_usage_to_x_items: number | null
  readonly individual_use: boolean
  readonly free_shipping: boolean
  readonly product_ids: readonly number[]
  readonly excluded_product_ids: readonly number[]
  readonly product_categories: readonly number[]
  readonly excluded_product_categories: readonly number[]
  readonly exclude_sale_items: boolean
  /** "0.00" for none. */
  readonly minimum_amount: string
  readonly maximum_amount: string
  readonly email_restrictions: readonly string[]
}

export type WooProduct = {
  readonly id: number
  readonly sku: string
  readonly regular_price: string
  /** Empty for none. */
  readonly sale_price: string
  readonly date_on_sale_from_gmt: string | null
  readonly date_on_sale_to_gmt: string | null
  readonly tax_class: string
  readonly categories: readonly { readonly id: number }[]
}

/** Settings of the shop that change prices. */
export type WooSettings = {
  readonly currency: string
  /** `woocommerce_price_num_decimals` */
  readonly decimals: number
  readonly pricesIncludeTax: boolean
  readonly roundAtSubtotal: boolean
  /** `woocommerce_tax_display_cart` is `incl`: minimum amounts are of prices with tax. */
  readonly cartShowsTax: boolean
  /** Percent by tax class; the standard class is the empty text. */
  readonly taxRates: { readonly [taxClass: string]: string }
}

/** A flat rate, always listed without tax; and the shop's free delivery beside it, if there is one. */
export type WooDelivery = {
  readonly id: string
  readonly price: string
  readonly taxPercent: string
  readonly free: { readonly requires: 'coupon' | 'min_amount' | 'either' | 'both'; readonly minAmount: string; readonly ignoreDiscounts: boolean } | null
}

export type WooCart = {
  readonly lines: readonly { readonly productId: number; readonly quantity: number }[]
  /** In the order in which they were entered. */
  readonly coupons: readonly string[]
  readonly delivery: WooDelivery | null
  readonly email: string | null
}
