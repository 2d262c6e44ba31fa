import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unansweredIn } from '#shared/feedback/partial.ts'
import type { Question, Survey } from '#shared/feedback/survey.ts'

const text = { de: '…', en: '…' }
const option = (id: string) => ({ id, text })
const VISIT: Question = { id: 'visit', kind: 'csat5', text }
const WHY: Question = { id: 'why', kind: 'choice', text, options: [option('wait'), option('staff')], onlyIf: { from: 1, to: 2 } }
const WAIT: Question = { id: 'long', kind: 'csat5', text, onlyIf: { question: 'why', options: ['wait'] } }
const ALL: Question = { id: 'all', kind: 'matrix', text, rows: [option('a'), option('b')] }
const WORDS: Question = { id: 'words', kind: 'text', text }
const survey = (followUps: readonly Question[], more: Partial<Survey> = {}): Survey => ({ id: 's', opening: VISIT, followUps, contact: true, ...more })
const open = (survey: Survey, answers: Readonly<Record<string, number | readonly string[] | string>>): number => unansweredIn(survey, new Map(Object.entries(answers)))

describe('a response is partial', () => {
  it('while a question is open that its answers lead to: 2 of 5 asks for the reason, 4 of 5 does not', () => {
    expect(open(survey([WHY]), { visit: 2 })).toBe(1)
    expect(open(survey([WHY]), { visit: 2, why: ['staff'] })).toBe(0)
    expect(open(survey([WHY]), { visit: 4 })).toBe(0)
  })
  it('also by an answer in the middle: who waited is asked how long', () => {
    expect(open(survey([WHY, WAIT]), { visit: 1, why: ['wait'] })).toBe(1)
    expect(open(survey([WHY, WAIT]), { visit: 1, why: ['staff'] })).toBe(0)
  })
  it('while a row of a table of faces is left out', () => {
    expect(open(survey([ALL]), { visit: 4, 'all.a': 3 })).toBe(1)
    expect(open(survey([ALL]), { visit: 4, 'all.a': 3, 'all.b': 5 })).toBe(0)
  })
  it('never for free words, for what is not asked any more, or beyond the budget', () => {
    expect(open(survey([WORDS]), { visit: 4 })).toBe(0)
    expect(open(survey([{ ...ALL, retired: true }]), { visit: 4 })).toBe(0)
    expect(open(survey([ALL, WHY], { budget: { questions: 1, tapsPerMinute: 10 } }), { visit: 2 })).toBe(0)
  })
  it('when only something behind the first question was answered', () => expect(open(survey([WHY]), { why: ['staff'] })).toBe(1))
  it('less and less with every answer, and not at all in the end, whatever is answered in order', () => {
    const values = fc.record({ visit: fc.integer({ min: 1, max: 5 }), why: fc.constantFrom(['wait'], ['staff'], ['wait', 'staff']), long: fc.integer({ min: 1, max: 5 }), 'all.a': fc.integer({ min: 1, max: 5 }), 'all.b': fc.integer({ min: 1, max: 5 }) })
    fc.assert(fc.property(values, (all) => open(survey([WHY, WAIT, ALL, WORDS]), all) === 0))
  })
})
