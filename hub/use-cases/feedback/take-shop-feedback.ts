/** Answers that a web shop hands in: good ones are kept, each once, bad ones are named with their reason. */
import * as v from 'valibot'
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { ReceiptStore } from '#hub/ports/receipts.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { judgeWords } from '#shared/feedback/judge-words.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { isDetail, recordedQuestions, type Survey } from '#shared/feedback/survey.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { ShopAnswer, type ShopFeedbackBody, type ShopFeedbackReply } from '#shared/protocol/shop-feedback.ts'
import { countKept } from '../figures/count-answers.ts'
import { feedbackContext } from './feedback-context.ts'
import { asListed } from './list-feedback.ts'

export type ShopFeedbackParts = {
  readonly feedback: FeedbackStore
  readonly cells: Pick<AnswerCells, 'keepUp'>
  readonly receipts: Pick<ReceiptStore, 'standings'>
  readonly documents: DocumentStore
  readonly transactions: Transactions
  readonly clock: Clock
  readonly hints: Pick<HintSender, 'feedback'>
}

/** A shop's clock may run ahead by so much; older than this nobody hands in singly: that is an import. */
const AHEAD_MS = 300_000
const BACK_MS = 400 * 86_400_000
/** Survey of answers that name none. */
const OWN_SURVEY = 'shop'

/** `source`: who hands in, so that two shops may use the same names. The shop's own names are kept as hashes: an order's number leads to a person. */
export const takeShopFeedback = (parts: ShopFeedbackParts, source: string, { answers }: ShopFeedbackBody): ShopFeedbackReply => {
  const now = parts.clock.now()
  const read = answers.map((answer) => readAnswer(parts.documents, source, answer, now))
  const rows = read.flatMap((one) => (one.ok ? [one.value] : []))
  const kept = parts.transactions.run((tx) => {
    const fresh = rows.filter((row) => parts.feedback.add(row))
    if (fresh.length > 0) countKept(parts, feedbackContext(parts.documents), fresh)
    if (fresh.length > 0) tx.afterCommit(() => parts.hints.feedback(() => asListed(parts, fresh)))
    return fresh.length
  })
  const bad = read.flatMap((one, index) => (one.ok ? [] : [{ index, id: nameOf(answers[index]), reason: one.error }]))
  return { kept, known: rows.length - kept, bad }
}

const nameOf = (answer: unknown): string | null => (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string' ? answer.id.slice(0, 200) : null)

const readAnswer = (documents: DocumentStore, source: string, given: unknown, now: Millis): Result<FeedbackRow, string> => {
  const parsed = v.safeParse(ShopAnswer, given)
  if (!parsed.success) return err(parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'answer'}: ${issue.message}`).join('; ').slice(0, 300))
  const { id, response = id, touchpoint, survey: named, question, kind, value, at: said, lang } = parsed.output
  const at = said === undefined ? now : Date.parse(said)
  if (at > now + AHEAD_MS) return err('at: lies in the future')
  if (at < now - BACK_MS) return err('at: older than 400 days, which is for an import')
  const survey = named === undefined ? undefined : feedbackContext(documents).surveys.get(named)
  const wrong = survey && notAsked(survey, parsed.output)
  if (wrong) return err(wrong)
  const words = kind === 'text' ? maskText(value, lang).text : null
  const hidden = words === null ? null : judgeWords(words)
  return ok({
    id: `shop-${digest(`${source}\n${id}`)}`,
    dev: `shop-${source}`.slice(0, 80),
    response: `shop-${digest(`${source}\n${response}\nresponse`)}`,
    touchpoint,
    survey: named ?? OWN_SURVEY,
    question,
    kind,
    value: words ?? value,
    detail: survey !== undefined && isDetail(survey, question, kind),
    at: millis(Math.min(at, now)),
    receivedAt: now,
    channel: 'shop',
    flags: [],
    ...(lang !== undefined && { lang }),
    ...(hidden !== null && { hidden }),
  })
}

/** Of a survey that is published here the question must be one, asked like this; a shop may ask its own ones under a survey of its own. */
const notAsked = (survey: Survey, { question, kind, value }: ShopAnswer): string | null => {
  const asked = recordedQuestions(survey).find(({ id }) => id === question)
  if (!asked) return `question: "${survey.id}" does not ask "${question}"`
  if (asked.kind !== kind) return `kind: "${question}" is asked as ${asked.kind}`
  const options = asked.question.options?.map(({ id }) => id)
  const other = options && Array.isArray(value) ? value.find((id) => !options.includes(id)) : undefined
  return other === undefined ? null : `value: "${other}" is no option of "${question}"`
}

const digest = (text: string): string => bytesToHex(sha256(utf8(text))).slice(0, 32)
