import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOneTap } from '#shared/feedback/answer.ts'
import { QUESTION_BANK } from '#shared/feedback/question-bank.ts'
import { QUESTION_KINDS, questionsOf, type Question, type Survey } from '#shared/feedback/survey.ts'
import { addQuestion, earlierAnswers, firstCondition, fromBank, moveQuestion, newQuestion, newSurvey, removeQuestion, takeQuestion, withKind, withQuestion } from '../../../../kiosk/manager/surveys/survey-edit.ts'

const counter = () => {
  let n = 0
  return (prefix: string): string => `${prefix}-${++n}`
}
const words = (de: string) => ({ de, en: de })
const made = (): Survey => {
  const newId = counter()
  let survey = newSurvey(newId)
  for (const kind of ['choice', 'ranking', 'matrix', 'text'] as const) survey = addQuestion(survey, newQuestion(kind, newId))
  return survey
}
const kinds = (survey: Survey): readonly string[] => questionsOf(survey).map(({ kind }) => kind)

describe('writing a survey', () => {
  it('begins with five faces and a place to say what for', () => {
    const survey = newSurvey(counter())
    expect(survey).toEqual({
      id: 's-1',
      name: words(''),
      opening: { id: 'q-2', kind: 'csat5', text: words(''), purpose: { owner: '', decision: '', kind: 'functional' }, retireAt: { halfWidth: 5, minN: 100, days: 28 } },
      followUps: [],
      contact: false,
      budget: { questions: 5, tapsPerMinute: 12 },
    })
  })
  it('gives each kind the parts it is answered with, and takes them over from one to the next', () => {
    const newId = counter()
    const choice: Question = { ...newQuestion('choice', newId), most: 1, segment: true }
    expect(choice.options?.map(({ id }) => id)).toEqual(['o-2', 'o-3'])
    const matrix = withKind(choice, 'matrix', newId)
    expect([matrix.rows?.map(({ id }) => id), matrix.options, matrix.most, matrix.segment]).toEqual([['o-2', 'o-3'], undefined, undefined, undefined])
    expect(withKind(matrix, 'ranking', newId).options?.map(({ id }) => id)).toEqual(['o-2', 'o-3'])
    expect([withKind(choice, 'text', newId).retireAt, withKind(choice, 'choice', newId).segment]).toEqual([undefined, true])
  })
  it('keeps first what one tap answers', () => {
    const survey = made()
    expect(kinds(moveQuestion(survey, questionsOf(survey)[1]!.id, -1))).toEqual(['choice', 'csat5', 'ranking', 'matrix', 'text'])
    const rankingFirst = moveQuestion(removeQuestion(survey, questionsOf(survey)[1]!.id), questionsOf(survey)[2]!.id, -1)
    expect(kinds(rankingFirst)).toEqual(['csat5', 'ranking', 'matrix', 'text'])
    expect(removeQuestion({ ...survey, followUps: [] }, survey.opening.id)).toEqual({ ...survey, followUps: [] })
  })
  it('asks the first question of everybody', () => {
    const survey = made()
    const second = questionsOf(survey)[1]!
    const conditional = withQuestion(survey, second.id, (question) => ({ ...question, onlyIf: { question: survey.opening.id, from: 1, to: 2 } }))
    expect(moveQuestion(conditional, second.id, -1).opening.onlyIf).toBe(undefined)
  })
  it('lets a question depend on what stands before it, free words never', () => {
    const survey = made()
    const last = addQuestion(survey, newQuestion('nps', counter()))
    const [opening, choice, ranking, matrix] = questionsOf(last) as [Question, Question, Question, Question]
    const earlier = earlierAnswers(last, questionsOf(last).at(-1)!.id)
    expect(earlier.map(({ id }) => id)).toEqual([opening.id, choice.id, ranking.id, ...matrix.rows!.map(({ id }) => `${matrix.id}.${id}`)])
    expect([firstCondition(earlier[0]!), firstCondition(earlier[1]!), firstCondition(earlier[3]!)]).toEqual([
      { question: opening.id, from: 1, to: 2 },
      { question: choice.id, options: [choice.options![0]!.id] },
      { question: `${matrix.id}.${matrix.rows![0]!.id}`, from: 1, to: 2 },
    ])
    expect(earlierAnswers(last, opening.id)).toEqual([])
  })
  it('takes questions of the bank with their id, in place of one that nobody wrote', () => {
    const newId = counter()
    const [first, second] = [QUESTION_BANK.find(({ question }) => question.id === 'visit')!, QUESTION_BANK.find(({ question }) => question.id === 'goal')!]
    const taken = takeQuestion(takeQuestion(newSurvey(newId), fromBank(first, 'de')), fromBank(second, 'en'))
    expect(questionsOf(taken).map(({ id }) => id)).toEqual(['visit', 'goal'])
    expect(questionsOf(taken)[0]!.purpose).toEqual({ owner: 'Marktleitung', decision: first.decision.de, kind: 'functional' })
    expect(questionsOf(taken)[1]!.purpose!.decision).toBe(second.decision.en)
    expect(questionsOf(taken)[0]!.retireAt).toEqual({ halfWidth: 5, minN: 100, days: 28 })
  })
  it('never loses a question by moving, and never begins with what takes more than a tap', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...QUESTION_KINDS), { maxLength: 7 }), fc.array(fc.tuple(fc.nat(7), fc.constantFrom(-1, 1)), { maxLength: 20 }), (more, moves) => {
        const newId = counter()
        const start = more.reduce((survey, kind) => addQuestion(survey, newQuestion(kind, newId)), newSurvey(newId))
        const end = moves.reduce((survey, [at, by]) => moveQuestion(survey, questionsOf(survey)[at % questionsOf(survey).length]!.id, by as -1 | 1), start)
        expect(questionsOf(end).map(({ id }) => id).toSorted()).toEqual(questionsOf(start).map(({ id }) => id).toSorted())
        expect(isOneTap(end.opening)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
