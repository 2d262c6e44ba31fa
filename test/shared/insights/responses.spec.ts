import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountsOf, readAmount, writeAmount } from '#shared/insights/amounts.ts'
import { answersNeeded, formulaOf, tooFewWords } from '#shared/insights/formula.ts'
import { bandOf, completeAnswers, groupAnswers, optionsIn, responsesOf, type RecordedAnswer } from '#shared/insights/responses.ts'

const said = (response: string, question: string, value: RecordedAnswer['value']): RecordedAnswer => ({ response, touchpoint: 'exit', at: null, question, value })
const RESPONSES = responsesOf([said('a', 'mood', 2), said('b', 'mood', 4), said('a', 'speed', 1), said('a', 'mood', 3), said('b', 'places', ['meat', 'bread']), said('c', 'speed', 5), said('b', 'why', 'nett')])

describe('answers put together by who gave them', () => {
  it('keep the later of two answers to one question, and the order of the people', () => {
    expect(RESPONSES.map(({ id, answers }) => [id, answers.get('mood')])).toEqual([['a', 3], ['b', 4], ['c', undefined]])
  })
  it('are complete only for those who gave all of them, and say who that is', () => {
    expect(completeAnswers(RESPONSES, 'mood', ['speed'])).toEqual({ outcome: [3], ratings: [{ key: 'speed', values: [1] }], ids: ['a'] })
  })
  it('are grouped by what was chosen beside, with the people behind; somebody may be in two groups', () => {
    expect(groupAnswers(RESPONSES, 'mood', (response) => optionsIn(response, 'places'))).toEqual([{ key: 'meat', counts: { 4: 1 }, ids: ['b'] }, { key: 'bread', counts: { 4: 1 }, ids: ['b'] }])
  })
  it('have no options in free words', () => expect(optionsIn(RESPONSES[1]!, 'why')).toEqual([]))
  it('are joined to bands from their lower ends', () => {
    expect(['17', '18', '29', '30', '99', 'old'].map((age) => bandOf(age, [18, 30, 60]))).toEqual([null, '18-29', '18-29', '30-59', '60+', null])
  })
})

describe('amounts', () => {
  it('are exact: 0.1 and 0.2 are 0.3, and a third of a cent is rounded once', () => {
    expect(amountsOf([readAmount('0.1')!, readAmount('0.2')!, readAmount('-0.05')!])).toEqual({ n: 3, sum: '0.25', mean: '0.0833', median: '0.1', least: '-0.05', most: '0.2' })
    expect(amountsOf([])).toEqual({ n: 0, sum: '0', mean: null, median: null, least: null, most: null })
  })
  it.each([['12'], ['-0.5'], ['0.000001']])('"%s" is one and is written the same again', (written) => expect(writeAmount(readAmount(written)!)).toBe(written))
  it.each([['1,5'], ['1e3'], ['12 €'], [''], ['0.1234567']])('"%s" is none', (written) => expect(readAmount(written)).toBeNull())
  it('add up whatever their order', () => {
    fc.assert(fc.property(fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: 1 }), (amounts) => {
      expect(amountsOf([...amounts].reverse())).toEqual(amountsOf(amounts))
    }))
  })
})

describe('the formula beside a score', () => {
  it('says that nought belongs to the detractors and which answers are satisfied', () => {
    expect([formulaOf('nps').de, formulaOf('csat').en, formulaOf('ces').de].join(' ')).toMatch(/0–6 von 0–10.*4–5 of 1–5.*5–7 von 1–7/)
  })
  it('says "too few" by how far the score may be off, and how many would do: 30 answers at ± 27.9 need 104 for ± 15', () => {
    expect(tooFewWords.de).toBe('Zu wenig Antworten: Der Wert kann um mehr als 15 Punkte danebenliegen.')
    expect(answersNeeded(30, 27.9)).toBe(104)
  })
})
