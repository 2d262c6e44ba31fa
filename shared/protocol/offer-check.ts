/** What the web shop itself says about an offer, now. */
import type { Verdict } from '../offers/priced-basket.ts'

export type OfferAnswer = {
  readonly offer: string
  readonly validNow: boolean
  readonly channels: readonly string[]
  readonly from: string | null
  readonly until: string | null
  /** Verdict for one piece of the asked product, or for an empty basket. */
  readonly verdict: Verdict
  /** Release the answer was computed from. */
  readonly releaseHash: string
  readonly at: number
}
