/** An earlier answer inside a later text: `{answer:QUESTION}`, or `{answer:QUESTION|what stands there otherwise}`. */
import type { Language } from '../kernel/language.ts'
import { recordedAnswer } from './condition.ts'
import type { GivenAnswers } from './given.ts'
import { recordedQuestions, type Survey } from './survey.ts'

/** One place of a text. `otherwise`: null where the text says nothing of its own. */
export type Pipe = { readonly question: string; readonly otherwise: string | null }

/** Longest piece of an answer that is shown inside a text, in characters. */
export const MAX_PIPED = 60

const PIPE = /\{answer:([A-Za-z0-9._:-]{1,80})(?:\|([^{}|]{0,80}))?\}/g

const USUAL: { readonly [L in Language]: string } = { de: 'Ihre Antwort', en: 'your answer' }

/** The places of a text, in order. */
export const pipesIn = (text: string): readonly Pipe[] => Array.from(text.matchAll(PIPE), ([, question, otherwise]) => ({ question: question!, otherwise: otherwise ?? null }))

/**
 * The text as it is read.
 * Shape   what somebody answered is put in once and never read again as a place; it is one line of at most MAX_PIPED characters without marks that turn or hide text.
 *         Where nothing was answered stands what the text gives for that, or "your answer".
 */
export const pipeAnswers = (text: string, survey: Survey, given: GivenAnswers, language: Language): string =>
  text.replace(PIPE, (_whole, question: string, otherwise: string | undefined) => harmless(answerWords(survey, given, question, language)) || otherwise || USUAL[language])

const answerWords = (survey: Survey, given: GivenAnswers, name: string, language: Language): string => {
  const answer = recordedAnswer(survey, given, name)
  if (answer === undefined || answer === 'skipped') return ''
  if (typeof answer !== 'object') return String(answer)
  const options = recordedQuestions(survey).find(({ id }) => id === name)?.question.options ?? []
  return answer.flatMap((id) => options.find((option) => option.id === id)?.text[language] ?? []).join(', ')
}

/** Control characters, marks without width, and those that turn the direction of writing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

const harmless = (words: string): string => {
  const line = words.replace(HIDDEN, ' ').replace(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length <= MAX_PIPED ? line : `${letters.slice(0, MAX_PIPED - 1).join('').trimEnd()}…`
}
