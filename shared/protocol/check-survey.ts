/** Everything that is to be said about a survey before it goes live. */
import * as v from 'valibot'
import { surveyFault, type SurveyFault } from '../feedback/check/survey-fault.ts'
import { dependentsOf, logicFaults, longestPath } from '../feedback/check/survey-logic.ts'
import { wordingFaults } from '../feedback/check/survey-wording.ts'
import { pipesIn } from '../feedback/pipe-answers.ts'
import { USUAL_BUDGET } from '../feedback/question-budget.ts'
import { languagesOf } from '../feedback/survey-language.ts'
import { questionsOf, recordedQuestions, type Option, type Question, type Survey, type Touchpoint } from '../feedback/survey.ts'
import { LANGUAGES, type Language, type Localised } from '../kernel/language.ts'
import { aboutPersons } from '../privacy/about-persons.ts'
import { surveySchema } from './feedback-document.ts'

/** What the store has beside it. `live`: the surveys in force, this one too if it is; `teamOnly`: nothing is asked about single persons. */
export type SurveySurroundings = { readonly live: readonly Survey[]; readonly touchpoints: readonly Touchpoint[]; readonly teamOnly: boolean }

/** Every fault of a draft. Order  errors first, then as the survey stands. Shape  none that is an error: it may go live. */
export const checkSurvey = (survey: Survey, { live, touchpoints, teamOnly }: SurveySurroundings): readonly SurveyFault[] => {
  const faults = [
    ...(touchpoints.some((place) => place.survey === survey.id) ? [] : [surveyFault('touchpoint-missing', 'touchpoints')]),
    ...nameFaults(survey),
    ...questionsOf(survey).flatMap((question) => questionFaults(survey, question)),
    ...twiceFaults(survey),
    ...logicFaults(survey),
    ...budgetFaults(survey),
    ...(teamOnly ? aboutPersons(survey).map(({ question, word }) => surveyFault('about-person', question, { word })) : []),
    ...otherFaults(survey, live),
  ]
  const all = [...faults, ...shapeFaults(survey, faults)]
  return [...all.filter(({ severity }) => severity === 'error'), ...all.filter(({ severity }) => severity === 'warning')]
}

const LANGUAGE_NAMES: { readonly [L in Language]: Localised } = { de: { de: 'Deutsch', en: 'German' }, en: { de: 'Englisch', en: 'English' } }

const missingTexts = (survey: Survey, text: Localised, path: string): readonly SurveyFault[] =>
  languagesOf(survey).flatMap((language) => (text[language].trim() === '' ? [surveyFault('text-missing', `${path}.${language}`, { languageDe: LANGUAGE_NAMES[language].de, languageEn: LANGUAGE_NAMES[language].en })] : []))

const nameFaults = (survey: Survey): readonly SurveyFault[] => (survey.name ? missingTexts(survey, survey.name, 'name') : [])

const questionFaults = (survey: Survey, question: Question): readonly SurveyFault[] => {
  const { id, retired } = question
  const partsOf = (name: string, options: readonly Option[] = []): readonly SurveyFault[] => options.flatMap((option) => missingTexts(survey, option.text, `${id}.${name}.${option.id}.text`))
  const texts = [...missingTexts(survey, question.text, `${id}.text`), ...partsOf('options', question.options), ...partsOf('rows', question.rows)]
  // What is not asked any more is not held to what is asked now.
  if (retired) return texts
  return [...texts, ...purposeFaults(question), ...languagesOf(survey).flatMap((language) => wordingFaults(question, language)), ...pipeFaults(survey, question), ...retireFaults(survey, question)]
}

const purposeFaults = ({ id, purpose }: Question): readonly SurveyFault[] => [
  ...(purpose && purpose.owner.trim() !== '' ? [] : [surveyFault('owner-missing', `${id}.purpose.owner`, { question: id })]),
  ...(purpose && purpose.decision.trim() !== '' ? [] : [surveyFault('decision-missing', `${id}.purpose.decision`, { question: id })]),
]

const retireFaults = (survey: Survey, question: Question): readonly SurveyFault[] => {
  const { id, kind, retireAt } = question
  if (kind === 'text') return retireAt ? [surveyFault('cannot-retire', `${id}.retireAt`, { question: id })] : []
  if (retireAt === undefined) return [surveyFault('never-retires', `${id}.retireAt`, { question: id })]
  return retireAt && dependentsOf(survey, id).length > 0 ? [surveyFault('holds-others', `${id}.retireAt`, { question: id })] : []
}

/** A place in a text that takes in an answer has to stand behind its question. */
const pipeFaults = (survey: Survey, question: Question): readonly SurveyFault[] => {
  const own = questionsOf(survey).indexOf(question)
  const recorded = recordedQuestions(survey)
  return LANGUAGES.flatMap((language) =>
    pipesIn(question.text[language]).flatMap(({ question: on, otherwise }): readonly SurveyFault[] => {
      const path = `${question.id}.text.${language}`
      const source = recorded.find(({ id }) => id === on)
      if (!source) return [surveyFault('pipe-unknown', path, { on })]
      if (questionsOf(survey).indexOf(source.question) >= own) return [surveyFault('pipe-later', path, { on })]
      return otherwise === null && source.question !== survey.opening ? [surveyFault('pipe-otherwise', path, { on })] : []
    }),
  )
}

const twiceFaults = (survey: Survey): readonly SurveyFault[] => {
  const ids = [...questionsOf(survey).map(({ id }) => id), ...recordedQuestions(survey).flatMap(({ id, row }) => (row ? [id] : []))]
  const parts = questionsOf(survey).flatMap(({ id, options = [], rows = [] }) => [...twice(options.map((one) => one.id)), ...twice(rows.map((one) => one.id))].map((one) => surveyFault('twice', id, { id: one })))
  return [...twice(ids).map((id) => surveyFault('twice', id, { id })), ...parts]
}

const twice = (ids: readonly string[]): readonly string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]

const budgetFaults = (survey: Survey): readonly SurveyFault[] => {
  const { questions: most } = survey.budget ?? USUAL_BUDGET
  const asked = longestPath(survey)
  return asked > most ? [surveyFault('over-budget', 'budget', { asked: `${asked}`, most: `${most}` })] : []
}

/** Answers are counted by the name of their question: one name is one question, wherever it is asked. */
const otherFaults = (survey: Survey, live: readonly Survey[]): readonly SurveyFault[] =>
  recordedQuestions(survey).flatMap(({ id, kind, question }) =>
    live.flatMap((other): readonly SurveyFault[] => {
      const same = recordedQuestions(other).find((one) => one.id === id)
      if (!same) return []
      if (same.kind !== kind) return [other.id === survey.id ? surveyFault('kind-changed', question.id, { id }) : surveyFault('id-taken', question.id, { id, survey: other.id })]
      const isReworded = other.id !== survey.id && same.question.text.de.trim() !== question.text.de.trim()
      return isReworded ? [surveyFault('id-other-words', question.id, { id, survey: other.id })] : []
    }),
  )

/** What the document itself may not be, unless it was said in better words already. */
const shapeFaults = (survey: Survey, told: readonly SurveyFault[]): readonly SurveyFault[] => {
  const read = v.safeParse(surveySchema, filledSurvey(survey))
  if (read.success || told.some(({ severity }) => severity === 'error')) return []
  return read.issues.slice(0, 3).map((issue) => surveyFault('shape', v.getDotPath(issue) ?? 'survey', { what: issue.message }))
}

/** As it is published: where a survey is not asked in a language, its first one stands in. */
export const filledSurvey = (survey: Survey): Survey => {
  const [first] = languagesOf(survey)
  const fill = (text: Localised): Localised => ({ de: text.de.trim() === '' ? text[first!] : text.de, en: text.en.trim() === '' ? text[first!] : text.en })
  const parts = (options: readonly Option[]): readonly Option[] => options.map((option) => ({ ...option, text: fill(option.text) }))
  const filled = (question: Question): Question => ({
    ...question,
    text: fill(question.text),
    ...(question.options && { options: parts(question.options) }),
    ...(question.rows && { rows: parts(question.rows) }),
  })
  return { ...survey, ...(survey.name && { name: fill(survey.name) }), opening: filled(survey.opening), followUps: survey.followUps.map(filled) }
}
