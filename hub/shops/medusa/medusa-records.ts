/** What the shop's Admin API returns, as far as prices depend on it. Promotion values are in major units (euros), ids are text. */

export type MedusaRule = { readonly attribute: string; readonly operator: string; readonly values: readonly { readonly value: string }[] }

export type MedusaApplicationMethod = {
  readonly type: 'fixed' | 'percentage'
  readonly target_type: 'order' | 'items' | 'shipping_methods'
  readonly allocation: 'each' | 'across' | 'once' | null
  readonly value: number
  /** Lower case; null for percentages that ask for none. */
  readonly currency_code?: string | null
  readonly max_quantity: number | null
  readonly buy_rules_min_quantity: number | null
  readonly apply_to_quantity: number | null
  readonly target_rules: readonly MedusaRule[]
  readonly buy_rules: readonly MedusaRule[]
}

export type MedusaCampaign = {
  readonly starts_at: string | null
  readonly ends_at: string | null
  /** `limit` and `used` in major units for `spend`. */
  readonly budget: { readonly type: 'spend' | 'usage'; readonly limit: number | null; readonly used: number } | null
}

export type MedusaPromotion = {
  readonly id: string
  readonly code: string
  readonly type: 'standard' | 'buyget'
  readonly status: 'draft' | 'active' | 'inactive'
  readonly is_automatic: boolean
  readonly is_tax_inclusive: boolean
  readonly limit: number | null
  readonly used: number
  readonly application_method: MedusaApplicationMethod
  readonly rules: readonly MedusaRule[]
  readonly campaign: MedusaCampaign | null
}

export type MedusaVariant = {
  readonly id: string
  readonly sku: string
  /** Minor units, in the price mode of the region. */
  readonly priceMinor: number
  /** Percent. */
  readonly taxRate: number
  readonly product: {
    readonly id: string
    readonly discountable: boolean
    readonly collection_id: string | null
    readonly type_id: string | null
    readonly tags: readonly { readonly id: string }[]
    readonly categories: readonly { readonly id: string }[]
  }
}

/** `taxInclusive`: prices contain tax. */
export type MedusaRegion = {
  readonly currencyCode: string
  readonly taxInclusive: boolean
  /** What is the same for every cart of the store, by the attribute of rules: such as the country. */
  readonly facts?: { readonly [attribute: string]: string }
  /** Ids of all tags and categories that any article has. */
  readonly groups?: { readonly tag: readonly string[]; readonly category: readonly string[] }
}

export type MedusaCart = {
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
  /** In the order in which they were entered. */
  readonly promoCodes: readonly string[]
  readonly shipping: readonly { readonly id: string; readonly name: string; readonly amountMinor: number; readonly taxRate: number }[]
  /** Two letters, as in the delivery address. */
  readonly countryCode: string | null
  /** Null for a guest. */
  readonly customer: { readonly id: string; readonly groupIds: readonly string[] } | null
}
