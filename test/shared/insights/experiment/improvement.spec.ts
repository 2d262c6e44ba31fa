import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersForNps, answersForShare } from '#shared/insights/experiment/answers-for-change.ts'
import { checkPlan, type ImprovementPlan } from '#shared/insights/experiment/improvement-plan.ts'
import { closeImprovement } from '#shared/insights/experiment/improvement-result.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import type { Day } from '#shared/kernel/time.ts'

const day = (written: string) => written as Day
const PLAN: ImprovementPlan = {
  hypothesis: 'A second cashier after four makes the checkout bearable',
  metric: 'csat',
  touchpoint: 'checkout',
  direction: 'up',
  points: 8,
  before: { from: day('2026-10-05'), until: day('2026-10-19') },
  after: { from: day('2026-10-26'), until: day('2026-11-09') },
  control: null,
}
const csat = (good: number, n: number) => ({ 5: good, 2: n - good })
const AFTER = day('2026-11-09')

describe('a planned improvement', () => {
  it('has a hypothesis, an effect, and two windows of whole weeks', () => {
    expect(checkPlan(PLAN)).toEqual(ok(PLAN))
    const fault = (change: Partial<ImprovementPlan>) => {
      const checked = checkPlan({ ...PLAN, ...change })
      return checked.ok ? null : checked.error.why
    }
    expect(fault({ hypothesis: 'better' })).toBe('no hypothesis')
    expect(fault({ points: 0 })).toBe('no effect')
    expect(fault({ after: { from: day('2026-10-26'), until: day('2026-11-05') } })).toBe('not whole weeks')
    expect(fault({ after: { from: day('2026-10-18'), until: day('2026-11-01') } })).toBe('overlap')
    expect(fault({ after: { from: day('2026-10-26'), until: day('2026-11-02') } })).toBe('unequal')
    expect(fault({ control: 'checkout' })).toBe('own control')
  })
  it('knows how many answers it takes: from 60 to 70 in a hundred 354 in each window, (1.96 + 0.84)² · (0.24 + 0.21) / 0.01, an NPS of 30 by 10 points 958', () => {
    expect(answersForShare(60, 10)).toBe(354)
    expect(answersForNps({ promoters: 0.5, detractors: 0.2 }, 10)).toBe(958)
    expect([answersForShare(95, 10), answersForShare(60, 0)]).toEqual([null, null])
  })
})

describe('its result', () => {
  it('is not to be had before the window is over, nor from a handful of answers', () => {
    expect(closeImprovement(PLAN, { before: csat(60, 100), after: csat(80, 100), control: null }, day('2026-11-08'))).toEqual(err({ type: 'NotClosed', why: 'running', until: '2026-11-09' }))
    expect(closeImprovement(PLAN, { before: csat(60, 100), after: csat(8, 10), control: null }, AFTER)).toEqual(err({ type: 'NotClosed', why: 'few', missing: 20 }))
  })
  it('of 240 in 400 before and 288 in 400 after is 12 points more, between 5.4 and 18.4: kept, but not for certain whole', () => {
    const closed = closeImprovement(PLAN, { before: csat(240, 400), after: csat(288, 400), control: null }, AFTER)
    if (!closed.ok) throw new Error(closed.error.why)
    const { verdict, whole, change, interval, before, after } = closed.value
    expect([verdict, whole, change.toFixed(1), interval.low.toFixed(1), interval.high.toFixed(1), before.score, after.score]).toEqual(['kept', false, '12.0', '5.4', '18.4', 60, 72])
  })
  it('is less what changed where nothing was done: 12 points here and 10 there are nothing', () => {
    const closed = closeImprovement({ ...PLAN, control: 'exit' }, { before: csat(240, 400), after: csat(288, 400), control: { before: csat(240, 400), after: csat(280, 400) } }, AFTER)
    expect(closed).toMatchObject({ ok: true, value: { verdict: 'open', whole: false } })
    if (closed.ok) expect([closed.value.change.toFixed(1), closed.value.controlChange!.toFixed(1)]).toEqual(['2.0', '10.0'])
  })
  it('goes against the hypothesis when it gets worse', () => {
    expect(closeImprovement(PLAN, { before: csat(300, 400), after: csat(240, 400), control: null }, AFTER)).toMatchObject({ value: { verdict: 'against' } })
    expect(closeImprovement({ ...PLAN, direction: 'down' }, { before: csat(300, 400), after: csat(240, 400), control: null }, AFTER)).toMatchObject({ value: { verdict: 'kept' } })
  })
  it('is found four times in five with the answers planned, and found by luck at most once in fifteen', () => {
    const random = seededRandom(3)
    const drawn = (share: number) => csat(Array.from({ length: 354 }, random).filter((x) => x < share).length, 354)
    const kept = (share: number): number =>
      Array.from({ length: 400 }, () => closeImprovement(PLAN, { before: drawn(0.6), after: drawn(share), control: null }, AFTER)).filter((closed) => closed.ok && closed.value.verdict === 'kept').length / 400
    expect(kept(0.7)).toBeGreaterThan(0.74)
    expect(kept(0.6)).toBeLessThan(1 / 15)
  })
  it('turns with before and after', () => {
    const counts = fc.tuple(fc.integer({ min: 30, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true })).map(([n, share]) => csat(Math.round(n * share), n))
    fc.assert(fc.property(counts, counts, (before, after) => {
      const [there, back] = [closeImprovement(PLAN, { before, after, control: null }, AFTER), closeImprovement(PLAN, { before: after, after: before, control: null }, AFTER)]
      if (!there.ok || !back.ok) throw new Error('not closed')
      expect(there.value.change).toBeCloseTo(-back.value.change, 9)
      expect(there.value.interval.low).toBeCloseTo(-back.value.interval.high, 9)
    }))
  })
})
