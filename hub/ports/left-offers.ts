/** Offers that people left to the checkout by hand, and who did so; lifted ones stay on record. */
import type { DeviceId, OfferId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { ParityCause } from '#shared/protocol/parity.ts'

export type LeftByHand = {
  readonly offer: OfferId
  readonly at: Millis
  /** Device on which somebody did it. */
  readonly by: DeviceId
  /** Of the alarm it was left for; null: none. */
  readonly cause: ParityCause | null
  /** Its document as it would be in force otherwise; later imports bring newer ones. */
  readonly body: Json
}

export interface LeftOffers {
  /** Those that are left now. Order  newest first. */
  all(): readonly LeftByHand[]
  /** Does nothing if it is left already. */
  leave(offer: LeftByHand): void
  keepBody(offer: OfferId, body: Json): void
  /** What was left; null if it was not. */
  lift(offer: OfferId, at: Millis, by: DeviceId): LeftByHand | null
}
