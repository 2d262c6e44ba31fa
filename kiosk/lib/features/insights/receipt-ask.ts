/** What the screen asks the hub about one receipt. `gone`: it is erased; null: nobody answered. */
import type { ReceiptState } from '#shared/feedback/receipt.ts'
import type { ReceiptView } from '#shared/protocol/receipts.ts'

export interface ReceiptAsk {
  read(response: string): Promise<ReceiptView | 'gone' | null>
  move(response: string, state: ReceiptState): Promise<ReceiptView | 'gone' | null>
  reply(response: string, text: string, key: string): Promise<ReceiptView | 'gone' | null>
  /** A name for one word, so that a word sent twice is said once. */
  newKey(): string
}
