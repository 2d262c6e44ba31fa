/** How many questions a response left open, beside each of its answers in the stream. */
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { unansweredIn } from '#shared/feedback/partial.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'

export type OpenQuestionParts = { readonly feedback: Pick<FeedbackStore, 'ofResponse'>; readonly documents: DocumentStore }

/** Whole responses are looked at, also where only a part of one is listed. Nothing is said of surveys that are not in force. */
export const withOpenQuestions = ({ feedback, documents }: OpenQuestionParts, items: readonly FeedbackItem[]): readonly FeedbackItem[] => {
  const { surveys } = feedbackContext(documents)
  if (surveys.size === 0) return items
  const known = new Map<string, number>()
  const openOf = ({ dev, response }: FeedbackItem): number => {
    const key = `${dev ?? ''} ${response}`
    const found = known.get(key) ?? openIn(feedback.ofResponse(dev ?? '', response))
    known.set(key, found)
    return found
  }
  const openIn = (rows: ReturnType<FeedbackStore['ofResponse']>): number => {
    const survey = rows.map((row) => surveys.get(row.survey)).find((one) => one !== undefined)
    return survey ? unansweredIn(survey, new Map(rows.map(({ question, value }) => [question, value]))) : 0
  }
  return items.map((item) => {
    const open = openOf(item)
    return open === 0 ? item : { ...item, open }
  })
}
