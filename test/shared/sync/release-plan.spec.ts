import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import { comingAfter, dueRelease, inForceAt, isStale, stillPending } from '#shared/sync/release-plan.ts'
import { headOf, type ReleaseHead } from '#shared/sync/release.ts'
import { releaseOf } from './signed-release.ts'

const HOUR = 3_600_000
const head = (rev: number, activeFrom: number): ReleaseHead => headOf(releaseOf({ rev }, { rev: rev - 1 }, { activeFrom: millis(activeFrom) }))
const known = (at: number) => ({ at: millis(at), verified: true, atLeast: millis(at) })

describe('the release in force', () => {
  const heads = [head(1, 0), head(2, 30), head(3, 20), head(4, 30)]
  it('is the last that has begun, whichever was published first; of two at one instant the later published', () => {
    expect([-1, 0, 19, 20, 29, 30].map((at) => inForceAt(heads, at)?.rev ?? null)).toEqual([null, 1, 1, 3, 3, 4])
  })
  it('is followed by what has not begun, in order, without what will never hold', () => {
    expect([-1, 0, 20, 30].map((at) => comingAfter(heads, at).map(({ rev }) => rev))).toEqual([[1, 3, 4], [3, 4], [4], []])
  })
  it('and what follows it part all releases in time: nothing that waits has begun', () => {
    const plans = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.nat(50)), { maxLength: 12 })
    fc.assert(fc.property(plans, fc.nat(60), (plan, at) => {
      const all = plan.map(([rev, from]) => head(rev, from))
      const now = inForceAt(all, at)
      const next = comingAfter(all, at)
      const later = next.map(({ activeFrom }) => activeFrom)
      return (now === null || now.activeFrom <= at) && later.every((from, i) => from > at && (i === 0 || from > later[i - 1]!)) && next.every((one) => inForceAt(all, one.activeFrom)?.rev === one.rev)
    }))
  })
})

describe('a device switches', () => {
  const pending = [head(2, 10 * HOUR), head(3, 12 * HOUR)]
  it('at the instant by the hub’s time, not a millisecond before', () => {
    expect(dueRelease(pending, known(10 * HOUR - 1))).toEqual({ due: null, inDoubt: false, nextAt: 10 * HOUR })
    expect(dueRelease(pending, known(10 * HOUR))).toEqual({ due: pending[0], inDoubt: false, nextAt: 12 * HOUR })
    expect(dueRelease(pending, known(50 * HOUR))).toEqual({ due: pending[1], inDoubt: false, nextAt: null })
  })
  it('never because of a clock that was not compared with the hub, only when the time has certainly come', () => {
    const guess = (at: number, atLeast: number) => ({ at: millis(at), verified: false, atLeast: millis(atLeast) })
    expect(dueRelease(pending, guess(99 * HOUR, 3 * HOUR))).toEqual({ due: null, inDoubt: true, nextAt: 10 * HOUR })
    expect(dueRelease(pending, guess(8 * HOUR, 3 * HOUR))).toMatchObject({ inDoubt: true })
    expect(dueRelease(pending, guess(8 * HOUR - 1, 3 * HOUR))).toMatchObject({ inDoubt: false })
    expect(dueRelease(pending, guess(10 * HOUR, 10 * HOUR))).toEqual({ due: pending[0], inDoubt: true, nextAt: 12 * HOUR })
  })
  it('and keeps only what comes after', () => {
    expect(stillPending(pending, pending[0]!).map(({ rev }) => rev)).toEqual([3])
    expect(stillPending(pending, pending[1]!)).toEqual([])
  })
})

describe('a release is too old to promise offers', () => {
  it('when the hub has not spoken for longer than the publisher allows', () => {
    expect([isStale(0, 72 * HOUR, 72 * HOUR), isStale(0, 72 * HOUR + 1, 72 * HOUR), isStale(null, 99 * HOUR, HOUR), isStale(0, 99 * HOUR, null)]).toEqual([false, true, false, false])
  })
})
