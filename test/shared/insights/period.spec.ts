import { describe, expect, it } from 'vitest'
import { periodBefore, periodRange, startOfDay } from '#shared/insights/period.ts'
import { millis } from '#shared/kernel/time.ts'

const at = (iso: string) => millis(Date.parse(iso))
const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())
const BERLIN = 'Europe/Berlin'

describe('a period begins at the midnight of the store', () => {
  it('today, in winter and in summer', () => {
    expect(iso(startOfDay(at('2026-11-28T13:05:00Z'), BERLIN))).toBe('2026-11-27T23:00:00.000Z')
    expect(iso(startOfDay(at('2026-07-01T22:30:00Z'), BERLIN))).toBe('2026-07-01T22:00:00.000Z')
  })
  it('on the two days when clocks change', () => {
    expect(iso(startOfDay(at('2026-03-29T10:00:00Z'), BERLIN))).toBe('2026-03-28T23:00:00.000Z')
    expect(iso(startOfDay(at('2026-10-25T10:00:00Z'), BERLIN))).toBe('2026-10-24T22:00:00.000Z')
  })
  it('where offsets are no whole hours', () => expect(iso(startOfDay(at('2026-11-28T13:05:00Z'), 'Asia/Kathmandu'))).toBe('2026-11-27T18:15:00.000Z'))
  it('six days earlier for the week, and nowhere for everything', () => {
    expect(iso(periodRange('week', at('2026-11-28T13:05:00Z'), BERLIN).from)).toBe('2026-11-21T23:00:00.000Z')
    expect(periodRange('all', at('2026-11-28T13:05:00Z'), BERLIN)).toEqual({})
  })
})

describe('the period before', () => {
  it('of today is yesterday up to the same time', () => {
    const range = periodBefore('today', at('2026-11-28T13:05:00Z'), BERLIN)
    expect([iso(range?.from), iso(range?.until)]).toEqual(['2026-11-26T23:00:00.000Z', '2026-11-27T13:05:00.000Z'])
  })
  it('of everything does not exist', () => expect(periodBefore('all', at('2026-11-28T13:05:00Z'), BERLIN)).toBeNull())
})
