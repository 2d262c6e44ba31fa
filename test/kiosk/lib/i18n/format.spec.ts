import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatContents, formatCountdown, formatEndDay, formatPrice, formatShortPrice, formatTime, isSameDay, priceParts, tidyUnits } from '#kiosk/lib/i18n/format.ts'

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
  it('ends an offer of another year with its year, one of this year with its day of the week', () => {
    const now = Date.UTC(2026, 10, 22, 12)
    const ends = [Date.UTC(2026, 11, 2, 22), Date.UTC(2027, 9, 23, 21), Date.UTC(2026, 11, 31, 23, 30)]
    expect(ends.map((at) => formatEndDay(at, now, 'de', 'Europe/Berlin'))).toEqual(['Mittwoch, 2. Dezember', '23. Oktober 2027', '1. Januar 2027'])
    expect(formatEndDay(ends[1]!, now, 'en', 'Europe/Berlin')).toBe('23 October 2027')
  })
  it('keeps a number beside its unit, each language its own way', () => {
    expect([tidyUnits('20 % ab 30 €', 'de'), tidyUnits('20 % off from 2 tubs', 'en'), tidyUnits('SPAR 100\u00a0% juice', 'en')]).toEqual(['20\u00a0% ab 30\u00a0€', '20% off from 2 tubs', 'SPAR 100% juice'])
  })
  it('leaves out cents that are none', () => {
    expect([formatShortPrice(1000, 'de'), formatShortPrice(1050, 'de'), formatShortPrice(1000, 'en')]).toEqual(['10\u00a0€', '10,50\u00a0€', '€10'])
  })
  it('says what is in a pack', () => {
    const packs = [{ amount: 250, unit: 'g' }, { amount: 1000, unit: 'g' }, { amount: 1500, unit: 'ml' }, { amount: 6, unit: 'piece' }, { amount: 1, unit: 'piece' }] as const
    expect(packs.map((one) => formatContents(one, 'de').replace('\u00a0', ' '))).toEqual(['250 g', '1 kg', '1,5 l', '6 Stück', '1 Stück'])
    expect(packs.map((one) => formatContents(one, 'en').replace('\u00a0', ' '))).toEqual(['250 g', '1 kg', '1.5 l', '6 pieces', '1 piece'])
  })
})
