import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureOf, halfWidth, isThin, npsCounts, standardErrorOf, type Figure } from '#shared/insights/figure.ts'
import { npsInterval, wilsonInterval } from '#shared/insights/interval.ts'

const oneDigit = (n: number | null): number | null => (n === null ? null : Math.round(10 * n) / 10)
const ends = (figure: Figure) => [oneDigit(figure.low), oneDigit(figure.high)]

describe('CSAT is the share of 4 and 5 of five smileys, with its Wilson interval', () => {
  it('24 of 30 is 80 %, between 62.7 and 90.5', () => {
    const figure = figureOf('csat', { 5: 14, 4: 10, 3: 4, 1: 2 })
    expect(figure).toMatchObject({ score: 80, n: 30 })
    expect(ends(figure)).toEqual([62.7, 90.5])
  })
  it('80 of 100 is between 71.1 and 86.7', () => expect(ends(figureOf('csat', { 4: 80, 3: 20 }))).toEqual([71.1, 86.7]))
  it('320 of 400 is between 75.8 and 83.6', () => expect(ends(figureOf('csat', { 5: 320, 2: 80 }))).toEqual([75.8, 83.6]))
  it('all of 5 is not certainly 100: between 56.6 and 100', () => expect(ends(figureOf('csat', { 5: 5 }))).toEqual([56.6, 100]))
})

describe('CES is the share of 5 to 7 of 1 to 7', () => {
  it('5 counts as easy, 4 does not, and the mean is reported', () => {
    const figure = figureOf('ces', { 7: 2, 5: 4, 4: 2, 1: 2 })
    expect(figure).toMatchObject({ score: 60, n: 10, mean: 4.4 })
    expect(ends(figure)).toEqual([31.3, 83.2])
  })
})

describe('NPS is the share of 9 and 10 minus the share of 0 to 6', () => {
  it('0 belongs to the detractors, 7 and 8 to neither', () => {
    expect(npsCounts({ 0: 1, 6: 2, 7: 3, 8: 4, 9: 5, 10: 6 })).toEqual({ promoters: 11, passives: 7, detractors: 3 })
  })
  it.each([
    [30, 27.9],
    [50, 21.6],
    [100, 15.3],
    [200, 10.8],
    [400, 7.7],
    [1000, 4.8],
  ])('50 % promoters and 20 % detractors of %i is 30 ± %f', (n, half) => {
    const figure = figureOf('nps', { 10: 0.5 * n, 8: 0.3 * n, 3: 0.2 * n })
    expect(oneDigit(figure.score)).toBe(30)
    expect(oneDigit(halfWidth(figure))).toBe(half)
  })
  it('23, 49 and 30 of 102 is −6.86 with a standard error of 7.10', () => {
    const figure = figureOf('nps', { 10: 23, 8: 49, 5: 30 })
    expect(figure.score).toBeCloseTo(-6.8627, 4)
    expect(standardErrorOf('nps', figure)).toBeCloseTo(7.1, 2)
    expect(ends(figure)).toEqual([-20.8, 7.1])
  })
  it('of promoters only is not certain either: 5 of 5 is between 13.1 and 100', () => {
    expect(ends(figureOf('nps', { 10: 5 }))).toEqual([13.1, 100])
    expect(ends(figureOf('nps', { 0: 5 }))).toEqual([-100, -13.1])
    expect(ends(figureOf('nps', { 8: 5 }))).toEqual([-43.4, 43.4])
  })
})

describe('a figure', () => {
  it('of fewer than 5 answers says only how many there are', () => {
    expect(figureOf('csat', { 5: 4 })).toEqual({ score: null, low: null, high: null, n: 4, mean: null, counts: {} })
    expect(isThin(figureOf('csat', { 5: 4 }))).toBe(true)
  })
  it('is thin when the interval is wider than ± 15 points', () => {
    expect(isThin(figureOf('csat', { 5: 15, 1: 15 }))).toBe(true)
    expect(isThin(figureOf('csat', { 5: 24, 1: 12 }))).toBe(false)
  })
  it('lies inside its own interval, and more of the same answers narrow it', () => {
    const counts = fc.array(fc.nat(50), { minLength: 11, maxLength: 11 }).map((all) => Object.fromEntries(all.map((n, value) => [value, n])))
    fc.assert(
      fc.property(counts, fc.constantFrom('nps', 'csat', 'ces'), (all, metric) => {
        const figure = figureOf(metric, all)
        const more = figureOf(metric, Object.fromEntries(Object.entries(all).map(([value, n]) => [value, 4 * n])))
        if (figure.score === null || figure.low === null || figure.high === null) return figure.n < 5
        return figure.low <= figure.score + 1e-9 && figure.score <= figure.high + 1e-9 && halfWidth(more)! < halfWidth(figure)! + 1e-9
      }),
    )
  })
})

describe('an interval', () => {
  it('refuses what is no share', () => expect(() => wilsonInterval(3, 2)).toThrow(RangeError))
  it('never leaves the scale', () => {
    expect(npsInterval({ promoters: 4, passives: 1, detractors: 0 }).high).toBe(1)
  })
})
