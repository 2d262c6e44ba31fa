/** A cart as a web shop is asked for its price, and what it answers. */

/** Lines in the order in which they are added: shops give odd cents to the earlier line. */
export type ShopCart = {
  readonly lines: readonly { readonly key: string; readonly quantity: number }[]
  /** As entered, in the order of entering. */
  readonly codes: readonly string[]
  /** Key of a delivery; null: none is chosen yet. */
  readonly delivery: string | null
}

/** One promotion's share at one place. `promotion` null: the shop does not say whose it is. Units  minor units, positive is cheaper. */
export type ShopDiscount = { readonly promotion: string | null; readonly minor: number }

/**
 * Units  minor units, tax included; fractions only where the shop keeps them.
 * Shape  `lines` as in the cart. Every discount of the shop is in `discounts` once, added up per promotion over lines, basket and delivery.
 */
export type ShopQuote = {
  readonly lines: readonly { readonly key: string; readonly quantity: number; readonly beforeMinor: number; readonly totalMinor: number }[]
  readonly discounts: readonly ShopDiscount[]
  readonly deliveryMinor: number
  /** Null: the shop tells tax in its checkout only. */
  readonly taxMinor: number | null
  /** What the shop charges. */
  readonly totalMinor: number
  /** Codes that the shop did not take, and its reason. */
  readonly refusedCodes: readonly { readonly code: string; readonly why: string }[]
}
