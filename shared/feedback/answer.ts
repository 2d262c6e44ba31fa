/** Answers to survey questions: what may be recorded, and what is asked next. */
import { err, ok, type Result } from '../kernel/result.ts'
import { conditionHolds } from './condition.ts'
import type { AnswerValue, GivenAnswers, RowRatings } from './given.ts'
import { COMMENT_LIMIT_CHARS } from './mask-text.ts'
import { isOnScale, isScored, type ScoredKind } from './scales.ts'
import { questionsOf, rowQuestion, type Question, type Survey } from './survey.ts'

export type NotAnAnswer = {
  readonly type: 'NotAnAnswer'
  readonly question: string
  readonly why: 'off the scale' | 'no such option' | 'too many options' | 'no such row' | 'empty' | 'too long'
}
export type { AnswerValue, Given, GivenAnswers, RecordedValue, RowRatings } from './given.ts'

type Refuse = (why: NotAnAnswer['why']) => Result<never, NotAnAnswer>

/** Checks a value against its question: on the scale, options that exist, at least the first place of a ranking, at least one row, words neither empty nor too long. */
export const checkAnswer = (question: Question, value: AnswerValue): Result<AnswerValue, NotAnAnswer> => {
  const refuse: Refuse = (why) => err({ type: 'NotAnAnswer', question: question.id, why })
  if (isScored(question.kind)) return typeof value === 'number' && isOnScale(question.kind, value) ? ok(value) : refuse('off the scale')
  if (question.kind === 'choice') return checkChoice(question, value, refuse)
  if (question.kind === 'ranking') return checkRanking(question, value, refuse)
  if (question.kind === 'matrix') return checkRows(question, value, refuse)
  if (typeof value !== 'string' || value.trim() === '') return refuse('empty')
  return value.length > COMMENT_LIMIT_CHARS ? refuse('too long') : ok(value)
}

/** Answers as they are recorded, one event each: those of a matrix by row, as five smileys. Words are recorded otherwise: none. */
export const recordedTaps = (question: Question, value: AnswerValue): readonly { readonly question: string; readonly kind: ScoredKind | 'choice' | 'ranking'; readonly value: number | readonly string[] }[] => {
  if (question.kind === 'text') return []
  if (question.kind !== 'matrix') return [{ question: question.id, kind: question.kind, value: value as number | readonly string[] }]
  const ratings = value as RowRatings
  return (question.rows ?? []).flatMap(({ id }) => (ratings[id] === undefined ? [] : [{ question: rowQuestion(question.id, id), kind: 'csat5' as const, value: ratings[id] }]))
}

/**
 * The question that a response begins with: the survey's own, or, once that is known well enough, the next one that is a single unconditional tap.
 * Shape   null: nothing is asked, also of a survey that rests.
 */
export const openingOf = (survey: Survey): Question | null =>
  survey.rest ? null : (questionsOf(survey).find((question) => !question.retired && question.onlyIf === undefined && isOneTap(question)) ?? null)

/** Whether one tap answers it, so that a response may begin with it. */
export const isOneTap = ({ kind }: Question): boolean => isScored(kind) || kind === 'choice'

/**
 * The question to put now: the opening one, then each that suits what was answered so far and has been neither answered nor skipped, within the survey's budget.
 * Shape   null when there is nothing more to ask; also when the opening question was skipped.
 */
export const nextQuestion = (survey: Survey, given: GivenAnswers): Question | null => {
  const opening = openingOf(survey)
  const first = opening && given.get(opening.id)
  if (!opening || first === undefined) return opening
  if (first === 'skipped' || given.size >= (survey.budget?.questions ?? Number.POSITIVE_INFINITY)) return null
  return questionsFor(survey, given).find((question) => !given.has(question.id)) ?? null
}

/** The questions after the opening one that the answers so far lead to, in order; the progress dots are drawn from it. Never more than the budget has. */
export const questionsFor = (survey: Survey, given: GivenAnswers): readonly Question[] => {
  const opening = openingOf(survey)
  const led = questionsOf(survey).filter((question) => question !== opening && !question.retired && (!question.onlyIf || conditionHolds(survey, question.onlyIf, given)))
  return led.slice(0, (survey.budget?.questions ?? led.length + 1) - 1)
}

const checkChoice = (question: Question, value: AnswerValue, refuse: Refuse): Result<AnswerValue, NotAnAnswer> => {
  if (!isList(value)) return refuse('no such option')
  if (value.length === 0) return refuse('empty')
  const chosen = [...new Set(value)]
  if (chosen.length > (question.most ?? chosen.length)) return refuse('too many options')
  return areOptions(question, chosen) ? ok(chosen) : refuse('no such option')
}

/** Whoever stops halfway has said what matters most. */
const checkRanking = (question: Question, value: AnswerValue, refuse: Refuse): Result<AnswerValue, NotAnAnswer> => {
  if (!isList(value)) return refuse('no such option')
  if (value.length === 0) return refuse('empty')
  return new Set(value).size === value.length && areOptions(question, value) ? ok(value) : refuse('no such option')
}

const checkRows = (question: Question, value: AnswerValue, refuse: Refuse): Result<AnswerValue, NotAnAnswer> => {
  if (typeof value !== 'object' || isList(value)) return refuse('no such row')
  const rated = Object.entries(value)
  if (rated.length === 0) return refuse('empty')
  const rows = new Set(question.rows?.map(({ id }) => id))
  if (!rated.every(([row]) => rows.has(row))) return refuse('no such row')
  return rated.every(([, rating]) => isOnScale('csat5', rating)) ? ok(value) : refuse('off the scale')
}

const areOptions = (question: Question, ids: readonly string[]): boolean => {
  const options = new Set(question.options?.map(({ id }) => id))
  return ids.every((id) => options.has(id))
}

const isList = (value: AnswerValue): value is readonly string[] => Array.isArray(value)
