/** The answers of a data folder, put together by who gave them. */
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { SCALES, isScored, type ScoredKind } from '#shared/feedback/scales.ts'
import { METRIC_KIND, METRICS, type Metric } from '#shared/insights/figure.ts'
import { responsesOf, type Response } from '#shared/insights/responses.ts'

/** Everything said, and how each question is asked. */
export type DeskAnswers = { readonly responses: readonly Response[]; readonly kinds: ReadonlyMap<string, string> }

export const deskAnswers = (feedback: Pick<FeedbackStore, 'all'>): DeskAnswers => {
  const kinds = new Map<string, string>()
  const rows = [...feedback.all()]
  for (const { question, kind } of rows) kinds.set(question, kind)
  return { responses: responsesOf(rows), kinds }
}

/** The metric that a question is read by; null if it has no scale. */
export const metricOf = ({ kinds }: DeskAnswers, question: string): Metric | null => METRICS.find((metric) => METRIC_KIND[metric] === kinds.get(question)) ?? null

/** Questions with a scale, in the order they came. */
export const scoredOf = ({ kinds }: DeskAnswers): readonly string[] => [...kinds].filter(([, kind]) => kind in SCALES && isScored(kind as ScoredKind)).map(([question]) => question)

/** Why a question cannot be asked about, or null. */
export const unknownQuestion = ({ kinds }: DeskAnswers, question: string): string | null =>
  kinds.has(question) ? null : `nobody has answered "${question}"; answered: ${[...kinds.keys()].join(', ') || 'nothing yet'}`
