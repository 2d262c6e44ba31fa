import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelDays, trendLayout } from '#kiosk/lib/features/insights/explore/trend-layout.ts'
import { figureOf } from '#shared/insights/figure.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'

const ten = figureOf('csat', { 5: 8, 1: 2 })
const few = figureOf('csat', { 5: 3 })
const part = (from: string, until = from, figure = ten) => ({ from, until, figure })

describe('a trend on its days', () => {
  it('joins what follows each other and breaks where nobody answered', () => {
    const layout = trendLayout([part('2026-11-01'), part('2026-11-02'), part('2026-11-05')], [{ from: '2026-11-03', until: '2026-11-04', why: 'none' }])
    expect(layout.days).toBe(5)
    expect(layout.stretches.map(({ type, start, end }) => [type, start, end])).toEqual([['figure', 0, 0], ['figure', 1, 1], ['gap', 2, 3], ['figure', 4, 4]])
    expect(layout.runs).toEqual([[0, 1], [3]])
  })

  it('takes a hole that nobody spoke of for a gap, never for a line', () => {
    const layout = trendLayout([part('2026-11-01'), part('2026-11-04')], [])
    expect(layout.stretches[1]).toMatchObject({ type: 'gap', why: 'none', from: '2026-11-02', until: '2026-11-03' })
    expect(layout.runs).toEqual([[0], [2]])
  })

  it('tells sparse days together, and too few or withheld ones not at all', () => {
    const layout = trendLayout([part('2026-11-01', '2026-11-03'), part('2026-11-04', '2026-11-04', few)], [{ from: '2026-11-05', until: '2026-11-05', why: 'withheld' }])
    expect(layout.stretches.map((one) => (one.type === 'gap' ? [one.why, one.n] : [one.start, one.end]))).toEqual([[0, 2], ['few', 3], ['withheld', null]])
  })

  it('is empty without answers', () => {
    expect(trendLayout([], [])).toEqual({ days: 0, first: null, stretches: [], runs: [] })
  })

  it('covers every day once, whatever is told of it', () => {
    const pieces = fc.array(fc.record({ days: fc.integer({ min: 1, max: 9 }), kind: fc.constantFrom('figure', 'none', 'withheld', 'unsaid') }), { minLength: 1, maxLength: 30 })
    fc.assert(fc.property(pieces, (all) => {
      const points: ReturnType<typeof part>[] = []
      const gaps: { from: string; until: string; why: 'none' | 'withheld' }[] = []
      let day = 0
      for (const { days, kind } of all) {
        const [from, until] = [addDays('2026-03-27' as Day, day), addDays('2026-03-27' as Day, day + days - 1)]
        if (kind === 'figure') points.push(part(from, until))
        else if (kind !== 'unsaid') gaps.push({ from, until, why: kind as 'none' })
        day += days
      }
      const { stretches, days, runs } = trendLayout(points, gaps)
      const covered = stretches.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, i) => start + i))
      expect(covered).toEqual(Array.from({ length: days }, (_, i) => i))
      expect(runs.flat().length).toBe(points.length)
    }))
  })
})

describe('labels under the days', () => {
  it('are all of them where there is room, else evenly fewer, always with the last day', () => {
    expect(labelDays(4, 10)).toEqual([0, 1, 2, 3])
    expect(labelDays(28, 7)).toEqual([3, 7, 11, 15, 19, 23, 27])
    expect(labelDays(5, 0)).toEqual([4])
  })
})
