import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rational, sumOf, toNumber } from '#shared/kernel/rational.ts'
import { distributionNamed } from '#shared/offers/distribution/distribute.ts'
import { DISTRIBUTIONS } from '#shared/offers/distribution/names.ts'
import { spreadEvenly } from '#shared/offers/distribution/spread-evenly.ts'

const split = (name: string, total: number, weights: readonly number[]): readonly number[] =>
  distributionNamed(name)!(total, weights.map(rational)).map(toNumber)

describe('the names of distributions', () => {
  it('each have their arithmetic, but for the two that are no split', () => {
    expect(DISTRIBUTIONS.filter((name) => !distributionNamed(name))).toEqual(['none', 'wooPerUnit'])
  })
})

describe('10.00 € over 12.01, 3.33, 0.01 and 20.00 €', () => {
  it.each([
    ['roundThenFirst', [340, 94, 0, 566]],
    ['floorMaxError', [340, 94, 0, 566]],
    ['largestRemainder', [340, 94, 0, 566]],
    ['runningFromLast', [341, 94, 0, 565]],
    ['lastTakesRest', [340, 94, 0, 566]],
  ])('by %s', (name, shares) => {
    expect(split(name, 1000, [1201, 333, 1, 2000])).toEqual(shares)
  })
  it('exactly, in fractions of a cent', () => {
    expect(split('exact', 1000, [1201, 333, 1, 2000]).map((share) => share.toFixed(3))).toEqual(['339.745', '94.201', '0.283', '565.771'])
  })
})

describe('10.00 € over three equal lines', () => {
  it.each([
    ['roundThenFirst', [334, 333, 333]],
    ['floorMaxError', [333, 333, 334]],
    ['largestRemainder', [334, 333, 333]],
    ['runningFromLast', [334, 333, 333]],
    ['lastTakesRest', [333, 333, 334]],
  ])('by %s', (name, shares) => {
    expect(split(name, 1000, [1000, 1000, 1000])).toEqual(shares)
  })
})

describe('odd baskets', () => {
  it('roundThenFirst gives its surplus cents also to a free first line', () => {
    expect(split('roundThenFirst', 100, [0, 100, 100, 100])).toEqual([1, 33, 33, 33])
    expect(split('roundThenFirst', 5, [0, 7, 7, 7])).toEqual([-1, 2, 2, 2])
  })
  it('roundThenFirst hands out nothing when every share rounds to nothing', () => {
    expect(split('roundThenFirst', 1, [5, 5])).toEqual([0, 0])
  })
  it('floorMaxError shares equally when no line costs anything', () => {
    expect(split('floorMaxError', 10, [0, 0])).toEqual([5, 5])
  })
  it('floorMaxError gives the cent where binary fractions are larger, not where rests are equal on paper: all three end on .4', () => {
    expect(split('floorMaxError', 6650, [278, 10136, 3438, 10808, 8590])).toEqual([56, 2027, 688, 2161, 1718])
  })
  it('lastTakesRest leaves free lines at the end alone', () => {
    expect(split('lastTakesRest', 1500, [4700, 3300, 950, 4200, 0])).toEqual([536, 376, 108, 480, 0])
  })
  it('nobody splits over no lines', () => {
    for (const name of ['roundThenFirst', 'floorMaxError', 'largestRemainder', 'runningFromLast', 'lastTakesRest', 'exact']) expect(split(name, 100, [])).toEqual([])
  })
})

describe('every proportional split', () => {
  const names = ['roundThenFirst', 'floorMaxError', 'largestRemainder', 'runningFromLast', 'lastTakesRest', 'exact']
  const baskets = fc.tuple(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 1000 }))
  it('adds up to the total', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), baskets, (name, [weights, perMille]) => {
        const total = Math.floor((weights.reduce((sum, one) => sum + one, 0) * perMille) / 1000)
        const shares = distributionNamed(name)!(total, weights)
        const isEmptyByRounding = name === 'roundThenFirst' && shares.every((share) => share === 0)
        return sumOf(shares) === total || isEmptyByRounding
      }),
    )
  })
  it('stays within a cent of the exact share, except where one line takes all odd cents', () => {
    fc.assert(
      fc.property(fc.constantFrom('floorMaxError', 'largestRemainder'), baskets, (name, [weights, perMille]) => {
        const sum = weights.reduce((all, one) => all + one, 0)
        const total = Math.floor((sum * perMille) / 1000)
        return split(name, total, weights).every((share, i) => Math.abs(share - (total * weights[i]!) / sum) < 1)
      }),
    )
  })
})

describe("a line's share over its pieces", () => {
  it('gives the odd cents to the first pieces: 10 over 3', () => {
    expect(spreadEvenly(10, 3)).toEqual([4, 3, 3])
  })
  it('also for a surcharge', () => {
    expect(spreadEvenly(-1, 2)).toEqual([-1, 0])
  })
})
