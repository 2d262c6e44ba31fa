import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterOpenMinutes, areOpeningHours, openMinutesBetween, USUAL_HOURS, type OpeningHours } from '#shared/cx/opening-hours.ts'
import { millis } from '#shared/kernel/time.ts'

const ZONE = 'Europe/Berlin'
const at = (text: string) => millis(Date.parse(text))
const after = (text: string, minutes: number, hours: OpeningHours = USUAL_HOURS): string => new Date(afterOpenMinutes(at(text), minutes, hours, ZONE)).toISOString()
const CLOSED: OpeningHours = Array.from({ length: 7 }, () => null)

describe('time that is promised', () => {
  it('runs while the store is open: eight hours from Monday at 10 are Monday at 18', () => {
    expect(after('2026-11-23T10:00:00+01:00', 480)).toBe('2026-11-23T17:00:00.000Z')
  })
  it('stands still at night: four hours from Monday at 18 are Tuesday at 10', () => {
    expect(after('2026-11-23T18:00:00+01:00', 240)).toBe('2026-11-24T09:00:00.000Z')
  })
  it('stands still on Sunday: an hour from Saturday at 19:30 is Monday at 8:30', () => {
    expect(after('2026-11-21T19:30:00+01:00', 60)).toBe('2026-11-23T07:30:00.000Z')
  })
  it('is an hour from opening on the Monday after the clocks changed', () => {
    expect(after('2026-10-24T19:59:00+02:00', 61)).toBe('2026-10-26T08:00:00.000Z')
    expect(after('2026-03-28T19:59:00+01:00', 61)).toBe('2026-03-30T07:00:00.000Z')
  })
  it('ends after sixty days in a store that never opens', () => {
    expect(after('2026-11-23T10:00:00+01:00', 1, CLOSED)).toBe('2027-01-22T09:00:00.000Z')
  })
  it('is as many open minutes later as were promised, whenever it begins', () => {
    const start = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }).map((ms) => millis(ms - (ms % 60_000)))
    fc.assert(fc.property(start, fc.integer({ min: 1, max: 6000 }), (from, minutes) => openMinutesBetween(from, afterOpenMinutes(from, minutes, USUAL_HOURS, ZONE), USUAL_HOURS, ZONE) === minutes), { numRuns: 60 })
  })
})

describe('opening hours', () => {
  it('are seven days, each closed or open within itself', () => {
    expect(areOpeningHours(USUAL_HOURS)).toBe(true)
    expect(areOpeningHours(CLOSED)).toBe(true)
    expect(areOpeningHours(USUAL_HOURS.slice(1))).toBe(false)
    expect(areOpeningHours(USUAL_HOURS.with(0, { from: 600, until: 600 }))).toBe(false)
    expect(areOpeningHours(USUAL_HOURS.with(0, { from: 600, until: 1441 }))).toBe(false)
  })
})
