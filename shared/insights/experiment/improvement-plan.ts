/** What an improvement promises, written down before it begins. */
import { daysBetween, type Day } from '../../kernel/time.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import type { Metric } from '../figure.ts'

/** Whole days of the store; `until` is the day after the last. */
export type Window = { readonly from: Day; readonly until: Day }

/**
 * A planned improvement.
 * Units   `points` of the figure that it is meant to change, above nought.
 * Shape   `hypothesis` in people's words; `control` names a touchpoint where nothing is changed, null if there is none.
 */
export type ImprovementPlan = {
  readonly hypothesis: string
  readonly metric: Metric
  readonly touchpoint: string
  readonly direction: 'up' | 'down'
  readonly points: number
  readonly before: Window
  readonly after: Window
  readonly control: string | null
}

export type PlanFault = { readonly type: 'PlanFault'; readonly why: 'no hypothesis' | 'no effect' | 'not whole weeks' | 'overlap' | 'unequal' | 'own control' }

const WEEK_DAYS = 7

/**
 * The plan, if its numbers will mean something.
 * Errors  no hypothesis: fewer than ten letters · no effect: points not above nought, or above 100 · not whole weeks: Saturdays would be held against
 *         Mondays · overlap: the new begins before the old ends · unequal: windows of different length · own control: compared with itself.
 */
export const checkPlan = (plan: ImprovementPlan): Result<ImprovementPlan, PlanFault> => {
  const fault = (why: PlanFault['why']): Result<never, PlanFault> => err({ type: 'PlanFault', why })
  const [before, after] = [lengthOf(plan.before), lengthOf(plan.after)]
  if (plan.hypothesis.trim().length < 10) return fault('no hypothesis')
  if (!(plan.points > 0 && plan.points <= 100)) return fault('no effect')
  if (before < WEEK_DAYS || after < WEEK_DAYS || before % WEEK_DAYS !== 0 || after % WEEK_DAYS !== 0) return fault('not whole weeks')
  if (plan.after.from < plan.before.until) return fault('overlap')
  if (before !== after) return fault('unequal')
  return plan.control === plan.touchpoint ? fault('own control') : ok(plan)
}

const lengthOf = ({ from, until }: Window): number => daysBetween(from, until)
