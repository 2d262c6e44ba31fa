/** Bytes of the hub's database change on the disk. Whatever was hit: it is noticed, and what devices or copies hold is there again. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { sqliteBackups } from '#hub/stores/sqlite/care/backups.ts'
import { checkCopy } from '#hub/stores/sqlite/care/check-copy.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { teachDigests } from '#hub/stores/sqlite/database/row-digests.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { ingestEvents } from '#hub/use-cases/events/ingest-events.ts'
import { groupCommit } from '#hub/use-cases/events/group-commit.ts'
import { hubKeysFrom, newPrivateKey } from '#hub/stores/keys/hub-key-file.ts'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import type { ReceivedPush } from '#shared/sync/wire.ts'
import { batch, chainOf, eventId } from './test-hub.ts'

const CLOCK = { now: () => millis(0) }

const DEV = 'd'.repeat(32) as DeviceId
const EP = 'e'.repeat(16) as EpochId
const IDS = Array.from({ length: 60 }, (_, i) => eventId(i + 1))
const EVENTS = batch(IDS).ev
const IN_COPY = 40
const SAFE = 20

let folder: string
const open = (): DatabaseSync => {
  const opened = openDatabase(folder, millis(1))
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}
const pushTo = (sql: DatabaseSync) => {
  const { events, transactions } = sqliteStores(sql, CLOCK)
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const ingest = ingestEvents({ events, transactions, projectors: [], keys: hubKeysFrom(newPrivateKey()), committer: groupCommit(transactions, setImmediate), clock: { now: () => millis(1) }, log, hubEpoch: 'db.1' })
  return (from: number, to: number) => ingest(DEV, { pv: 1, ep: EP, prev: chainOf(IDS.slice(0, from)), ev: EVENTS.slice(from, to) } as unknown as ReceivedPush)
}
/** 60 events; a copy holds the first 40, the device has forgotten the first 20. */
const filled = async (): Promise<DatabaseSync> => {
  const sql = open()
  const push = pushTo(sql)
  await push(0, IN_COPY)
  const made = await sqliteBackups(sql, folder, join(folder, 'copies')).make(millis(1_700_000_000_000))
  if (!made.ok) throw new Error(made.error.why)
  await push(IN_COPY, IDS.length)
  sqliteStores(sql, CLOCK).events.markSafe(DEV, EP, SAFE)
  sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  return sql
}
const stored = (sql: DatabaseSync): unknown => sql.prepare('SELECT id, dev, ep, seq, type, state, at_hub, body FROM event ORDER BY id').all()
/** The device hears where its stream stands and sends what is missing. */
const sendAgain = async (sql: DatabaseSync): Promise<void> => {
  const { hw } = sqliteStores(sql, CLOCK).events.producer(DEV, EP) ?? { hw: 0 }
  expect(hw).toBeGreaterThanOrEqual(SAFE)
  if (hw < IDS.length) expect(await pushTo(sql)(hw, IDS.length)).toMatchObject({ hw: IDS.length })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-damage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Changes one row and leaves its digest as it was, as a disk does. */
const behindItsBack = (sql: DatabaseSync, table: string, set: string, where: string): void => {
  const { row_digest: old } = sql.prepare(`SELECT row_digest FROM ${table} WHERE ${where}`).get() as { readonly row_digest: Uint8Array }
  sql.function('row_digest', { deterministic: true, varargs: true }, () => old)
  expect(sql.prepare(`UPDATE ${table} SET ${set} WHERE ${where}`).run().changes).toBe(1)
  teachDigests(sql)
}

describe('a row that changed on the disk', () => {
  it.each([
    ['an event that a copy holds', 'event', `body = replace(body, '"de"', '"xx"')`, `seq = 5`, { fromCopy: 1, asked: 0, derived: 0, lost: 0 }],
    ['the time of an event that a copy holds', 'event', `at_hub = 7`, `seq = 33`, { fromCopy: 1, asked: 0, derived: 0, lost: 0 }],
    ['an event that only the device holds', 'event', `body = '{}'`, `seq = 50`, { fromCopy: 0, asked: 1, derived: 0, lost: 0 }],
    ['the id of an event that only the device holds', 'event', `id = 'nonsense'`, `seq = 50`, { fromCopy: 0, asked: 1, derived: 0, lost: 0 }],
    ['the place of an event that only the device holds', 'event', `seq = 999`, `seq = 50`, { fromCopy: 0, asked: 1, derived: 0, lost: 0 }],
    ['a number that a copy holds', 'numbered', `c = 'ffffffffffffffff'`, `seq = 40`, { fromCopy: 1, asked: 0, derived: 0, lost: 0 }],
    ['a number that no copy holds', 'numbered', `c = 'ffffffffffffffff'`, `seq = 60`, { fromCopy: 0, asked: 1, derived: 0, lost: 0 }],
    ['the ids behind numbers that no copy holds', 'numbered', `id = replace(id, '019a', '019b')`, `seq = 60`, { fromCopy: 0, asked: 1, derived: 0, lost: 0 }],
    ['where a stream stands', 'producer', 'hw = 3', 'true', { fromCopy: 0, asked: 0, derived: 1, lost: 0 }],
    ['how many events there are', 'event_count', 'n = 3', 'true', { fromCopy: 0, asked: 0, derived: 1, lost: 0 }],
  ])('%s: mended', async (_what, table, set, where, mended) => {
    const sql = await filled()
    const before = stored(sql)
    behindItsBack(sql, table, set, where)
    const backups = sqliteBackups(sql, folder, join(folder, 'copies'))
    const made = await backups.make(millis(1_700_000_100_000))
    if (made.ok || made.error.type !== 'CopyDamaged') throw new Error('not noticed')
    expect(backups.mend(made.error)).toEqual(mended)
    await sendAgain(sql)
    expect(stored(sql)).toEqual(before)
    expect(sqliteStores(sql, CLOCK).events.countOf(DEV)).toBe(60)
    expect(sqliteStores(sql, CLOCK).events.producer(DEV, EP)).toMatchObject({ hw: 60, hc: chainOf(IDS) })
    expect(await backups.make(millis(1_700_000_200_000))).toMatchObject({ ok: true })
    sql.close()
  })

  it('that nobody else holds is told and left as it is', async () => {
    const sql = await filled()
    sql.exec(`INSERT INTO claim (qid, session, first_at, state) VALUES ('q', 's', 1, 'opened')`)
    behindItsBack(sql, 'claim', `session = 'other'`, 'true')
    const backups = sqliteBackups(sql, folder, join(folder, 'copies'))
    const made = await backups.make(millis(1_700_000_100_000))
    if (made.ok || made.error.type !== 'CopyDamaged') throw new Error('not noticed')
    expect(backups.mend(made.error)).toEqual({ fromCopy: 0, asked: 0, derived: 0, lost: 1 })
    expect(sql.prepare('SELECT session FROM claim').all()).toEqual([{ session: 'other' }])
    sql.close()
  })
})

describe('any byte of the file', () => {
  it('that holds something is noticed when it changes', async () => {
    const whole = await filled()
    const before = stored(whole)
    const tables = (sql: DatabaseSync): unknown => ['event', 'numbered', 'producer', 'release', 'device', 'claim', 'event_count'].map((table) => sql.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all())
    const content = JSON.stringify(tables(whole))
    whole.close()
    const file = join(folder, 'hub.sqlite')
    const good = join(folder, 'good')
    copyFileSync(file, good)
    const bytes = readFileSync(good)
    const random = new SeededRandom(20_260_101)
    let noticed = 0
    let harmless = 0
    for (let round = 0; round < 200; round++) {
      const bent = Buffer.from(bytes)
      let at = random.below(bent.length)
      while (bent[at] === 0) at = (at + 1) % bent.length // most of a small file is empty
      const kind = round % 4
      if (kind < 2) bent[at] = bent[at]! ^ (1 << random.below(8))
      else if (kind === 2) bent.fill(0, at, at + 16)
      else bent.set(random.bytes(Math.min(64, bent.length - at)), at)
      writeFileSync(file, bent)
      const opened = openDatabase(folder, millis(2))
      if (opened.ok) opened.value.close()
      if (!opened.ok || !checkCopy(file).ok) {
        noticed += 1
        continue
      }
      harmless += 1
      const sql = open()
      expect(JSON.stringify(tables(sql)), `round ${round}, byte ${at}`).toBe(content)
      expect(stored(sql)).toEqual(before)
      sql.close()
    }
    expect(noticed + harmless).toBe(200)
    expect(noticed).toBeGreaterThan(150)
  })
})
