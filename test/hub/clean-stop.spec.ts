import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { howToRead, noteCleanStop, noteRead, takeCleanStop } from '#hub/stores/sqlite/care/clean-stop.ts'
import { batch, connect, eventId, pairTestDevice, startTestHub, type TestHub } from './test-hub.ts'

let folder: string
const closers: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-stop-'))
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  // A worker that reads the database may still let go of its files.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})
const file = (): string => join(folder, 'hub.sqlite')

const start = async (ended: string[] = []): Promise<TestHub> => {
  const hub = await startTestHub({ folder, deps: { end: (why) => void ended.push(why) } })
  closers.push(() => hub.stop().catch(() => undefined))
  return hub
}
/** A hub that ran and was stopped; a copy holds what it had. */
const stopped = async (): Promise<void> => {
  const hub = await start()
  const link = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk'))
  expect(await link.ask('push', batch([eventId(1)]))).toMatchObject({ upto: 1 })
  link.close()
  expect((await hub.backUp()).ok).toBe(true)
  await hub.stop()
}
const isRestored = (hub: TestHub): boolean => hub.lines.some(({ what }) => what === 'the database was damaged or gone and was put back from a copy')
const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 3000 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(holds()).toBe(true)
}

describe('a database that was closed in order', () => {
  it('is known by its size, its times and its place, and only once', () => {
    writeFileSync(file(), 'database')
    noteCleanStop(folder)
    expect([takeCleanStop(folder), takeCleanStop(folder)]).toEqual(['untouched', 'killed'])
  })
  it('is not the one that was written to, exchanged for a copy, or has a log of its own', () => {
    writeFileSync(file(), 'database')
    noteCleanStop(folder)
    appendFileSync(file(), 'x')
    expect(takeCleanStop(folder)).toBe('changed')
    noteCleanStop(folder)
    copyFileSync(file(), `${file()}.copy`)
    rmSync(file())
    copyFileSync(`${file()}.copy`, file())
    expect(takeCleanStop(folder)).toBe('changed')
    noteCleanStop(folder)
    writeFileSync(`${file()}-wal`, 'log')
    expect(takeCleanStop(folder)).toBe('changed')
    noteCleanStop(folder)
    expect(existsSync(join(folder, 'stopped-in-order'))).toBe(false)
  })
  it('is noted by a hub that stops, and the note is gone while it runs: whoever is killed leaves none', async () => {
    await stopped()
    expect(existsSync(join(folder, 'stopped-in-order'))).toBe(true)
    await start()
    expect(existsSync(join(folder, 'stopped-in-order'))).toBe(false)
  })
})

describe('damage that left no trace on a database closed in order', () => {
  it.each(['the event', 'the index'])('of a page with %s ends the run or its start, and the next begins from a copy', async (where) => {
    await stopped()
    const bytes = readFileSync(file())
    const at = where === 'the event' ? bytes.indexOf(`"id":"${eventId(1)}"`) : bytes.lastIndexOf(eventId(1))
    bytes.fill(0xff, at - (at % 4096), at - (at % 4096) + 4096)
    writeFileSync(file(), bytes)
    noteCleanStop(folder)
    const ended: string[] = []
    const hub = await start(ended)
    await until(() => ended.length > 0 || isRestored(hub))
    await hub.stop()
    const again = await start()
    expect(isRestored(hub) || isRestored(again)).toBe(true)
    const after = new DatabaseSync(file(), { readOnly: true })
    expect(after.prepare('SELECT id FROM event').all()).toEqual([{ id: eventId(1) }])
    after.close()
  })
  it('of a single row is mended while the hub runs', async () => {
    await stopped()
    const sql = new DatabaseSync(file())
    const before = sql.prepare('SELECT id, row_digest AS digest, at_hub FROM event').get() as { readonly id: string; readonly digest: Uint8Array; readonly at_hub: number }
    // The row changes and its digest does not, as on a disk.
    sql.function('row_digest', { deterministic: true, varargs: true }, () => before.digest)
    sql.prepare('UPDATE event SET at_hub = 7').run()
    sql.close()
    noteCleanStop(folder)
    const hub = await start()
    await until(() => hub.lines.some(({ what }) => what === 'rows had changed on the disk'))
    const after = new DatabaseSync(file(), { readOnly: true })
    expect(after.prepare('SELECT id, at_hub FROM event').all()).toEqual([{ id: before.id, at_hub: before.at_hub }])
    after.close()
  })
})

/** A row changes and its digest does not, as on a disk. */
const changeRow = (id: string): void => {
  const sql = new DatabaseSync(file())
  const { digest } = sql.prepare('SELECT row_digest AS digest FROM event WHERE id = ?').get(id) as { readonly digest: Uint8Array }
  sql.function('row_digest', { deterministic: true, varargs: true }, () => digest)
  sql.prepare('UPDATE event SET at_hub = 7 WHERE id = ?').run(id)
  sql.close()
}
const changedRows = (): number => {
  const sql = new DatabaseSync(file(), { readOnly: true })
  const { n } = sql.prepare('SELECT count(*) AS n FROM event WHERE at_hub = 7').get() as { readonly n: number }
  sql.close()
  return n
}
/** Event 1 is in a copy, event 2 came after it; the run then ended as by a kill. */
const killed = async (): Promise<void> => {
  const hub = await start()
  const link = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk'))
  expect(await link.ask('push', batch([eventId(1)]))).toMatchObject({ upto: 1 })
  expect((await hub.backUp()).ok).toBe(true)
  expect(await link.ask('push', batch([eventId(1), eventId(2)]))).toMatchObject({ upto: 2 })
  link.close()
  await hub.stop()
  rmSync(join(folder, 'stopped-in-order'))
}

describe('a database whose run was killed', () => {
  it('is looked at by its end, three starts in a row, and then read whole before anybody is answered', () => {
    expect([1, 2, 3, 4].map(() => howToRead(folder))).toEqual(['tail first', 'tail first', 'tail first', 'first'])
    noteRead(folder)
    expect(howToRead(folder)).toBe('tail first')
  })
  it('is read first if it was closed in order and is another now', () => {
    writeFileSync(file(), 'database')
    noteCleanStop(folder)
    appendFileSync(file(), 'x')
    expect(howToRead(folder)).toBe('first')
  })
  it('is mended where it changed since its newest copy, before the hub listens: the device is asked for that event', async () => {
    await killed()
    changeRow(eventId(2))
    const hub = await start()
    const told = hub.lines.map(({ what }) => what).filter((what) => what === 'listening' || what === 'rows had changed on the disk')
    expect(told).toEqual(['rows had changed on the disk', 'listening'])
    expect(changedRows()).toBe(0)
  })
  it('is mended where it changed earlier, while the hub runs, and counts as read after that', async () => {
    await killed()
    changeRow(eventId(1))
    await start()
    await until(() => changedRows() === 0)
    await until(() => !existsSync(join(folder, 'unread-starts')))
  })
  it.each([['the event', 1], ['the newest event', 2]])('begins from a copy where a page with %s cannot be read', async (_, n) => {
    await killed()
    const bytes = readFileSync(file())
    const at = bytes.indexOf(`"id":"${eventId(n)}"`)
    bytes.fill(0xff, at - (at % 4096), at - (at % 4096) + 4096)
    writeFileSync(file(), bytes)
    const ended: string[] = []
    const hub = await start(ended)
    await until(() => ended.length > 0 || isRestored(hub))
    await hub.stop()
    expect(isRestored(hub) || isRestored(await start())).toBe(true)
  })
  it('begins from a copy where its file ends too early', async () => {
    await killed()
    const bytes = readFileSync(file())
    writeFileSync(file(), bytes.subarray(0, bytes.length - 4096))
    expect(isRestored(await start())).toBe(true)
  })
})
