/** Visits and how far they came, one row each: what the funnel is counted from. */
import type { FunnelCounts } from '#shared/insights/funnel.ts'
import type { DeviceId, QuoteId, VisitId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'

export type VisitName = { readonly dev: DeviceId; readonly sid: VisitId }

/** Hub time, `until` not included. */
export type FunnelStretch = { readonly from: number; readonly until: number }

/** Every call may come again, and in any order: a visit is made of whatever is known of it. */
export interface FunnelStore {
  /** `told`: the device also tells when the basket begins. */
  visitStarted(visit: VisitName, at: Millis, told: boolean): void
  basketBegun(visit: VisitName, at: Millis): void
  /** A code stood on the screen of `dev`; `sid` null: outside of any visit. */
  codeShown(code: { readonly qid: QuoteId; readonly dev: DeviceId; readonly sid: VisitId | null; readonly at: Millis }): void
  /** Its claim has changed: opened, ordered, or no longer ordered. `dev` is who signed it; its own word may come later. */
  handoffMoved(qid: QuoteId, dev: DeviceId): void
  /** By the beginning of visits; those that had their time by the beginning of their day. */
  countsByDevice(stretch: FunnelStretch): readonly { readonly dev: DeviceId; readonly counts: FunnelCounts }[]
  /** Beginning of the oldest visit; null before the first. */
  since(): Millis | null
  /** Claims of this stretch whose code the device has not told of yet. */
  early(stretch: FunnelStretch): { readonly opened: number; readonly ordered: number }
}
