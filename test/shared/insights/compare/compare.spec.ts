import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg, holm } from '#shared/insights/compare/adjust.ts'
import { compareGroups } from '#shared/insights/compare/compare-groups.ts'
import { compareMeans } from '#shared/insights/compare/compare-means.ts'
import { compareNps } from '#shared/insights/compare/compare-nps.ts'
import { compareShares } from '#shared/insights/compare/compare-shares.ts'
import { meanOf, varianceOf } from '#shared/insights/statistics/summary.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'

const sample = (values: readonly number[]) => ({ n: values.length, mean: meanOf(values), variance: varianceOf(values) })
const probability = fc.double({ min: 0, max: 1, noNaN: true })

describe('many comparisons', () => {
  /** Benjamini and Hochberg (1995), table 1: fifteen tests of a study of heart attacks. */
  const HEART = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
  it('find four of fifteen by the false discovery rate and three by the stricter rule, as in the paper', () => {
    expect(benjaminiHochberg(HEART).filter((p) => p <= 0.05)).toHaveLength(4)
    expect(holm(HEART).filter((p) => p <= 0.05)).toHaveLength(3)
  })
  it('raise 0.01, 0.02, 0.03, 0.04 to 0.04 each by rate, and to 0.04, 0.06, 0.06, 0.06 by Holm', () => {
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.02]).map((p) => p.toFixed(2))).toEqual(['0.04', '0.04', '0.04', '0.04'])
    expect(holm([0.01, 0.04, 0.03, 0.02]).map((p) => p.toFixed(2))).toEqual(['0.04', '0.06', '0.06', '0.06'])
  })
  it('never lower a probability, keep their order, and Holm is never the milder', () => {
    fc.assert(fc.property(fc.array(probability, { minLength: 1, maxLength: 20 }), (all) => {
      const [rates, families] = [benjaminiHochberg(all), holm(all)]
      for (const [i, p] of all.entries()) {
        expect(rates[i]!).toBeGreaterThanOrEqual(p - 1e-15)
        expect(families[i]!).toBeGreaterThanOrEqual(rates[i]! - 1e-15)
        for (const [k, q] of all.entries()) if (p < q) expect(rates[i]!).toBeLessThanOrEqual(rates[k]!)
      }
    }))
  })
})

describe('two means', () => {
  it('of sleep gained on two drugs (Student 1908) differ by −1.58: t = −1.8608 with 17.776 degrees of freedom, p = 0.07939', () => {
    const found = compareMeans(sample([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]), sample([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]))!
    expect([found.difference.toFixed(2), found.probability.toFixed(5), found.interval.low.toFixed(4), found.interval.high.toFixed(4), found.effect.toFixed(3)]).toEqual(['-1.58', '0.07939', '-3.3655', '0.2055', '-0.797'])
  })
  it('are not compared with one value on a side, and are certain without any spread', () => {
    expect(compareMeans(sample([3]), sample([1, 2]))).toBeNull()
    expect(compareMeans(sample([3, 3]), sample([1, 1]))).toMatchObject({ difference: 2, probability: 0 })
    expect(compareMeans(sample([3, 3]), sample([3, 3]))).toMatchObject({ difference: 0, probability: 1, effect: 0 })
  })
})

describe('two shares', () => {
  it('of 56/70 and 48/80 differ by 20 points, between 5.24 and 33.39 (Newcombe 1998, table II a)', () => {
    const { difference, interval } = compareShares({ hits: 56, n: 70 }, { hits: 48, n: 80 })!
    expect([difference.toFixed(4), interval.low.toFixed(4), interval.high.toFixed(4)]).toEqual(['0.2000', '0.0524', '0.3339'])
  })
  it('turn with their order', () => {
    const share = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.nat(90)).map(([n, hits]) => ({ n, hits: Math.min(n, hits) }))
    fc.assert(fc.property(share, share, (a, b) => {
      const [there, back] = [compareShares(a, b)!, compareShares(b, a)!]
      expect(there.difference).toBeCloseTo(-back.difference, 12)
      expect(there.interval.low).toBeCloseTo(-back.interval.high, 12)
      expect(there.probability).toBeCloseTo(back.probability, 12)
    }))
  })
})

describe('two net promoter scores', () => {
  it('of 50/30/20 and 30/40/30 of a hundred each: 30 points, between 8.4 and 51.6', () => {
    const { difference, interval, probability } = compareNps({ promoters: 50, passives: 30, detractors: 20 }, { promoters: 30, passives: 40, detractors: 30 })!
    expect([difference.toFixed(2), interval.low.toFixed(3), interval.high.toFixed(3), probability.toFixed(4)]).toEqual(['0.30', '0.084', '0.516', '0.0074'])
  })
  it('keep a width when all answers are alike', () => {
    const { interval } = compareNps({ promoters: 10, passives: 0, detractors: 0 }, { promoters: 0, passives: 10, detractors: 0 })!
    expect(interval.low).toBeGreaterThan(0)
    expect(interval.low).toBeLessThan(0.5)
  })
})

describe('groups against the rest', () => {
  const csat = (good: number, n: number) => ({ 5: good, 2: n - good })
  it('name the one that is worse, with its points and what makes it certain', () => {
    const found = compareGroups('csat', [{ key: 'checkout', counts: csat(60, 100) }, { key: 'bread', counts: csat(82, 100) }, { key: 'meat', counts: csat(80, 100) }, { key: 'new', counts: csat(1, 6) }])
    expect(found.map(({ key, verdict, certain, comparison }) => [key, verdict, certain, comparison && Math.round(comparison.difference)])).toEqual([
      ['checkout', 'worse', true, -19],
      ['bread', 'better', true, 14],
      ['meat', 'alike', false, 11],
      ['new', 'few', false, null],
    ])
  })
  it('of twenty alike call none different in at least 95 of 100 weeks', () => {
    const random = seededRandom(5)
    const weeks = Array.from({ length: 200 }, () => {
      const groups = Array.from({ length: 20 }, (_, i) => ({ key: String(i), counts: csat(Array.from({ length: 60 }, random).filter((x) => x < 0.8).length, 60) }))
      return compareGroups('csat', groups)
    })
    const wrong = weeks.filter((groups) => groups.some(({ verdict }) => verdict !== 'alike')).length
    expect(wrong).toBeLessThanOrEqual(14)
    expect(wrong).toBeGreaterThan(0)
  })
})
