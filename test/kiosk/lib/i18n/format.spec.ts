import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCountdown, formatPrice, formatTime, isSameDay, priceParts } from '#kiosk/lib/i18n/format.ts'

describe('numbers as people write them', () => {
  it('sets 4.10 € in both languages', () => {
    expect([formatPrice(410, 'de'), formatPrice(410, 'en')]).toEqual(['4,10\u00a0€', '€4.10'])
  })
  it('parts 1 234.05 € into euros and cents', () => {
    expect(priceParts(123_405, 'de')).toEqual({ negative: false, euros: '1.234', separator: ',', cents: '05' })
  })
  it('puts the parts together to the same cents', () => {
    fc.assert(fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (n) => {
      const { negative, euros, cents } = priceParts(n, 'en')
      return (negative ? -1 : 1) * (Number(euros.replaceAll(',', '')) * 100 + Number(cents)) === n
    }))
  })
  it('reads the clock of the store', () => {
    expect(formatTime(Date.UTC(2026, 10, 24, 13, 5), 'de', 'Europe/Berlin')).toBe('14:05')
  })
  it('tells days apart by the clock of the store', () => {
    expect(isSameDay(Date.UTC(2026, 10, 23, 23, 30), Date.UTC(2026, 10, 24, 12), 'Europe/Berlin')).toBe(true)
  })
  it('counts down in minutes and seconds', () => {
    expect([formatCountdown(120_000), formatCountdown(9_001), formatCountdown(-5)]).toEqual(['2:00', '0:10', '0:00'])
  })
})
