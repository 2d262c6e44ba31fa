/** Baskets that kiosks handed over, as long as the hub remembers them. */
import type { QuoteId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Shape  `visit` names the visit among all of them; null: outside of any. */
export type HandedOver = { readonly qid: QuoteId; readonly digits: string; readonly visit: string | null; readonly issuedAt: Millis; readonly ordered: boolean }

export interface HandedOverBaskets {
  /** Those issued before `before`; any order. */
  issuedBefore(before: Millis): readonly HandedOver[]
}
