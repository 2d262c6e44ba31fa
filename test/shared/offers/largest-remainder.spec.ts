import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toNumber } from '#shared/kernel/rational.ts'
import { largestRemainder } from '#shared/offers/distribution/largest-remainder.ts'

const split = (total: number, weights: readonly number[]): readonly number[] => largestRemainder(total, weights).map(toNumber)

describe('the largest remainders are served first', () => {
  it('the earlier of equal ones, also over more lines than a glance takes in: 10 cents over 20 equal lines go to the first 10', () => {
    expect(split(10, Array.from({ length: 20 }, () => 7))).toEqual(Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : 0)))
  })
  it('as counting with big integers serves them, for baskets of any length', () => {
    const baskets = fc.tuple(fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 99_999 })), { minLength: 1, maxLength: 60 }), fc.nat(1000))
    fc.assert(
      fc.property(baskets, ([weights, perMille]) => {
        const all = BigInt(weights.reduce((sum, weight) => sum + weight, 0))
        const total = (all * BigInt(perMille)) / 1000n
        const wanted = weights.map((weight) => (total * BigInt(weight)) / all)
        const byRemainder = weights.map((weight, i) => ({ i, remainder: (total * BigInt(weight)) % all })).sort((a, b) => Number(b.remainder - a.remainder) || a.i - b.i)
        const left = Number(total - wanted.reduce((sum, share) => sum + share, 0n))
        for (const { i } of byRemainder.slice(0, left)) wanted[i]! += 1n
        expect(split(Number(total), weights)).toEqual(wanted.map(Number))
      }),
      { numRuns: 300 },
    )
  })
})
