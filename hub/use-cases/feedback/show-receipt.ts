/** The shopper's side of a receipt: what they said, what became of it, a further word of theirs. Whoever has the code is the shopper. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Receipt, ReceiptStore } from '#hub/ports/receipts.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { contactEndsAt } from '#shared/feedback/contact-time.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { mayWrite } from '#shared/feedback/receipt.ts'
import { receiptHash, type ReceiptCode } from '#shared/feedback/receipt-code.ts'
import { recordedQuestions, recordedText, type Option } from '#shared/feedback/survey.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { documentsToBrand, documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { AnswerReceiptRequest, ReceiptAnswer, ReceiptAnswerReply, ReceiptReply, ReceiptShop, ShopperReceipt } from '#shared/protocol/receipts.ts'
import type { Documents } from '#shared/sync/release.ts'
import { feedbackContext } from './feedback-context.ts'
import { itemsOf } from './follow-receipt.ts'

export type ShowReceiptParts = {
  readonly receipts: ReceiptStore
  readonly feedback: Pick<FeedbackStore, 'ofResponse' | 'contacts'>
  readonly documents: DocumentStore
  readonly transactions: Transactions
  readonly clock: Clock
  readonly hints: Pick<HintSender, 'feedback'>
}

/** Also for a receipt that is erased, or of which nothing has arrived: the hub cannot tell these from one that never was, and does not try. */
export const showReceipt = (parts: ShowReceiptParts, code: ReceiptCode): ReceiptReply => {
  const hash = receiptHash(code)
  const receipt = parts.receipts.find(hash)
  if (receipt) parts.transactions.run(() => parts.receipts.noteRead(hash, parts.clock.now()))
  return tell(parts, receipt)
}

export const addToReceipt = (parts: ShowReceiptParts, { code, text, key, language }: AnswerReceiptRequest): ReceiptAnswerReply => {
  const hash = receiptHash(code)
  const isFull = parts.transactions.run((tx) => {
    const receipt = parts.receipts.find(hash)
    if (!receipt) return false
    if (!mayWrite('shopper', receipt.words)) return !parts.receipts.isSaid(hash, key)
    // Masked on the phone already; nobody has to believe a phone.
    parts.receipts.say(hash, { who: 'shopper', text: maskText(text.trim(), language).text, at: parts.clock.now(), key })
    tx.afterCommit(() => parts.hints.feedback(() => itemsOf(parts, receipt)))
    return false
  })
  return isFull ? { type: 'full' } : tell(parts, parts.receipts.find(hash))
}

const tell = (parts: ShowReceiptParts, receipt: Receipt | null): ReceiptReply => {
  const items = parts.documents.current()?.items ?? {}
  const store = shopOf(items)
  return receipt ? { type: 'receipt', receipt: shopperReceipt(parts, items, receipt), store } : { type: 'none', store }
}

/** What a phone needs to know of the store. */
export const shopOf = (items: Documents): ReceiptShop | null => {
  const store = documentsToStore(items)
  const brand = documentsToBrand(items)
  return store.ok ? { name: store.value.name, timeZone: store.value.timeZone, brand: brand.ok ? brand.value : null } : null
}

const shopperReceipt = (parts: ShowReceiptParts, items: Documents, receipt: Receipt): ShopperReceipt => {
  const { dev, response, touchpoint, at, steps, words } = receipt
  const place = documentsToTouchpoints(items).find(({ id }) => id === touchpoint)?.name
  const kept = parts.feedback.contacts().find((contact) => contact.response === response)
  const until = kept ? contactEndsAt(kept) : 0
  return {
    place: place ?? named(touchpoint),
    at,
    answers: parts.feedback.ofResponse(dev, response).flatMap((row) => answerOf(parts.documents, row)),
    steps,
    words,
    open: mayWrite('shopper', words),
    contactUntil: until > parts.clock.now() ? until : null,
  }
}

const answerOf = (documents: DocumentStore, { kind, survey, question, value }: FeedbackRow): readonly ReceiptAnswer[] => {
  if (kind === 'contact') return []
  const asked = questionOf(documents, survey, question)
  const chosen = typeof value === 'object' ? value.map((id) => asked?.options?.find((option) => option.id === id)?.text ?? named(id)) : []
  return [{ question: asked?.text ?? named(question), kind, score: typeof value === 'number' ? value : null, chosen, text: typeof value === 'string' ? value : null }]
}

const questionOf = (documents: DocumentStore, survey: string, question: string): { readonly text: Localised; readonly options: readonly Option[] | undefined } | null => {
  const asked = feedbackContext(documents).surveys.get(survey)
  const recorded = asked && recordedQuestions(asked).find(({ id }) => id === question)
  return recorded ? { text: recordedText(recorded), options: recorded.question.options } : null
}

/** What no release names any more keeps its id. */
const named = (id: string): Localised => ({ de: id, en: id })
