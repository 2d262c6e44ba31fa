import { describe, expect, it } from 'vitest'
import { meanInterval } from '#shared/insights/mean-interval.ts'

const of = (...values: readonly number[]) => meanInterval({ sum: values.reduce((a, b) => a + b, 0), squares: values.reduce((a, b) => a + b * b, 0), n: values.length })

describe('the interval of a mean', () => {
  it('of 2, 4, 4, 4, 5, 5, 7, 9 is 5 ± 1.48', () => {
    const interval = of(2, 4, 4, 4, 5, 5, 7, 9)!
    expect([interval.low.toFixed(2), interval.high.toFixed(2)]).toEqual(['3.52', '6.48'])
  })
  it('has no width where all are the same', () => {
    expect(of(-7, -7, -7, -7, -7)).toEqual({ low: -7, high: -7 })
  })
  it('says nothing below five values', () => {
    expect(of(1, 2, 3, 4)).toBeNull()
  })
})
