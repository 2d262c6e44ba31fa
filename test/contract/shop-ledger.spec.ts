import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ShopLedger } from '#hub/ports/shop-ledger.ts'
import { memoryShopLedger } from '#hub/stores/memory/memory-shop-ledger.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteShopLedger } from '#hub/stores/sqlite/shops/shop-ledger.ts'
import { millis } from '#shared/kernel/time.ts'

const sqlite = (): ShopLedger => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  return sqliteShopLedger(opened.value)
}

describe.each([['sqlite', sqlite], ['memory', memoryShopLedger]])('what is remembered of a shop (%s)', (_, open) => {
  const numbers = (ledger: ShopLedger, keys: readonly string[], taken: readonly number[] = [], shop = 'v') => Object.fromEntries(ledger.numbers(shop, 'article', keys, taken))

  it('gives the next number to what has none, in the given order', () => {
    const ledger = open()
    expect([numbers(ledger, ['b', 'a']), numbers(ledger, ['a', 'c'])]).toEqual([{ b: 1, a: 2 }, { b: 1, a: 2, c: 3 }])
  })
  it('gives no number twice: not those of others, not of what is gone, not of another shop', () => {
    const ledger = open()
    expect(numbers(ledger, ['a'], [1, 2, 177])).toEqual({ a: 178 })
    expect(numbers(ledger, ['b'], [178, 1])).toEqual({ a: 178, b: 179 })
    expect(numbers(ledger, ['a'], [], 'other')).toEqual({ a: 180 })
    expect(Object.fromEntries(ledger.numbers('v', 'offer', ['a'], []))).toEqual({ a: 1 })
  })
  it('gives none where all 65,535 are given away', () => {
    expect(numbers(open(), ['a', 'b'], [65_534])).toEqual({ a: 65_535 })
  })
  it('whatever comes and goes, a number belongs to one thing for ever', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.stringMatching(/^[a-f]$/), { maxLength: 4 }), { maxLength: 8 }), (rounds) => {
      const ledger = open()
      const owner = new Map<number, string>()
      return rounds.every((keys) => Object.entries(numbers(ledger, keys)).every(([key, number]) => (owner.get(number) ?? key) === key && owner.set(number, key)))
    }), { numRuns: 30 })
  })
  it('keeps the last reading of each shop', () => {
    const ledger = open()
    const reading = { at: millis(5), hash: 'h', dialect: 'd', distrusted: { 7: 'it differed' } }
    ledger.keepReading('v', { ...reading, hash: 'before' })
    ledger.keepReading('v', reading)
    expect([ledger.reading('v'), ledger.reading('w')]).toEqual([reading, null])
  })
  it('keeps how prices compared, newest first', () => {
    const ledger = open()
    const probe = { release: 'r', dialect: 'd', total: 60, equal: 57, left: 1, refused: 0, different: 2 }
    for (const at of [1, 2, 3]) ledger.addProbe('v', { at: millis(at), ...probe })
    expect([ledger.probes('v', 2), ledger.probes('w', 2)]).toEqual([[{ at: 3, ...probe }, { at: 2, ...probe }], []])
  })
})
