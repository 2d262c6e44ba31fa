/** When a follow-up is asked: by what was answered before. */
import type { Given, GivenAnswers } from './given.ts'
import { questionsOf, recordedQuestions, type Condition, type Question, type Survey } from './survey.ts'

/** Why a condition can never be met: `unknown`: there is no such question · `later`: it is not put before · `kind`: it has no such answers. */
export type ConditionFault = 'unknown' | 'later' | 'kind'

/** The name under which the answer is recorded that a condition looks at. */
export const conditionOn = (survey: Pick<Survey, 'opening'>, condition: Condition): string => condition.question ?? survey.opening.id

/** Whether what was answered so far leads to a question. A question that was skipped, or not put yet, leads nowhere. */
export const conditionHolds = (survey: Survey, condition: Condition, given: GivenAnswers): boolean => {
  const answer = recordedAnswer(survey, given, conditionOn(survey, condition))
  if (answer === undefined || answer === 'skipped') return false
  if ('options' in condition) {
    if (!Array.isArray(answer)) return false
    const chosen = answer as readonly string[]
    return (isRanking(survey, condition.question) ? chosen.slice(0, 1) : chosen).some((id) => condition.options.includes(id))
  }
  return typeof answer === 'number' && answer >= condition.from && answer <= condition.to
}

/** What is wrong with the condition of the follow-up at `index`; null if nothing is, or it has none. A range without a question is on the opening one, as before there were others. */
export const conditionFault = (survey: Pick<Survey, 'opening' | 'followUps'>, index: number): ConditionFault | null => {
  const condition = survey.followUps[index]?.onlyIf
  if (condition?.question === undefined) return null
  const on = recordedQuestions(survey).find(({ id }) => id === condition.question)
  if (!on) return 'unknown'
  if (questionsOf(survey).indexOf(on.question) > index) return 'later'
  const hasOptions = on.kind === 'choice' || on.kind === 'ranking'
  return on.kind === 'text' || hasOptions !== 'options' in condition ? 'kind' : null
}

/** One answer by the name it is recorded under; undefined: none yet. */
export const recordedAnswer = (survey: Pick<Survey, 'opening' | 'followUps'>, given: GivenAnswers, name: string): number | readonly string[] | string | undefined => {
  const on = recordedQuestions(survey).find(({ id }) => id === name)
  const answer: Given | undefined = on && given.get(on.question.id)
  if (!on?.row || answer === undefined || answer === 'skipped') return isRows(answer) ? undefined : answer
  return isRows(answer) ? answer[on.row.id] : undefined
}

const isRows = (answer: Given | undefined): answer is Readonly<Record<string, number>> => typeof answer === 'object' && !Array.isArray(answer)

const isRanking = (survey: Survey, id: string): boolean => questionsOf(survey).some((question: Question) => question.id === id && question.kind === 'ranking')
