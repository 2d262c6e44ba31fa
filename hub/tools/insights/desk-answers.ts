/** The answers of a data folder, put together by who gave them. */
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { SCALES, type ScoredKind } from '#shared/feedback/scales.ts'
import type { AskedAs } from '#shared/insights/drivers/ratings-beside.ts'
import { METRIC_KIND, METRICS, type Metric } from '#shared/insights/figure.ts'
import { responsesOf, type Response } from '#shared/insights/responses.ts'

/** Everything said, and how each question is asked. */
export type DeskAnswers = { readonly responses: readonly Response[]; readonly kinds: ReadonlyMap<string, string>; readonly details: ReadonlySet<string> }

export const deskAnswers = (feedback: Pick<FeedbackStore, 'all'>): DeskAnswers => {
  const kinds = new Map<string, string>()
  const details = new Set<string>()
  const noted = function* () {
    for (const row of feedback.all()) {
      kinds.set(row.question, row.kind)
      if (row.detail) details.add(row.question)
      yield row
    }
  }
  return { responses: responsesOf(noted()), kinds, details }
}

/** The metric that a question is read by; null if it has no scale. */
export const metricOf = ({ kinds }: DeskAnswers, question: string): Metric | null => METRICS.find((metric) => METRIC_KIND[metric] === kinds.get(question)) ?? null

/** How questions with a scale are asked. */
export const askedAs = ({ kinds, details }: DeskAnswers): ReadonlyMap<string, AskedAs> =>
  new Map([...kinds].flatMap(([question, kind]) => (kind in SCALES ? [[question, { kind: kind as ScoredKind, detail: details.has(question) }] as const] : [])))

/** Why a question cannot be asked about, or null. */
export const unknownQuestion = ({ kinds }: DeskAnswers, question: string): string | null =>
  kinds.has(question) ? null : `nobody has answered "${question}"; answered: ${[...kinds.keys()].join(', ') || 'nothing yet'}`
