/** Whether somebody went on to the end: derived from what was answered and the survey, never told by a device. */
import { openingOf, questionsFor, type Given, type RowRatings } from './answer.ts'
import { questionsOf, rowQuestion, type Question, type Survey } from './survey.ts'

/** Answers by the name they are recorded under: a matrix by its rows. */
export type RecordedAnswers = ReadonlyMap<string, number | readonly string[] | string>

/**
 * How many questions the answers led to and nobody answered, within the survey's budget.
 * Shape   free words are an invitation and never missed; a matrix is answered when every row is.
 *         Judged by the survey as it is now: what was added to it since is missed as well.
 */
export const unansweredIn = (survey: Survey, answers: RecordedAnswers): number => {
  const opening = openingOf(survey)
  if (!opening) return 0
  const given = new Map<string, Given>(questionsOf(survey).flatMap((question) => {
    const value = givenTo(question, answers)
    return value === null ? [] : [[question.id, value] as const]
  }))
  const open = questionsFor(survey, given).filter((question) => question.kind !== 'text' && !isAnswered(question, answers)).length
  return isAnswered(opening, answers) ? open : open + 1
}

const isAnswered = (question: Question, answers: RecordedAnswers): boolean =>
  question.kind === 'matrix' ? (question.rows ?? []).every(({ id }) => answers.has(rowQuestion(question.id, id))) : answers.has(question.id)

const givenTo = (question: Question, answers: RecordedAnswers): Given | null => {
  if (question.kind !== 'matrix') return answers.get(question.id) ?? null
  const rated = (question.rows ?? []).flatMap(({ id }) => {
    const value = answers.get(rowQuestion(question.id, id))
    return typeof value === 'number' ? [[id, value] as const] : []
  })
  return rated.length === 0 ? null : (Object.fromEntries(rated) satisfies RowRatings)
}
