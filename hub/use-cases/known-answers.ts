/** How well the answer to each question of a survey is known. */
import type { AnswerCount, AnswerCounts } from '#hub/ports/answer-counts.ts'
import type { Clock } from '#hub/ports/clock.ts'
import { recordedQuestions, type Question, type RecordedQuestion, type Survey } from '#shared/feedback/survey.ts'
import { isKnownWell, knowledgeOf, worstKnown, type Knowledge } from '#shared/insights/known-well.ts'
import { millis } from '#shared/kernel/time.ts'

const DAY_MS = 86_400_000

/** By the name and kind that answers are recorded under; `days` null: all there are. Each stretch is counted once. */
export type Counted = (recorded: RecordedQuestion, days: number | null) => AnswerCount | null

export const countedAnswers = ({ counts, clock }: { readonly counts: AnswerCounts; readonly clock: Clock }): Counted => {
  const known = new Map<number | null, ReadonlyMap<string, AnswerCount>>()
  const over = (days: number | null): ReadonlyMap<string, AnswerCount> => {
    const found = known.get(days) ?? new Map(counts.since(days === null ? null : millis(clock.now() - days * DAY_MS)).map((one) => [`${one.kind} ${one.question}`, one]))
    known.set(days, found)
    return found
  }
  return ({ id, kind }, days) => over(days).get(`${kind} ${id}`) ?? null
}

/** How well the answers of the stretch are known that a question retires by. */
export const knowledgeIn = (recorded: RecordedQuestion, counted: Counted): Knowledge => {
  const found = counted(recorded, recorded.question.retireAt?.days ?? null)
  return found ? knowledgeOf(recorded.kind, found.counts, found.n) : { n: 0, halfWidth: null }
}

/** Whether a whole question is known as well as it wants: of a matrix, every row. */
export const isQuestionKnown = (survey: Survey, question: Question, counted: Counted): boolean =>
  isKnownWell(question.retireAt, worstKnown(recordedQuestions(survey).filter((recorded) => recorded.question === question).map((recorded) => knowledgeIn(recorded, counted))))
