/** Stores of one table each, over both adapters. */
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { TOLD_MS, type AccessToken } from '#hub/ports/access-tokens.ts'
import type { BoughtRules } from '#hub/ports/bought-store.ts'
import { MOST_BROUGHT } from '#hub/ports/brought-baskets.ts'
import { memoryAccessTokens } from '#hub/stores/memory/memory-access-tokens.ts'
import { memoryBoughtStore } from '#hub/stores/memory/memory-bought-store.ts'
import { memoryBroughtBaskets } from '#hub/stores/memory/memory-brought-baskets.ts'
import { memoryLetters } from '#hub/stores/memory/memory-letters.ts'
import { memoryReviewStore } from '#hub/stores/memory/memory-review-store.ts'
import { sqliteAccessTokens } from '#hub/stores/sqlite/sharing/access-tokens.ts'
import { sqliteBoughtStore } from '#hub/stores/sqlite/baskets/bought-store.ts'
import { sqliteBroughtBaskets } from '#hub/stores/sqlite/baskets/brought-baskets.ts'
import { sqliteLetters } from '#hub/stores/sqlite/sharing/letters.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteReviewStore } from '#hub/stores/sqlite/releases/review-store.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { KeptLetter } from '#shared/protocol/weekly-letter.ts'

const database = (): DatabaseSync => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  return opened.value
}
const both = <T>(sqlite: (sql: DatabaseSync) => T, memory: () => T) => [['sqlite', () => sqlite(database())], ['memory', memory]] as const

describe.each(both(sqliteBoughtStore, memoryBoughtStore))('what counting baskets came to (%s)', (_, open) => {
  const rules = (baskets: number): BoughtRules => ({ baskets, demo: false, unknown: 0, unpaired: 1, items: { a: 20 }, beside: { a: [['b', 15]] } })
  it('is the last count', () => {
    const store = open()
    expect(store.rules()).toBeNull()
    for (const at of [5, 9]) store.keepRules(rules(at), millis(at))
    expect(store.rules()).toEqual({ at: 9, rules: rules(9) })
  })
  it('has one decision a target, and none once it is taken back', () => {
    const store = open()
    const choice = { pins: ['b'], never: [], off: false }
    store.keepChoice({ type: 'store' }, choice, millis(1))
    for (const at of [2, 3]) store.keepChoice({ type: 'article', id: 'a' }, { ...choice, off: at === 3 }, millis(at))
    expect(store.choices()).toEqual([{ target: { type: 'article', id: 'a' }, choice: { ...choice, off: true }, at: 3 }, { target: { type: 'store' }, choice, at: 1 }])
    store.keepChoice({ type: 'store' }, null, millis(4))
    expect(store.choices().map(({ at }) => at)).toEqual([3])
  })
})

describe.each(both(sqliteLetters, memoryLetters))('weekly letters (%s)', (_, open) => {
  const letter = (week: string, toldAt = 1) => ({ week, lastDay: week, toldAt }) as unknown as KeptLetter
  it('stay as they were told, the newest of them', () => {
    const store = open()
    for (const week of ['2026-11-09', '2026-10-26', '2026-11-02']) store.keep(letter(week), 3)
    store.keep(letter('2026-11-02', 2), 3)
    expect([store.weeks(), store.find('2026-11-02'), store.find('2026-01-05')]).toEqual([['2026-11-09', '2026-11-02', '2026-10-26'], letter('2026-11-02'), null])
    store.keep(letter('2026-11-16'), 2)
    expect(store.weeks()).toEqual(['2026-11-16', '2026-11-09'])
  })
})

describe.each(both(sqliteReviewStore, memoryReviewStore))('the review of a release (%s)', (_, open) => {
  it('stays the first that was told', () => {
    const store = open()
    const first = { rev: 3, at: millis(5), findings: [], override: { by: 'ada', reason: 'tested' } }
    for (const one of [first, { ...first, override: null }, { ...first, rev: 4, override: null }]) store.keep(one)
    expect([store.find(3), store.find(4)?.override, store.find(5)]).toEqual([first, null, null])
  })
})

describe.each(both(sqliteBroughtBaskets, memoryBroughtBaskets))('baskets on their way onto a kiosk (%s)', (_, open) => {
  const brought = (n: number, code: string, at: number) => ({ id: n.toString(16).padStart(16, '0') as never, code, digits: `${n}`, at: millis(at) })
  it('are found by their code, the newest, for a while', () => {
    const store = open()
    for (const one of [brought(1, 'ABC234', 10), brought(2, 'ABC234', 30), brought(3, 'XYZ234', 20), { ...brought(2, 'ABC234', 90), digits: 'other' }]) store.keep(one, millis(0))
    expect([store.findByCode('ABC234', millis(30)), store.findByCode('ABC234', millis(31)), store.findByCode('NONE22', millis(0))]).toEqual([brought(2, 'ABC234', 30), null, null])
    store.keep(brought(4, 'NEW222', 40), millis(25))
    expect([store.findByCode('XYZ234', millis(0)), store.findByCode('ABC234', millis(0))?.at]).toEqual([null, 30])
  })
  it('are so many at most: the oldest goes', () => {
    const store = open()
    store.keep(brought(0, 'FIRST2', 1), millis(0))
    store.keep(brought(1, 'SECND2', 2), millis(0))
    for (let n = 2; n < MOST_BROUGHT; n++) store.keep(brought(n, 'OTHER2', 3), millis(0))
    expect(store.findByCode('FIRST2', millis(0))).not.toBeNull()
    store.keep(brought(MOST_BROUGHT, 'OTHER2', 3), millis(0))
    expect([store.findByCode('FIRST2', millis(0)), store.findByCode('SECND2', millis(0))?.at]).toEqual([null, 2])
  })
})

const sqliteTokens = (sql: DatabaseSync) => {
  sql.prepare(`INSERT INTO erased (id) VALUES ('gone')`).run()
  return sqliteAccessTokens(sql)
}
describe.each(both(sqliteTokens, () => memoryAccessTokens((id) => id === 'gone')))('tokens (%s)', (_, open) => {
  const token = (id: string, over: Partial<AccessToken> = {}): AccessToken => ({ id, kind: 'api', name: id, hash: `h-${id}`, scopes: ['figures:read'], madeAt: millis(1), expiresAt: millis(1_000), revokedAt: null, lastDay: null, ...over })
  it('are found by their hash, revoked once, and say when they were last of use', () => {
    const store = open()
    store.add(token('a'))
    store.add(token('wall', { kind: 'board', scopes: [] }))
    expect([store.findByHash('h-wall')?.scopes, store.findByHash('h-b')]).toEqual([[], null])
    expect(() => store.add(token('a'))).toThrow()
    expect([store.revoke('a', millis(7)), store.revoke('a', millis(8)), store.revoke('b', millis(8))]).toEqual([true, false, false])
    store.noteUse('a', '2026-11-22' as Day)
    expect(store.findByHash('h-a')).toEqual(token('a', { revokedAt: millis(7), lastDay: '2026-11-22' as Day }))
  })
  it('are listed the newest first, ended ones for a while', () => {
    const store = open()
    for (const one of [token('b'), token('a'), token('c', { madeAt: millis(2) }), token('d', { expiresAt: millis(5_000), revokedAt: millis(10) })]) store.add(one)
    expect([10, 11, 1_000, 1_001].map((ago) => store.list(millis(TOLD_MS + ago)).map(({ id }) => id))).toEqual([['c', 'a', 'b', 'd'], ['c', 'a', 'b'], ['c', 'a', 'b'], []])
  })
  it('and the comments of the board stand as they were chosen, none that was erased', () => {
    const store = open()
    for (const [id, at] of [['x', 5], ['y', 3], ['x', 1], ['gone', 2], ['a', 3]] as const) store.showVoice(id, millis(at))
    expect(store.voices()).toEqual(['a', 'y', 'x'])
    store.hideVoice('y')
    expect(store.voices()).toEqual(['a', 'x'])
  })
})
