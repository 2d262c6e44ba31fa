import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareTail, normalTail, normalTwoSided, studentQuantile, studentTwoSided } from '#shared/insights/statistics/distributions.ts'

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1.959963984540054, 0.025],
    [2.5, 0.006209665325776132],
    [5, 2.8665157187919333e-7],
    [-1, 0.8413447460685429],
  ])('leaves above %d a share of %d (tables)', (z, tail) => expect(normalTail(z)).toBeCloseTo(tail, 12))
  it('has its two formulas meet at 2.5', () => expect(normalTail(2.5 - 1e-9) - normalTail(2.5)).toBeCloseTo(1e-9 * 0.0175283, 12))
  it('never grows with z', () => {
    fc.assert(fc.property(fc.double({ min: -8, max: 8, noNaN: true }), fc.double({ min: 0, max: 4, noNaN: true }), (z, more) => normalTail(z + more) <= normalTail(z) + 1e-15))
  })
})

describe("Student's t", () => {
  it.each([
    [1, 12.7062],
    [10, 2.2281],
    [30, 2.0423],
    [102, 1.9835],
  ])('with %i degrees of freedom leaves 5 %% outside of ± %d (Student 1908, tables)', (freedom, t) => expect(studentQuantile(0.05, freedom)).toBeCloseTo(t, 4))
  it('is its own inverse, for any freedom', () => {
    fc.assert(fc.property(fc.double({ min: 0.001, max: 0.9, noNaN: true }), fc.double({ min: 1, max: 400, noNaN: true }), (p, freedom) => {
      expect(studentTwoSided(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 9)
    }))
  })
  it('becomes the normal distribution', () => expect(studentTwoSided(1.7, 1e7)).toBeCloseTo(normalTwoSided(1.7), 7))
})

describe('chi square with one degree of freedom', () => {
  it('leaves 5 % above 3.8415', () => expect(chiSquareTail(3.841458820694124)).toBeCloseTo(0.05, 12))
})
