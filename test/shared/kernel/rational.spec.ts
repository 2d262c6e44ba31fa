import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare, divide, multiply, percentOf, rational, round, roundedPercentOf, subtract, sumOf, toNumber, ROUNDING_MODES, type RoundingMode } from '#shared/kernel/rational.ts'

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

describe('small and big fractions give one answer', () => {
  const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)
  const whole = fc.oneof(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: -LARGEST, max: LARGEST }), fc.bigInt({ min: LARGEST - 50n, max: LARGEST }))
  const bottom = whole.map((n) => (n === 0n ? 1n : n < 0n ? -n : n))
  type Pair = readonly [bigint, bigint]
  const pair: fc.Arbitrary<Pair> = fc.tuple(whole, bottom)
  const of = ([n, d]: Pair): ReturnType<typeof rational> => divide(Number(n), Number(d))
  const sign = (n: bigint): number => (n > 0n ? 1 : n < 0n ? -1 : 0)
  /** n ÷ d whatever its size, cut into factors that numbers can carry. */
  const exact = (n: bigint, d: bigint): ReturnType<typeof rational> => divide(rational(String(n)), rational(String(d)))
  const same = (a: ReturnType<typeof rational>, b: ReturnType<typeof rational>): void => expect(a).toEqual(b)

  it('sums, products, quotients and comparisons, at the border of 2^53 too', () => {
    fc.assert(
      fc.property(pair, pair, ([a, b], [c, d]) => {
        same(add(of([a, b]), of([c, d])), exact(a * d + c * b, b * d))
        same(multiply(of([a, b]), of([c, d])), exact(a * c, b * d))
        if (c !== 0n) same(divide(of([a, b]), of([c, d])), exact(a * d, b * c))
        expect(Math.sign(compare(of([a, b]), of([c, d])))).toBe(sign(a * d - c * b))
      }),
      { numRuns: 1000 },
    )
  })
  it('a rounded percentage is the exact one, rounded', () => {
    expect([roundedPercentOf(1005, rational('50'), 'halfUp'), roundedPercentOf(1005, rational('50'), 'halfEven'), roundedPercentOf(-1005, rational('50'), 'floor')]).toEqual([503, 502, -503])
    expect(roundedPercentOf(10_004, rational('12.5'), 'none')).toEqual(rational('1250.5'))
    const percent = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.tuple(fc.nat(200), fc.nat(999)).map(([a, b]) => `${a}.${b}`)).map(rational)
    fc.assert(
      fc.property(pair, percent, fc.constantFrom(...ROUNDING_MODES), ([n, d], part, mode) => {
        for (const one of [of([n, d]), of([n, 1n])]) same(roundedPercentOf(one, part, mode), round(percentOf(one, part), mode))
      }),
      { numRuns: 1000 },
    )
  })
  it('every rounding is the one that counting with big integers finds', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom('halfUp' as const, 'halfDown' as const, 'halfEven' as const, 'floor' as const, 'ceil' as const), ([n, d], mode) => {
        const floor = n / d - (n % d < 0n ? 1n : 0n)
        const twice = 2n * (n - floor * d) - d
        const isOdd = floor % 2n !== 0n
        const tieUp = { halfUp: floor >= 0n, halfDown: floor < 0n, halfEven: isOdd, floor: false, ceil: true }[mode]
        const up = mode === 'floor' ? false : mode === 'ceil' ? n !== floor * d : twice > 0n || (twice === 0n && tieUp)
        same(round(of([n, d]), mode), Number(up ? floor + 1n : floor))
      }),
      { numRuns: 2000 },
    )
  })
})
