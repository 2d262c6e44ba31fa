/** Nobody is asked more than they came for: questions a response, taps a minute of the visit. */
import type { QuestionBudget } from './survey.ts'

/** Where a new survey begins, and what one without a budget of its own is judged by. */
export const USUAL_BUDGET: QuestionBudget = { questions: 5, tapsPerMinute: 12 }

/** `asked`: questions put so far, skipped ones too. `taps`: of all surveys in this visit. `visitMs`: how long it has lasted. */
export type BudgetSpent = { readonly asked: number; readonly taps: number; readonly visitMs: number }

/** Whether one more question may be put. Shape  the first minute counts as a whole one, later ones by their part; absent: no limit. */
export const isWithinBudget = (budget: QuestionBudget | undefined, { asked, taps, visitMs }: BudgetSpent): boolean =>
  !budget || (asked < budget.questions && taps < Math.floor(budget.tapsPerMinute * Math.max(1, visitMs / 60_000)))
