/** Questions, conditions and changes of a survey in sentences. */
import { isScored, SCALES } from '#shared/feedback/scales.ts'
import { questionsOf, recordedQuestions, type Question, type Survey } from '#shared/feedback/survey.ts'
import { conditionOn } from '#shared/feedback/condition.ts'
import type { SurveyFault } from '#shared/feedback/check/survey-fault.ts'
import type { Language, Localised } from '#shared/kernel/language.ts'
import type { SurveyChange } from './survey-changes.ts'
import type { surveysText } from './surveys-text.ts'

export type SurveyWords = (typeof surveysText)['de']['usual']

const LONGEST_NAME = 64

/** A text as a name: its own language first, the other where it is missing, short. */
export const shortly = (text: Localised, language: Language, none: string): string => {
  const words = text[language].trim() || text.de.trim() || text.en.trim() || none
  return words.length <= LONGEST_NAME ? words : `${words.slice(0, LONGEST_NAME - 1).trimEnd()}…`
}

/** What managers call it, or else what it asks first. */
export const surveyName = (survey: { readonly name?: Localised; readonly opening?: Question }, language: Language, none: string): string => shortly(hasWords(survey.name) ?? survey.opening?.text ?? { de: '', en: '' }, language, none)

const hasWords = (text: Localised | undefined): Localised | undefined => (text && (text.de.trim() || text.en.trim()) ? text : undefined)

/** Of a recorded question: the words that were read, and of a table its row. */
export const recordedName = (survey: Pick<Survey, 'opening' | 'followUps'>, id: string, language: Language, none: string): string => {
  const found = recordedQuestions(survey).find((one) => one.id === id)
  if (!found) return id
  const question = shortly(found.question.text, language, none)
  return found.row ? `${question} ${shortly(found.row.text, language, none)}` : question
}

/** What was answered, as somebody reads it: options by their words, what was put in order with its place. `value`: as it is recorded, in JSON. */
export const answerWords = (survey: Pick<Survey, 'opening' | 'followUps'>, id: string, value: string, language: Language, none: string): string => {
  const found = recordedQuestions(survey).find((one) => one.id === id)
  const answer: unknown = JSON.parse(value)
  if (!Array.isArray(answer)) return String(answer)
  const words = answer.map((option) => shortly(found?.question.options?.find((one) => one.id === option)?.text ?? { de: '', en: '' }, language, String(option)))
  return found?.kind === 'ranking' ? words.map((one, i) => `${i + 1}. ${one}`).join(', ') : words.join(', ') || none
}

/** When a question is put, as a sentence. */
export const conditionSentence = (survey: Survey, question: Question, language: Language, t: SurveyWords): string => {
  const { onlyIf } = question
  if (!onlyIf) return t.sentenceAlways
  const on = conditionOn(survey, onlyIf)
  const name = recordedName(survey, on, language, t.untitled)
  if (!('options' in onlyIf)) return t.sentenceRange(name, onlyIf.from, onlyIf.to)
  const options = recordedQuestions(survey).find(({ id }) => id === on)?.question.options ?? []
  return t.sentenceOptions(name, options.filter(({ id }) => onlyIf.options.includes(id)).map(({ text }) => `„${shortly(text, language, t.untitled)}“`).join(t.or))
}

/** The values of a scale to choose from; none where there is no scale. */
export const scaleOf = (kind: string): readonly number[] => {
  if (!isScored(kind as never)) return []
  const { min, max } = SCALES[kind as keyof typeof SCALES]
  return Array.from({ length: max - min + 1 }, (_, i) => min + i)
}

/** A sentence of the check with the words of the questions in place of their ids. */
export const inPlainWords = (fault: SurveyFault, survey: Survey, t: SurveyWords): SurveyFault => {
  const named = (sentence: string, language: Language): string =>
    [...questionsOf(survey).map(({ id }) => id), ...recordedQuestions(survey).map(({ id }) => id)].reduce(
      (words, id) => words.replaceAll(`„${id}“`, `„${recordedOrQuestion(survey, id, language, t)}“`).replaceAll(`“${id}”`, `“${recordedOrQuestion(survey, id, language, t)}”`),
      sentence,
    )
  return { ...fault, sentence: { de: named(fault.sentence.de, 'de'), en: named(fault.sentence.en, 'en') } }
}

const recordedOrQuestion = (survey: Survey, id: string, language: Language, t: SurveyWords): string => {
  const question = questionsOf(survey).find((one) => one.id === id)
  return question ? shortly(question.text, language, t.untitled) : recordedName(survey, id, language, t.untitled)
}

const RULES = { hours: 'hoursChange', quota: 'quotaChange', cooldown: 'cooldownChange', budget: 'budgetChange', languages: 'languagesChange', 'contact-on': 'contactOn', 'contact-off': 'contactOff', order: 'order', nothing: 'nothing' } as const

export const changeSentence = (change: SurveyChange, language: Language, t: SurveyWords): string => {
  if (change.type === 'begins') return t.begins(change.questions)
  if ('question' in change) return t[change.type](shortly(change.question.text, language, t.untitled))
  return t[RULES[change.type]]
}
