/** Answers from a shopper's own phone, by the sign that they scanned: checked against the survey of its place, kept once however often they are sent. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import { signSource, type ListeningStore } from '#hub/ports/listening-store.ts'
import type { ReceiptLedger, ReceiptStore } from '#hub/ports/receipts.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { checkAnswer, openingOf } from '#shared/feedback/answer.ts'
import { judgeWords } from '#shared/feedback/judge-words.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { MAX_AGO_MS, type SignName } from '#shared/feedback/sign-code.ts'
import { isDetail, recordedQuestions, type Survey, type Touchpoint } from '#shared/feedback/survey.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { AnswerSignReply, AnswerSignRequest, OpenSignReply, PhoneAnswer } from '#shared/protocol/phone-feedback.ts'
import { countKept } from '../figures/count-answers.ts'
import { feedbackContext } from './feedback-context.ts'
import { flagAnswers } from './flag-answers.ts'
import { asListed } from './list-feedback.ts'
import { shopOf } from './show-receipt.ts'

export type PhoneFeedbackParts = {
  readonly listening: Pick<ListeningStore, 'sign'>
  readonly feedback: FeedbackStore
  readonly cells: Pick<AnswerCells, 'keepUp'>
  readonly receipts: Pick<ReceiptStore, 'begin' | 'standings'>
  readonly receiptLedger: ReceiptLedger
  readonly documents: DocumentStore
  readonly transactions: Transactions
  readonly clock: Clock
  readonly hints: Pick<HintSender, 'feedback'>
}

type Asked = { readonly touchpoint: Touchpoint; readonly survey: Survey }

/** What is asked where the sign hangs. A sign that is revoked looks like one that never was. */
export const openSign = (parts: PhoneFeedbackParts, { sign }: { readonly sign: SignName }): OpenSignReply => {
  const store = shopOf(parts.documents.current()?.items ?? {})
  const asked = askedBy(parts, sign)
  return asked && openingOf(asked.survey) ? { type: 'survey', survey: asked.survey, touchpoint: asked.touchpoint.name, store } : { type: 'none', store }
}

/** What somebody began to answer is taken to its end also if the survey rests since. */
export const answerSign = (parts: PhoneFeedbackParts, request: AnswerSignRequest): AnswerSignReply => {
  const asked = askedBy(parts, request.sign)
  if (!asked) return { type: 'none' }
  const { clock, feedback, transactions, receipts, receiptLedger, hints } = parts
  const now = clock.now()
  const dev = signSource(request.sign.touchpoint, request.sign.serial)
  const rows = request.answers.map((answer) => rowOf(asked, request, answer, now))
  const kept = rows.flatMap((row) => (row === null ? [] : [{ ...row, dev }]))
  const refused = request.answers.flatMap(({ id }, i) => (rows[i] === null ? [id] : []))
  transactions.run((tx) => {
    // Whoever asked to be forgotten is, also by a phone that sends once more.
    if (receiptLedger.forgotten([request.receipt]).size > 0) return
    const unknown = new Set(feedback.gone(kept.map(({ id }) => id)))
    const fresh = kept.filter(({ id }) => unknown.has(id))
    if (fresh.length === 0) return
    const flags = flagAnswers(feedback, dev, fresh)
    // Two people may scan one sign at once: only a flood of them is a sign of play.
    const flagged = fresh.map((row, i): FeedbackRow => ({ ...row, flags: flags[i]!.flags.filter((flag) => flag === 'burst') }))
    // In the order they were tapped: what was chosen, taken back and is sent again is taken back again.
    for (const row of flagged) {
      if (isTakenBack(row)) feedback.takeBack(row)
      else feedback.put(row)
    }
    const held = flagged.filter((row) => !isTakenBack(row))
    countKept(parts, feedbackContext(parts.documents), held)
    receipts.begin([{ hash: request.receipt, dev, response: request.response, touchpoint: request.sign.touchpoint, at: fresh[0]!.at, receivedAt: now }])
    receiptLedger.keep(held.map(({ id }) => ({ hash: request.receipt, id })))
    tx.afterCommit(() => hints.feedback(() => asListed(parts, held)))
  })
  return { type: 'kept', ids: request.answers.map(({ id }) => id).filter((id) => !refused.includes(id)), refused }
}

const askedBy = ({ listening, documents }: PhoneFeedbackParts, { touchpoint, serial, code }: SignName): Asked | null => {
  const sign = listening.sign(touchpoint, serial)
  if (!sign || sign.revokedAt !== null || sign.code !== code) return null
  const place = documentsToTouchpoints(documents.current()?.items ?? {}).find(({ id }) => id === touchpoint)
  const survey = place && feedbackContext(documents).surveys.get(place.survey)
  return survey ? { touchpoint: place, survey } : null
}

const isTakenBack = ({ value }: Pick<FeedbackRow, 'value'>): boolean => typeof value === 'object' && value.length === 0

/** Null: no answer to what is asked there. */
const rowOf = ({ touchpoint, survey }: Asked, { response, language }: AnswerSignRequest, { id, question, value, ago }: PhoneAnswer, now: Millis): (Omit<FeedbackRow, 'flags' | 'at' | 'dev'> & { readonly at: Millis }) | null => {
  const recorded = recordedQuestions(survey).find((one) => one.id === question)
  if (!recorded) return null
  const isRight = recorded.kind === 'choice' || recorded.kind === 'ranking' ? isTakenBack({ value }) || checkAnswer(recorded.question, value).ok : (recorded.row ? typeof value === 'number' && value >= 1 && value <= 5 : checkAnswer(recorded.question, value).ok)
  if (!isRight) return null
  // Masked on the phone already; nobody has to believe a phone.
  const words = recorded.kind === 'text' ? maskText(String(value), language).text : null
  const hidden = words === null ? null : judgeWords(words)
  return {
    id: `phone-${id}`,
    response,
    touchpoint: touchpoint.id,
    survey: survey.id,
    question,
    kind: recorded.kind,
    value: words ?? value,
    detail: isDetail(survey, question, recorded.kind),
    at: millis(now - Math.min(ago, MAX_AGO_MS)),
    receivedAt: now,
    channel: 'phone',
    lang: language,
    ...(hidden !== null && { hidden }),
  }
}
