import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare, divide, multiply, percentOf, rational, round, subtract, sumOf, toNumber, type RoundingMode } from '#shared/kernel/rational.ts'

describe('a rational is exact', () => {
  it('so a number means its shortest decimal text: 0.1 + 0.2 is 0.3', () => {
    expect(add(rational(0.1), rational(0.2))).toEqual(rational('0.3'))
    expect(multiply(rational(1981.2), 5)).toBe(9906)
  })
  it('and a third times three is one', () => {
    expect(multiply(divide(1, 3), 3)).toBe(1)
  })
  it('also beyond 2^53', () => {
    const big = multiply(9_007_199_254_740_991, 9_007_199_254_740_991)
    expect(divide(big, 9_007_199_254_740_991)).toBe(9_007_199_254_740_991)
  })
  it('reading exponents as they are written', () => {
    expect(rational('1e3')).toBe(1000)
    expect(rational(1e-7)).toEqual(divide(1, 10_000_000))
    expect(rational(-2.5)).toEqual(divide(-5, 2))
  })
  it('refusing what is no finite decimal', () => {
    expect(() => rational(Number.NaN)).toThrow(RangeError)
    expect(() => rational('12,5')).toThrow(RangeError)
    expect(() => divide(1, 0)).toThrow(RangeError)
  })
  it('taking percentages without loss: 12.5 % of 100.04', () => {
    expect(toNumber(percentOf(10004, rational('12.5')))).toBe(1250.5)
  })
})

describe('rounding', () => {
  const cases: readonly (readonly [RoundingMode, readonly number[]])[] = [
    // 2.5, 3.5, −2.5, 2.4, 2.6, −2.4, −2.6
    ['halfUp', [3, 4, -3, 2, 3, -2, -3]],
    ['halfDown', [2, 3, -2, 2, 3, -2, -3]],
    ['halfEven', [2, 4, -2, 2, 3, -2, -3]],
    ['floor', [2, 3, -3, 2, 2, -3, -3]],
    ['ceil', [3, 4, -2, 3, 3, -2, -2]],
    ['none', [2.5, 3.5, -2.5, 2.4, 2.6, -2.4, -2.6]],
  ]
  it.each(cases)('%s', (mode, wanted) => {
    expect([2.5, 3.5, -2.5, 2.4, 2.6, -2.4, -2.6].map((n) => toNumber(round(rational(n), mode)))).toEqual(wanted)
  })
  it('leaves whole numbers alone', () => {
    expect(round(7, 'floor')).toBe(7)
  })
})

describe('arithmetic keeps its laws for any fractions', () => {
  const fractions = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 1e6 })).map(([n, d]) => divide(n, d))
  it('adding and taking away again changes nothing', () => {
    fc.assert(fc.property(fractions, fractions, (a, b) => compare(subtract(add(a, b), b), a) === 0))
  })
  it('multiplication distributes over sums', () => {
    fc.assert(fc.property(fractions, fractions, fractions, (a, b, c) => compare(multiply(a, sumOf([b, c])), add(multiply(a, b), multiply(a, c))) === 0))
  })
  it('floor is never above and never a whole one below', () => {
    fc.assert(fc.property(fractions, (a) => compare(round(a, 'floor'), a) <= 0 && compare(add(round(a, 'floor'), 1), a) > 0))
  })
})
