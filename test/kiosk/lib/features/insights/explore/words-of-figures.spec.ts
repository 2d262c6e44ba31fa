import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparedOf } from '#kiosk/lib/features/insights/explore/compared.ts'
import { axisEnds, placeSpots } from '#kiosk/lib/features/insights/explore/matrix-layout.ts'
import { shareWords, signedEnds, signedWords } from '#kiosk/lib/features/insights/explore/signed-words.ts'

describe('a difference in words', () => {
  it('has a true minus and a plus, and none at nought', () => {
    expect([signedWords(3.4, 'de'), signedWords(-12.51, 'de'), signedWords(-0.2, 'de'), signedWords(-0.426, 'de', 2), signedWords(0.5, 'en', 1)]).toEqual(['+3', '−13', '0', '−0,43', '+0.5'])
  })

  it('never claims more than its interval holds', () => {
    expect(signedEnds({ low: -12.1, high: -0.2 }, 'de')).toEqual(['−13', '0'])
    expect(signedEnds({ low: 0.114, high: 0.221 }, 'de', 2)).toEqual(['+0,11', '+0,23'])
  })

  it('is a share in whole per cents, its ends outwards', () => {
    expect([shareWords(0.326, 'de'), shareWords(0.326, 'de', 'down'), shareWords(0.3201, 'de', 'up'), shareWords(0.326, 'en')]).toEqual(['33\u00a0%', '32\u00a0%', '33\u00a0%', '33%'])
  })
})

describe('many comparisons', () => {
  it('come to how many were made, how many are certain and how many likely', () => {
    expect(comparedOf([{ verdict: 'worse', certain: true }, { verdict: 'better', certain: false }, { verdict: 'alike', certain: false }, { verdict: 'few', certain: false }])).toEqual({ tested: 3, certain: 1, likely: 1 })
  })
})

describe('the points of a matrix', () => {
  it('stay where they are when there is room', () => {
    const spots = [{ x: 50, y: 50 }, { x: 120, y: 90 }]
    expect(placeSpots(spots, 24, { width: 400, height: 300 }).map(({ label }) => label)).toEqual(spots)
  })

  it('do not hide each other, and stay inside', () => {
    const few = fc.array(fc.record({ x: fc.integer({ min: 12, max: 388 }), y: fc.integer({ min: 12, max: 288 }) }), { maxLength: 8 })
    fc.assert(fc.property(few, (spots) => {
      const labels = placeSpots(spots, 24, { width: 400, height: 300 }).map(({ label }) => label)
      for (const [i, a] of labels.entries()) {
        expect(a.x >= 12 && a.x <= 388 && a.y >= 12 && a.y <= 288).toBe(true)
        for (const b of labels.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(23.999)
      }
    }))
  })

  it('have a little room around them, also when all are the same', () => {
    expect(axisEnds([2, 4])).toEqual([1.6, 4.4])
    expect(axisEnds([3, 3])).toEqual([2.8, 3.2])
  })
})
