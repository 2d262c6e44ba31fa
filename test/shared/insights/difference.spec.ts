import { describe, expect, it } from 'vitest'
import { differenceInterval, differenceP, discoveries } from '#shared/insights/difference.ts'

describe('a difference between two shares', () => {
  it('of 62 in 100 and 76 in 300 unhappy is no chance', () => expect(differenceP({ hits: 62, n: 100 }, { hits: 76, n: 300 })).toBeLessThan(0.001))
  it('of 50 and 40 in 100 has p = 0.155', () => expect(differenceP({ hits: 50, n: 100 }, { hits: 40, n: 100 })).toBeCloseTo(0.1552, 3))
  it('of nought and nought is none', () => expect(differenceP({ hits: 0, n: 10 }, { hits: 0, n: 20 })).toBe(1))
  it('of 56 in 70 and 48 in 80 lies between 0.0524 and 0.3339', () => {
    const { low, high } = differenceInterval({ hits: 56, n: 70 }, { hits: 48, n: 80 })
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0524', '0.3339'])
  })
})

describe('of many comparisons', () => {
  it('one at 4 % among twenty is luck', () => expect(discoveries([0.04, ...Array.from({ length: 19 }, () => 0.5)])).not.toContain(true))
  it('all up to the largest that holds stand', () => expect(discoveries([0.04, 0.001, 0.6, 0.024])).toEqual([false, true, false, true]))
  it('none is found in none', () => expect(discoveries([])).toEqual([]))
})
