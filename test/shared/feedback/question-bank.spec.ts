import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { wordingFaults } from '#shared/feedback/check/survey-wording.ts'
import { DEPARTMENTS, METHODS, QUESTION_BANK } from '#shared/feedback/question-bank.ts'
import { PURPOSE_KINDS, QUESTION_KINDS } from '#shared/feedback/survey.ts'
import { LANGUAGES } from '#shared/kernel/language.ts'
import { aboutPersons } from '#shared/privacy/about-persons.ts'
import { surveySchema } from '#shared/protocol/feedback-document.ts'

describe('the bank of questions', () => {
  it('holds functional, emotional and social ones of every kind, for every phase', () => {
    expect(PURPOSE_KINDS.map((kind) => QUESTION_BANK.filter(({ purpose }) => purpose === kind).length)).toEqual([23, 9, 10])
    expect(new Set(QUESTION_BANK.map(({ question }) => question.kind))).toEqual(new Set(QUESTION_KINDS))
    expect(new Set(QUESTION_BANK.flatMap(({ phases }) => phases))).toEqual(new Set(['before', 'during', 'after']))
    expect(new Set(QUESTION_BANK.map(({ question }) => question.id)).size).toBe(QUESTION_BANK.length)
  })
  it('is put in words that nothing is to be said against, in both languages', () => {
    expect(QUESTION_BANK.flatMap(({ question }) => LANGUAGES.flatMap((language) => wordingFaults(question, language)))).toEqual([])
  })
  it('asks about no single person', () => {
    expect(QUESTION_BANK.flatMap(({ question }) => aboutPersons({ id: 's', opening: question, followUps: [], contact: false }))).toEqual([])
  })
  it('fits a survey, with somebody to act and a decision', () => {
    const opening = { id: 'first', kind: 'csat5', text: { de: 'Wie?', en: 'How?' } } as const
    for (const { question, owner, decision, purpose, method } of QUESTION_BANK) {
      const asked = { ...question, purpose: { owner: DEPARTMENTS[owner].de, decision: decision.de, kind: purpose } }
      expect(v.safeParse(surveySchema, { id: 's', opening, followUps: [asked], contact: false }), question.id).toMatchObject({ success: true })
      expect(METHODS[method].en).not.toBe('')
      expect(decision.en.trim()).not.toBe('')
    }
  })
})
