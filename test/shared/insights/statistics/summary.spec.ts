import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summaryOf, sumOf } from '#shared/insights/statistics/summary.ts'

describe('a list of values', () => {
  it('of hours of sleep gained (Student 1908) has mean 2.33, sd 2.0022 and the interval 0.898 … 3.762', () => {
    const { n, mean, sd, median, interval } = summaryOf([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    expect([n, mean!.toFixed(2), sd!.toFixed(4), median!.toFixed(2), interval!.low.toFixed(3), interval!.high.toFixed(3)]).toEqual([10, '2.33', '2.0022', '1.75', '0.898', '3.762'])
  })
  it('of one value has no spread, of none nothing', () => {
    expect(summaryOf([4])).toEqual({ n: 1, mean: 4, sd: null, median: 4, interval: null })
    expect(summaryOf([])).toEqual({ n: 0, mean: null, sd: null, median: null, interval: null })
  })
  it('loses no small value beside a large one', () => expect(sumOf([1e16, 1, 1, -1e16])).toBe(2))
  it('moves with its values and keeps its spread', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2 }), fc.integer({ min: -9, max: 9 }), (values, by) => {
      const [before, after] = [summaryOf(values), summaryOf(values.map((value) => value + by))]
      expect(after.mean!).toBeCloseTo(before.mean! + by, 9)
      expect(after.sd!).toBeCloseTo(before.sd!, 9)
    }))
  })
})
