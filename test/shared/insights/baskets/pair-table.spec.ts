import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recommendationsFor } from '#shared/insights/baskets/also-bought.ts'
import { boughtTogether, MOST_KINDS, pairCountsOf } from '#shared/insights/baskets/pair-counts.ts'
import { besideIn, countBasket, emptyPairTable, LEAST_TOLD, MOST_PAIRED, togetherIn } from '#shared/insights/baskets/pair-table.ts'

const counted = (size: number, baskets: readonly (readonly number[])[]) => {
  const table = emptyPairTable(size)
  for (const basket of baskets) countBasket(table, [...new Set(basket)].sort((a, b) => a - b))
  return table
}
const times = (n: number, basket: readonly number[]): (readonly number[])[] => Array.from({ length: n }, () => basket)

describe('pairs counted in one block', () => {
  it('of three baskets', () => {
    const table = counted(4, [[0, 1, 3], [1, 3], [2]])
    expect([table.baskets, [...table.items], togetherIn(table, 3, 1), togetherIn(table, 0, 3), togetherIn(table, 2, 3), togetherIn(table, 1, 1)]).toEqual([3, [1, 2, 1, 2], 2, 1, 0, 0])
  })
  it('are recommended from 15 baskets on, if luck makes them less often than once in a thousand', () => {
    const table = counted(4, [...times(15, [0, 1]), ...times(14, [0, 2]), ...times(100, [3])])
    expect(besideIn(table, 0, { limit: 4 }).map(({ item, nAB, why }) => [item, nAB, why])).toEqual([[1, 15, null], [2, 14, 'few']])
  })
  it('are left out if they lie together no more often than by luck', () => {
    const table = counted(2, [...times(25, [0, 1]), ...times(25, [0]), ...times(25, [1]), ...times(25, [])])
    expect(besideIn(table, 0, { limit: 4 })).toMatchObject([{ item: 1, lift: 1, why: 'chance' }])
  })
  it('are not told of at all below five baskets', () => {
    expect(besideIn(counted(2, [...times(LEAST_TOLD - 1, [0, 1]), [], []]), 0, { limit: 4 })).toEqual([])
  })
  it('are not counted in a basket that holds a whole shop, and no table is larger than was said', () => {
    const table = counted(MOST_KINDS + 1, [Array.from({ length: MOST_KINDS + 1 }, (_, i) => i)])
    expect([table.items[7], togetherIn(table, 1, 7)]).toEqual([1, 0])
    expect(() => emptyPairTable(MOST_PAIRED + 1)).toThrow(RangeError)
  })
  it('are those of the plain way of counting, and what is recommended too', () => {
    const basket = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 })
    fc.assert(fc.property(fc.array(basket, { minLength: 40, maxLength: 160 }), (drawn) => {
      const baskets = [...times(20, [0, 1, 2]), ...drawn]
      const [table, plain] = [counted(10, baskets), pairCountsOf(baskets.map((one) => one.map(String)))]
      for (let a = 0; a < 10; a++) for (let b = 0; b < 10; b++) if (a !== b) expect(togetherIn(table, a, b)).toBe(boughtTogether(plain, `${a}`, `${b}`))
      for (let a = 0; a < 10; a++) {
        const ours = besideIn(table, a, { limit: 4 }).filter(({ why }) => why === null)
        expect(ours.map(({ item, nAB, llr }) => [`${item}`, nAB, llr])).toEqual(recommendationsFor(plain, `${a}`).map(({ item, evidence }) => [item, evidence!.nAB, evidence!.llr]))
      }
    }), { numRuns: 40 })
  })
})
