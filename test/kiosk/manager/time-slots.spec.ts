import { describe, expect, it } from 'vitest'
import { daySlots, hourSlots } from '../../../kiosk/manager/time-slots.ts'
import { figureOf } from '#shared/insights/figure.ts'

const group = (key: string) => ({ key, figure: figureOf('csat', { 5: 6 }) })

describe('time slots', () => {
  it('run without gaps from the first hour with answers to the last', () => {
    const slots = hourSlots([group('09'), group('11'), group('undated')], (hour) => `${hour} Uhr`)
    expect(slots.map(({ short, name, figure }) => [short, name, figure?.n ?? null])).toEqual([['9', '09 Uhr', 6], ['10', '10 Uhr', null], ['11', '11 Uhr', 6]])
  })
  it('run over the end of a month', () => {
    expect(daySlots([group('2026-12-01'), group('2026-11-29')], 'de').map(({ short, figure }) => [short, figure !== null])).toEqual([['29.11.', true], ['30.11.', false], ['1.12.', true]])
  })
  it('show the last 60 days of many', () => {
    const slots = daySlots([group('2026-01-01'), group('2026-11-28')], 'en')
    expect([slots.length, slots[0]?.key, slots.at(-1)?.key]).toEqual([60, '2026-09-30', '2026-11-28'])
  })
  it('are none without a time', () => expect([hourSlots([group('undated')], String), daySlots([group('undated')], 'de')]).toEqual([[], []]))
})
