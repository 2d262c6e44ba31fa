/** Surveys with logic never end dead, never turn in a circle, never ask twice; what the check says of them is what happens. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAnswer, nextQuestion, openingOf } from '#shared/feedback/answer.ts'
import { conditionHolds } from '#shared/feedback/condition.ts'
import { logicFaults, longestPath } from '#shared/feedback/check/survey-logic.ts'
import type { Given, GivenAnswers } from '#shared/feedback/given.ts'
import { questionsOf, type Question, type Survey } from '#shared/feedback/survey.ts'
import { allAnswers, answerBy, randomSurvey } from './random-survey.ts'

type Next = typeof nextQuestion

const without = <T extends object, K extends keyof T>(whole: T, key: K): Omit<T, K> => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key)) as Omit<T, K>
const SEEDS = fc.array(fc.nat({ max: 1000 }), { minLength: 40, maxLength: 60 })

/** Answers until nothing more is asked. */
const walk = (survey: Survey, next: Next, seeds: readonly number[]): GivenAnswers => {
  const given = new Map<string, Given>()
  let drawn = 0
  for (let question = next(survey, given); question; question = next(survey, given)) {
    if (given.has(question.id)) throw new Error(`asked twice: ${question.id}`)
    const answer = answerBy(question, (below) => seeds[drawn++ % seeds.length]! % below)
    if (answer !== 'skipped' && !checkAnswer(question, answer).ok) throw new Error(`no answer: ${JSON.stringify(answer)}`)
    given.set(question.id, answer)
    if (given.size > 20) throw new Error('no end')
  }
  return given
}

/** What ought to have been asked, read off the answers in the end. */
const ought = (survey: Survey, given: GivenAnswers): readonly string[] => {
  const opening = openingOf(survey)
  if (!opening) return []
  if (given.get(opening.id) === 'skipped') return [opening.id]
  const led = questionsOf(survey).filter((question) => question !== opening && !question.retired && (!question.onlyIf || conditionHolds(survey, question.onlyIf, given)))
  return [opening.id, ...led.map(({ id }) => id)]
}

const holds = (next: Next): void =>
  fc.assert(
    fc.property(randomSurvey(), SEEDS, (survey, seeds) => {
      const given = walk(survey, next, seeds)
      const all = ought(survey, given)
      const most = survey.budget?.questions ?? all.length
      if (given.size !== Math.min(all.length, most)) throw new Error(`ended dead: ${[...given.keys()].join(' ')} of ${all.join(' ')}`)
      if (![...given.keys()].every((id) => all.includes(id))) throw new Error('asked what nothing leads to')
    }),
    { numRuns: 200, seed: 38 },
  )

describe('two hundred surveys with logic', () => {
  it('never end dead, never turn in a circle, never ask twice', () => holds(nextQuestion))
  it.each<readonly [string, Next]>([
    ['a rule that forgets what was skipped', (survey, given) => nextQuestion(survey, new Map([...given].filter(([, answer]) => answer !== 'skipped')))],
    ['a rule that begins again', (survey, given) => nextQuestion(survey, given) ?? (given.size > 2 ? survey.opening : null)],
    ['a rule that stops at a fork', (survey, given) => ((found) => (found?.onlyIf ? null : found))(nextQuestion(survey, given))],
    ['a rule that overlooks conditions', (survey, given) => nextQuestion({ ...survey, followUps: survey.followUps.map((question) => without(question, 'onlyIf')) }, given)],
    ['a rule that asks what is known', (survey, given) => nextQuestion({ ...survey, followUps: survey.followUps.map((question) => without(question, 'retired')) }, given)],
    ['a rule that overdraws its budget', (survey, given) => nextQuestion(without(survey, 'budget'), given)],
  ])('find %s', (_, broken) => expect(() => holds(broken)).toThrow())
})

/** Every way through a small survey. */
const allWays = (survey: Survey, given: GivenAnswers = new Map()): readonly GivenAnswers[] => {
  const question = nextQuestion(survey, given)
  return question ? allAnswers(question).flatMap((answer) => allWays(survey, new Map([...given, [question.id, answer]]))) : [given]
}

describe('what the check says of the logic', () => {
  it('is what happens: the longest way, and the questions that no answer leads to', () => {
    const small = randomSurvey({ kinds: ['csat5', 'choice', 'ranking', 'matrix'], most: 3, retired: false })
    fc.assert(
      fc.property(small, (budgeted) => {
        const survey = without(budgeted, 'budget')
        if (questionsOf(survey).filter(({ kind }) => kind === 'matrix').length > 1) return
        const ways = allWays(survey)
        expect(longestPath(survey)).toBe(Math.max(...ways.map(({ size }) => size)))
        const asked = new Set(ways.flatMap((given) => Array.from(given.keys())))
        expect(logicFaults(survey).filter(({ rule }) => rule === 'unreachable').map(({ path }) => path)).toEqual(survey.followUps.flatMap(({ id }) => (asked.has(id) ? [] : [`${id}.onlyIf`])))
      }),
      { numRuns: 120, seed: 38 },
    )
  })
})

const words = { de: 'Wie?', en: 'How?' }
const options = ['a', 'b', 'c'].map((id) => ({ id, text: words }))
const first = { id: 'first', kind: 'csat5', text: words } as const
const surveyOf = (...followUps: readonly Question[]): Survey => ({ id: 's', opening: first, followUps, contact: false })
const text = (id: string, onlyIf: NonNullable<Question['onlyIf']>): Question => ({ id, kind: 'text', text: words, onlyIf })
const forks = ['a', 'b', 'c'].map((id) => text(`why-${id}`, { question: 'fork', options: [id] }))

describe('the longest way', () => {
  it('takes one fork of a ranking, as many of a choice as may be chosen', () => {
    expect(longestPath(surveyOf({ id: 'fork', kind: 'ranking', text: words, options }, ...forks))).toBe(3)
    expect([1, 2, undefined].map((most) => longestPath(surveyOf({ id: 'fork', kind: 'choice', text: words, options, ...(most && { most }) }, ...forks)))).toEqual([3, 4, 5])
  })
  it('takes one value of a scale, and one of each row', () => {
    const rows = options.slice(0, 2)
    expect(longestPath(surveyOf(text('low', { from: 1, to: 3 }), text('middle', { from: 3, to: 4 }), text('high', { from: 5, to: 5 })))).toBe(3)
    expect(longestPath(surveyOf({ id: 'table', kind: 'matrix', text: words, rows }, text('one', { question: 'table.a', from: 1, to: 2 }), text('two', { question: 'table.b', from: 5, to: 5 }), text('three', { question: 'table.b', from: 1, to: 1 })))).toBe(4)
  })
})

describe('a question that no answer leads to', () => {
  it.each<readonly [string, Question]>([
    ['below the scale', text('lost', { from: 0, to: 0 })],
    ['above it', text('lost', { from: 6, to: 9 })],
    ['from the wrong end', text('lost', { from: 4, to: 2 })],
  ])('is one %s', (_, lost) => expect(logicFaults(surveyOf(lost)).map(({ rule, path }) => `${rule} ${path}`)).toEqual(['unreachable lost.onlyIf']))
  it('is one behind an option that is not there, and whatever hangs on it', () => {
    const fork: Question = { id: 'fork', kind: 'choice', text: words, options }
    const lost = { ...fork, id: 'lost', onlyIf: { question: 'fork', options: ['gone'] } }
    expect(logicFaults(surveyOf(fork, lost, text('behind', { question: 'lost', options: ['a'] }))).map(({ path }) => path)).toEqual(['lost.onlyIf', 'behind.onlyIf'])
  })
})
