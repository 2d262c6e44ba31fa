/** A shopper asks to be forgotten: by the code on the receipt, without a name, from everywhere. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Erasure } from '#hub/ports/erasure.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { ReceiptLedger, ReceiptStore } from '#hub/ports/receipts.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { receiptHash } from '#shared/feedback/receipt-code.ts'
import { feedbackContext } from './feedback-context.ts'
import type { EraseReceiptRequest, ReceiptErasedReply } from '#shared/protocol/receipts.ts'

export type EraseByReceiptParts = {
  readonly erasure: Erasure
  readonly cells: Pick<AnswerCells, 'count'>
  readonly documents: DocumentStore
  readonly receipts: Pick<ReceiptStore, 'find'>
  readonly receiptLedger: Pick<ReceiptLedger, 'forgotten'>
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly hints: Pick<HintSender, 'erased'>
  readonly timer: Timer
}

/** Wishes kept for answers that have not arrived. A kiosk that is cut off for weeks has some dozens; whoever makes up codes fills no disk. */
export const MAX_WAITING_ERASURES = 20_000
const TRY_AGAIN_MS = 5_000

export const eraseByReceipt = (parts: EraseByReceiptParts, { code, what }: EraseReceiptRequest): ReceiptErasedReply => {
  const { erasure, receipts, receiptLedger, transactions, audit, hints, cells, documents } = parts
  const hash = receiptHash(code)
  const isKnown = receipts.find(hash) !== null
  if (what === 'contact' ? !isKnown : receiptLedger.forgotten([hash]).size > 0) return { type: 'erased' }
  if (!isKnown && erasure.waiting() >= MAX_WAITING_ERASURES) return { type: 'full' }
  transactions.run((tx) => {
    const { rows, items } = what === 'all' ? erasure.eraseReceipt(hash) : erasure.eraseContact(hash)
    // Until it is counted, what went is noted beside the cells as it was.
    if (items.length > 0) cells.count(feedbackContext(documents).timeZone)
    audit.record({ who: 'shopper', what: 'receipt.erased', device: null, object: null, count: rows })
    if (items.length > 0) tx.afterCommit(() => hints.erased({ ids: items }))
  })
  settle(parts)
  return { type: 'erased' }
}

/** While somebody reads the database its journal cannot be emptied. */
const settle = ({ erasure, timer }: EraseByReceiptParts): void => {
  if (erasure.settle()) return
  const end = timer.every(TRY_AGAIN_MS, () => {
    if (erasure.settle()) end()
  })
}
