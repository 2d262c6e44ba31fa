/** Turns feedback events into the rows that the manager reads, in the transaction that stores the event. */
import * as v from 'valibot'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { PayloadRefused, Projector, StoredEvent } from '#hub/ports/projector.ts'
import type { Transaction } from '#hub/ports/transaction.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { BURST_WINDOW_MS, misuseFlags, type MisuseFlag } from '#shared/feedback/misuse.ts'
import { millis } from '#shared/kernel/time.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { CommentSecret, ContactSecret, FeedbackAnswered, FeedbackCommented, FeedbackContactLeft } from '#shared/protocol/feedback-events.ts'
import { feedbackContext, type FeedbackContext } from './feedback-context.ts'
import { rowToItem } from './list-feedback.ts'

/** How long a contact is kept: long enough to answer a complaint, then it is nobody's business. */
export const CONTACT_DAYS = 90

export type FeedbackProjectorDeps = { readonly feedback: FeedbackStore; readonly documents: DocumentStore; readonly hints: Pick<HintSender, 'feedback'> }

export const feedbackProjector = (deps: FeedbackProjectorDeps): Projector => {
  const contextIn = contextPerTransaction(deps.documents)
  return {
    types: ['feedback.answered', 'feedback.commented', 'feedback.contact-left'],
    apply: (tx, stored) => {
      const row = toRow(deps, () => contextIn(tx), stored)
      if (!row.ok) return row
      deps.feedback.put(row.value)
      tx.afterCommit(() => deps.hints.feedback([rowToItem(row.value)]))
      return ok(undefined)
    },
  }
}

/** What is published cannot change within a transaction, and asking for every event of a batch took a tenth of its time. */
const contextPerTransaction = (documents: DocumentStore): ((tx: Transaction) => FeedbackContext) => {
  let known: { readonly tx: WeakRef<Transaction>; readonly context: FeedbackContext } | null = null
  return (tx) => {
    if (known?.tx.deref() !== tx) known = { tx: new WeakRef(tx), context: feedbackContext(documents) }
    return known.context
  }
}

const toRow = (deps: FeedbackProjectorDeps, context: () => FeedbackContext, stored: StoredEvent): Result<FeedbackRow, PayloadRefused> => {
  if (stored.event.t === 'feedback.answered') return answeredRow(deps, context, stored)
  return stored.event.t === 'feedback.commented' ? commentedRow(deps, stored) : contactRow(deps, stored)
}

const answeredRow = (deps: FeedbackProjectorDeps, context: () => FeedbackContext, stored: StoredEvent): Result<FeedbackRow, PayloadRefused> => {
  const answer = v.safeParse(FeedbackAnswered, stored.event.p)
  if (!answer.success) return refuse(answer.issues)
  const { survey, question, kind } = answer.output
  const opening = context().surveys.get(survey)?.opening
  const detail = opening !== undefined && opening.id !== question && opening.kind === kind
  return ok({ ...answer.output, ...common(deps, stored, answer.output.response), detail })
}

const commentedRow = (deps: FeedbackProjectorDeps, stored: StoredEvent): Result<FeedbackRow, PayloadRefused> => {
  const comment = v.safeParse(FeedbackCommented, stored.event.p)
  if (!comment.success) return refuse(comment.issues)
  const secret = v.safeParse(CommentSecret, stored.secret)
  if (!secret.success) return refuse(secret.issues)
  // Masked on the device already; an older device may know fewer rules.
  return ok({ ...comment.output, ...common(deps, stored, comment.output.response), kind: 'text', value: maskText(secret.output.text).text, detail: false })
}

const contactRow = (deps: FeedbackProjectorDeps, stored: StoredEvent): Result<FeedbackRow, PayloadRefused> => {
  const left = v.safeParse(FeedbackContactLeft, stored.event.p)
  if (!left.success) return refuse(left.issues)
  const secret = v.safeParse(ContactSecret, stored.secret)
  if (!secret.success) return refuse(secret.issues)
  const { response, touchpoint } = left.output
  deps.feedback.forgetContactsBefore(millis(stored.receivedAt - CONTACT_DAYS * 86_400_000))
  deps.feedback.keepContact({ id: stored.event.id, response, touchpoint, at: stored.atHub, contact: secret.output.contact })
  // The row says that there is a contact, never which one.
  return ok({ ...left.output, ...common(deps, stored, response), survey: '', question: 'contact', kind: 'contact', value: '', detail: false })
}

const common = (deps: FeedbackProjectorDeps, stored: StoredEvent, response: string) => ({
  id: stored.event.id,
  dev: stored.dev,
  at: stored.atHub,
  receivedAt: stored.receivedAt,
  channel: 'kiosk' as const,
  flags: flagsFor(deps.feedback, stored, response),
})

/** The first answer of a response decides; the others follow it. */
const flagsFor = (feedback: FeedbackStore, { dev, atHub }: StoredEvent, response: string): readonly MisuseFlag[] =>
  feedback.flagsOf(dev, response) ?? misuseFlags(atHub, feedback.startsSince(dev, millis(atHub - BURST_WINDOW_MS), response))

const refuse = (issues: readonly v.BaseIssue<unknown>[]): Result<never, PayloadRefused> =>
  err({ type: 'PayloadRefused', why: issues.map((issue) => `${v.getDotPath(issue) ?? 'payload'}: ${issue.message}`).join('; ').slice(0, 300) })
