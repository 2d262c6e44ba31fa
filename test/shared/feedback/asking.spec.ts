/** When a survey is asked: hours, quota, cooldown, budget, language; and what of an answer stands in a later text. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAskingHour } from '#shared/feedback/asking-hours.ts'
import type { Given } from '#shared/feedback/given.ts'
import { mayAsk, type AskingFacts } from '#shared/feedback/may-ask.ts'
import { MAX_PIPED, pipeAnswers, pipesIn } from '#shared/feedback/pipe-answers.ts'
import { isWithinBudget } from '#shared/feedback/question-budget.ts'
import { languageFor } from '#shared/feedback/survey-language.ts'
import { quotaHere, quotaPeriod } from '#shared/feedback/survey-quota.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

const BERLIN = 'Europe/Berlin'
const at = (iso: string): Millis => millis(Date.parse(iso))
const words = (de: string, en = de) => ({ de, en })
const survey: Survey = {
  id: 's',
  opening: { id: 'visit', kind: 'csat5', text: words('Wie?') },
  followUps: [
    { id: 'why', kind: 'choice', text: words('Warum?'), options: [{ id: 'queue', text: words('das Warten', 'the waiting') }, { id: 'price', text: words('die Preise', 'the prices') }] },
    { id: 'parts', kind: 'matrix', text: words('Teile'), rows: [{ id: 'till', text: words('Kasse') }, { id: 'shelf', text: words('Regal') }] },
    { id: 'say', kind: 'text', text: words('Und?') },
  ],
  contact: false,
}

describe('opening hours', () => {
  const weekdays = [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 9 * 60, untilMinute: 18 * 60 }]
  it('are those of the clock on the store’s wall, summer time included', () => {
    expect(isAskingHour(weekdays, at('2026-07-03T06:59:59Z'), BERLIN)).toBe(false)
    expect(isAskingHour(weekdays, at('2026-07-03T07:00:00Z'), BERLIN)).toBe(true)
    expect(isAskingHour(weekdays, at('2026-12-04T07:30:00Z'), BERLIN)).toBe(false)
    expect(isAskingHour(weekdays, at('2026-12-04T08:00:00Z'), BERLIN)).toBe(true)
    expect(isAskingHour(weekdays, at('2026-12-04T17:00:00Z'), BERLIN)).toBe(false)
    expect(isAskingHour(weekdays, at('2026-12-05T10:00:00Z'), BERLIN)).toBe(false)
  })
  it('are always, where there are none', () => expect(isAskingHour(undefined, at('2026-12-05T02:00:00Z'), BERLIN)).toBe(true))
})

describe('a quota', () => {
  it('is for each device alone, or shared among those that ask', () => {
    const place = { device: 'b', devices: ['c', 'a', 'b'] }
    expect(quotaHere({ most: 10, per: 'day', share: 'device' }, place)).toBe(10)
    expect(['a', 'b', 'c', 'x'].map((device) => quotaHere({ most: 10, per: 'day', share: 'allotted' }, { ...place, device }))).toEqual([4, 3, 3, 0])
  })
  it('is shared out to the last response', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 }), (most, devices) => {
      const shares = devices.map((device) => quotaHere({ most, per: 'week', share: 'allotted' }, { device, devices }))
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(most)
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    }), { numRuns: 200 })
  })
  it('is counted by the store’s day, by the week from Monday, or ever', () => {
    expect(quotaPeriod({ per: 'day' }, at('2026-11-22T23:30:00Z'), BERLIN)).toBe('2026-11-23')
    expect(quotaPeriod({ per: 'week' }, at('2026-11-22T12:00:00Z'), BERLIN)).toBe('2026-11-16')
    expect(quotaPeriod({ per: 'week' }, at('2026-11-22T23:30:00Z'), BERLIN)).toBe('2026-11-23')
    expect(quotaPeriod({ per: 'ever' }, at('2026-11-22T12:00:00Z'), BERLIN)).toBe('ever')
  })
})

describe('a budget', () => {
  const budget = { questions: 3, tapsPerMinute: 4 }
  it('ends with its questions, and with the taps of each minute', () => {
    expect([0, 2, 3].map((asked) => isWithinBudget(budget, { asked, taps: 0, visitMs: 0 }))).toEqual([true, true, false])
    expect([3, 4].map((taps) => isWithinBudget(budget, { asked: 0, taps, visitMs: 5_000 }))).toEqual([true, false])
    expect([5, 6].map((taps) => isWithinBudget(budget, { asked: 0, taps, visitMs: 90_000 }))).toEqual([true, false])
    expect(isWithinBudget(undefined, { asked: 99, taps: 99, visitMs: 0 })).toBe(true)
  })
})

describe('whether a survey is begun', () => {
  const facts: AskingFacts = { now: at('2026-11-23T09:00:00Z'), timeZone: BERLIN, device: 'a', devices: ['a', 'b'], taken: 0, lastAt: null, inVisit: false, taps: 0, visitMs: 0 }
  const ask = (more: Partial<Survey>, told: Partial<AskingFacts> = {}) => mayAsk({ ...survey, ...more }, { ...facts, ...told })
  it('is yes unless something of it says no, and says what', () => {
    expect(ask({})).toBeNull()
    expect(ask({ rest: 'paused' })).toBe('rest')
    expect(ask({ opening: { ...survey.opening, retired: true }, followUps: [] })).toBe('known')
    expect(ask({ hours: [{ weekdays: [7], fromMinute: 0, untilMinute: 1440 }] })).toBe('hours')
    expect(ask({ quota: { most: 3, per: 'day', share: 'allotted' } }, { taken: 1 })).toBeNull()
    expect(ask({ quota: { most: 3, per: 'day', share: 'allotted' } }, { taken: 2 })).toBe('quota')
    expect(ask({ cooldown: { per: 'visit' } }, { inVisit: true })).toBe('cooldown')
    expect(ask({ cooldown: { per: 'device', minutes: 10 } }, { lastAt: millis(facts.now - 599_999) })).toBe('cooldown')
    expect(ask({ cooldown: { per: 'device', minutes: 10 } }, { lastAt: millis(facts.now - 600_000) })).toBeNull()
    expect(ask({ budget: { questions: 2, tapsPerMinute: 3 } }, { taps: 3 })).toBe('budget')
  })
})

describe('the language', () => {
  it('is the wanted one, or the first that the survey has, which is then named', () => {
    expect(languageFor({}, 'en')).toEqual({ language: 'en', isOther: false })
    expect(languageFor({ languages: ['de'] }, 'en')).toEqual({ language: 'de', isOther: true })
    expect(languageFor({ languages: ['de', 'en'] }, 'en')).toEqual({ language: 'en', isOther: false })
  })
})

describe('an earlier answer in a text', () => {
  const given = new Map<string, Given>([['visit', 4], ['why', ['price', 'queue']], ['parts', { till: 2 }], ['say', 'alles {answer:visit} gut\nwirklich']])
  const pipe = (text: string, answers: ReadonlyMap<string, Given> = given) => pipeAnswers(text, survey, answers, 'de')
  it('is a number, the words of its options, the rating of a row, or the words', () => {
    expect(pipe('Sie gaben {answer:visit} wegen {answer:why}.')).toBe('Sie gaben 4 wegen die Preise, das Warten.')
    expect(pipeAnswers('because of {answer:why}', survey, given, 'en')).toBe('because of the prices, the waiting')
    expect(pipe('Kasse: {answer:parts.till}')).toBe('Kasse: 2')
  })
  it('is never read again as a place, and stands on one line', () => expect(pipe('Sie schrieben: {answer:say}')).toBe('Sie schrieben: alles {answer:visit} gut wirklich'))
  it('is what the text says otherwise, where nobody answered', () => {
    expect(pipe('Zu {answer:why|Ihrem Besuch}', new Map())).toBe('Zu Ihrem Besuch')
    expect(pipe('Zu {answer:why}', new Map<string, Given>([['why', 'skipped']]))).toBe('Zu Ihre Antwort')
    expect(pipe('{answer:parts.shelf|nichts} {answer:nobody|nichts}')).toBe('nichts nichts')
  })
  it('finds its places', () => expect(pipesIn('{answer:a} {answer:b.c|so} {answer:} {other:a}')).toEqual([{ question: 'a', otherwise: null }, { question: 'b.c', otherwise: 'so' }]))
  it('turns or hides nothing, whatever was written', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (said) => {
      const text = pipe('A{answer:say|nichts}Z', new Map<string, Given>([['say', said]]))
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect([...text].length).toBeLessThanOrEqual(MAX_PIPED + 2)
      expect(text.startsWith('A') && text.endsWith('Z')).toBe(true)
    }), { numRuns: 300 })
  })
})
