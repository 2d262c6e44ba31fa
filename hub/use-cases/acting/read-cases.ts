/** Cases as managers and staff read them, with what was said where they came from. */
import type { CaseStore } from '#hub/ports/case-store.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { PeopleStore } from '#hub/ports/people.ts'
import type { ReceiptStore } from '#hub/ports/receipts.ts'
import { isOverdue, type Case } from '#shared/cx/case.ts'
import { suggestPatterns } from '#shared/cx/pattern.ts'
import { USUAL_TEAM, type Team } from '#shared/cx/team.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { ReceiptStanding } from '#shared/feedback/receipt.ts'
import { millis } from '#shared/kernel/time.ts'
import { MAX_CASES, PAST_DAYS, type CasesReply, type CaseView, type OwnCasesReply } from '#shared/protocol/acting.ts'
import { voicesOf } from './read-improvements.ts'

export type ReadCasesParts = {
  readonly cases: CaseStore
  readonly feedback: Pick<FeedbackStore, 'ofResponse'>
  readonly receipts: Pick<ReceiptStore, 'standings'>
  readonly people: Pick<PeopleStore, 'find' | 'list'>
  readonly teamOnly: () => boolean
  readonly clock: Clock
}

const DAY_MS = 86_400_000

/** Everything a manager acts on. Order  the newest first. */
export const readCases = (parts: ReadCasesParts): CasesReply => {
  const all = recentCases(parts)
  // One that has ended leaves room for the next.
  const improvements = new Map(parts.cases.improvements().flatMap(({ id, pattern, ending }) => (ending === null ? [[pattern, id] as const] : [])))
  const teams = parts.cases.teams()
  return {
    asOf: parts.clock.now(),
    teamOnly: parts.teamOnly(),
    cases: all.map(caseViews(parts, all)),
    patterns: parts.cases.patterns().map(({ id: pattern, title, madeAt }) => ({ id: pattern, title, madeAt, cases: all.filter((one) => one.pattern === pattern).map(({ id }) => id), improvement: improvements.get(pattern) ?? null })),
    suggestions: suggestPatterns(all),
    people: parts.people.list().map(({ id, name }) => ({ id, name, team: teams.get(id) ?? USUAL_TEAM })),
    escalated: parts.cases.escalated(),
  }
}

/** Open cases of the person's own department. */
export const readOwnCases = (parts: ReadCasesParts, person: string): OwnCasesReply => {
  const team = teamOf(parts, person)
  const own = recentCases(parts).filter((one) => one.closedAt === null && one.team === team)
  return { asOf: parts.clock.now(), team, cases: own.toSorted((a, b) => a.dueAt - b.dueAt).map(caseViews(parts, own)) }
}

/** One of them; null if there is none. */
export const readCase = (parts: ReadCasesParts, id: number): CaseView | null => {
  const one = parts.cases.case(id)
  return one && caseViews(parts, [one])(one)
}

export const teamOf = ({ cases }: Pick<ReadCasesParts, 'cases'>, person: string): Team => cases.teams().get(person) ?? USUAL_TEAM

const recentCases = ({ cases, clock }: ReadCasesParts): readonly Case[] => cases.cases(millis(Math.max(0, clock.now() - PAST_DAYS * DAY_MS))).slice(0, MAX_CASES)

const caseViews = (parts: ReadCasesParts, all: readonly Case[]): ((one: Case) => CaseView) => {
  const responses = all.flatMap(({ origin }) => (origin.type === 'response' ? [origin.response] : []))
  const standings = parts.receipts.standings([...new Set(responses)])
  return (one) => viewOf(parts, one, standings)
}

const viewOf = (parts: ReadCasesParts, one: Case, standings: ReadonlyMap<string, ReceiptStanding>): CaseView => {
  const { origin, owner, steps, ...rest } = one
  const nameOf = (id: string): string | null => parts.people.find(id as PersonId)?.name ?? null
  const teamOnly = parts.teamOnly()
  const person = owner.type === 'person' && !teamOnly ? nameOf(owner.person) : null
  const response = origin.type === 'response' ? origin.response : null
  return {
    ...rest,
    origin: origin.type,
    response,
    alarm: origin.type === 'alarm' ? origin.alarm : null,
    owner: owner.type === 'person' && person !== null ? { ...owner, name: person } : { type: 'team', team: one.team },
    overdue: isOverdue(one, parts.clock.now()),
    steps: steps.map(({ what, at, who, text }) => ({ what, at, who: who === null || teamOnly ? null : nameOf(who), text })),
    voices: [...voicesOf(parts.feedback, one)],
    receipt: (response !== null && standings.get(response)) || null,
  }
}
