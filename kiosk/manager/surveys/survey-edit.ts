/** A survey while it is written: every step gives a new one, and none of them can make it something that is not a survey. */
import { isOneTap } from '#shared/feedback/answer.ts'
import { DEPARTMENTS, type BankQuestion } from '#shared/feedback/question-bank.ts'
import { USUAL_BUDGET } from '#shared/feedback/question-budget.ts'
import { isScored, SCALES } from '#shared/feedback/scales.ts'
import { questionsOf, recordedQuestions, type Condition, type Option, type Question, type QuestionKind, type RetireAt, type Survey } from '#shared/feedback/survey.ts'
import type { Language, Localised } from '#shared/kernel/language.ts'

/** Gives a new name of this beginning; nobody has to think of one. */
export type NewId = (prefix: string) => string

export const NO_WORDS: Localised = { de: '', en: '' }
/** Half of the interval in points, and from how many answers of how many days. */
export const USUAL_RETIRE: RetireAt = { halfWidth: 5, minN: 100, days: 28 }
const FIRST_OPTIONS = 2

export const newQuestion = (kind: QuestionKind, newId: NewId): Question => withKind({ id: newId('q'), kind, text: NO_WORDS, purpose: { owner: '', decision: '', kind: 'functional' } }, kind, newId)

export const newSurvey = (newId: NewId): Survey => ({ id: newId('s'), name: NO_WORDS, opening: newQuestion('csat5', newId), followUps: [], contact: false, budget: USUAL_BUDGET })

/** The same question answered in another way. Parts that the other way needs are kept or begun, the others go. */
export const withKind = (question: Question, kind: QuestionKind, newId: NewId): Question => {
  const { options, most, rows, segment, retireAt, ...rest } = question
  const parts = options ?? rows ?? Array.from({ length: FIRST_OPTIONS }, () => newOption(newId))
  return {
    ...rest,
    kind,
    ...((kind === 'choice' || kind === 'ranking') && { options: parts }),
    ...(kind === 'matrix' && { rows: parts }),
    ...(kind === 'choice' && most !== undefined && { most }),
    ...(kind === 'choice' && most === 1 && segment && { segment }),
    ...(kind !== 'text' && { retireAt: retireAt === undefined ? USUAL_RETIRE : retireAt }),
  }
}

/** One more answer, in place of one that nobody wrote yet. */
export const withOption = (question: Question, option: Option): Question => {
  const options = question.options ?? []
  const empty = options.findIndex(({ text }) => text.de.trim() === '' && text.en.trim() === '')
  return { ...question, options: empty === -1 ? [...options, option] : options.with(empty, option) }
}

export const newOption = (newId: NewId): Option => ({ id: newId('o'), text: NO_WORDS })

export const withQuestion = (survey: Survey, id: string, change: (question: Question) => Question): Survey => withQuestions(survey, questionsOf(survey).map((question) => (question.id === id ? change(question) : question)))

export const addQuestion = (survey: Survey, question: Question): Survey => withQuestions(survey, [...questionsOf(survey), question])

/** The last one stays: a survey asks something. */
export const removeQuestion = (survey: Survey, id: string): Survey => {
  const left = questionsOf(survey).filter((question) => question.id !== id)
  return left.length === 0 ? survey : withQuestions(survey, left)
}

/** One place up or down; nothing at the ends. */
export const moveQuestion = (survey: Survey, id: string, by: -1 | 1): Survey => withQuestions(survey, moved(questionsOf(survey), questionsOf(survey).findIndex((question) => question.id === id), by))

/** Whether a question may stand first: one tap answers it. */
export const mayOpen = (question: Question): boolean => isOneTap(question)

export const moved = <T>(all: readonly T[], at: number, by: -1 | 1): readonly T[] => {
  const to = at + by
  if (at < 0 || to < 0 || to >= all.length) return all
  return all.map((one, i) => (i === at ? all[to]! : i === to ? all[at]! : one))
}

/** Earlier answers that a question may depend on or take into its words, as they are recorded. Free words lead nowhere. */
export const earlierAnswers = (survey: Survey, id: string) => {
  const at = questionsOf(survey).findIndex((question) => question.id === id)
  const earlier = new Set(questionsOf(survey).slice(0, at).map((question) => question.id))
  return recordedQuestions(survey).filter(({ question, kind }) => earlier.has(question.id) && kind !== 'text')
}

/** The condition that a question begins with when somebody makes it depend on an answer: the lower half of a scale, or the first option. */
export const firstCondition = (on: ReturnType<typeof earlierAnswers>[number]): Condition => {
  if (!isScored(on.kind)) return { question: on.id, options: on.question.options?.slice(0, 1).map(({ id }) => id) ?? [] }
  const { min, max } = SCALES[on.kind]
  return { question: on.id, from: min, to: Math.floor((min + max - 1) / 2) }
}

/** The first question is asked of everybody and answered by one tap; if none can be, the order stays as it was. */
const withQuestions = (survey: Survey, questions: readonly Question[]): Survey => {
  const [first, ...followUps] = questions
  if (!first || (!mayOpen(first) && first.id !== survey.opening.id)) return survey
  const { onlyIf: _, ...opening } = first
  return { ...survey, opening, followUps }
}

/** A question of the bank with what it is for, in the words of whoever takes it over. */
export const fromBank = ({ question, purpose, owner, decision }: BankQuestion, language: Language): Question => ({
  ...question,
  purpose: { owner: DEPARTMENTS[owner][language], decision: decision[language], kind: purpose },
  ...(question.kind !== 'text' && { retireAt: USUAL_RETIRE }),
})

/** Put at the end, or in place of a first question that nobody has written yet. */
export const takeQuestion = (survey: Survey, question: Question): Survey => {
  const { text } = survey.opening
  const isUnwritten = text.de.trim() === '' && text.en.trim() === ''
  return isUnwritten && mayOpen(question) ? { ...survey, opening: question } : addQuestion(survey, question)
}
