import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUnitPriceRequired, labelUnitPrice, unitPrice } from '#shared/catalogue/unit-price.ts'
import { cents } from '#shared/kernel/money.ts'

describe('the unit price is the price of one kilogram, litre or piece', () => {
  it.each([
    [399, 100, 'g', 3990, 'kg'],
    [849, 250, 'ml', 3396, 'l'],
    [269, 300, 'g', 897, 'kg'],
    [299, 500, 'g', 598, 'kg'],
    [129, 1500, 'ml', 86, 'l'],
    [2990, 1000, 'g', 2990, 'kg'],
    [379, 6, 'piece', 63, 'piece'],
  ] as const)('%i cents for %i %s is %i cents per %s', (price, amount, unit, expected, per) => {
    expect(unitPrice(cents(price), { amount, unit })).toEqual({ cents: expected, per })
  })
  it('with half a cent rounded up: 3.49 € for 80 g is 43.625 €, so 43.63 €', () => {
    expect(unitPrice(cents(349), { amount: 80, unit: 'g' })).toEqual({ cents: 4363, per: 'kg' })
  })
  it('from contents with fractions: 1.00 € for 0.3 g is 3 333.33 €', () => {
    expect(unitPrice(cents(100), { amount: 0.3, unit: 'g' })).toEqual({ cents: 333_333, per: 'kg' })
  })
  it('and contents of nothing are a mistake of the program', () => {
    expect(() => unitPrice(cents(100), { amount: 0, unit: 'g' })).toThrow(RangeError)
  })
  it('never more than half a cent from the exact quotient, whatever the price and contents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 100_000 }), (price, grams) => {
        const doubled = BigInt(unitPrice(cents(price), { amount: grams, unit: 'g' }).cents) * 2n * BigInt(grams)
        const difference = doubled - BigInt(price) * 2000n
        return difference <= BigInt(grams) && difference > -BigInt(grams)
      }),
    )
  })
})

describe('the unit price is required', () => {
  it.each([
    [{ amount: 250, unit: 'g' }, true],
    [{ amount: 1000, unit: 'ml' }, false],
    [{ amount: 9, unit: 'g' }, false],
    [{ amount: 1, unit: 'piece' }, false],
    [{ amount: 6, unit: 'piece' }, true],
  ] as const)('for %j: %s', (contents, required) => {
    expect(isUnitPriceRequired(contents)).toBe(required)
  })
})

describe('the unit price on a label', () => {
  it('is per kilogram, litre or piece and per nothing else: 100 g and 100 ml are for loose goods alone (PAngV § 5 (2)), and packed ones are never loose', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 5000 }), fc.constantFrom('g', 'ml', 'piece'), fc.integer({ min: 1, max: 99 }), (price, amount, unit, pieces) => {
        expect([undefined, { g: 'kg', ml: 'l', piece: 'piece' }[unit]]).toContain(labelUnitPrice(cents(price), { amount, unit }, pieces)?.per)
      }),
    )
  })
  it('of 100 g is ten times its price, of 10 g a hundred times', () => {
    expect(labelUnitPrice(cents(399), { amount: 100, unit: 'g' })).toEqual({ cents: 3990, per: 'kg' })
    expect(labelUnitPrice(cents(49), { amount: 10, unit: 'g' })).toEqual({ cents: 4900, per: 'kg' })
  })
  it('follows the reduced price: 1.91 € in place of 2.39 € for 750 ml is 2.55 €, not 3.19 €', () => {
    expect([labelUnitPrice(cents(239), { amount: 750, unit: 'ml' })?.cents, labelUnitPrice(cents(191), { amount: 750, unit: 'ml' })?.cents]).toEqual([319, 255])
  })
  it('counts all pieces of a line: 4.67 € for three packs of 500 g is 3.11 €', () => {
    expect(labelUnitPrice(cents(467), { amount: 500, unit: 'g' }, 3)).toEqual({ cents: 311, per: 'kg' })
  })
  it('stands beside the kilogram too, though the law does not ask for it, but not beside the litre or a single piece', () => {
    expect(labelUnitPrice(cents(1299), { amount: 1000, unit: 'g' })).toEqual({ cents: 1299, per: 'kg' })
    expect(labelUnitPrice(cents(119), { amount: 1000, unit: 'ml' })).toBeNull()
    expect(labelUnitPrice(cents(119), { amount: 1, unit: 'piece' })).toBeNull()
    expect(labelUnitPrice(cents(119), { amount: 5, unit: 'g' })).toBeNull()
  })
})
