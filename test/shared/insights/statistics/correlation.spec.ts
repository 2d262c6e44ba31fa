import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlationInterval, pearson, ranksOf, spearman } from '#shared/insights/statistics/correlation.ts'

/** Anscombe, Am. Stat. 27 (1973) 17: four sets of one and the same correlation. */
const X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
const SETS = [
  [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
  [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74],
  [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73],
]

describe('correlation', () => {
  it("of Anscombe's sets is 0.816 each", () => expect(SETS.map((y) => pearson(X, y)!.toFixed(3))).toEqual(['0.816', '0.816', '0.816']))
  it('of their ranks tells them apart: 0.818, 0.691, 0.991', () => expect(SETS.map((y) => spearman(X, y)!.toFixed(3))).toEqual(['0.818', '0.691', '0.991']))
  it('0.816 of 11 pairs lies between 0.424 and 0.951', () => {
    const { low, high } = correlationInterval(pearson(X, SETS[0]!)!, 11)!
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.424', '0.951'])
  })
  it('is unknown where one side never changes', () => {
    expect(pearson([1, 2, 3], [0.1, 0.1, 0.1])).toBeNull()
    expect(pearson([], [])).toBeNull()
  })
  it('gives equal values their mean rank', () => expect(ranksOf([10, 20, 20, 5, 20])).toEqual([2, 4, 4, 1, 4]))
  it('stays within −1 and 1, goes both ways alike, and does not see units', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 })), { minLength: 2 }), (pairs) => {
      const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
      const r = pearson(x, y)
      if (r === null) return
      expect(Math.abs(r)).toBeLessThanOrEqual(1)
      expect(pearson(y, x)!).toBeCloseTo(r, 12)
      expect(pearson(x.map((value) => 3 * value + 7), y)!).toBeCloseTo(r, 9)
    }))
  })
})
