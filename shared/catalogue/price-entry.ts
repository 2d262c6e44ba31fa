/** One line of a price history. */
import type { Cents } from '../kernel/money.ts'
import type { Day } from '../kernel/time.ts'

/** A selling price and the store day from which it was asked. */
export type PriceEntry = {
  readonly from: Day
  readonly cents: Cents
  /** A further step of the reduction before it, announced as one that rises without a break (PAngV § 11 (2)). */
  readonly step?: true
}
