/** Cases, what they have in common, and what was changed because of them. */
import type { Case } from '#shared/cx/case.ts'
import type { OpeningHours } from '#shared/cx/opening-hours.ts'
import type { Pattern } from '#shared/cx/pattern.ts'
import type { Team } from '#shared/cx/team.ts'
import type { ImprovementPlan } from '#shared/insights/experiment/improvement-plan.ts'
import type { ImprovementResult } from '#shared/insights/experiment/improvement-result.ts'
import type { Localised } from '#shared/kernel/language.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** `ending`: closed with its numbers, or stopped with a reason; null: it goes on. `told`: its words on the wall. */
export type Improvement = {
  readonly id: number
  readonly pattern: number
  readonly measure: string
  readonly plan: ImprovementPlan
  readonly plannedAt: Millis
  readonly endedAt: Millis | null
  readonly ending: 'closed' | 'stopped' | null
  readonly note: string
  readonly result: ImprovementResult | null
  readonly told: Localised | null
}

/** What a manager has chosen; absent parts are the usual ones. */
export type ActingChoices = { readonly falsePerYear?: number; readonly hours?: OpeningHours }

/** `key`: the screen's own name for what it sent; no two cases have the same. */
export interface CaseStore {
  /** Order  the newest first. Closed ones only if they closed at `closedSince` or later, or belong to a pattern. */
  cases(closedSince: Millis): readonly Case[]
  case(id: number): Case | null
  /** The one that came from a response and is open. */
  openOfResponse(response: string): Case | null
  /** Which device sent a response, empty for none, and where it was given; null: it is not held. */
  sourceOf(response: string): { readonly dev: string; readonly touchpoint: string } | null
  /** The one that was made of an alarm. */
  ofAlarms(alarms: readonly number[]): ReadonlyMap<number, number>
  ofKey(key: string): Case | null
  open(made: Omit<Case, 'id'>, key: string): Case
  /** Replaces what is kept of it. */
  save(one: Case): void
  /** Cases that were told as overdue, ever. */
  escalated(): number
  /** Order  the newest first. */
  patterns(): readonly Pattern[]
  addPattern(pattern: Omit<Pattern, 'id'>, key: string): Pattern
  /** Order  the newest first. */
  improvements(): readonly Improvement[]
  improvementOfKey(key: string): Improvement | null
  plan(made: Pick<Improvement, 'pattern' | 'measure' | 'plan' | 'plannedAt'>, key: string): Improvement
  saveImprovement(one: Improvement): void
  teams(): ReadonlyMap<string, Team>
  setTeam(person: string, team: Team): void
  choices(): ActingChoices
  choose(choices: ActingChoices): void
  /** When the wall was last put into a release; null: never. */
  wallPublishedAt(): Millis | null
  noteWallPublished(at: Millis): void
}
