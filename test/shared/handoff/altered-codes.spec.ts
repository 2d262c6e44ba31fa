import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { flipEveryBit, readBadDigits } from './altered-codes.ts'

const SEED = 20_261_122

describe('a code in which one bit was turned', () => {
  it('is never accepted: every bit of 3 codes, in the drill of 1,000', () => {
    const { bits, accepted, refused } = flipEveryBit(3, new SeededRandom(SEED))
    expect([accepted, refused]).toEqual([0, 0])
    expect(bits).toBeGreaterThan(2500)
  })
  it('which is the signature’s doing: without it, most of them open', () => {
    const { bits, accepted } = flipEveryBit(1, new SeededRandom(SEED), () => true)
    expect(accepted).toBeGreaterThan(bits / 2)
  })
})

describe('codes that are none', () => {
  it('are answered, each with a reason or as the only text of what they say, and nothing throws: 10,000, in the drill 100,000', () => {
    const { outcomes, twice } = readBadDigits(10_000, new SeededRandom(SEED))
    expect(twice).toEqual([])
    expect(Object.keys(outcomes).sort()).toEqual(['Damaged', 'NotAHandoff', 'TooLong', 'UnknownVersion', 'read'])
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(5)
  })
})
