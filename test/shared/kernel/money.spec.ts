import { describe, expect, it } from 'vitest'
import { cents, sumCents } from '#shared/kernel/money.ts'

describe('money', () => {
  it('is whole cents: 249 is kept, half a cent is a bug', () => {
    expect(cents(249)).toBe(249)
    expect(() => cents(0.5)).toThrow('not whole cents: 0.5')
  })
  it('refuses what a number cannot hold exactly', () => {
    expect(() => cents(2 ** 53)).toThrow(RangeError)
    expect(() => cents(Number.NaN)).toThrow(RangeError)
  })
  it('has no negative zero, which would print and hash differently', () => {
    expect(Object.is(cents(-0), 0)).toBe(true)
  })
  it('adds up: 1.99 € + 0.01 € is 2.00 €, and nothing is 0', () => {
    expect(sumCents([cents(199), cents(1)])).toBe(200)
    expect(sumCents([])).toBe(0)
  })
})
