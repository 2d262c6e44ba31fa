/** Surveys with logic never end dead, never turn in a circle, never ask twice; what the check says of them is what happens. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAnswer, nextQuestion, openingOf } from '#shared/feedback/answer.ts'
import { conditionHolds } from '#shared/feedback/condition.ts'
import { logicFaults, longestPath } from '#shared/feedback/check/survey-logic.ts'
import type { Given, GivenAnswers } from '#shared/feedback/given.ts'
import { questionsOf, type Survey } from '#shared/feedback/survey.ts'
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
