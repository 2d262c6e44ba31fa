/** Turns feedback events into the rows that the manager reads, in the transaction that stores the event. */
import * as v from 'valibot'
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { ListeningStore } from '#hub/ports/listening-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { PayloadRefused, Projector, StoredEvent } from '#hub/ports/projector.ts'
import type { ReceiptPlace, ReceiptStore } from '#hub/ports/receipts.ts'
import type { Transaction } from '#hub/ports/transaction.ts'
import type { Channel } from '#shared/feedback/channel.ts'
import { CONTACT_DAYS_AT_MOST } from '#shared/feedback/contact-time.ts'
import { judgeWords } from '#shared/feedback/judge-words.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { isDetail } from '#shared/feedback/survey.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { LANGUAGES, type Language } from '#shared/kernel/language.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { CommentSecret, ContactSecret, FeedbackAnswered, FeedbackCommented, FeedbackContactLeft } from '#shared/protocol/feedback-events.ts'
import { countKept } from '../figures/count-answers.ts'
import { feedbackContext, type FeedbackContext } from './feedback-context.ts'
import { quickAnswer } from '#shared/protocol/quick-checks.ts'
import { flagAnswers } from './flag-answers.ts'
import { asListed } from './list-feedback.ts'

export type FeedbackProjectorDeps = {
  readonly feedback: FeedbackStore
  readonly receipts: Pick<ReceiptStore, 'begin' | 'standings'>
  readonly documents: DocumentStore
  readonly devices: Pick<DeviceStore, 'find'>
  readonly listening: Pick<ListeningStore, 'visitAnswered' | 'looseResponse'>
  readonly hints: Pick<HintSender, 'feedback'>
  readonly cells: Pick<AnswerCells, 'keepUp'>
}

export const feedbackProjector = (deps: FeedbackProjectorDeps): Projector => {
  const contextIn = contextPerTransaction(deps.documents)
  const applyAll = (tx: Transaction, events: readonly StoredEvent[]): readonly Result<void, PayloadRefused>[] => {
    const read = events.map((stored) => readAnswer(() => contextIn(tx), stored))
    const channelOf = channelsOf(deps.devices)
    noteVisits(deps, events.filter((_, i) => read[i]!.ok), channelOf)
    const rows = [...ofDevices(read.flatMap((one) => (one.ok ? [one.value] : [])))].flatMap(([dev, answers]) => flagged(deps.feedback, dev, answers, channelOf(dev)))
    for (const { row, contact } of rows) if (contact !== null) keepContact(deps.feedback, row, contact)
    const isTakenBack = (row: FeedbackRow): boolean => typeof row.value === 'object' && row.value.length === 0
    const added = rows.filter(({ row, isNew }) => isNew && !isTakenBack(row))
    if (added.length > 0) deps.feedback.putNew(added.map(({ row }) => row))
    // A correction may be one of what was just added.
    for (const { row, isNew } of rows) {
      if (isTakenBack(row)) deps.feedback.takeBack(row)
      else if (!isNew) deps.feedback.put(row)
    }
    if (rows.length > 0) countKept(deps, contextIn(tx), rows.map(({ row }) => row))
    deps.receipts.begin(rows.flatMap(({ row }) => receiptPlace(row)))
    if (rows.length > 0) tx.afterCommit(() => deps.hints.feedback(() => asListed(deps, rows.flatMap(({ row }) => (isTakenBack(row) ? [] : [row])))))
    return read.map((one) => (one.ok ? ok(undefined) : one))
  }
  return {
    types: ['feedback.answered', 'feedback.commented', 'feedback.contact-left'],
    apply: (tx, stored) => applyAll(tx, [stored])[0]!,
    applyAll,
  }
}

/** A row whose flags and channel nobody knows yet; `contact`: how to reach somebody, as it was sealed, which goes apart. */
type Answer = { readonly row: Omit<ReceiptedRow, 'flags' | 'channel' | 'at' | 'dev'> & { readonly at: Millis; readonly dev: DeviceId }; readonly contact: string | null }
/** With the receipt that it came with, if it came with one. */
type ReceiptedRow = FeedbackRow & { readonly receipt?: ReceiptHash }

const receiptPlace = ({ receipt, dev, response, touchpoint, at, receivedAt }: ReceiptedRow): readonly ReceiptPlace[] =>
  receipt === undefined || dev === null ? [] : [{ hash: receipt, dev, response, touchpoint, at: at ?? millis(receivedAt), receivedAt: millis(receivedAt) }]

const ofDevices = (answers: readonly Answer[]): ReadonlyMap<DeviceId, readonly Answer[]> => Map.groupBy(answers, ({ row }) => row.dev)

const flagged = (feedback: FeedbackStore, dev: DeviceId, answers: readonly Answer[], channel: Channel): readonly { readonly row: ReceiptedRow; readonly contact: string | null; readonly isNew: boolean }[] => {
  const flags = flagAnswers(feedback, dev, answers.map(({ row }) => row))
  return answers.map(({ row, contact }, i) => ({ row: Object.assign({}, row, { channel, flags: flags[i]!.flags }), contact, isNew: flags[i]!.isNew }))
}

const keepContact = (feedback: FeedbackStore, { id, response, touchpoint, at, receivedAt }: FeedbackRow, contact: string): void => {
  feedback.forgetContactsBefore(millis(receivedAt - CONTACT_DAYS_AT_MOST * 86_400_000))
  feedback.keepContact({ id, response, touchpoint, at: at!, contact, sealed: true })
}

/** What is published cannot change within a transaction, and asking for every event of a batch took a tenth of its time. */
const contextPerTransaction = (documents: DocumentStore): ((tx: Transaction) => FeedbackContext) => {
  let known: { readonly tx: WeakRef<Transaction>; readonly context: FeedbackContext } | null = null
  return (tx) => {
    if (known?.tx.deref() !== tx) known = { tx: new WeakRef(tx), context: feedbackContext(documents) }
    return known.context
  }
}

const readAnswer = (context: () => FeedbackContext, stored: StoredEvent): Result<Answer, PayloadRefused> => {
  if (stored.event.t === 'feedback.answered') return readTap(context, stored)
  return stored.event.t === 'feedback.commented' ? readComment(stored) : readContact(stored)
}

const readTap = (context: () => FeedbackContext, stored: StoredEvent): Result<Answer, PayloadRefused> => {
  const quick = quickAnswer(stored.event.p)
  const answer = quick ? { success: true as const, output: quick } : v.safeParse(FeedbackAnswered, stored.event.p)
  if (!answer.success) return refuse(answer.issues)
  const { survey, question, kind } = answer.output
  const asked = context().surveys.get(survey)
  const detail = asked !== undefined && isDetail(asked, question, kind)
  return ok({ row: { ...answer.output, ...common(stored), detail }, contact: null })
}

const readComment = (stored: StoredEvent): Result<Answer, PayloadRefused> => {
  const comment = v.safeParse(FeedbackCommented, stored.event.p)
  if (!comment.success) return refuse(comment.issues)
  const secret = v.safeParse(CommentSecret, stored.secret)
  if (!secret.success) return refuse(secret.issues)
  const about = common(stored)
  // Masked on the device already; an older device may know fewer rules.
  const value = maskText(secret.output.text, about.lang).text
  const hidden = judgeWords(value)
  return ok({ row: { ...comment.output, ...about, kind: 'text', value, detail: false, ...(hidden !== null && { hidden }) }, contact: null })
}

const readContact = (stored: StoredEvent): Result<Answer, PayloadRefused> => {
  const left = v.safeParse(FeedbackContactLeft, stored.event.p)
  if (!left.success) return refuse(left.issues)
  const secret = v.safeParse(ContactSecret, stored.secret)
  if (!secret.success) return refuse(secret.issues)
  // The row says that there is a contact, never which one.
  return ok({ row: { ...left.output, ...common(stored), survey: '', question: 'contact', kind: 'contact', value: '', detail: false }, contact: stored.event.x ?? null })
}

const common = ({ event, dev, atHub, receivedAt }: StoredEvent) => ({ id: event.id, dev, at: atHub, receivedAt, ...languageOf(event.p) })

const languageOf = (said: Json): { readonly lang?: Language } => {
  const lang = typeof said === 'object' && said !== null && 'lang' in said ? said['lang'] : null
  const known = LANGUAGES.find((language) => language === lang)
  return known ? { lang: known } : {}
}

/** Which visit left an answer; an answer before any visit began is counted by itself. Not which answer it was. */
const noteVisits = ({ listening }: FeedbackProjectorDeps, events: readonly StoredEvent[], channelOf: (dev: DeviceId) => Channel): void => {
  for (const { event, dev, atHub } of events) {
    if (event.t !== 'feedback.answered' || channelOf(dev) !== 'kiosk') continue
    if (event.sid === null) listening.looseResponse(dev, (event.p as { readonly response: string }).response, atHub)
    else listening.visitAnswered(dev, event.sid)
  }
}

/** Nobody says on which channel they are: a tablet of the team notes what was told to it, whatever it claims. */
const channelsOf = (devices: Pick<DeviceStore, 'find'>): ((dev: DeviceId) => Channel) => (dev) => {
  const role = devices.find(dev)?.role ?? 'kiosk'
  return role === 'kiosk' ? 'kiosk' : 'staff'
}

const refuse = (issues: readonly v.BaseIssue<unknown>[]): Result<never, PayloadRefused> =>
  err({ type: 'PayloadRefused', why: issues.map((issue) => `${v.getDotPath(issue) ?? 'payload'}: ${issue.message}`).join('; ').slice(0, 300) })
