/** A manager has the last word on which comments are folded away; nothing is deleted by it. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { Hidden } from '#shared/feedback/hidden.ts'
import type { Acting } from './keep-signs.ts'

export type FoldParts = { readonly feedback: Pick<FeedbackStore, 'fold'>; readonly transactions: Transactions; readonly audit: AuditBook }

/** Null: no comment of this id is held. The log does not say which: nothing there goes, and the comment may be erased. */
export const foldWords = ({ feedback, transactions, audit }: FoldParts, { id, fold }: { readonly id: string; readonly fold: boolean }, { who, device }: Acting): Hidden | null => {
  const hidden: Hidden = fold ? 'person' : 'shown'
  return transactions.run(() => {
    if (!feedback.fold(id, hidden)) return null
    audit.record({ who, what: fold ? 'words.folded' : 'words.shown', device, object: null })
    return hidden
  })
}
