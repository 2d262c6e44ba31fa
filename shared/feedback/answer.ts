/** Answers to survey questions: what may be recorded, and what may be asked next. */
import { err, ok, type Result } from '../kernel/result.ts'
import { COMMENT_LIMIT_CHARS } from './mask-text.ts'
import { isOnScale, isScored } from './scales.ts'
import type { Question, Survey } from './survey.ts'

/** A number on the question's scale, option ids, or words. */
export type AnswerValue = number | readonly string[] | string

/** What was done with a question: answered, or passed over with "skip". */
export type Given = AnswerValue | 'skipped'

/** By question id, in the order given. */
export type GivenAnswers = ReadonlyMap<string, Given>

export type NotAnAnswer = { readonly type: 'NotAnAnswer'; readonly question: string; readonly why: 'off the scale' | 'no such option' | 'empty' | 'too long' }

/** Checks a value against its question: on the scale, options that exist, words neither empty nor too long. */
export const checkAnswer = (question: Question, value: AnswerValue): Result<AnswerValue, NotAnAnswer> => {
  const refuse = (why: NotAnAnswer['why']): Result<never, NotAnAnswer> => err({ type: 'NotAnAnswer', question: question.id, why })
  if (isScored(question.kind)) return typeof value === 'number' && isOnScale(question.kind, value) ? ok(value) : refuse('off the scale')
  if (question.kind === 'choice') return checkChoice(question, value, refuse)
  if (typeof value !== 'string' || value.trim() === '') return refuse('empty')
  return value.length > COMMENT_LIMIT_CHARS ? refuse('too long') : ok(value)
}

/**
 * The question to put now: the opening one, then each follow-up that suits the opening answer and has been neither answered nor skipped.
 * Shape   null when there is nothing more to ask; also when the opening question was skipped.
 */
export const nextQuestion = (survey: Survey, given: GivenAnswers): Question | null => {
  const opening = given.get(survey.opening.id)
  if (opening === undefined) return survey.opening
  if (opening === 'skipped') return null
  return followUpsFor(survey, opening).find((question) => !given.has(question.id)) ?? null
}

/** The follow-ups that an opening answer leads to, in order; the progress dots are drawn from it. */
export const followUpsFor = (survey: Survey, opening: AnswerValue): readonly Question[] =>
  survey.followUps.filter(({ onlyIf }) => !onlyIf || (typeof opening === 'number' && opening >= onlyIf.from && opening <= onlyIf.to))

const checkChoice = (
  question: Question,
  value: AnswerValue,
  refuse: (why: NotAnAnswer['why']) => Result<never, NotAnAnswer>,
): Result<AnswerValue, NotAnAnswer> => {
  if (typeof value === 'number' || typeof value === 'string') return refuse('no such option')
  if (value.length === 0) return refuse('empty')
  const options = new Set(question.options?.map((option) => option.id))
  return value.every((id) => options.has(id)) ? ok([...new Set(value)]) : refuse('no such option')
}
