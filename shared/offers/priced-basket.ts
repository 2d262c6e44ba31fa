/** The answer of the price engine: cents, and for every offer why it did or did not apply. */
import type { OfferId } from '../kernel/ids.ts'
import type { Filter } from './offer.ts'

/** One offer's share at one place; positive amounts make it cheaper. */
export type Reduction = { readonly offerId: OfferId; readonly amountMinor: number }

/** Units   minor units, fractions only where the policies round nothing. */
export type PricedLine = {
  readonly id: string
  readonly sku: string
  readonly quantity: number
  /** Unit price after the catalogue stage. */
  readonly unitPriceMinor: number
  /** Before any cart offer: unit price × quantity. */
  readonly baseMinor: number
  /** All cart-stage reductions that landed here, item level and distributed. */
  readonly discountMinor: number
  readonly totalMinor: number
  /** Per unit, where the dialect keeps prices per unit. */
  readonly unitDiscounts?: readonly number[]
  readonly reductions: readonly Reduction[]
  /** Tax in or on the line's total; absent for untaxed lines. */
  readonly tax?: { readonly percent: string; readonly included: boolean; readonly minor: number }
}

/** One shipping charge after its reductions. */
export type PricedShipping = { readonly id: string; readonly method: string; readonly amountMinor: number; readonly discountMinor: number; readonly totalMinor: number; readonly reductions: readonly Reduction[] }

/** What is still missing for an offer to apply; the facts behind "noch 4,10 € bis …". `not`: the offer holds for everything but that. */
export type Missing =
  | { readonly type: 'amount'; readonly minor: number; readonly select?: Filter }
  /** `perLine`: all of one article. */
  | { readonly type: 'quantity'; readonly pieces: number; readonly perLine?: true; readonly select?: Filter }
  | { readonly type: 'code' }
  | { readonly type: 'product'; readonly select: Filter }
  | { readonly type: 'customerGroup' | 'customerTag' | 'store' | 'country' | 'shippingMethod'; readonly in: readonly string[]; readonly not?: true }
  | { readonly type: 'birthday'; readonly daysBefore?: number; readonly daysAfter?: number; readonly not?: true }
  | { readonly type: 'nthOrder'; readonly n: number; readonly not?: true }
  | { readonly type: 'weekday'; readonly days: readonly number[] }
  | { readonly type: 'timeOfDay'; readonly fromMinute: number; readonly untilMinute: number }
  /** More is in the basket than the offer allows. */
  | { readonly type: 'amountLimit'; readonly op: 'lt' | 'lte' | 'eq'; readonly minor: number; readonly select?: Filter }
  | { readonly type: 'quantityLimit'; readonly op: 'lte' | 'eq'; readonly pieces: number; readonly perLine?: true; readonly select?: Filter }
  /** only: there is something else in the basket · without: there is something of it · other: there is nothing else. */
  | { readonly type: 'only' | 'without' | 'other'; readonly select: Filter }
  /** One of several ways, each needing all of its own, where shopping alone is none. */
  | { readonly type: 'either'; readonly of: readonly (readonly Missing[])[] }
  /** Nothing helps: it never holds, or nobody here knows when. */
  | { readonly type: 'unmeetable' }

/** An article to take along, free unless it has a price; it is in no total. */
export type Gift = { readonly sku: string; readonly quantity: number; readonly unitPriceMinor?: number }

/** What became of an offer in this basket. */
export type Verdict =
  | { readonly offerId: OfferId; readonly status: 'applied'; readonly amountMinor: number; readonly gifts?: readonly Gift[]; /** What the next step up would need: a further set, the next tier. */ readonly next?: readonly Missing[] }
  /** Valid, but a condition or enough matching articles are missing. All of `missing` must be met. */
  | { readonly offerId: OfferId; readonly status: 'missed'; readonly missing: readonly Missing[] }
  /** Would have applied, but another offer took its place. */
  | { readonly offerId: OfferId; readonly status: 'displaced'; readonly by: OfferId }
  /** Conditions met, yet nothing left to reduce. */
  | { readonly offerId: OfferId; readonly status: 'without effect' }
  | {
      readonly offerId: OfferId
      readonly status: 'inactive'
      readonly why: 'disabled' | 'channel' | 'currency' | 'not yet' | 'over' | 'exhausted'
      readonly at?: string
      /** The channels or currencies in which it holds. */
      readonly in?: readonly string[]
      /** Used up by this customer, not by everybody together. */
      readonly byCustomer?: true
      /** On another channel: the days and hours at which it holds there, where they are not now. */
      readonly missing?: readonly Missing[]
    }

/** One step of the calculation, in order. */
export type TraceStep = {
  readonly stage: 'catalog' | 'item' | 'order' | 'shipping' | 'floor' | 'tax' | 'rounding'
  readonly offerId?: OfferId
  readonly lineId?: string
  readonly shippingId?: string
  readonly amountMinor: number
  readonly rule: string
}

/** An amount without tax, its tax, and both together. */
export type NetAndGross = { readonly netMinor: number; readonly taxMinor: number; readonly grossMinor: number }

/** Net, tax and gross for the receipt. */
export type TaxSummary = {
  readonly items: NetAndGross
  readonly shipping: NetAndGross
  /** Items and shipping together, one entry per tax category that bears tax. */
  readonly rates: readonly (NetAndGross & { readonly category: string; readonly percent: string })[]
  /** What reductions that stand on a line of their own take off; negative. */
  readonly discounts: readonly (NetAndGross & { readonly category: string })[]
}

/** Units   minor units, fractions only where the policies round nothing. */
export type PricedBasket = {
  /** Items + shipping + tax on top; 0 for an empty basket, whatever its delivery would cost. */
  readonly totalMinor: number
  /** Items after all discounts, in the price basis of the context. */
  readonly itemsMinor: number
  /** Cart-stage discounts on items. */
  readonly itemsDiscountMinor: number
  readonly shippingMinor: number
  readonly shippingDiscountMinor: number
  readonly taxIncludedMinor: number
  readonly taxAddedMinor: number
  readonly lines: readonly PricedLine[]
  readonly shipping: readonly PricedShipping[]
  /** Reductions of the whole basket that the shop shows as a line of its own; they are in no line's discount. */
  readonly basketReductions: readonly Reduction[]
  readonly tax: TaxSummary
  readonly gifts: readonly (Gift & { readonly offerId: OfferId })[]
  /** Offers that changed something. */
  readonly applied: readonly OfferId[]
  /** One for every offer given, in the given order. */
  readonly verdicts: readonly Verdict[]
  readonly trace: readonly TraceStep[]
}
