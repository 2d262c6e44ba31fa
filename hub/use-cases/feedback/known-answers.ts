/** How well the answer to each question of a survey is known. */
import type { AnswerCells } from '#hub/ports/answer-cells.ts'
import type { AnswerCount, AnswerCounts } from '#hub/ports/answer-counts.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import { SCALES } from '#shared/feedback/scales.ts'
import { recordedQuestions, type AnswerKind, type Question, type RecordedQuestion, type Survey } from '#shared/feedback/survey.ts'
import { addCounts, answersIn } from '#shared/insights/figure.ts'
import { UNDATED } from '#shared/insights/group-tallies.ts'
import { isKnownWell, knowledgeOf, worstKnown, type Knowledge } from '#shared/insights/known-well.ts'
import { addDays, localTime, millis } from '#shared/kernel/time.ts'
import { bookOf } from '../figures/answer-book.ts'
import { feedbackContext } from './feedback-context.ts'

export type CountParts = { readonly counts: AnswerCounts; readonly feedback: Pick<FeedbackStore, 'version'>; readonly cells: AnswerCells; readonly documents: DocumentStore; readonly clock: Clock }

const DAY_MS = 86_400_000
/** Kinds that surveys ask on. */
const ASKED_SCALES = ['csat5', 'smiley4', 'nps', 'ces7'] as const satisfies readonly (keyof typeof SCALES & AnswerKind)[]

/** By the name and kind that answers are recorded under; `days` null: all there are. Each stretch is counted once. */
export type Counted = (recorded: RecordedQuestion, days: number | null) => AnswerCount | null

export const countedAnswers = (parts: CountParts): Counted => {
  const known = new Map<number | null, ReadonlyMap<string, AnswerCount>>()
  const over = (days: number | null): ReadonlyMap<string, AnswerCount> => {
    const found = known.get(days) ?? new Map([...scoredOver(parts, days), ...parts.counts.since(days === null ? null : millis(parts.clock.now() - days * DAY_MS))].map((one) => [`${one.kind} ${one.question}`, one]))
    known.set(days, found)
    return found
  }
  return ({ id, kind }, days) => over(days).get(`${kind} ${id}`) ?? null
}

/** Out of the cells, by whole days of the store, today included. */
const scoredOver = (parts: CountParts, days: number | null): readonly AnswerCount[] => {
  const { timeZone } = feedbackContext(parts.documents)
  const first = days === null ? null : addDays(localTime(parts.clock.now(), timeZone).day, 1 - days)
  return ASKED_SCALES.flatMap((kind) => {
    const { ledger } = bookOf(parts).read(kind, timeZone)
    const units = ledger.days()
    const begin = first === null ? 0 : units.findIndex((day) => day !== UNDATED && day >= first)
    if (begin < 0) return []
    const lines = [false, true].flatMap((detail) => Array.from(ledger.lines({ by: 'question', detail })))
    return [...Map.groupBy(lines, ([question]) => question)].map(([question, same]): AnswerCount => {
      const counts = same.map(([, line]) => line.counts(begin, units.length)).reduce(addCounts, {})
      return { question, kind, n: answersIn(counts), counts }
    })
  })
}

/** How well the answers of the stretch are known that a question retires by. */
export const knowledgeIn = (recorded: RecordedQuestion, counted: Counted): Knowledge => {
  const found = counted(recorded, recorded.question.retireAt?.days ?? null)
  return found ? knowledgeOf(recorded.kind, found.counts, found.n) : { n: 0, halfWidth: null }
}

/** Whether a whole question is known as well as it wants: of a matrix, every row. */
export const isQuestionKnown = (survey: Survey, question: Question, counted: Counted): boolean =>
  isKnownWell(question.retireAt, worstKnown(recordedQuestions(survey).filter((recorded) => recorded.question === question).map((recorded) => knowledgeIn(recorded, counted))))
