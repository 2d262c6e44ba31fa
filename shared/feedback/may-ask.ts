/** Whether a survey may be begun here and now. */
import type { Millis } from '../kernel/time.ts'
import { openingOf } from './answer.ts'
import { isAskingHour } from './asking-hours.ts'
import { isWithinBudget } from './question-budget.ts'
import { quotaHere, type QuotaPlace } from './survey-quota.ts'
import type { Cooldown, Survey } from './survey.ts'

/** rest: paused or retired · known: every question is answered well enough · hours, quota, cooldown, budget: see the survey. */
export const NOT_ASKED = ['rest', 'known', 'hours', 'quota', 'cooldown', 'budget'] as const
export type NotAsked = (typeof NOT_ASKED)[number]

/** What a device knows of itself when somebody stands there. */
export type AskingFacts = QuotaPlace & {
  readonly now: Millis
  readonly timeZone: string
  /** Responses to this survey on this device in the period that `quotaPeriod` names. */
  readonly taken: number
  /** When the last response to it began on this device; null: never. */
  readonly lastAt: Millis | null
  /** Whether this very visit was asked it already. */
  readonly inVisit: boolean
  /** Taps of this visit on surveys, and how long it has lasted. */
  readonly taps: number
  readonly visitMs: number
}

/** Why a survey is not begun now; null: it is. */
export const mayAsk = (survey: Survey, facts: AskingFacts): NotAsked | null => {
  if (survey.rest) return 'rest'
  if (!openingOf(survey)) return 'known'
  if (!isAskingHour(survey.hours, facts.now, facts.timeZone)) return 'hours'
  if (survey.quota && facts.taken >= quotaHere(survey.quota, facts)) return 'quota'
  if (survey.cooldown && isCooling(survey.cooldown, facts)) return 'cooldown'
  return isWithinBudget(survey.budget, { asked: 0, taps: facts.taps, visitMs: facts.visitMs }) ? null : 'budget'
}

const isCooling = (cooldown: Cooldown, { inVisit, lastAt, now }: AskingFacts): boolean =>
  cooldown.per === 'visit' ? inVisit : lastAt !== null && now - lastAt < cooldown.minutes * 60_000
