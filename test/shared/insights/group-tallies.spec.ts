import { describe, expect, it } from 'vitest'
import { groupTallies, type Tally } from '#shared/insights/group-tallies.ts'

const tally = (part: Partial<Tally>): Tally => ({ touchpoint: 'exit', question: 'visit', detail: false, quarterAt: Date.parse('2026-03-29T00:45:00Z'), value: 5, n: 10, ...part })
const keys = (tallies: readonly Tally[], by: 'touchpoint' | 'hour' | 'day' | 'question') =>
  groupTallies('csat', tallies, by, 'Europe/Berlin').groups.map(({ key, figure }) => [key, figure.n, figure.score])

describe('answers are grouped', () => {
  it('by the hour of the store, across the night when clocks change', () => {
    const before = tally({})
    const after = tally({ quarterAt: Date.parse('2026-03-29T01:00:00Z'), value: 1 })
    expect(keys([after, before], 'hour')).toEqual([['01', 10, 100], ['03', 10, 0]])
  })
  it('by the day of the store, not of Greenwich', () => {
    expect(keys([tally({ quarterAt: Date.parse('2026-11-27T23:15:00Z') })], 'day')).toEqual([['2026-11-28', 10, 100]])
  })
  it('without a time under a key of their own, last', () => {
    expect(keys([tally({ quarterAt: null, n: 6 }), tally({})], 'day')).toEqual([['2026-03-29', 10, 100], ['undated', 6, 100]])
  })
  it('by touchpoint, most answers first', () => {
    expect(keys([tally({ n: 5 }), tally({ touchpoint: 'checkout', n: 7, value: 2 })], 'touchpoint')).toEqual([['checkout', 7, 0], ['exit', 5, 100]])
  })
  it('by question with the detail ratings, which the overall figure leaves out', () => {
    const tallies = [tally({}), tally({ question: 'parking', detail: true, value: 1, n: 8 })]
    expect(keys(tallies, 'question')).toEqual([['visit', 10, 100], ['parking', 8, 0]])
    expect(groupTallies('csat', tallies, 'question', 'Europe/Berlin').overall).toMatchObject({ n: 10, score: 100 })
  })
})

describe('a group too small to show', () => {
  it('keeps its n and hides its figures', () => {
    expect(keys([tally({ touchpoint: 'a', n: 4 }), tally({ touchpoint: 'b', n: 3 }), tally({ touchpoint: 'c' })], 'touchpoint')).toEqual([
      ['c', 10, 100],
      ['a', 4, null],
      ['b', 3, null],
    ])
  })
  it('takes the next smallest with it when the total would betray it', () => {
    expect(keys([tally({ touchpoint: 'a', n: 4 }), tally({ touchpoint: 'b', n: 20 }), tally({ touchpoint: 'c' })], 'touchpoint')).toEqual([
      ['b', 20, 100],
      ['c', 10, null],
      ['a', 4, null],
    ])
  })
})
