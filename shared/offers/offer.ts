/** What the merchant promises. The shape of one offer; how a shop turns it into cents is a matter of its policies. */
import type { OfferId } from '../kernel/ids.ts'
import type { Localised } from '../kernel/language.ts'

/** At least, at most, more than, less than, exactly. */
export type Comparison = 'gte' | 'lte' | 'gt' | 'lt' | 'eq'

/** Narrows to basket lines; all given keys must hold. */
export type Filter = {
  readonly lines?: readonly string[]
  readonly skus?: readonly string[]
  readonly products?: readonly string[]
  readonly taxons?: readonly string[]
  readonly taxonMode?: 'direct' | 'subtree'
  /** All of them, named by the article itself. */
  readonly allTaxons?: readonly string[]
  readonly notSkus?: readonly string[]
  readonly notProducts?: readonly string[]
  readonly notTaxons?: readonly string[]
  /** On the catalogue price. */
  readonly priceMinMinor?: number
  readonly priceMaxMinor?: number
  readonly excludeReduced?: boolean
  /** Pieces of the line itself. */
  readonly quantityMin?: number
  readonly quantityMax?: number
  readonly any?: readonly Filter[]
}

/** Prices as listed, with tax, or without. */
export type TaxBasis = 'list' | 'gross' | 'net'

/** A tree of conditions; a leaf whose facts are missing is false, never an error. */
export type Condition =
  | { readonly type: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition }
  | { readonly type: 'never' }
  | { readonly type: 'subtotal' | 'grandTotal'; readonly op?: Comparison; readonly amountMinor: number; readonly byCurrency?: AmountByCurrency; readonly basis?: 'current' | 'initial'; readonly taxBasis?: TaxBasis; readonly select?: Filter }
  | { readonly type: 'quantity' | 'lineQuantity'; readonly op?: Comparison; readonly value: number; readonly select?: Filter }
  | { readonly type: 'contains' | 'allLines'; readonly select: Filter }
  | { readonly type: 'customerGroup' | 'customerTag' | 'store' | 'country' | 'shippingMethod'; readonly in: readonly string[] }
  | { readonly type: 'nthOrder'; readonly n: number }
  | { readonly type: 'birthday'; readonly daysBefore?: number; readonly daysAfter?: number }
  /** ISO weekdays 1 … 7 in the store's time zone. */
  | { readonly type: 'weekday'; readonly days: readonly number[] }
  /** Minutes since local midnight, `fromMinute` ≤ now < `untilMinute`. */
  | { readonly type: 'timeOfDay'; readonly fromMinute: number; readonly untilMinute: number }

/** Units   minor units of each named currency, in place of the amount beside it; currencies not named keep that amount. */
export type AmountByCurrency = { readonly [currency: string]: number }

/** Percent is an exact decimal string such as "12.5". */
export type SimpleValue =
  | { readonly percent: string }
  | { readonly amountMinor: number; readonly byCurrency?: AmountByCurrency }
  | { readonly priceMinor: number; readonly byCurrency?: AmountByCurrency }
  | { readonly unitPriceMinor: number; readonly byCurrency?: AmountByCurrency }
/** A simple value; one that climbs by tiers (the highest reached holds, else the base); or one for the first and another for each following piece. */
export type Value =
  | SimpleValue
  | { readonly base: SimpleValue; readonly tiers: readonly { readonly from: number; readonly value: SimpleValue }[]; readonly tiersBy: 'lineAmount' | 'orderSubtotalInitial' | 'selectedQuantity' }
  | { readonly schedule: { readonly firstMinor: number; readonly nextMinor: number; readonly maxUnits?: number } }

/** How many pieces take part: per line, or of the whole basket in the order of `pick`. */
export type MaxUnits = { readonly count: number; readonly per: 'line' | 'order'; readonly pick?: 'cartOrder' | 'cheapest' | 'dearestLineSquared' }

/** How bought and given pieces are told apart; see `Policies`. */
export type BuyGetMode = 'flatY' | 'reserve' | 'inTurn' | 'apart'

/**
 * What an offer does. Amounts are of listed prices; with `taxBasis` they are of prices with or without tax, whatever way these are listed.
 * unitDiscount    every piece of the selected lines; lineDiscount: once per line; orderDiscount: the sum of the selected lines
 * cheapest        one piece of the cheapest selected line
 * quantityGroups  every piece of full groups of `groupSize`, counted over all selected lines; the value is per piece
 * buyGet          buy some, get others cheaper, `repeat` times at most (once if absent). With `spendMinor` the bought articles must also
 *                 cost so much at their catalogue price
 * set             complete sets, one list of pieces per group; `group` narrows to one of them; `pick` takes the nth pieces, for at most
 *                 `maxUses` sets. A price is per set, a unit price per piece, a percentage or an amount once for all that was picked
 *                 A group with `amountMinor` takes pieces until they cost so much, `count` pieces at least
 * gift            offers an article to take along, free or at `unitPriceMinor`; the price of the basket stays until it is taken
 */
export type Effect =
  | { readonly type: 'unitPrice'; readonly value: Value; readonly select?: Filter }
  | { readonly type: 'unitDiscount' | 'lineDiscount'; readonly value: Value; readonly select?: Filter; readonly maxUnits?: MaxUnits; readonly perUnitCap?: boolean; readonly base?: 'list' | 'current'; readonly taxBasis?: TaxBasis }
  | { readonly type: 'orderDiscount'; readonly value: Value; readonly select?: Filter; readonly maxUnits?: MaxUnits; readonly capMinor?: number; readonly base?: 'initial' | 'current'; readonly distribution?: string; readonly taxBasis?: TaxBasis }
  | { readonly type: 'shippingDiscount'; readonly value: Value; readonly methods?: readonly string[]; readonly allocation?: 'each' | 'across'; readonly capMinor?: number; readonly base?: 'list' | 'now'; readonly taxBasis?: TaxBasis }
  | { readonly type: 'cheapest'; readonly value: Value; readonly select?: Filter }
  | { readonly type: 'quantityGroups'; readonly value: Value; readonly groupSize: number; readonly select?: Filter }
  | { readonly type: 'buyGet'; readonly mode?: BuyGetMode; readonly repeat?: number; readonly taxBasis?: TaxBasis; readonly buy: { readonly select?: Filter; readonly quantity: number; readonly spendMinor?: number; readonly byCurrency?: AmountByCurrency }; readonly get: { readonly select?: Filter; readonly quantity: number; readonly value: SimpleValue } }
  | { readonly type: 'set'; readonly groups: readonly { readonly count: number; readonly amountMinor?: number; readonly byCurrency?: AmountByCurrency; readonly sort: 'priceAsc' | 'priceDesc'; readonly select?: Filter }[]; readonly group?: number; readonly value: SimpleValue; readonly capMinor?: number; readonly pick?: { readonly sort?: 'priceAsc' | 'priceDesc'; readonly nth?: number | readonly number[] | 'all'; readonly maxUses?: number | 'all'; readonly across?: 'vertical' | 'horizontal' } }
  | { readonly type: 'gift'; readonly sku: string; readonly quantity: number; readonly unitPriceMinor?: number; readonly byCurrency?: AmountByCurrency }

/** One promise of the merchant: for whom and when it holds, and what it does. Absent limits do not limit. */
export type Offer = {
  readonly id: OfferId
  readonly name?: string
  readonly enabled?: boolean
  readonly stage?: 'catalog' | 'cart'
  readonly lane?: string
  readonly priority?: number
  readonly exclusive?: boolean
  readonly excludes?: readonly string[]
  /** `StopAfterThisDiscount`: once it has taken something off, no offer after it has a turn. */
  readonly stackingMode?: 'Stacking' | 'StopAfterThisDiscount'
  readonly combinesWith?: { readonly item?: boolean; readonly order?: boolean; readonly shipping?: boolean }
  readonly channels?: readonly string[]
  readonly currencies?: readonly string[]
  /** ISO 8601 UTC, both ends included. */
  readonly window?: { readonly from?: string; readonly until?: string }
  readonly trigger?: { readonly type: 'auto' } | { readonly type: 'code'; readonly codes: readonly string[] }
  readonly limits?: {
    readonly total?: number
    readonly used?: number
    readonly perCustomer?: number
    readonly usedByCustomer?: number
    readonly budget?: { readonly type: 'spend'; readonly limitMinor: number; readonly usedMinor?: number } | { readonly type: 'usage'; readonly limit: number; readonly used?: number }
  }
  readonly when?: Condition
  readonly effects: readonly Effect[]
}

/** An offer as it is published: the promise, and how it is told to people. */
export type PublishedOffer = {
  readonly offer: Offer
  /** Short number used in hand-off codes, 1 … 65 535. */
  readonly number: number
  /** The promise in a few characters for the shelf label, e.g. "−20 %", "3 für 2". */
  readonly badge: Localised
  readonly title: Localised
  readonly summary: Localised
  readonly picture: string
  /** `exact`: any device computes it. `checkout`: needs facts that only the web shop has (membership, birthday, usage counts), shown as "applied at checkout" and never guessed. */
  readonly certainty: 'exact' | 'checkout'
}
