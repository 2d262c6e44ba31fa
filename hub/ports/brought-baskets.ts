/** Baskets that a phone or a web page wants on a kiosk, for who types six characters rather than holds a code to a scanner. */
import type { QuoteId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** `digits`: as in its QR code. `code`: the six characters made of its id. */
export type KeptBrought = { readonly id: QuoteId; readonly code: string; readonly digits: string; readonly at: Millis }

/** A day of a busy store; whoever asks without end makes the oldest go, not the disk full. */
export const MOST_BROUGHT = 20_000

export interface BroughtBaskets {
  /** Keeps it; the same id again is no error and changes nothing. What is older than `forgetBefore` goes, and the oldest beyond MOST_BROUGHT. */
  keep(brought: KeptBrought, forgetBefore: Millis): void
  /** The newest with this code that is not older than `since`. */
  findByCode(code: string, since: Millis): KeptBrought | null
}
