/** An improvement from its plan to its numbers. It ends with them, or is given up with a reason; nothing else closes it. */
import type { Improvement } from '#hub/ports/case-store.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { checkPlan } from '#shared/insights/experiment/improvement-plan.ts'
import { closeImprovement } from '#shared/insights/experiment/improvement-result.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import type { AuditAct } from '#shared/privacy/audit-act.ts'
import type { ActingCalls, ImprovementView } from '#shared/protocol/acting.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import type { Actor } from './keep-cases.ts'
import { answersOf, readImprovement, type ImprovementParts } from './read-improvements.ts'

export type KeepImprovementsParts = ImprovementParts & {
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly hints: Pick<HintSender, 'acting'>
  /** Says over the receipt of a response that something was changed for it; nothing where it has none. */
  readonly improvedFor: (response: string, actor: Actor) => void
  /** Tells other systems, within the transaction. */
  readonly tell: (one: Improvement) => void
}

type Refused = { readonly code: 'not_found' | 'bad_request' }
type Viewed = Result<ImprovementView, Refused>
type Reply<K extends keyof ActingCalls> = Result<ActingCalls[K]['reply'], Refused>

/** A plan is a promise of something that comes: its second window begins today or later. Errors  not_found: there is no such pattern, or it has an improvement that goes on. */
export const planImprovement = (parts: KeepImprovementsParts, { pattern, measure, plan, key }: ActingCalls['improvements.plan']['request'], actor: Actor): Reply<'improvements.plan'> => {
  const checked = checkPlan(plan)
  if (!checked.ok) return ok({ type: 'faulty', why: checked.error.why })
  const now = parts.clock.now()
  const known = parts.cases.improvementOfKey(key)
  if (known) return ok({ type: 'planned', id: known.id })
  if (plan.after.from < localTime(now, feedbackContext(parts.documents).timeZone).day) return ok({ type: 'faulty', why: 'past' })
  const isFree = parts.cases.patterns().some(({ id }) => id === pattern) && !parts.cases.improvements().some((one) => one.pattern === pattern && one.ending === null)
  if (!isFree) return err({ code: 'not_found' })
  return noted(parts, () => {
    const made = parts.cases.plan({ pattern, measure: measure.trim(), plan: checked.value, plannedAt: now }, key)
    record(parts, actor, 'improvement.planned', made)
    return ok({ type: 'planned', id: made.id })
  })
}

/** With its numbers, or with what they lack. That no effect was shown is an end like any other. */
export const endImprovement = (parts: KeepImprovementsParts, { id, note }: { readonly id: number; readonly note: string }, actor: Actor): Reply<'improvements.close'> => {
  const one = openOne(parts, id)
  if (!one) return err({ code: 'not_found' })
  const now = parts.clock.now()
  const result = closeImprovement(one.plan, answersOf(parts, one.plan), localTime(now, feedbackContext(parts.documents).timeZone).day)
  if (!result.ok) return ok(result.error.why === 'running' ? { type: 'running', until: result.error.until } : { type: 'few', missing: result.error.missing })
  const ended: Improvement = { ...one, endedAt: now, ending: 'closed', note: note.trim(), result: result.value }
  noted(parts, () => {
    parts.cases.saveImprovement(ended)
    record(parts, actor, 'improvement.closed', one)
    parts.tell(ended)
    if (result.value.verdict === 'kept') for (const { origin } of casesOf(parts, one)) if (origin.type === 'response') parts.improvedFor(origin.response, actor)
  })
  const improvement = readImprovement(parts, id)
  return improvement ? ok({ type: 'closed', improvement }) : err({ code: 'not_found' })
}

/** Given up, with the reason. It has shown nothing. */
export const stopImprovement = (parts: KeepImprovementsParts, { id, note }: { readonly id: number; readonly note: string }, actor: Actor): Viewed => {
  const one = openOne(parts, id)
  return one ? saved(parts, { ...one, endedAt: parts.clock.now(), ending: 'stopped', note: note.trim() }, actor, 'improvement.closed') : err({ code: 'not_found' })
}

/** Approves the words for the wall, or takes it off. Errors  bad_request: its effect was not shown, so there is nothing to tell. */
export const tellImprovement = (parts: KeepImprovementsParts, { id, text }: ActingCalls['improvements.tell']['request'], actor: Actor): Viewed => {
  const one = parts.cases.improvements().find((other) => other.id === id)
  if (!one) return err({ code: 'not_found' })
  if (text !== null && one.result?.verdict !== 'kept') return err({ code: 'bad_request' })
  return saved(parts, { ...one, told: text && { de: text.de.trim(), en: text.en.trim() } }, actor, 'improvement.told')
}

const openOne = ({ cases }: ImprovementParts, id: number): Improvement | undefined => cases.improvements().find((one) => one.id === id && one.ending === null)
const casesOf = ({ cases }: ImprovementParts, { pattern }: Improvement) => cases.cases(millis(Number.MAX_SAFE_INTEGER)).filter((one) => one.pattern === pattern)

const saved = (parts: KeepImprovementsParts, one: Improvement, actor: Actor, what: AuditAct): Viewed => {
  noted(parts, () => {
    parts.cases.saveImprovement(one)
    record(parts, actor, what, one)
  })
  const view = readImprovement(parts, one.id)
  return view ? ok(view) : err({ code: 'not_found' })
}

const record = ({ audit }: KeepImprovementsParts, { who, device }: Actor, what: AuditAct, { id }: Improvement): void => audit.record({ who, what, device, object: `improvement/${id}` })

const noted = <T>({ transactions, hints }: KeepImprovementsParts, work: () => T): T =>
  transactions.run((tx) => {
    tx.afterCommit(() => hints.acting())
    return work()
  })
