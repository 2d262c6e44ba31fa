import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyOf, eigenOf } from '#shared/insights/statistics/matrix.ts'
import { correlationsOf, regress, type Regression } from '#shared/insights/statistics/regression.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'

/** Motor Trend (1974), 32 cars: miles per gallon, weight, horse power; as in Henderson and Velleman, Biometrics 37 (1981) 391. */
const MPG = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4]
const WEIGHT = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78]
const POWER = [110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109]

describe('a regression of 32 cars: miles per gallon on weight and horse power', () => {
  const fitted = regress(correlationsOf([WEIGHT, POWER], MPG)) as Regression
  it('explains 82.68 % (81.48 % adjusted)', () => expect([fitted.rSquared.toFixed(4), fitted.adjustedRSquared.toFixed(4)]).toEqual(['0.8268', '0.8148']))
  it('has t values −6.129 and −3.519, as printed by R', () => {
    expect(fitted.betas.map((beta, i) => (beta / fitted.standardErrors[i]!).toFixed(3))).toEqual(['-6.129', '-3.519'])
    expect(fitted.probabilities.map((p) => p.toPrecision(3))).toEqual(['0.00000112', '0.00145'])
  })
  it('has variances inflated 1.767 times', () => expect(fitted.inflation.map((factor) => factor.toFixed(3))).toEqual(['1.767', '1.767']))
})

describe('a regression is refused', () => {
  it('with fewer answers than it needs', () => expect(regress(correlationsOf([[1, 2, 3], [2, 1, 3]], [1, 3, 2]))).toBe('too-few'))
  it('when a column never changes', () => expect(regress(correlationsOf([[2, 2, 2, 2]], [1, 3, 2, 4]))).toBe('constant'))
  it('when one rating is the sum of two others', () => {
    const [a, b] = [[1, 2, 5, 4, 3, 2], [4, 1, 2, 2, 5, 3]]
    expect(regress(correlationsOf([a, b, a.map((value, i) => value + b[i]!)], [1, 3, 2, 4, 1, 5]))).toBe('collinear')
  })
})

describe('whatever the answers', () => {
  const columns = (seed: number, count: number, rows: number): readonly (readonly number[])[] => {
    const random = seededRandom(seed)
    return Array.from({ length: count }, () => Array.from({ length: rows }, () => 1 + Math.floor(5 * random())))
  }
  it('R² lies within 0 and 1 and the rest is correlated with no rating', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 6 }), (seed, count) => {
      const all = columns(seed, count + 1, 60)
      const correlations = correlationsOf(all.slice(1), all[0]!)!
      const fitted = regress(correlations) as Regression
      expect(fitted.rSquared).toBeGreaterThanOrEqual(-1e-12)
      expect(fitted.rSquared).toBeLessThanOrEqual(1)
      for (const [i, row] of correlations.among.entries()) expect(row.reduce((sum, r, k) => sum + r * fitted.betas[k]!, 0)).toBeCloseTo(correlations.toOutcome[i]!, 9)
    }), { numRuns: 40 })
  })
  it('eigenvectors and factor give the matrix back', () => {
    fc.assert(fc.property(fc.nat(), (seed) => {
      const { among } = correlationsOf(columns(seed, 5, 40), columns(seed + 1, 1, 40)[0]!)!
      const { values, vectors } = eigenOf(among)
      const factor = choleskyOf(among)!
      for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) {
        expect(values.reduce((sum, value, k) => sum + value * vectors[k]![i]! * vectors[k]![j]!, 0)).toBeCloseTo(among[i]![j]!, 10)
        expect(factor[i]!.reduce((sum, value, k) => sum + value * (factor[j]![k] ?? 0), 0)).toBeCloseTo(among[i]![j]!, 10)
      }
    }), { numRuns: 30 })
  })
})
