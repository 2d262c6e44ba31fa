/** How a shop calculates: every point at which shops differ, by the name of its policy. A policy that is absent has the value named first. */
import type { BuyGetMode } from './offer.ts'
import type { RoundingMode } from './pricing-context.ts'

/** One shop, as the answers to every question on which shops differ. */
export type Policies = {
  /** `passes`: all item offers, then order, then shipping. `sequence`: offer by offer, each with its effects as written. */
  readonly order?: 'passes' | 'sequence'
  /** The passes and their order; item, order, shipping if absent. */
  readonly stages?: readonly ('item' | 'order' | 'shipping')[]
  /** `perLine`: line by line, every offer tested again on the running prices. */
  readonly itemPass?: 'all' | 'perLine'
  readonly sort?: 'asGiven' | 'priorityDesc'
  /** Between equal priorities. */
  readonly tie?: 'asGiven' | 'newestFirst'
  /**
   * `firstOnly` and `preventCombination`: the first exclusive offer that fits applies alone.
   * `firstCodeOnly`: the exclusive offer whose code was entered first, of those that fit, keeps the offers of all other codes away.
   */
  readonly exclusive?: 'none' | 'firstOnly' | 'preventCombination' | 'firstCodeOnly'
  /**
   * `bestPerTarget`: one offer per line, charge and order. `classBest`: one per line and charge, all order offers; of offers that do not
   * combine, those that together save most. `bestOrderOffer`: one order offer, all others.
   */
  readonly select?: 'all' | 'bestPerTarget' | 'classBest' | 'bestOrderOffer'
  /** Groups of offers that follow one another; the best is chosen inside each. */
  readonly lanes?: readonly string[]
  /** Order reductions count as reductions of their lines and compete with them. */
  readonly orderAsLines?: boolean
  /** `codeReplacesAutoOrder`: an entered code takes the place of automatic order offers. */
  readonly codesAndAutos?: 'both' | 'codeReplacesAutoOrder'
  /** What a percentage on articles is taken from: the list price, or what is left to pay. */
  readonly unitPercentBase?: 'list' | 'current'
  readonly orderBase?: 'current' | 'initial'
  readonly shippingBase?: 'now' | 'list'
  /** All order offers are computed on the same subtotal. */
  readonly orderSimultaneous?: boolean
  /** `double`: percentages are multiplied in binary floating point, as the shop's own runtime does; some of its halves are no halves then. */
  readonly arithmetic?: 'exact' | 'double'
  /** All effects of one offer in one pass look at the same prices; what they take off the basket is added and split once. */
  readonly effectsTogether?: boolean
  /** Where and how a percentage is rounded; per line, half up, if absent. */
  readonly percentRound?: { readonly scope: 'unit' | 'line' | 'order'; readonly mode: RoundingMode }
  /** How an order reduction is split over lines; `largestRemainder` if absent, `none`: it stands on a line of its own. */
  readonly distribute?: 'roundThenFirst' | 'floorMaxError' | 'largestRemainder' | 'runningFromLast' | 'lastTakesRest' | 'wooPerUnit' | 'exact' | 'none' | 'ProportionateDistribution' | 'EvenDistribution' | 'IndividualApplication'
  readonly weights?: 'currentLine' | 'gross'
  /** What exceeds a line is lost in either case; `drop` says that the shop knows. */
  readonly overflow?: 'keep' | 'drop'
  /** Prices are kept per piece. */
  readonly units?: boolean
  /** Minimum prices hold, and what they clip is split over the other lines. */
  readonly minPrice?: boolean
  /** A reduction on a line of its own is capped at the running total. */
  readonly capAtCart?: boolean
  /** `none`: every shipping reduction is taken from the full charge, even below nothing. */
  readonly shippingFloor?: 'zero' | 'none'
  /** The lowest fixed shipping price beats every other shipping reduction. */
  readonly shippingFixedWins?: boolean
  /** Percentages are taken from what is left, as in `unitPercentBase` and `orderBase` current. */
  readonly sequential?: boolean
  /** What one offer takes off one line is nothing unless it is more than this, in the basis of its effect; such a line uses up none of its pieces. Units  minor units */
  readonly dustMinor?: string
  /** By which price the cheapest pieces are found. */
  readonly cheapestBy?: 'list' | 'net'
  /** Whether an amount per piece is capped at the piece (true if absent) or only at the line. */
  readonly perUnitCap?: boolean
  /** In which order lines are served. */
  readonly itemOrder?: 'asGiven' | 'dearestLineSquared' | 'dearestUnit'
  /**
   * `capMinusApplied`: a line discount is taken from the counted pieces less everything that already came off the line.
   * `leastOfCapAndRest`: from the counted pieces, or from what is left of the line if that is less.
   */
  readonly lineBase?: string
  /** Kept as shops state it; offers on articles always start from the list price. */
  readonly unitPriceFrom?: string
  readonly buyGetFirst?: boolean
  /**
   * `flatY`: once, the cheapest pieces, even if counted as bought. `reserve`: the dearest pieces are kept back for all later offers,
   * all or nothing. `inTurn`: the same again and again, until `repeat` pieces were given. `apart`: bought and given pieces are different ones, as many as there are.
   */
  readonly buyGet?: BuyGetMode
  readonly catalog?: { readonly select: 'sequence' | 'best' | 'first'; readonly roundOn: 'price' | 'discount'; readonly mode: RoundingMode }
  /** `wooSubtotal`: as `woo`, but rounded once over all articles. `exact`: rounded nowhere. `perRate`: lines are rounded without tax, tax once per rate on their sum; the total is what these add up to. */
  readonly tax?: 'sylius-lines' | 'sylius-units' | 'sylius-units-decimal' | 'vendure' | 'shopware' | 'woo' | 'wooSubtotal' | 'perLine' | 'perRate' | 'exact'
  /** `BestDeal`: catalogue offers and prices already reduced, or cart offers on the original prices, whichever costs less; the former on a tie. */
  readonly discountCombinationMode?: 'Stacking' | 'BestDeal'
  /** The total is rounded to multiples of this, for cash. */
  readonly cashRounding?: { readonly intervalMinor: number; readonly mode: RoundingMode }
  /** The basket is rounded once at the end; `unit`: unit prices also before everything. */
  readonly totalRounding?: 'unit' | 'line' | 'order'
}
