import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, FLAGGED, NO_DAY, type LedgerEntry } from '#shared/insights/rollup/answer-ledger.ts'
import { entriesOf, keyIn, monthOf, NO_MONTH, withAdded, type MonthCounts } from '#shared/insights/rollup/month-counts.ts'

const NONE: MonthCounts = new Uint32Array()
const NOVEMBER = monthOf(dayNumber('2026-11-30'))
const counted = (month: number, entries: readonly LedgerEntry[], counts = NONE): MonthCounts => withAdded(counts, new Map(entries.map((entry) => [keyIn(month, entry), entry.n])))

describe('counts of a month', () => {
  it('give back each day, hour and value, and signs of play', () => {
    const entries: readonly LedgerEntry[] = [
      { day: dayNumber('2026-11-01'), hour: null, value: FLAGGED, n: 2 },
      { day: dayNumber('2026-11-01'), hour: null, value: 0, n: 7 },
      { day: dayNumber('2026-11-01'), hour: 0, value: 10, n: 300_000 },
      { day: dayNumber('2026-11-30'), hour: 23, value: 5, n: 1 },
    ]
    expect(entriesOf(NOVEMBER, counted(NOVEMBER, entries))).toEqual(entries)
  })
  it('of no month are of no day', () => {
    expect([monthOf(NO_DAY), entriesOf(NO_MONTH, counted(NO_MONTH, [{ day: NO_DAY, hour: null, value: 4, n: 9 }]))]).toEqual([NO_MONTH, [{ day: NO_DAY, hour: null, value: 4, n: 9 }]])
  })
  it('are nothing once all is taken away, and never less than nothing', () => {
    const one = { day: dayNumber('2026-11-05'), hour: 9, value: 3, n: 4 }
    const counts = counted(NOVEMBER, [one])
    expect(counted(NOVEMBER, [{ ...one, n: -4 }], counts).length).toBe(0)
    expect(() => counted(NOVEMBER, [{ ...one, n: -5 }], counts)).toThrow(RangeError)
  })
  it('add up like a map, in whatever order', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 })), { maxLength: 30 })
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const sums = new Map<number, number>()
        for (const [key, n] of [...first, ...second]) sums.set(key, (sums.get(key) ?? 0) + n)
        const asMap = (list: typeof first) => list.reduce((map, [key, n]) => map.set(key, (map.get(key) ?? 0) + n), new Map<number, number>())
        const both = withAdded(withAdded(NONE, asMap(first)), asMap(second))
        expect([...both]).toEqual([...sums].sort(([a], [b]) => a - b).flat())
        expect([...withAdded(both, new Map([...asMap(second)].map(([key, n]) => [key, -n])))]).toEqual([...withAdded(NONE, asMap(first))])
      }),
    )
  })
})
