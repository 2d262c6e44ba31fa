/** How often each option was chosen, and how often people wrote something, over a stretch of time. What has a scale is counted in cells. */
import type { AnswerKind } from '#shared/feedback/survey.ts'
import type { Counts } from '#shared/insights/figure.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** By option, of a ranking by first place, of a scale by value. `n`: people, who may have chosen several. */
export type AnswerCount = { readonly question: string; readonly kind: AnswerKind; readonly n: number; readonly counts: Counts }

export interface AnswerCounts {
  /** Every choice, ranking and question for words that was answered since then; null: ever, also what is kept as sums alone. */
  since(from: Millis | null): readonly AnswerCount[]
}
