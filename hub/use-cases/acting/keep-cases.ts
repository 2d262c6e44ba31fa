/** What people do with cases. Every act stands in the audit log, in its own transaction. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { AlarmStore } from '#hub/ports/alarm-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { addNote, assignCase, dueAt, escalateCase, gradeCase, reopenCase, resolveCase, type Case, type CaseFault, type CaseOrigin, type CaseOwner, type Promising } from '#shared/cx/case.ts'
import type { Team } from '#shared/cx/team.ts'
import { readComment } from '#shared/insights/words/read-comment.ts'
import type { PersonId } from '#shared/devices/person.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { AuditAct } from '#shared/privacy/audit-act.ts'
import type { ActingCalls, CaseChange, CaseView } from '#shared/protocol/acting.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import { readCase, teamOf, type ReadCasesParts } from './read-cases.ts'
import { voicesOf } from './read-improvements.ts'

/** Who acts, and on which device. */
export type Actor = { readonly who: string; readonly device: string }

export type KeepCasesParts = ReadCasesParts & {
  readonly alarms: Pick<AlarmStore, 'alarm'>
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly hints: Pick<HintSender, 'acting'>
  readonly promising: () => Promising
  /** Says over the receipt of a response that somebody looks into it; nothing where it has none. */
  readonly lookingInto: (response: string, actor: Actor) => void
  /** Tells other systems, within the transaction. */
  readonly tell: (type: 'case.opened' | 'case.closed', one: Case) => void
}

type Fault = { readonly code: 'not_found' | 'bad_request' }
type Viewed = Result<CaseView, Pick<CallError, 'code'>>
type OpenRequest = ActingCalls['cases.open']['request']

const NO_CASE: Fault = { code: 'not_found' }
const REFUSED: Fault = { code: 'bad_request' }

/** Errors  not_found: what it came from is not held · bad_request: a person in a store that names teams alone. A response has one open case at most: that one is the answer. */
export const openCase = (parts: KeepCasesParts, request: OpenRequest, actor: Actor): Viewed =>
  act(parts, () => {
    const origin = originOf(parts, request.origin)
    if (!origin) return err(NO_CASE)
    const owned = ownedBy(parts, request.owner)
    if (!owned) return err(REFUSED)
    const known = parts.cases.ofKey(request.key) ?? (origin.type === 'response' ? parts.cases.openOfResponse(origin.response) : null)
    if (known) return ok(known)
    const now = parts.clock.now()
    const made = parts.cases.open({ ...startOf(parts, request, origin), ...owned, ...termsOf(parts, request, now), steps: [{ what: 'opened', at: now, who: authorOf(parts, actor), text: '' }] }, request.key)
    record(parts, actor, 'case.opened', made)
    parts.tell('case.opened', made)
    if (origin.type === 'response') parts.lookingInto(origin.response, actor)
    return ok(made)
  })

export const changeCase = (parts: KeepCasesParts, { id, change }: { readonly id: number; readonly change: CaseChange }, actor: Actor): Viewed => alter(parts, id, actor, (one) => changed(parts, one, change, actor))

/** A word of somebody of the team that it belongs to, or its end. Errors  not_found: it belongs to another. */
export const stepCase = (parts: KeepCasesParts, { id, text, settled }: { readonly id: number; readonly text: string; readonly settled: boolean }, actor: Actor): Viewed => {
  if (parts.cases.case(id)?.team !== teamOf(parts, actor.who)) return err(NO_CASE)
  return alter(parts, id, actor, (one) => changed(parts, one, { type: settled ? 'resolve' : 'note', text }, actor))
}

export const setTeam = (parts: KeepCasesParts, { person, team }: { readonly person: string; readonly team: Team }, { who, device }: Actor): Result<{ readonly set: true }, Fault> =>
  parts.transactions.run((tx) => {
    if (!parts.people.find(person as PersonId)) return err(NO_CASE)
    parts.cases.setTeam(person, team)
    parts.audit.record({ who, what: 'case.team', device, object: person })
    tx.afterCommit(() => parts.hints.acting())
    return ok({ set: true as const })
  })

/** Puts cases together under a name. Errors  not_found: one of them is not there. */
export const joinCases = (parts: KeepCasesParts, { title, cases, key }: ActingCalls['cases.join']['request'], actor: Actor): Result<{ readonly pattern: number }, Fault> =>
  parts.transactions.run((tx) => {
    const found = cases.flatMap((id) => parts.cases.case(id) ?? [])
    if (found.length < cases.length) return err(NO_CASE)
    const now = parts.clock.now()
    const pattern = parts.cases.addPattern({ title: title.trim(), madeAt: now }, key)
    for (const one of found) {
      if (one.pattern === pattern.id) continue
      parts.cases.save(joined(parts, one, pattern.id, actor))
      record(parts, actor, 'case.changed', one)
    }
    tx.afterCommit(() => parts.hints.acting())
    return ok({ pattern: pattern.id })
  })

/** Tells the manager of every case that nobody settled in time, once per term. How many those are. */
export const escalateCases = (parts: Pick<KeepCasesParts, 'cases' | 'audit' | 'clock'>): number => {
  const now = parts.clock.now()
  let n = 0
  for (const one of parts.cases.cases(now)) {
    const escalated = escalateCase(one, now)
    if (!escalated) continue
    parts.cases.save(escalated)
    parts.audit.record({ who: 'hub', what: 'case.overdue', device: null, object: objectOf(one) })
    n += 1
  }
  return n
}

const changed = (parts: KeepCasesParts, one: Case, change: CaseChange, actor: Actor): Result<Case, CaseFault | Fault> => {
  const step = { at: parts.clock.now(), who: authorOf(parts, actor) }
  switch (change.type) {
    case 'note':
      return addNote(one, { ...step, text: change.text })
    case 'resolve':
      return resolveCase(one, { ...step, text: change.text })
    case 'reopen':
      return reopenCase(one, { ...step, text: change.text }, parts.promising())
    case 'grade':
      return gradeCase(one, change.severity, step, parts.promising())
    case 'assign': {
      const owned = ownedBy(parts, change.owner)
      return owned ? assignCase(one, owned, step) : err(REFUSED)
    }
    case 'join':
      return change.pattern === null || parts.cases.patterns().some(({ id }) => id === change.pattern) ? ok(joined(parts, one, change.pattern, actor)) : err(NO_CASE)
  }
}

const joined = (parts: KeepCasesParts, one: Case, pattern: number | null, actor: Actor): Case => ({
  ...one,
  pattern,
  steps: [...one.steps, { what: 'joined', at: parts.clock.now(), who: authorOf(parts, actor), text: pattern === null ? '' : String(pattern) }],
})

const alter = (parts: KeepCasesParts, id: number, actor: Actor, change: (one: Case) => Result<Case, CaseFault | Fault>): Viewed =>
  act(parts, () => {
    const one = parts.cases.case(id)
    if (!one) return err(NO_CASE)
    const done = change(one)
    if (!done.ok) return err('code' in done.error ? done.error : REFUSED)
    parts.cases.save(done.value)
    const isClosed = one.closedAt === null && done.value.closedAt !== null
    record(parts, actor, isClosed ? 'case.closed' : 'case.changed', one)
    if (isClosed) parts.tell('case.closed', done.value)
    return done
  })

/** One transaction, and whoever has the page open asks again. */
const act = (parts: KeepCasesParts, work: () => Result<Case, Fault | CaseFault>): Viewed => {
  const done = parts.transactions.run((tx) => {
    tx.afterCommit(() => parts.hints.acting())
    return work()
  })
  if (!done.ok) return err('code' in done.error ? done.error : REFUSED)
  const view = readCase(parts, done.value.id)
  return view ? ok(view) : err(NO_CASE)
}

const record = ({ audit }: KeepCasesParts, { who, device }: Actor, what: AuditAct, one: Case): void => audit.record({ who, what, device, object: objectOf(one) })
const objectOf = ({ id }: Case): string => `case/${id}`

/** A store that names teams alone keeps nobody's name beside what they did; the audit log knows. */
const authorOf = ({ teamOnly }: KeepCasesParts, { who }: Actor): string | null => (teamOnly() ? null : who)

const ownedBy = (parts: KeepCasesParts, owner: CaseOwner): Pick<Case, 'owner' | 'team'> | null => {
  if (owner.type === 'team') return { owner, team: owner.team }
  return parts.teamOnly() || !parts.people.find(owner.person as PersonId) ? null : { owner, team: teamOf(parts, owner.person) }
}

const originOf = (parts: KeepCasesParts, origin: OpenRequest['origin']): CaseOrigin | null => {
  if (origin.type === 'alarm') return parts.alarms.alarm(origin.alarm) ? origin : null
  if (origin.type !== 'response') return origin
  const source = parts.cases.sourceOf(origin.response)
  return source && { ...origin, dev: source.dev }
}

/** Where it happened and what it is about, as far as anybody can tell. */
const startOf = (parts: KeepCasesParts, { title, touchpoint, origin: asked }: OpenRequest, origin: CaseOrigin): Pick<Case, 'title' | 'touchpoint' | 'topic' | 'origin' | 'pattern'> => {
  const place = touchpoint ?? (origin.type === 'response' ? (parts.cases.sourceOf(origin.response)?.touchpoint ?? null) : origin.type === 'alarm' ? (parts.alarms.alarm(origin.alarm)?.place ?? null) : null)
  const words = voicesOf(parts.feedback, { origin }).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const topic = asked.type === 'topic' ? asked.topic : (words.flatMap((text) => readComment(text).mentions)[0]?.topic ?? null)
  return { title: title.trim(), touchpoint: place, topic, origin, pattern: null }
}

const termsOf = (parts: KeepCasesParts, { severity }: OpenRequest, now: Millis): Pick<Case, 'severity' | 'openedAt' | 'dueAt' | 'closedAt' | 'overdueAt'> => ({
  severity,
  openedAt: now,
  dueAt: dueAt(now, severity, parts.promising()),
  closedAt: null,
  overdueAt: null,
})
