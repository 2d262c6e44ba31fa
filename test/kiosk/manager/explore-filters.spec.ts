import { describe, expect, it } from 'vitest'
import { filtersKey, FIRST_FILTERS, rangeOf, scopeOf, stepFor, withoutSlice, type ExploreFilters } from '#kiosk/manager/explore-filters.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const place = { now: millis(Date.parse('2026-11-28T13:05:00Z')), timeZone: 'Europe/Berlin' }
const day = (text: string): Day => text as Day
const choose = (changed: Partial<ExploreFilters>): ExploreFilters => ({ ...FIRST_FILTERS, ...changed })

describe('a choice of filters', () => {
  it('begins with satisfaction over four weeks, everywhere and of everybody', () => {
    expect(scopeOf(FIRST_FILTERS, place)).toEqual({ metric: 'csat', from: Date.parse('2026-10-31T23:00:00Z') })
  })

  it('reaches from the first midnight of one’s own days to the end of the last, the clock’s change included', () => {
    const own = choose({ period: 'own', days: { from: day('2026-10-24'), until: day('2026-10-25') } })
    expect(rangeOf(own, place)).toEqual({ from: Date.parse('2026-10-23T22:00:00Z'), until: Date.parse('2026-10-25T23:00:00Z') - 1 })
  })

  it('takes days the wrong way round as they were meant', () => {
    const own = choose({ period: 'own', days: { from: day('2026-11-02'), until: day('2026-11-01') } })
    expect(rangeOf(own, place)).toEqual({ from: Date.parse('2026-10-31T23:00:00Z'), until: Date.parse('2026-11-02T23:00:00Z') - 1 })
  })

  it('is open at both ends for everything', () => {
    expect(rangeOf(choose({ period: 'all' }), place)).toEqual({})
  })

  it('asks for one question at one place of one part, and leaves the part out where it cannot be cut', () => {
    const filters = choose({ period: 'all', metric: 'nps', question: 'recommend', at: 'checkout', only: { by: 'channel', key: 'phone' } })
    expect(scopeOf(filters, place)).toEqual({ metric: 'nps', question: 'recommend', at: 'checkout', only: { by: 'channel', key: 'phone' } })
    expect(withoutSlice(filters, place)).toEqual({ metric: 'nps', question: 'recommend', at: 'checkout' })
  })

  it('is named by what a tile goes by, not by the moment', () => {
    const filters = choose({ at: 'checkout', only: { by: 'device', key: 'k1' } })
    expect(filtersKey(filters)).toBe('month metric=csat question= at=checkout only=device k1')
    expect(filtersKey(filters, ['at'])).toBe('month at=checkout')
    expect(filtersKey(choose({ period: 'own', days: { from: day('2026-11-01'), until: day('2026-11-02') } }), [])).toBe('2026-11-01 2026-11-02')
  })
})

describe('the steps of a trend', () => {
  it.each([
    ['month', null, 'day'],
    ['quarter', null, 'day'],
    ['all', '2026-09-01', 'day'],
    ['all', '2025-11-28', 'week'],
    ['all', '2020-01-01', 'month'],
    ['all', null, 'day'],
  ] as const)('of %s since %s are a %s long', (period, since, step) => {
    expect(stepFor(choose({ period }), since && day(since), place)).toBe(step)
  })

  it('go by one’s own days', () => {
    expect(stepFor(choose({ period: 'own', days: { from: day('2024-01-01'), until: day('2024-02-01') } }), null, place)).toBe('day')
    expect(stepFor(choose({ period: 'own', days: { from: day('2024-01-01'), until: day('2025-02-01') } }), null, place)).toBe('week')
  })
})
