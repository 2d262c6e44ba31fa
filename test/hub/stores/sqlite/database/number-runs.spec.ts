/** Numbers of a stream kept as runs say the same as a plain list, whatever batches brought them and wherever a repair cut them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { MIGRATIONS } from '#hub/stores/sqlite/database/migrations.ts'
import { numberRuns, toRuns } from '#hub/stores/sqlite/database/number-runs.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { damagedRows } from '#hub/stores/sqlite/database/row-digests.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { extendChains, NO_CHAIN } from '#shared/sync/chain.ts'
import { eventId } from '../../../test-hub.ts'

const DEV = 'd'.repeat(32) as DeviceId
const EP = 'e'.repeat(16) as EpochId
const ids = (from: number, to: number): readonly string[] => Array.from({ length: to - from + 1 }, (_, i) => eventId(from + i))

const open: DatabaseSync[] = []
afterEach(() => {
  for (const sql of open.splice(0)) sql.close()
})
const database = (): DatabaseSync => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error(opened.error.type)
  open.push(opened.value)
  return opened.value
}
const ledgerOf = (sql: DatabaseSync) => sqliteStores(sql, { now: () => millis(0) }).events
const chained = (before: readonly string[], added: readonly string[]) => {
  const all = extendChains(NO_CHAIN, [...before, ...added])
  return added.map((id, i) => ({ id, c: all[before.length + i]! }))
}

describe('the numbers of a batch', () => {
  it('are one row; ids that no device makes stand alone', () => {
    const numbers = chained([], [eventId(1), eventId(2), eventId(3)])
    expect(toRuns(5, numbers)).toEqual([{ seq: 7, id: `${eventId(1)} ${eventId(2)} ${eventId(3)}`, c: numbers[2]!.c }])
    const odd = chained([], [eventId(1), 'two words', eventId(3)])
    expect(toRuns(1, odd)).toEqual([{ seq: 1, ...odd[0] }, { seq: 2, ...odd[1] }, { seq: 3, ...odd[2] }])
  })

  it('that an earlier version kept one by one are read as before, and go on in runs', () => {
    const sql = database()
    const old = chained([], ids(1, 3))
    sql.prepare(`INSERT INTO producer (n, dev, ep, hw, hc, safe) VALUES (1, ?, ?, 3, ?, 2)`).run(DEV, EP, old[2]!.c)
    for (const [i, { id, c }] of old.entries()) sql.prepare('INSERT INTO numbered (producer, seq, id, c) VALUES (1, ?, ?, ?)').run(i + 1, id, c)
    const ledger = ledgerOf(sql)
    const next = chained(ids(1, 3), ids(4, 6))
    ledger.advance(DEV, EP, 4, next)
    expect(ledger.producer(DEV, EP)).toEqual({ hw: 6, hc: next[2]!.c, safe: 2 })
    expect([1, 2, 3, 4, 5, 6, 7].map((seq) => ledger.numbered(DEV, EP, seq)?.id)).toEqual([...ids(1, 6), undefined])
    expect([1, 2, 3, 4, 5, 6, 7].map((seq) => ledger.chainAt(DEV, EP, seq))).toEqual([...[...old, ...next].map(({ c }) => c), null])
    expect(sql.prepare('SELECT count(*) AS n FROM numbered').get()).toEqual({ n: 4 })
  })

  it('are nothing for a hub from before: it leaves such a database alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'einklang-runs-'))
    const now = openDatabase(folder, millis(0))
    if (now.ok) now.value.close()
    const before = openDatabase(folder, millis(0), MIGRATIONS.filter(({ name }) => name !== 'number-runs-1'))
    expect(before).toEqual({ ok: false, error: { type: 'FromNewerVersion', migration: 'number-runs-1' } })
    rmSync(folder, { recursive: true })
  })

  it('cannot be taken twice, nor with a hole before them', () => {
    const ledger = ledgerOf(database())
    ledger.advance(DEV, EP, 1, chained([], ids(1, 3)))
    expect(() => ledger.advance(DEV, EP, 3, chained(ids(1, 2), ids(3, 4)))).toThrow('does not stand before 3')
    expect(() => ledger.advance(DEV, EP, 5, chained(ids(1, 4), ids(5, 5)))).toThrow('does not stand before 5')
    expect(() => ledger.advance(DEV, 'f'.repeat(16) as EpochId, 2, chained([], ids(8, 8)))).toThrow('does not stand before 2')
  })

  it('say what a plain list says, after any batches and cuts', () => {
    const step = fc.oneof({ weight: 3, arbitrary: fc.record({ add: fc.integer({ min: 1, max: 6 }), odd: fc.boolean() }) }, { weight: 1, arbitrary: fc.record({ cut: fc.nat(40) }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const sql = database()
        const ledger = ledgerOf(sql)
        const runs = numberRuns(sql)
        let list: string[] = []
        let made = 0
        for (const one of steps) {
          if ('add' in one) {
            const added = Array.from({ length: one.add }, (_, i) => (one.odd && i === 1 ? `odd ${++made}` : eventId(++made)))
            ledger.advance(DEV, EP, list.length + 1, chained(list, added))
            list.push(...added)
          } else if (one.cut >= 1 && one.cut <= list.length) {
            runs.cutFrom(1, one.cut)
            list = list.slice(0, one.cut - 1)
            sql.prepare('UPDATE producer SET hw = ?, hc = ?').run(list.length, extendChains(NO_CHAIN, list).at(-1) ?? NO_CHAIN)
          }
        }
        const chains = extendChains(NO_CHAIN, list)
        expect(list.map((_, i) => runs.idAt(1, i + 1))).toEqual(list)
        expect(list.map((_, i) => runs.chainAt(1, i + 1))).toEqual(chains)
        expect([runs.idAt(1, list.length + 1), runs.chainAt(1, list.length + 1)]).toEqual([null, null])
        expect(runs.idsUpTo(1, 5)).toEqual(list.slice(0, 5))
        expect(list.map((id) => runs.find(id))).toEqual(list.map((_, i) => ({ producer: 1, seq: i + 1 })))
        expect(damagedRows(sql, 1)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
