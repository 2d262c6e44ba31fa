import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, localTime, millis, type Day } from '#shared/kernel/time.ts'

const at = (iso: string) => millis(Date.parse(iso))

describe('store time', () => {
  it('is the wall clock of the store: 23:30 UTC in July is already tomorrow 01:30 in Berlin', () => {
    expect(localTime(at('2026-07-04T23:30:00Z'), 'Europe/Berlin')).toEqual({ day: '2026-07-05', hour: 1, minute: 30, weekday: 7 })
  })
  it('repeats an hour when summer time ends', () => {
    expect(localTime(at('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toEqual({ day: '2026-10-25', hour: 2, minute: 30, weekday: 7 })
    expect(localTime(at('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toEqual({ day: '2026-10-25', hour: 2, minute: 30, weekday: 7 })
  })
  it('has midnight as hour 0', () => {
    expect(localTime(at('2026-01-04T23:00:00Z'), 'Europe/Berlin')).toEqual({ day: '2026-01-05', hour: 0, minute: 0, weekday: 1 })
  })
  it('throws for a zone that does not exist', () => {
    expect(() => localTime(at('2026-01-01T00:00:00Z'), 'Europe/Nowhere')).toThrow(RangeError)
  })
})

describe('calendar days', () => {
  it('count over month, leap day and year', () => {
    expect(addDays('2024-02-28' as Day, 2)).toBe('2024-03-01')
    expect(addDays('2026-01-01' as Day, -1)).toBe('2025-12-31')
    expect(daysBetween('2024-02-28' as Day, '2024-03-01' as Day)).toBe(2)
    expect(daysBetween('2026-01-01' as Day, '2025-12-31' as Day)).toBe(-1)
  })
})
