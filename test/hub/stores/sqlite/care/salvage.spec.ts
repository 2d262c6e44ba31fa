/** A database is put back from an hour-old copy, and the file that was damaged still tells most of that hour. */
import { mkdtempSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteBackups } from '#hub/stores/sqlite/care/backups.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { openOrRestore } from '#hub/stores/sqlite/care/open-or-restore.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import { releaseOf } from '../../../../shared/sync/signed-release.ts'

const CLOCK = { now: () => millis(1000) }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-salvage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const addEvent = (sql: DatabaseSync, seq: number): void =>
  sqliteStores(sql, CLOCK).events.keep([{
    id: `id-${seq}`, dev: 'd' as DeviceId, ep: 'e' as EpochId, seq, type: 'visit.started', state: 'stored', why: null, atHub: millis(1), receivedAt: millis(1), body: { seq, words: 'x'.repeat(400) },
  }])
const claim = (sql: DatabaseSync, qid: string, state: string): void =>
  void sql.prepare('INSERT OR REPLACE INTO claim (qid, session, first_at, state) VALUES (?, ?, 1, ?)').run(qid, 's', state)
const publish = (sql: DatabaseSync, price: number): void => {
  const items = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`product/${i}`, { price: price + i, words: 'y'.repeat(200) }]))
  const { documents } = sqliteStores(sql, CLOCK)
  documents.publish(releaseOf(items, { rev: documents.nextRev() - 1 }, { publishedAt: millis(price) }))
}

/** 30 events, a claim and a release in the copy; 30 more of each kind of thing after it. Then pages are lost. */
const damaged = async (isLost: (page: Buffer, n: number) => boolean): Promise<void> => {
  const opened = openDatabase(folder, millis(1))
  if (!opened.ok) throw new Error(opened.error.type)
  const sql = opened.value
  for (let seq = 1; seq <= 30; seq++) addEvent(sql, seq)
  claim(sql, 'old', 'opened')
  publish(sql, 100)
  const made = await sqliteBackups(sql, folder, join(folder, 'copies')).make(millis(1_700_000_000_000))
  if (!made.ok) throw new Error(made.error.why)
  for (let seq = 31; seq <= 60; seq++) addEvent(sql, seq)
  claim(sql, 'old', 'ordered')
  claim(sql, 'new', 'opened')
  publish(sql, 200)
  sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  sql.close()
  const file = join(folder, 'hub.sqlite')
  const bytes = readFileSync(file)
  const handle = openSync(file, 'r+')
  let lost = 0
  for (let at = 4096; at < bytes.length; at += 4096) {
    if (!isLost(bytes.subarray(at, at + 4096), at / 4096)) continue
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, at)
    lost += 1
  }
  closeSync(handle)
  expect(lost).toBeGreaterThan(0)
}
const restart = () => {
  const opened = openOrRestore({ dataDir: folder, backupDir: join(folder, 'copies') }, millis(2))
  if (!opened.ok || !opened.value.restored) throw new Error('not restored')
  const { sql, restored } = opened.value
  const head = sqliteStores(sql, CLOCK).documents.current()!
  const told = {
    events: restored.salvaged.events.map(({ seq }) => seq),
    claims: sql.prepare('SELECT qid, state FROM claim ORDER BY qid').all().map((row) => `${String(row['qid'])} ${String(row['state'])}`),
    price: (head.items['product/0'] as { readonly price: number }).price,
    whole: releaseHash(head.items) === head.hash,
  }
  sql.close()
  return told
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('salvage', () => {
  it('brings back all that was written since the copy, but for the pages that are lost', async () => {
    await damaged((page) => page.includes('"seq":50,'))
    const told = restart()
    expect(told).toMatchObject({ claims: ['new opened', 'old ordered'], price: 200, whole: true })
    // The page of event 50 held some of its neighbours; their device sends them.
    expect(told.events).toEqual(expect.arrayContaining([...range(31, 40), 60]))
    expect(told.events).not.toContain(50)
    expect(told.events.length).toBeGreaterThanOrEqual(20)
  })

  it('takes no release of which a page is missing: the last whole one stands', async () => {
    await damaged((page) => page.includes('"price":240'))
    expect(restart()).toMatchObject({ claims: ['new opened', 'old ordered'], price: 100, whole: true, events: range(31, 60) })
  })

  it('is content with nothing', async () => {
    await damaged(() => true)
    expect(restart()).toEqual({ events: [], claims: ['old opened'], price: 100, whole: true })
  })
})
