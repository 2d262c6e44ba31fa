import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moodOf, spendByMood, type AnsweredBasket } from '#shared/insights/spend-by-mood.ts'
import { cents } from '#shared/kernel/money.ts'

const baskets = (...pairs: readonly (readonly [number, number])[]): readonly AnsweredBasket[] => pairs.map(([score, spend], i) => ({ response: `r${i}`, score, spend: cents(spend) }))

describe('spend beside satisfaction', () => {
  it('parts the moods as the scores do', () => {
    expect([2, 3, 4].map((score) => moodOf('csat', score))).toEqual(['unhappy', 'neutral', 'happy'])
    expect([6, 7, 8, 9].map((score) => moodOf('nps', score))).toEqual(['unhappy', 'neutral', 'neutral', 'happy'])
  })
  it('of six happy baskets is 20.02 € on the mean (2001.5 cents), 17.50 € in the middle, and names the answers behind', () => {
    const { moods, n, answers, kind } = spendByMood('csat', baskets([5, 1000], [4, 1500], [5, 2000], [5, 1004], [5, 3500], [4, 3005], [1, 500]), 50)
    expect([kind, answers, n]).toEqual(['correlation', 50, 7])
    expect(moods[2]).toMatchObject({ mood: 'happy', n: 6, mean: 2002, median: 1750, responses: ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'] })
    expect(moods[0]).toEqual({ mood: 'unhappy', n: 1, mean: null, median: null, low: null, high: null, responses: [] })
  })
  it('goes up together in ranks, with an interval, and never claims more than that', () => {
    const { together } = spendByMood('csat', baskets([1, 100], [2, 300], [3, 250], [4, 900], [5, 90_000]), 5)
    expect([together!.rho.toFixed(2), together!.interval!.low < 0.5, together!.interval!.high < 1]).toEqual(['0.90', true, true])
    expect(spendByMood('csat', baskets([5, 1], [5, 2], [5, 3], [5, 4], [5, 5]), 5).together).toBeNull()
    expect(spendByMood('csat', baskets([5, 1], [4, 2]), 5).together).toBeNull()
  })
  it('is in whole cents, the mean inside its interval', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constant(5), fc.integer({ min: 0, max: 1_000_000 })), { minLength: 5, maxLength: 30 }), (pairs) => {
      const happy = spendByMood('csat', baskets(...pairs), 99).moods[2]!
      expect(Number.isInteger(happy.mean)).toBe(true)
      expect(happy.low!).toBeLessThanOrEqual(happy.mean!)
      expect(happy.high!).toBeGreaterThanOrEqual(happy.mean!)
    }))
  })
})
