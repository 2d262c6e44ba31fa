/** The store's side of a receipt: what was said over an answer, where it stands, and the store's own word. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Receipt, ReceiptStore } from '#hub/ports/receipts.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { mayWrite, moveReceipt, RECEIPT_STATES, receiptState, stateAfterReply, type ReceiptState } from '#shared/feedback/receipt.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { ReceiptView } from '#shared/protocol/receipts.ts'
import { rowToItem, withStandings } from './list-feedback.ts'

export type FollowReceiptParts = {
  readonly receipts: ReceiptStore
  readonly feedback: Pick<FeedbackStore, 'ofResponse' | 'noteContactAnswered'>
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly clock: Clock
  readonly hints: Pick<HintSender, 'feedback'>
}

/** Who speaks for the store, and on which device. */
export type Speaker = { readonly who: string; readonly device: string }

type Viewed = Result<ReceiptView, Pick<CallError, 'code'>>

export const readReceipt = ({ receipts }: Pick<FollowReceiptParts, 'receipts'>, response: string): Viewed => {
  const receipt = receipts.ofResponse(response)
  return receipt ? ok(viewOf(receipt)) : err({ code: 'not_found' })
}

export const moveAnswer = (parts: FollowReceiptParts, { response, state }: { readonly response: string; readonly state: ReceiptState }, { who, device }: Speaker): Viewed =>
  change(parts, response, (receipt) => {
    if (receiptState(receipt.steps) !== state) parts.audit.record({ who, what: 'receipt.moved', device, object: null, count: 1 })
    advance(parts, receipt, state)
    return null
  })

export const replyToAnswer = (parts: FollowReceiptParts, { response, text, key }: { readonly response: string; readonly text: string; readonly key: string }, { who, device }: Speaker): Viewed =>
  change(parts, response, (receipt) => {
    if (!mayWrite('store', receipt.words)) return { code: 'bad_request' }
    parts.receipts.say(receipt.hash, { who: 'store', text: maskText(text.trim()).text, at: parts.clock.now(), key })
    advance(parts, receipt, stateAfterReply(receiptState(receipt.steps)))
    parts.audit.record({ who, what: 'receipt.answered', device, object: null, count: 1 })
    return null
  })

/** Moved on because something was done about it; what has come further stays there. Nothing where it has no receipt. */
export const advanceAnswer = (parts: FollowReceiptParts, response: string, state: ReceiptState, speaker: Speaker): void => {
  const receipt = parts.receipts.ofResponse(response)
  if (receipt && RECEIPT_STATES.indexOf(receiptState(receipt.steps)) < RECEIPT_STATES.indexOf(state)) moveAnswer(parts, { response, state }, speaker)
}

/** One transaction, and whoever watches sees it. */
const change = (parts: FollowReceiptParts, response: string, work: (receipt: Receipt) => Pick<CallError, 'code'> | null): Viewed => {
  const refused = parts.transactions.run((tx) => {
    const receipt = parts.receipts.ofResponse(response)
    if (!receipt) return { code: 'not_found' } as const
    tx.afterCommit(() => parts.hints.feedback(() => itemsOf(parts, receipt)))
    return work(receipt)
  })
  return refused ? err(refused) : readReceipt(parts, response)
}

const advance = ({ receipts, feedback, clock }: FollowReceiptParts, receipt: Receipt, state: ReceiptState): void => {
  const now = clock.now()
  receipts.putSteps(receipt.hash, moveReceipt(receipt.steps, state, now))
  // From here on the contact that was left for the answer has served.
  if (state === 'answered' || state === 'improved') feedback.noteContactAnswered(receipt.response, now)
}

/** The answers of a receipt as the manager's screen lists them. */
export const itemsOf = ({ feedback, receipts }: { readonly feedback: Pick<FeedbackStore, 'ofResponse'>; readonly receipts: Pick<ReceiptStore, 'standings'> }, { dev, response }: Pick<Receipt, 'dev' | 'response'>) =>
  withStandings(receipts, feedback.ofResponse(dev, response).map(rowToItem))

const viewOf = ({ response, steps, words, readAt }: Receipt): ReceiptView => ({ response, steps, words, readAt })
