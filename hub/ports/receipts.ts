/** What belongs to the receipts of answers: where each answer stands, and what was said over it since. The hub knows a receipt by the hash of its code alone. */
import type { ReceiptStanding, ReceiptStep, ReceiptWord } from '#shared/feedback/receipt.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Whose answers a receipt is for. */
export type ReceiptPlace = {
  readonly hash: ReceiptHash
  /** The device they were given on, and the number they share there. */
  readonly dev: string
  readonly response: string
  readonly touchpoint: string
  /** When the first of them was given, and when it arrived. */
  readonly at: Millis
  readonly receivedAt: Millis
}

export type Receipt = ReceiptPlace & {
  readonly steps: readonly ReceiptStep[]
  readonly words: readonly ReceiptWord[]
  /** When the shopper last looked at it; null: never. */
  readonly readAt: Millis | null
}

export interface ReceiptStore {
  /** Begins receipts; one that is known already stays as it is. */
  begin(places: readonly ReceiptPlace[]): void
  find(hash: ReceiptHash): Receipt | null
  /** By the number that answers share. */
  ofResponse(response: string): Receipt | null
  /** How answers stand, by their response; those without a receipt are not among them. */
  standings(responses: readonly string[]): ReadonlyMap<string, ReceiptStanding>
  /** The way it has come, instead of the one that is kept. */
  putSteps(hash: ReceiptHash, steps: readonly ReceiptStep[]): void
  /** Adds a word. `key`: its sender's own name for it; a sender's word whose key is known is not added again, and that is no fault. */
  say(hash: ReceiptHash, word: ReceiptWord & { readonly key: string }): void
  /** Whether the shopper has said a word of this key. */
  isSaid(hash: ReceiptHash, key: string): boolean
  noteRead(hash: ReceiptHash, at: Millis): void
  /** Lets receipts go of which nobody has heard since: neither an answer, nor a step, nor a word. How many. */
  forgetBefore(at: Millis): number
}

/** The receipts that events carry. Written with the event, whether it is understood or not, so that all of a receipt is found when it has to go; of an erased one nothing is written. */
export interface ReceiptLedger {
  /** Those of these whose answers were erased, or shall be when they come. */
  forgotten(hashes: readonly ReceiptHash[]): ReadonlySet<ReceiptHash>
  keep(events: readonly { readonly hash: ReceiptHash; readonly id: string }[]): void
  /** What came with these was not kept: they do not wait any more. */
  swallowed(hashes: ReadonlySet<ReceiptHash>): void
}
