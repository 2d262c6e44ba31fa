import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutStretch, spendCuts, type WeekOfBaskets } from '#shared/insights/spend-cuts.ts'
import { MOODS, moodOf } from '#shared/insights/spend-by-mood.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'

const monday = (n: number): Day => addDays('2026-08-03' as Day, 7 * n)
const week = (n: number, score: number, baskets: number): WeekOfBaskets => ({ monday: monday(n), score, n: baskets })

describe('cuts of feedback beside spend', () => {
  it('wait until five baskets are together, and five of a mood that has one at all', () => {
    expect(spendCuts('csat', [week(0, 5, 5), week(1, 5, 4), week(2, 5, 1)], monday(9))).toEqual([monday(0), monday(1), monday(9)])
    expect(spendCuts('csat', [week(0, 5, 9), week(0, 1, 1), week(1, 2, 4), week(2, 5, 3)], monday(9))).toEqual([monday(0), monday(2)])
  })
  it('leave the week that is not over alone', () => {
    expect(spendCuts('csat', [week(0, 5, 9), week(1, 5, 9)], monday(1))).toEqual([monday(0), monday(1)])
    expect(spendCuts('csat', [week(1, 5, 9)], monday(1))).toEqual([])
  })
  it('bound what is told', () => {
    const cuts = [monday(0), monday(2), monday(5)]
    expect(cutStretch(cuts, undefined, undefined)).toEqual({ from: monday(0), until: monday(5) })
    expect(cutStretch(cuts, monday(1), monday(5))).toEqual({ from: monday(2), until: monday(5) })
    expect(cutStretch(cuts, monday(1), monday(4))).toBeNull()
    expect(cutStretch([], undefined, undefined)).toBeNull()
  })
  it('between any two of which no mood has one to four', () => {
    const weeks = fc.array(fc.record({ n: fc.nat(20), score: fc.integer({ min: 1, max: 5 }), baskets: fc.integer({ min: 1, max: 4 }) }).map(({ n, score, baskets }) => week(n, score, baskets)), { maxLength: 60 })
    fc.assert(fc.property(weeks, fc.nat(20), (all, before) => {
      const cuts = spendCuts('csat', all, monday(before))
      for (let i = 0; i < cuts.length; i++) for (let j = i + 1; j < cuts.length; j++) {
        const between = all.filter((one) => one.monday >= cuts[i]! && one.monday < cuts[j]!)
        for (const mood of MOODS) {
          const n = between.filter(({ score }) => moodOf('csat', score) === mood).reduce((sum, one) => sum + one.n, 0)
          expect(n === 0 || n >= 5).toBe(true)
        }
      }
    }))
  })
})
