/** Everything a price depends on besides offers and policies: the basket, the customer's facts, the instant. */
import type { RoundingMode } from '../kernel/rational.ts'

/** Re-exported for policies and contexts. */
export type { RoundingMode } from '../kernel/rational.ts'

/** One article of the basket with its price as asked today. */
export type PricingLine = {
  readonly id: string
  readonly sku: string
  readonly product?: string
  readonly taxons?: readonly string[]
  /** Minor units; a shop with finer unit prices may have fractions. */
  readonly unitPriceMinor: number
  /** Original price, the base of catalogue offers, where it differs. */
  readonly listPriceMinor?: number
  readonly minUnitPriceMinor?: number
  readonly reduced?: boolean
  readonly quantity: number
  readonly taxCategory?: string
}

/** A chosen way of delivery and its charge; offers never choose one. */
export type PricingShipping = { readonly id: string; readonly method: string; readonly amountMinor: number; readonly taxCategory?: string }

/** What is known of the customer; whatever is absent is unknown, not false. */
export type PricingCustomer = {
  readonly id?: string
  readonly groups?: readonly string[]
  readonly tags?: readonly string[]
  readonly ordersPlaced?: number
  readonly guest?: boolean
  /** Day and month only, `MM-DD`. */
  readonly birthday?: string
}

/** Basket, customer and moment. `now` absent: offers with a window are out. */
export type PricingContext = {
  readonly currency: string
  readonly channel?: string
  /** Where the basket is: the branch, by its id. */
  readonly store?: string
  readonly country?: string
  /** ISO 8601 UTC. */
  readonly now?: string
  /** For conditions on weekday, time of day and birthday; UTC if absent. */
  readonly timeZone?: string
  readonly customer?: PricingCustomer
  readonly couponCodes?: readonly string[]
  readonly taxonParents?: { readonly [taxon: string]: readonly string[] }
  readonly rounding?: { readonly at: 'unit' | 'line' | 'order'; readonly mode: RoundingMode; /** Of the total, for cash; 5 where the smallest coin is five. */ readonly intervalMinor?: number }
  readonly tax?: {
    readonly pricesIncludeTax: boolean
    readonly rates: { readonly [category: string]: string | { readonly percent: string; readonly included: boolean } }
    readonly calc?: string
    readonly roundAtSubtotal?: boolean
  }
  readonly lines: readonly PricingLine[]
  readonly shipping?: readonly PricingShipping[]
}
