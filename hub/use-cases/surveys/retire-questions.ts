/** Once an hour: questions whose answer is known well enough are not asked any more. */
import type { Timer } from '#hub/ports/timer.ts'
import { dependentsOf } from '#shared/feedback/check/survey-logic.ts'
import { questionsOf, recordedQuestions, type Question, type Survey } from '#shared/feedback/survey.ts'
import { liveSurveys } from './edit-surveys.ts'
import { countedAnswers, isQuestionKnown, type Counted, type CountParts } from '../feedback/known-answers.ts'
import { retireQuestions, type PublishSurveyParts } from './publish-survey.ts'

export type RetireParts = PublishSurveyParts & CountParts

export const RETIRE_EVERY_MS = 3_600_000

/** The questions of a survey that are to end now. A question that others hang on stays until they have ended. */
export const questionsToRetire = (survey: Survey, counted: Counted): readonly Question[] => {
  if (survey.rest) return []
  return questionsOf(survey).filter((question) => question.retireAt && !question.retired && dependentsOf(survey, question.id).length === 0 && isQuestionKnown(survey, question, counted))
}

/** One run; everything that ends, ends in one release. Returns how many questions ended. */
export const runRetiring = (parts: RetireParts): number => {
  const live = [...liveSurveys(parts).values()]
  parts.surveys.noteAsked(live.filter(({ rest }) => !rest).flatMap(recordedQuestions).flatMap(({ id, question }) => (question.retired ? [] : [id])), parts.clock.now())
  const isWaiting = live.some((survey) => !survey.rest && questionsOf(survey).some(({ retireAt, retired }) => retireAt && !retired))
  if (!isWaiting) return 0
  const counted = countedAnswers(parts)
  const ended = live.map((survey) => ({ survey: survey.id, questions: questionsToRetire(survey, counted).map(({ id }) => id) })).filter(({ questions }) => questions.length > 0)
  if (ended.length === 0 || retireQuestions(parts, ended, { who: 'hub', device: null }).type !== 'done') return 0
  for (const { survey, questions } of ended) parts.log.info('questions are known well enough', { survey, questions: questions.join(', ') })
  return ended.reduce((sum, { questions }) => sum + questions.length, 0)
}

/** Runs every hour; a run that fails is tried again with the next. */
export const keepRetiring = (parts: RetireParts, timer: Timer): (() => void) =>
  timer.every(RETIRE_EVERY_MS, () => {
    try {
      runRetiring(parts)
    } catch (error) {
      parts.log.error('questions could not be looked through', { why: error instanceof Error ? error.message : String(error) })
    }
  })
