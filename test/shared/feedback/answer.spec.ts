import { describe, expect, it } from 'vitest'
import { checkAnswer, nextQuestion, openingOf, questionsFor, recordedTaps, type Given } from '#shared/feedback/answer.ts'
import { isOnScale, scaleValues } from '#shared/feedback/scales.ts'
import { isDetail, recordedQuestions, recordedText, type Question, type Survey } from '#shared/feedback/survey.ts'

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
    expect([1, 2, 3, 4, 5].map((value) => questionsFor(survey, new Map([[survey.opening.id, value]])).length)).toEqual([2, 2, 2, 2, 2])
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

const option = (id: string) => ({ id, text: words })
const visitor: Survey = {
  id: 'visitor',
  opening: { id: 'mood', kind: 'smiley4', text: words },
  followUps: [
    { id: 'who', kind: 'choice', text: words, options: ['alone', 'family', 'work'].map(option), most: 1, segment: true },
    { id: 'parts', kind: 'matrix', text: words, rows: ['till', 'shelf'].map(option) },
    { id: 'till-why', kind: 'text', text: words, onlyIf: { question: 'parts.till', from: 1, to: 2 } },
    { id: 'order', kind: 'ranking', text: words, options: ['price', 'time', 'choice'].map(option), onlyIf: { question: 'who', options: ['family', 'work'] } },
    { id: 'first', kind: 'text', text: words, onlyIf: { question: 'order', options: ['price'] } },
  ],
  contact: false,
}
const ahead = (...given: readonly (readonly [string, Given])[]): readonly string[] => questionsFor(visitor, new Map(given)).map(({ id }) => id)

describe('what is asked by earlier answers', () => {
  it('hangs on a row of a matrix, on an option, and on the first place of a ranking', () => {
    expect(ahead(['mood', 4])).toEqual(['who', 'parts'])
    expect(ahead(['mood', 4], ['who', ['family']])).toEqual(['who', 'parts', 'order'])
    expect(ahead(['mood', 4], ['who', ['alone']], ['parts', { till: 2 }])).toEqual(['who', 'parts', 'till-why'])
    expect(ahead(['mood', 4], ['parts', { shelf: 1 }])).toEqual(['who', 'parts'])
    expect(ahead(['mood', 4], ['who', ['work']], ['order', ['price', 'time']])).toEqual(['who', 'parts', 'order', 'first'])
    expect(ahead(['mood', 4], ['who', ['work']], ['order', ['time', 'price']])).toEqual(['who', 'parts', 'order'])
    expect(ahead(['mood', 4], ['who', 'skipped'])).toEqual(['who', 'parts'])
  })
  it('ends with the budget, skipped questions included', () => {
    const short: Survey = { ...visitor, budget: { questions: 2, tapsPerMinute: 6 } }
    expect(nextQuestion(short, new Map([['mood', 3]]))?.id).toBe('who')
    expect(nextQuestion(short, new Map<string, Given>([['mood', 3], ['who', 'skipped']]))).toBeNull()
    expect(questionsFor(short, new Map([['mood', 3]])).map(({ id }) => id)).toEqual(['who'])
  })
  it('leaves out what is known well enough, and begins with the next single tap', () => {
    const known: Survey = { ...visitor, opening: { ...visitor.opening, retired: true } }
    expect(openingOf(known)?.id).toBe('who')
    expect(nextQuestion(known, new Map())?.id).toBe('who')
    expect(nextQuestion(known, new Map<string, Given>([['who', ['alone']]]))?.id).toBe('parts')
  })
  it('is nothing in a survey that rests', () => expect(nextQuestion({ ...visitor, rest: 'paused' }, new Map())).toBeNull())
})

describe('an answer of the newer kinds', () => {
  const [who, parts, , order] = visitor.followUps as readonly [Question, Question, Question, Question]
  it('takes no more options than are allowed', () => {
    expect(checkAnswer(who, ['alone', 'work'])).toMatchObject({ ok: false, error: { why: 'too many options' } })
    expect(checkAnswer(who, ['alone', 'alone'])).toEqual({ ok: true, value: ['alone'] })
  })
  it('ranks each option once, from the first place on', () => {
    expect(checkAnswer(order, ['time', 'price', 'choice'])).toEqual({ ok: true, value: ['time', 'price', 'choice'] })
    expect(checkAnswer(order, ['time'])).toEqual({ ok: true, value: ['time'] })
    for (const value of [['time', 'time'], ['weather'], 3, 'time', { time: 1 }]) expect(checkAnswer(order, value)).toMatchObject({ ok: false, error: { why: 'no such option' } })
    expect(checkAnswer(order, [])).toMatchObject({ ok: false, error: { why: 'empty' } })
  })
  it('rates the rows of a matrix, one at least', () => {
    expect(checkAnswer(parts, { till: 5 })).toEqual({ ok: true, value: { till: 5 } })
    expect(checkAnswer(parts, {})).toMatchObject({ ok: false, error: { why: 'empty' } })
    expect(checkAnswer(parts, { door: 5 })).toMatchObject({ ok: false, error: { why: 'no such row' } })
    expect(checkAnswer(parts, { till: 6 })).toMatchObject({ ok: false, error: { why: 'off the scale' } })
    expect(checkAnswer(parts, ['till'])).toMatchObject({ ok: false, error: { why: 'no such row' } })
  })
  it('lies on four smileys without a middle', () => {
    expect([0, 1, 4, 5].map((value) => checkAnswer(visitor.opening, value).ok)).toEqual([false, true, true, false])
  })
  it('is recorded as taps; a matrix as its rows', () => {
    expect(recordedTaps(parts, { shelf: 2, till: 5 })).toEqual([{ question: 'parts.till', kind: 'csat5', value: 5 }, { question: 'parts.shelf', kind: 'csat5', value: 2 }])
    expect(recordedTaps(order, ['time'])).toEqual([{ question: 'order', kind: 'ranking', value: ['time'] }])
    expect(recordedTaps(visitor.followUps[2]!, 'gut')).toEqual([])
  })
})

describe('a recorded question', () => {
  it('stands in words that need nothing around them', () => {
    const parts = { ...visitor.followUps[1]!, text: { de: 'Nach „{answer:who|Ihrem Besuch}“: wie war', en: 'How was' } }
    const [till] = recordedQuestions({ opening: visitor.opening, followUps: [parts] }).slice(1)
    expect([till!.id, recordedText(till!)]).toEqual(['parts.till', { de: 'Nach „…“: wie war …', en: 'How was …' }])
  })
  it('is a detail beside the survey’s own score: on its scale, or a row of a matrix', () => {
    expect(['mood', 'parts.till', 'who'].map((id) => isDetail(visitor, id, id === 'who' ? 'choice' : id === 'mood' ? 'smiley4' : 'csat5'))).toEqual([false, true, false])
    expect([isDetail(survey, 'visit', 'csat5'), isDetail(survey, 'recommend', 'nps'), isDetail(survey, 'other', 'csat5')]).toEqual([false, false, true])
  })
})
