import { describe, expect, it } from 'vitest'
import { responseRate } from '#shared/insights/response-rate.ts'

describe('the response rate', () => {
  it('is answered visits of all visits with Wilson’s interval: 24 of 30 are 80 %, 62.7 to 90.5', () => {
    const { share, low, high, ...counts } = responseRate(24, 30)
    expect(counts).toEqual({ answered: 24, visits: 30 })
    expect([share!, low!, high!].map((one) => Number((100 * one).toFixed(1)))).toEqual([80, 62.7, 90.5])
  })
  it('is not told of four visits', () => expect(responseRate(3, 4)).toEqual({ answered: 3, visits: 4, share: null, low: null, high: null }))
  it('is never above one: an answer whose visit is not known yet counts in neither', () => expect(responseRate(7, 6)).toMatchObject({ answered: 6, visits: 6, share: 1 }))
})
