/** A case: something somebody has to take up, until it is settled in words. */
import { err, ok, type Result } from '../kernel/result.ts'
import type { Millis } from '../kernel/time.ts'
import { afterOpenMinutes, type OpeningHours } from './opening-hours.ts'
import type { Team } from './team.ts'

export const SEVERITIES = ['high', 'normal', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Hours of opening until a case is due: within the day, within two, within the week. */
export const DUE_OPEN_HOURS: { readonly [S in Severity]: number } = { high: 8, normal: 24, low: 60 }

/** Longest title, and the longest note of one step, in characters. */
export const MAX_TITLE = 120
export const MAX_NOTE = 1_000
/** Steps of one case: a story, not a diary. */
export const MAX_STEPS = 200

/** What it came from. `response`: one customer's answers, as their device (empty: none) sent them · `alarm`: a change · `topic`: what many wrote about · `hand`: somebody saw it · `erased`: answers that are erased. */
export type CaseOrigin =
  | { readonly type: 'response'; readonly response: string; readonly dev: string }
  | { readonly type: 'alarm'; readonly alarm: number }
  | { readonly type: 'topic'; readonly topic: string }
  | { readonly type: 'hand' }
  | { readonly type: 'erased' }

export type CaseOwner = { readonly type: 'person'; readonly person: string } | { readonly type: 'team'; readonly team: Team }

export const CASE_STEPS = ['opened', 'note', 'assigned', 'severity', 'overdue', 'resolved', 'reopened', 'joined', 'erased'] as const

/** One thing that happened. `who`: a person's id; null: the hub, or a store that names teams alone. */
export type CaseStep = { readonly what: (typeof CASE_STEPS)[number]; readonly at: Millis; readonly who: string | null; readonly text: string }

/**
 * A case as it is kept.
 * Shape   `touchpoint`, `topic`: what it is about, null where nobody knows · `team`: the department that sees it, also where a person owns it ·
 *         `overdueAt`: when it was told to the manager that nobody had settled it in time, once per term.
 */
export type Case = {
  readonly id: number
  readonly title: string
  readonly touchpoint: string | null
  readonly topic: string | null
  readonly origin: CaseOrigin
  readonly owner: CaseOwner
  readonly team: Team
  readonly severity: Severity
  readonly openedAt: Millis
  readonly dueAt: Millis
  readonly closedAt: Millis | null
  readonly overdueAt: Millis | null
  readonly pattern: number | null
  readonly steps: readonly CaseStep[]
}

/** `closed`, `open`: it is so already · `words`: what became of it, or why it begins again, is missing · `full`: it has too many steps. */
export type CaseFault = { readonly type: 'CaseFault'; readonly why: 'closed' | 'open' | 'words' | 'full' }
type Changed = Result<Case, CaseFault>

/** What is needed to promise a time. */
export type Promising = { readonly hours: OpeningHours; readonly timeZone: string }

export const dueAt = (from: Millis, severity: Severity, { hours, timeZone }: Promising): Millis => afterOpenMinutes(from, DUE_OPEN_HOURS[severity] * 60, hours, timeZone)

/** Overdue cases are open ones; what was settled late was settled. */
export const isOverdue = (one: Pick<Case, 'closedAt' | 'dueAt'>, now: Millis): boolean => one.closedAt === null && now > one.dueAt

/** Errors  words · closed · full. */
export const addNote = (one: Case, step: Omit<CaseStep, 'what'>): Changed => (one.closedAt === null ? withStep(one, { ...step, what: 'note' }) : fault('closed'))

/** Settles it with the words that say what became of it. Errors  words · closed. */
export const resolveCase = (one: Case, step: Omit<CaseStep, 'what'>): Changed => {
  if (one.closedAt !== null) return fault('closed')
  const settled = withStep(one, { ...step, what: 'resolved' })
  return settled.ok ? ok({ ...settled.value, closedAt: step.at }) : settled
}

/** Begins again, with a new term. Errors  words · open. */
export const reopenCase = (one: Case, step: Omit<CaseStep, 'what'>, promising: Promising): Changed => {
  if (one.closedAt === null) return fault('open')
  const again = withStep(one, { ...step, what: 'reopened' })
  return again.ok ? ok({ ...again.value, closedAt: null, overdueAt: null, dueAt: dueAt(step.at, one.severity, promising) }) : again
}

/** Another owner. Order  the term goes on. Errors  closed · full. */
export const assignCase = (one: Case, { owner, team }: Pick<Case, 'owner' | 'team'>, step: Omit<CaseStep, 'what' | 'text'>): Changed => {
  if (one.closedAt !== null) return fault('closed')
  const assigned = withStep(one, { ...step, what: 'assigned', text: team })
  return assigned.ok ? ok({ ...assigned.value, owner, team }) : assigned
}

/** More or less urgent; the term is counted from its beginning. Errors  closed · full. */
export const gradeCase = (one: Case, severity: Severity, step: Omit<CaseStep, 'what' | 'text'>, promising: Promising): Changed => {
  if (one.closedAt !== null) return fault('closed')
  const begun = one.steps.findLast(({ what }) => what === 'reopened')?.at ?? one.openedAt
  const graded = withStep(one, { ...step, what: 'severity', text: severity })
  return graded.ok ? ok({ ...graded.value, severity, dueAt: dueAt(begun, severity, promising) }) : graded
}

/** Told to the manager, once per term; null: not overdue, or told already. */
export const escalateCase = (one: Case, now: Millis): Case | null =>
  isOverdue(one, now) && one.overdueAt === null ? { ...one, overdueAt: now, steps: [...one.steps, { what: 'overdue', at: now, who: null, text: '' }] } : null

/** Steps whose text is not anybody's words. */
const WORDLESS = new Set<CaseStep['what']>(['overdue', 'assigned', 'severity', 'joined', 'opened', 'erased'])

const withStep = (one: Case, step: CaseStep): Changed => {
  const text = step.text.trim().slice(0, MAX_NOTE)
  if (text === '' && !WORDLESS.has(step.what)) return fault('words')
  return one.steps.length >= MAX_STEPS && step.what === 'note' ? fault('full') : ok({ ...one, steps: [...one.steps, { ...step, text }] })
}

const fault = (why: CaseFault['why']): Result<never, CaseFault> => err({ type: 'CaseFault', why })
