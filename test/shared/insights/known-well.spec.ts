import { describe, expect, it } from 'vitest'
import { isKnownWell, knowledgeOf, widestHalfWidth, worstKnown } from '#shared/insights/known-well.ts'

describe('how well an answer is known', () => {
  it('of a satisfaction is half of Wilson’s interval: 320 of 400 lie between 75.8 and 83.6 %', () => {
    const known = knowledgeOf('csat5', { 5: 200, 4: 120, 2: 80 })
    expect(known.n).toBe(400)
    expect(known.halfWidth).toBeCloseTo(3.91, 2)
  })
  it('of a recommendation is that of the net promoter score: ± 7.7 points of 400, half promoters and a fifth detractors', () => {
    expect(knowledgeOf('nps', { 10: 200, 8: 120, 3: 80 }).halfWidth).toBeCloseTo(7.65, 1)
  })
  it('of a choice is that of the share that is known worst', () => {
    expect(knowledgeOf('choice', { queue: 50, price: 5 }, 100).halfWidth).toBeCloseTo(9.62, 2)
    expect(knowledgeOf('choice', { queue: 97, price: 99 }, 100).halfWidth).toBeCloseTo(3.71, 2)
  })
  it('is not said of words, nor of too few', () => {
    expect(knowledgeOf('text', { '': 900 })).toEqual({ n: 900, halfWidth: null })
    expect(knowledgeOf('csat5', { 5: 4 })).toEqual({ n: 4, halfWidth: null })
    expect(knowledgeOf('choice', {}, 0)).toEqual({ n: 0, halfWidth: null })
  })
  it('is never worse than its number of answers allows', () => {
    expect(widestHalfWidth('csat5', 400)).toBeCloseTo(4.88, 2)
    expect(widestHalfWidth('nps', 400)).toBeCloseTo(9.8, 2)
    expect([widestHalfWidth('csat5', 0), widestHalfWidth('text', 9)]).toEqual([null, null])
    for (let good = 0; good <= 60; good++) expect(knowledgeOf('csat5', { 5: good, 1: 60 - good }).halfWidth!).toBeLessThanOrEqual(widestHalfWidth('csat5', 60)! + 1e-9)
  })
  it('of a matrix is that of its worst row', () => {
    expect(worstKnown([{ n: 90, halfWidth: 3 }, { n: 80, halfWidth: 5 }])).toEqual({ n: 80, halfWidth: 5 })
    expect(worstKnown([{ n: 90, halfWidth: 3 }, { n: 0, halfWidth: null }])).toEqual({ n: 0, halfWidth: null })
    expect(worstKnown([])).toEqual({ n: 0, halfWidth: null })
  })
  it('is enough with enough answers and a narrow interval, both', () => {
    const retireAt = { halfWidth: 5, minN: 200, days: 28 }
    expect([{ n: 200, halfWidth: 5 }, { n: 199, halfWidth: 4 }, { n: 900, halfWidth: 5.1 }, { n: 900, halfWidth: null }].map((known) => isKnownWell(retireAt, known))).toEqual([true, false, false, false])
    expect(isKnownWell(null, { n: 9000, halfWidth: 1 })).toBe(false)
  })
})
