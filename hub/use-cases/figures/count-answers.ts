/** What has to be done beside the rows when answers were kept: their persona segment, and from time to time the cells. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { questionsOf, type Survey } from '#shared/feedback/survey.ts'
import type { FeedbackContext } from '../feedback/feedback-context.ts'

export type CountParts = { readonly feedback: Pick<FeedbackStore, 'markSegment'>; readonly cells: Pick<AnswerCells, 'keepUp'> }

/** In the transaction that kept the rows; a segment said late also counts for what was answered before it. */
export const countKept = ({ feedback, cells }: CountParts, { surveys, timeZone }: FeedbackContext, rows: readonly Pick<FeedbackRow, 'dev' | 'response' | 'survey'>[]): void => {
  const marked = new Set<string>()
  for (const { dev, response, survey } of rows) {
    const question = segmentQuestion(surveys.get(survey))
    if (question === null || marked.has(`${dev} ${response}`)) continue
    marked.add(`${dev} ${response}`)
    feedback.markSegment(dev, response, question)
  }
  cells.keepUp(timeZone, rows.length)
}

/** Known once a survey: a batch asks for it with every answer. */
const segmentQuestion = (survey: Survey | undefined): string | null => {
  if (!survey) return null
  const known = found.get(survey)
  if (known !== undefined) return known
  const question = questionsOf(survey).find(({ segment }) => segment === true)?.id ?? null
  found.set(survey, question)
  return question
}

const found = new WeakMap<Survey, string | null>()

/** Counts all there is, letting others be answered between two steps: after an update, a copy that was put back, or a long import. */
export const countAll = async ({ cells, transactions, pause }: { readonly cells: Pick<AnswerCells, 'count'>; readonly transactions: Transactions; pause(): Promise<unknown> }, timeZone: string): Promise<void> => {
  while (!transactions.run(() => cells.count(timeZone))) await pause()
}
