import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowestPerDay, nextEntry, priceOn, whyRewritten } from '#shared/catalogue/price-record.ts'
import type { PriceEntry } from '#shared/catalogue/price-entry.ts'
import { cents } from '#shared/kernel/money.ts'
import { addDays, type Day } from '#shared/kernel/time.ts'
import { history } from './product-builder.ts'

const day = (text: string): Day => text as Day
const entry = (from: string, price: number): PriceEntry => ({ from: day(from), cents: cents(price) })
const RECORD = history(['2026-06-10', 200], ['2026-06-01', 180])

describe('a record of prices', () => {
  it('tells the price in force on a day, and nothing before its first', () => {
    expect([priceOn(RECORD, day('2026-06-10')), priceOn(RECORD, day('2026-06-09')), priceOn(RECORD, day('2026-05-31'))]).toEqual([200, 180, null])
  })
  it('begins with the first price, and takes a new one', () => {
    expect(nextEntry([], day('2026-06-01'), cents(180))).toEqual(entry('2026-06-01', 180))
    expect(nextEntry(RECORD, day('2026-06-12'), cents(150))).toEqual(entry('2026-06-12', 150))
  })
  it('takes no repeated price, none for a day gone by, and of one day the lower', () => {
    expect(nextEntry(RECORD, day('2026-06-12'), cents(200))).toBeNull()
    expect(nextEntry(RECORD, day('2026-06-09'), cents(150))).toBeNull()
    expect(nextEntry(RECORD, day('2026-06-10'), cents(210))).toBeNull()
    expect(nextEntry(RECORD, day('2026-06-10'), cents(190))).toEqual(entry('2026-06-10', 190))
  })
  it('keeps one entry a day, the lowest', () => {
    expect(lowestPerDay([entry('2026-06-10', 190), entry('2026-06-10', 200), entry('2026-06-01', 180)])).toEqual([entry('2026-06-10', 190), entry('2026-06-01', 180)])
  })
  it('never loses the lowest price of a day, however prices come', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ ahead: fc.integer({ min: 0, max: 3 }), price: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 20 }), (steps) => {
        let at = day('2026-06-01')
        const record: PriceEntry[] = []
        const lows = new Map<Day, number>()
        for (const { ahead, price } of steps) {
          at = addDays(at, ahead)
          const low = Math.min(price, lows.get(at) ?? Infinity)
          lows.set(at, low)
          const next = nextEntry(record, at, cents(low))
          if (next) record.unshift(next)
        }
        for (const [on, low] of lows) expect(priceOn(lowestPerDay(record), on)).toBe(low)
      }),
    )
  })
})

describe('a published history', () => {
  const published = history(['2026-06-10', 200], ['2026-06-01', 180], ['2025-01-01', 170])
  const since = day('2025-05-01')
  it('may be added to', () => {
    expect(whyRewritten(published, history(['2026-06-20', 150], ['2026-06-10', 200], ['2026-06-01', 180], ['2025-01-01', 170]), since)).toBeNull()
  })
  it('may lose what ended long ago, and nothing else', () => {
    const old = history(['2026-06-10', 200], ['2025-04-01', 190], ['2025-01-01', 170])
    expect(whyRewritten(old, history(['2026-06-10', 200], ['2025-04-01', 190]), since)).toBeNull()
    expect(whyRewritten(published, history(['2026-06-10', 200], ['2026-06-01', 180]), since)).toBe('priceHistory: the price of 2025-01-01 is missing')
    expect(whyRewritten(published, history(['2026-06-01', 180], ['2025-01-01', 170]), since)).toBe('priceHistory: the price of 2026-06-10 is missing')
  })
  it('cannot become a step of a reduction afterwards', () => {
    const [newest, ...older] = published
    expect(whyRewritten(published, [{ ...newest!, step: true }, ...older], since)).toBe('priceHistory: the price of 2026-06-10 was no step of a reduction')
  })
})
