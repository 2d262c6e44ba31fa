/** The end of what somebody asked to be forgotten: in the database, in what devices send again, and in every copy that is ever put back. */
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'

/** `rows`: events and rows that went. `items`: ids of the answers among them, for the screens that still show them. */
export type Erased = { readonly rows: number; readonly items: readonly string[] }

/**
 * Each is one transaction, or part of the running one.
 * Order  what is to be forgotten is durable before the first row goes, so a crash in between only delays the rest to the next start.
 */
export interface Erasure {
  /** Erases everything of one response: answers, words, contact, what was said over it, and the events they came with. No rows: the response is unknown. */
  eraseResponse(response: string): Erased
  /** The same by the receipt, which need not have arrived: what comes with it later is swallowed. */
  eraseReceipt(hash: ReceiptHash): Erased
  /** Erases the contact alone that was left with a receipt's answers. */
  eraseContact(hash: ReceiptHash): Erased
  /** How many receipts are erased of which nothing ever came. */
  waiting(): number
  /** Erases again what an older copy brought back. How many rows that were. */
  eraseAgain(): number
  /** Empties the journal, which still holds deleted rows. False: somebody reads, and it has to be tried again. Never inside a transaction. */
  settle(): boolean
}
