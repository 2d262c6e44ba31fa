import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eanCheckDigit, isEan, isInStoreEan, readEan, withCheckDigit } from '#shared/catalogue/ean.ts'

describe('the check digit of a bar code', () => {
  it.each([
    ['400638133393', 1],
    ['590123412345', 7],
    ['9638507', 4],
    ['7351353', 7],
    ['240000000043', 3],
  ])('of %s is %i', (digits, check) => {
    expect(eanCheckDigit(digits)).toBe(check)
  })
  it.each(['4006381333931', '96385074'])('%s is whole', (code) => {
    expect(isEan(code)).toBe(true)
  })
  it.each(['20118887', '41128867', '42217093', '42221566', '4006381333932', '400638133393', '', 'abcdefgh'])('%s is not', (code) => {
    expect(isEan(code)).toBe(false)
  })
  it('finds any single wrong digit', () => {
    const digits = fc.stringMatching(/^\d{12}$/)
    fc.assert(
      fc.property(digits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const code = withCheckDigit(body)
        const wrong = code.slice(0, at) + ((Number(code[at]) + by) % 10) + code.slice(at + 1)
        return isEan(code) && !isEan(wrong)
      }),
    )
  })
})

describe('a scanned code', () => {
  it('may hold blanks and hyphens, and 12 digits are led by a zero', () => {
    expect(readEan('4006381 333931')).toBe('4006381333931')
    expect(readEan('0-36000-29145-2')).toBe('0036000291452')
  })
  it('is refused with a wrong check digit', () => {
    expect(readEan('4006381333932')).toBeNull()
    expect(readEan('Käse')).toBeNull()
  })
  it('of the range 20 … 29 is meant for one store', () => {
    expect(isInStoreEan('2400000000433')).toBe(true)
    expect(isInStoreEan('4006381333931')).toBe(false)
  })
})
