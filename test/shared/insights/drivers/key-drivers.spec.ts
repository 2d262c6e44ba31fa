import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enoughAnswers, keyDriversOf, type DriverAnswers, type KeyDrivers } from '#shared/insights/drivers/key-drivers.ts'
import { relativeWeights } from '#shared/insights/drivers/relative-weights.ts'
import { MOST_DRIVERS, shapleyParts } from '#shared/insights/drivers/shapley-shares.ts'
import { correlationsOf, regress, type Regression } from '#shared/insights/statistics/regression.ts'
import { seededRandom, type Random } from '#shared/insights/statistics/seeded-random.ts'

const drawing = (rounds = 200) => ({ random: seededRandom(7), rounds })
const driversOf = (answers: DriverAnswers): KeyDrivers => {
  const found = keyDriversOf(answers, drawing())
  if ('type' in found) throw new Error(found.why)
  return found
}

/** Correlations of two ratings with an outcome, r₁, r₂, and with each other. */
const two = (r1: number, r2: number, r12: number) => ({ among: [[1, r12], [r12, 1]], toOutcome: [r1, r2], n: 100 })

describe('parts of the explained variance', () => {
  it('of uncorrelated ratings are their squared correlations, by either method', () => {
    expect(shapleyParts(two(0.6, 0.3, 0))!.map((part) => part.toFixed(6))).toEqual(['0.360000', '0.090000'])
    expect(relativeWeights(two(0.6, 0.3, 0))!.map((part) => part.toFixed(6))).toEqual(['0.360000', '0.090000'])
  })
  it('of 0.6 and 0.3 that go together by 0.5 are 0.315 and 0.045: half of what each adds first and last (Kruskal 1987)', () => {
    expect(shapleyParts(two(0.6, 0.3, 0.5))!.map((part) => part.toFixed(6))).toEqual(['0.315000', '0.045000'])
  })
  it('of two ratings by relative weights are those of the averaged orders: 0.315 and 0.045 (Thomas et al. 2014 prove it for two)', () => {
    expect(relativeWeights(two(0.6, 0.3, 0.5))!.map((part) => part.toFixed(6))).toEqual(['0.315000', '0.045000'])
  })
  it('leave nothing to a rating that repeats another, looked at last', () => {
    const [first, second] = shapleyParts(two(0.6, 0.6, 1))!
    expect([first!.toFixed(6), second!.toFixed(6)]).toEqual(['0.180000', '0.180000'])
    expect(relativeWeights(two(0.6, 0.6, 1))).toBeNull()
  })
  it('are not averaged over more orders than a second has room for', () => {
    const many = Array.from({ length: MOST_DRIVERS + 1 }, (_, i) => i)
    expect(shapleyParts({ among: many.map((i) => many.map((j) => (i === j ? 1 : 0))), toOutcome: many.map(() => 0.1), n: 900 })).toBeNull()
  })
  it('are never below nought and add up to R², whatever the answers', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 7 }), (seed, count) => {
      const random = seededRandom(seed)
      const likes = (column: readonly number[]): readonly number[] => column.map((value) => (random() < 0.5 ? value : 1 + Math.floor(5 * random())))
      const outcome = Array.from({ length: 80 }, () => 1 + Math.floor(5 * random()))
      const correlations = correlationsOf(Array.from({ length: count }, () => likes(outcome)), outcome)!
      const { rSquared } = regress(correlations) as Regression
      for (const parts of [shapleyParts(correlations)!, relativeWeights(correlations)!]) {
        expect(Math.min(...parts)).toBeGreaterThan(-1e-12)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(rSquared, 9)
      }
    }), { numRuns: 40 })
  })
})

/** A bell-shaped number from twelve even ones. */
const bell = (random: Random): number => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)

/** Ratings that share a common mood; the outcome is made from them by known weights. */
const planted = (seed: number, n: number, weights: readonly number[], mood: number): DriverAnswers => {
  const random = seededRandom(seed)
  const people = Array.from({ length: n }, () => {
    const own = bell(random)
    return weights.map(() => mood * own + Math.sqrt(1 - mood * mood) * bell(random))
  })
  const outcome = people.map((row) => row.reduce((sum, value, i) => sum + weights[i]! * value, 0) + 0.5 * bell(random))
  return { outcome, ratings: weights.map((_, i) => ({ key: `q${i + 1}`, values: people.map((row) => row[i]!) })) }
}

describe('key drivers', () => {
  it('reproduce planted weights: 0.8, 0.4 and 0.2 of independent ratings are 76, 19 and 5 % of what they explain', () => {
    const { drivers, warnings } = driversOf(planted(1, 4000, [0.8, 0.4, 0.2], 0))
    expect(drivers.map(({ key, weight }) => [key, Math.round(20 * weight) * 5])).toEqual([['q1', 75], ['q2', 20], ['q3', 5]])
    expect(drivers.map(({ key, lmg }) => [key, Math.round(20 * lmg!) * 5])).toEqual([['q1', 75], ['q2', 20], ['q3', 5]])
    expect(warnings).toEqual([])
  })
  it('keep the planted order among ratings that go together, and say when their intervals overlap', () => {
    const { drivers, warnings } = driversOf(planted(2, 120, [0.5, 0.45, 0.1], 0.6))
    expect(drivers.at(-1)!.key).toBe('q3')
    expect(warnings).toEqual(['unsure'])
  })
  it('warn where plain regression turns the sign of a rating that people like', () => {
    const random = seededRandom(3)
    const taste = Array.from({ length: 300 }, () => bell(random))
    const other = taste.map((value) => 0.95 * value + 0.31 * bell(random))
    const outcome = taste.map((value, i) => value - 0.35 * other[i]! + 0.6 * bell(random))
    const { drivers } = driversOf({ outcome, ratings: [{ key: 'taste', values: taste }, { key: 'other', values: other }] })
    const found = drivers.find(({ key }) => key === 'other')!
    expect([found.r > 0, found.beta < 0, found.weight > 0]).toEqual([true, true, true])
    expect(found.warnings).toEqual(['opposite', 'inflated'])
  })
  it('warn below 50 + 8 answers per rating (Green 1991): 106 for seven', () => {
    expect(enoughAnswers(7)).toBe(106)
    expect(driversOf(planted(4, 73, [0.8, 0.1, 0.1], 0)).warnings).toEqual(['few'])
    expect(driversOf(planted(4, 74, [0.8, 0.1, 0.1], 0)).warnings).toEqual([])
  })
  it('say why there are none', () => {
    const ratings = [{ key: 'a', values: [3, 3, 3, 3] }]
    expect(keyDriversOf({ outcome: [1, 2, 3, 4], ratings }, drawing())).toEqual({ type: 'NoDrivers', why: 'constant', n: 4, enough: 58 })
    expect(keyDriversOf({ outcome: [], ratings: [{ key: 'a', values: [] }] }, drawing())).toEqual({ type: 'NoDrivers', why: 'too-few', n: 0, enough: 58 })
  })
  it('have intervals that depend on the generator alone', () => {
    const answers = planted(5, 100, [0.5, 0.3], 0.3)
    expect(driversOf(answers)).toEqual(driversOf(answers))
    const [first] = driversOf(answers).drivers
    expect(first!.shareInterval!.low).toBeLessThan(first!.weight)
    expect(first!.shareInterval!.high).toBeGreaterThan(first!.weight)
  })
})
