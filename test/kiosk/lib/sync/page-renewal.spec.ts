import { describe, expect, it } from 'vitest'
import { planReload, reloadsOf } from '#kiosk/lib/sync/page-renewal.ts'

describe('a page whose storage is gone', () => {
  it('begins anew three times in ten minutes, and not a fourth time', () => {
    expect(planReload([], 1000)).toEqual([1000])
    expect(planReload([1000, 2000], 3000)).toEqual([1000, 2000, 3000])
    expect(planReload([1000, 2000, 3000], 4000)).toBeNull()
    expect(planReload([1000, 2000, 3000], 601_000)).toEqual([2000, 3000, 601_000])
  })
  it('counts nothing by a clock that was set', () => {
    expect(planReload([9e12, 9e12 + 1, 9e12 + 2], 1000)).toEqual([1000])
  })
  it('reads what was written down, and nothing else', () => {
    expect(reloadsOf('1000 2000')).toEqual([1000, 2000])
    expect([reloadsOf(null), reloadsOf(''), reloadsOf('x NaN -3')]).toEqual([[], [], []])
  })
})
