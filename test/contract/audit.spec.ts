import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { HubStores } from '#hub/ports/stores.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { AuditWord } from '#shared/privacy/audit.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0).toReversed()) close()
})
const clockAt = (start: number) => {
  let now = start
  return { now: () => millis(now), pass: (ms: number) => void (now += ms) }
}
type Bench = { readonly stores: HubStores; readonly clock: ReturnType<typeof clockAt>; readonly sql: DatabaseSync; readonly folders: readonly string[] }
const openSqlite = (): Bench => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-audit-'))
  const folders = [folder, join(folder, 'copies')]
  const clock = clockAt(1000)
  const opened = openDatabase(folder, millis(0))
  if (!opened.ok) throw new Error(opened.error.type)
  closers.push(() => rmSync(folder, { recursive: true, force: true }), () => opened.value.close())
  return { stores: sqliteStores(opened.value, clock, folders), clock, sql: opened.value, folders }
}
const openMemory = () => {
  const clock = clockAt(1000)
  return { stores: memoryStores(clock), clock }
}
const word = (over: Partial<AuditWord> = {}): AuditWord => ({ who: 'p1', what: 'offer.left', device: null, object: 'offer-1', ...over })

describe.each([['memory', openMemory], ['sqlite', openSqlite]])('the audit log in %s', (_name, open) => {
  it('numbers acts, stamps them with the time of the hub, and lists the newest first', () => {
    const { stores, clock } = open()
    stores.audit.record(word())
    clock.pass(5)
    stores.audit.record(word({ what: 'device.revoked', who: 'p2', device: 'd'.repeat(32), count: 3 }))
    expect(stores.audit.list({ limit: 9 })).toMatchObject([
      { n: 2, at: 1005, who: 'p2', what: 'device.revoked', device: 'd'.repeat(32), object: 'offer-1', count: 3 },
      { n: 1, at: 1000, who: 'p1', what: 'offer.left', device: null, object: 'offer-1', count: 0 },
    ])
    expect([...stores.audit.all()].map(({ n }) => n)).toEqual([1, 2])
    expect([stores.audit.actors(), stores.audit.oldest()]).toEqual([['p2', 'p1'], 1000])
  })
  it('lists by person, act, day and page', () => {
    const { stores, clock } = open()
    for (const who of ['p1', 'p2', 'p1', 'hub']) {
      stores.audit.record(word({ who, what: who === 'hub' ? 'retention.ran' : 'offer.left' }))
      clock.pass(10)
    }
    const numbers = (query: Parameters<typeof stores.audit.list>[0]) => stores.audit.list(query).map(({ n }) => n)
    expect(numbers({ limit: 2 })).toEqual([4, 3])
    expect(numbers({ limit: 2, before: 3 })).toEqual([2, 1])
    expect(numbers({ limit: 9, who: 'p1' })).toEqual([3, 1])
    expect(numbers({ limit: 9, what: 'retention.ran' })).toEqual([4])
    expect(numbers({ limit: 9, from: 1010, until: 1020 })).toEqual([3, 2])
  })
  it('an act that is undone leaves no row, one that is done leaves it with the act', async () => {
    const { stores } = open()
    const fails = (): void => stores.transactions.run(() => {
      stores.audit.record(word())
      throw new Error('undone')
    })
    expect(fails).toThrow('undone')
    expect(stores.audit.list({ limit: 9 })).toEqual([])
    stores.transactions.run(() => stores.audit.record(word()))
    expect(await stores.audit.verify()).toMatchObject({ rows: 1, broken: null, gaps: [] })
  })
  it('takes nothing but ids', () => {
    expect(() => open().stores.audit.record(word({ object: 'Anna Muster' }))).toThrow('not an entry')
  })
  it('lets old rows go from its front, says so, and is whole behind them', async () => {
    const { stores, clock } = open()
    for (let i = 0; i < 4; i++) {
      stores.audit.record(word())
      clock.pass(10)
    }
    expect(stores.audit.age(millis(1020))).toBe(2)
    expect(stores.audit.list({ limit: 9 })).toMatchObject([{ n: 5, what: 'audit.aged', who: 'hub', count: 2 }, { n: 4 }, { n: 3 }])
    expect(await stores.audit.verify()).toMatchObject({ rows: 3, broken: null })
    expect(stores.audit.age(millis(1020))).toBe(0)
  })
  it('tells that it began from a copy', async () => {
    const { stores } = open()
    stores.audit.tellGap(null)
    stores.audit.tellGap({ name: 'hub-copy.sqlite' })
    expect(stores.audit.list({ limit: 9 })).toMatchObject([{ n: 1, what: 'backup.restored', who: 'hub', object: 'hub-copy.sqlite', count: 0 }])
  })
})

describe('the audit log in a database', () => {
  const filled = (): Bench => {
    const bench = openSqlite()
    for (let i = 1; i <= 4; i++) bench.stores.audit.record(word({ object: `offer-${i}` }))
    return bench
  }
  const broken = async ({ stores }: Bench) => (await stores.audit.verify()).broken

  it('refuses to change or delete a row', () => {
    const { sql } = filled()
    expect(() => sql.exec("UPDATE audit SET who = 'p2' WHERE n = 2")).toThrow('only ever added')
    expect(() => sql.exec('DELETE FROM audit WHERE n = 2')).toThrow('only ever added')
  })
  it.each([
    ['a changed row', "UPDATE audit SET who = 'p2' WHERE n = 2", { n: 2, why: 'changed' }],
    ['a removed row', 'DELETE FROM audit WHERE n = 3', { n: 3, why: 'missing' }],
    ['swapped rows', 'UPDATE audit SET n = 99 WHERE n = 2; UPDATE audit SET n = 2 WHERE n = 3; UPDATE audit SET n = 3 WHERE n = 99', { n: 2, why: 'changed' }],
    ['a cut tail', 'DELETE FROM audit WHERE n >= 3', { n: 3, why: 'cut' }],
    ['an empty log', 'DELETE FROM audit', { n: 1, why: 'cut' }],
  ])('notices %s by whoever knows how to take the triggers away', async (_what, statement, found) => {
    const bench = filled()
    expect(await broken(bench)).toBeNull()
    bench.sql.exec('DROP TRIGGER audit_stays; DROP TRIGGER audit_remains')
    bench.sql.exec(statement)
    expect(await broken(bench)).toEqual(found)
  })
  it('notices a chain written anew, with hashes that fit, by its witnesses', async () => {
    const bench = filled()
    const other = openSqlite()
    for (let i = 1; i <= 4; i++) other.stores.audit.record(word({ object: `other-${i}` }))
    bench.sql.exec('DROP TRIGGER audit_stays; DROP TRIGGER audit_remains; DELETE FROM audit')
    const add = bench.sql.prepare('INSERT INTO audit (n, at, who, what, device, object, count, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    for (const { n, at, who, what, device, object, count, hash } of other.stores.audit.all()) add.run(n, at, who, what, device, object, count, hash)
    expect(await broken(bench)).toEqual({ n: 1, why: 'rewritten' })
  })
  it('its witnesses lie beside the database and beside the copies; one that is left is enough, none is noticed', async () => {
    const bench = filled()
    const [own, beside] = bench.folders.map((folder) => join(folder, 'audit-heads'))
    expect(readFileSync(own!, 'utf8')).toBe(readFileSync(beside!, 'utf8'))
    expect(readFileSync(own!, 'utf8').trim().split('\n')).toHaveLength(4)
    rmSync(own!)
    expect(await broken(bench)).toBeNull()
    rmSync(beside!)
    expect(await broken(bench)).toEqual({ n: 1, why: 'unwitnessed' })
  })
  it('half a line, as a power cut leaves it, takes nothing from what follows', async () => {
    const bench = filled()
    appendFileSync(join(bench.folders[0]!, 'audit-heads'), '\n5 abc')
    bench.stores.audit.record(word())
    expect(await broken(bench)).toBeNull()
    expect(existsSync(join(bench.folders[1]!, 'audit-heads'))).toBe(true)
  })
  it('a start on a shorter log than the witness knows is told by a row, and does not hide that rows are missing', async () => {
    const bench = filled()
    bench.sql.exec('DROP TRIGGER audit_remains; DELETE FROM audit WHERE n > 2')
    bench.stores.audit.tellGap(null)
    expect(bench.stores.audit.list({ limit: 1 })).toMatchObject([{ n: 3, what: 'audit.cut', count: 2 }])
    bench.stores.audit.record(word())
    expect(await bench.stores.audit.verify()).toMatchObject({ rows: 4, broken: null, gaps: [{ n: 3, what: 'audit.cut', missing: 2 }] })
  })
  it('a copy that was put back is told with what it lacks', async () => {
    const bench = filled()
    bench.sql.exec('DROP TRIGGER audit_remains; DELETE FROM audit WHERE n > 1')
    bench.stores.audit.tellGap({ name: 'hub-2026.sqlite' })
    expect(await bench.stores.audit.verify()).toMatchObject({ broken: null, gaps: [{ n: 2, what: 'backup.restored', missing: 3 }] })
    writeFileSync(join(bench.folders[0]!, 'audit-heads'), '')
    expect(await broken(bench)).toBeNull()
  })
  it('lets others be answered while it reads a long chain', async () => {
    const bench = openSqlite()
    bench.stores.transactions.run(() => {
      for (let i = 0; i < 8001; i++) bench.stores.audit.record(word())
    })
    let pauses = 0
    expect(await bench.stores.audit.verify(async () => void (pauses += 1))).toMatchObject({ rows: 8001, broken: null })
    expect(pauses).toBe(2)
  })
  it('and the trail of ages that went stays closed: rows behind the beginning cannot be put in or taken', async () => {
    const bench = openSqlite()
    const times: Millis[] = []
    for (let i = 0; i < 3; i++) {
      times.push(bench.clock.now())
      bench.stores.audit.record(word())
      bench.clock.pass(1)
    }
    bench.stores.audit.age(times[2]!)
    expect(() => bench.sql.exec('DELETE FROM audit WHERE n = 3')).toThrow('only ever added')
    expect(await broken(bench)).toBeNull()
  })
})
