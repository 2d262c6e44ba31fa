/** How often each answer was given to each question, over a stretch of time. */
import type { RecordedKind } from '#shared/feedback/recorded-kind.ts'
import type { Counts } from '#shared/insights/figure.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** By value; of a choice by option, of a ranking by first place. `n`: people, who may have chosen several. */
export type AnswerCount = { readonly question: string; readonly kind: RecordedKind; readonly n: number; readonly counts: Counts }

export interface AnswerCounts {
  /** Every question that was answered since then; null: ever, also what is kept as sums alone. */
  since(from: Millis | null): readonly AnswerCount[]
}
