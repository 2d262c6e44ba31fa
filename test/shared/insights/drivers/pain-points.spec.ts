import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedPoints, type WeighedScore } from '#shared/insights/drivers/pain-points.ts'

const scored = (key: string, score: number, importance: number, [dScore, dImportance] = [0.2, 0.05]): WeighedScore => ({
  key,
  score,
  scoreInterval: { low: score - dScore!, high: score + dScore! },
  importance,
  importanceInterval: { low: importance - dImportance!, high: importance + dImportance! },
})

describe('pain points and highlights', () => {
  it('are the distance from the rest times the importance, the largest first', () => {
    const points = markedPoints([scored('staff', 4.5, 0.5), scored('checkout', 2.5, 0.4), scored('music', 3.5, 0.1)])
    expect(points.map(({ key, kind, effect }) => [key, kind, effect.toFixed(2)])).toEqual([['staff', 'highlight', '0.50'], ['checkout', 'pain', '-0.40'], ['music', 'highlight', '0.00']])
  })
  it('add the doubts of both: 1 ± 0.2 times 0.5 ± 0.05 is 0.5 ± 0.1122', () => {
    const [point] = markedPoints([scored('a', 4, 0.5)], 3)
    expect([point!.interval.low.toFixed(4), point!.interval.high.toFixed(4)]).toEqual(['0.3878', '0.6122'])
  })
  it('are sure only where the interval does not reach nought', () => {
    expect(markedPoints([scored('far', 2, 0.5), scored('near', 2.9, 0.5)], 3).map(({ key, sure }) => [key, sure])).toEqual([['far', true], ['near', false]])
  })
  it('turn with the score', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 10 }), (score, tenths) => {
      const [above] = markedPoints([scored('a', 3 + score, tenths / 10)], 3)
      const [below] = markedPoints([scored('a', 3 - score, tenths / 10)], 3)
      expect(above!.effect).toBeCloseTo(-below!.effect, 12)
      expect(above!.interval.high).toBeCloseTo(-below!.interval.low, 12)
    }))
  })
})
