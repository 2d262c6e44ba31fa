import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { associationOf } from '#shared/insights/baskets/association.ts'

describe('two articles in one basket', () => {
  it('herbs (78 baskets) and root vegetables (525), 36 times together in 4,918 (Hahsler et al. 2006, every second basket): lift 4.3235, log likelihood ratio 64.583', () => {
    const { support, confidence, confidenceBack, lift, cosine, llr } = associationOf({ baskets: 4918, nA: 78, nB: 525, nAB: 36 })
    expect([support.toFixed(5), confidence.toFixed(4), confidenceBack.toFixed(4), lift.toFixed(4), cosine.toFixed(4), llr.toFixed(3)]).toEqual(['0.00732', '0.4615', '0.0686', '4.3235', '0.1779', '64.583'])
  })
  it('"the swiss" of Dunning (1993), 110 2,442 111 29,114 in his table of four, has 270.72', () => {
    expect(associationOf({ baskets: 110 + 2442 + 111 + 29114, nA: 110 + 2442, nB: 110 + 111, nAB: 110 }).llr.toFixed(2)).toBe('270.72')
  })
  it('as often as luck would have it has lift 1 and no evidence', () => {
    expect(associationOf({ baskets: 1000, nA: 100, nB: 200, nAB: 20 })).toMatchObject({ lift: 1, llr: 0 })
  })
  it('is the same read backwards, and never below nought', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(50), fc.nat(50), fc.nat(500)).map(([nAB, a, b, rest]) => ({ baskets: nAB + a + b + rest, nA: nAB + a, nB: nAB + b, nAB }))
    fc.assert(fc.property(counts, (counts) => {
      const [there, back] = [associationOf(counts), associationOf({ ...counts, nA: counts.nB, nB: counts.nA })]
      expect(there.llr).toBeGreaterThanOrEqual(0)
      expect(back.lift).toBe(there.lift)
      expect(back.llr).toBeCloseTo(there.llr, 9)
      expect(back.confidence).toBe(there.confidenceBack)
    }))
  })
})
