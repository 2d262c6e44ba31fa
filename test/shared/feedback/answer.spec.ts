import { describe, expect, it } from 'vitest'
import { checkAnswer, followUpsFor, nextQuestion, type Given } from '#shared/feedback/answer.ts'
import { isOnScale, scaleValues } from '#shared/feedback/scales.ts'
import type { Question, Survey } from '#shared/feedback/survey.ts'

const words = { de: '…', en: '…' }
const survey: Survey = {
  id: 'exit',
  opening: { id: 'visit', kind: 'csat5', text: words },
  followUps: [
    { id: 'what-was-wrong', kind: 'choice', text: words, options: [{ id: 'queue', text: words }, { id: 'price', text: words }], onlyIf: { from: 1, to: 3 } },
    { id: 'recommend', kind: 'nps', text: words, onlyIf: { from: 4, to: 5 } },
    { id: 'words', kind: 'text', text: words },
  ],
  contact: true,
}
const next = (...given: readonly (readonly [string, Given])[]): string | null => nextQuestion(survey, new Map(given))?.id ?? null

describe('the next question', () => {
  it('is the opening one first', () => expect(next()).toBe('visit'))
  it('is what went wrong after 3 of 5', () => expect(next(['visit', 3])).toBe('what-was-wrong'))
  it('is the recommendation after 4 of 5', () => expect(next(['visit', 4])).toBe('recommend'))
  it('passes over what was skipped', () => expect(next(['visit', 4], ['recommend', 'skipped'])).toBe('words'))
  it('is none when all is answered', () => expect(next(['visit', 1], ['what-was-wrong', ['queue']], ['words', 'zu voll'])).toBeNull())
  it('is none when the opening question was skipped', () => expect(next(['visit', 'skipped'])).toBeNull())
  it('comes from two follow-ups for every opening answer here', () => {
    expect([1, 2, 3, 4, 5].map((value) => followUpsFor(survey, value).length)).toEqual([2, 2, 2, 2, 2])
  })
})

describe('an answer', () => {
  const choice = survey.followUps[0] as Question
  const text = survey.followUps[2] as Question
  it('lies on its scale: 0 belongs to NPS, not to five smileys', () => {
    expect(isOnScale('nps', 0)).toBe(true)
    expect(isOnScale('csat5', 0)).toBe(false)
    expect(isOnScale('ces7', 7.5)).toBe(false)
    expect(scaleValues('ces7')).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(checkAnswer(survey.opening, 6)).toEqual({ ok: false, error: { type: 'NotAnAnswer', question: 'visit', why: 'off the scale' } })
  })
  it('names options that exist, each once', () => {
    expect(checkAnswer(choice, ['queue', 'queue'])).toEqual({ ok: true, value: ['queue'] })
    expect(checkAnswer(choice, ['weather'])).toEqual({ ok: false, error: { type: 'NotAnAnswer', question: 'what-was-wrong', why: 'no such option' } })
    expect(checkAnswer(choice, [])).toMatchObject({ ok: false, error: { why: 'empty' } })
  })
  it('in words has some, and at most 2,000 characters', () => {
    expect(checkAnswer(text, '  ')).toMatchObject({ ok: false, error: { why: 'empty' } })
    expect(checkAnswer(text, 'x'.repeat(2001))).toMatchObject({ ok: false, error: { why: 'too long' } })
    expect(checkAnswer(text, 'gut')).toEqual({ ok: true, value: 'gut' })
  })
})
