/** Copies of the hub's database: made while it works, believed only when read back, and put in the place of a damaged one. */
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync, closeSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { BACKUP_EVERY_MS, backUp, outdated } from '#hub/use-cases/care/back-up.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { EpochId } from '#shared/kernel/ids.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const EP = 'e'.repeat(16) as EpochId
const HOUR = 3_600_000
const DAY = 24 * HOUR

const folders: string[] = []
const hubs: TestHub[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-backup-'))
  folders.push(folder)
  return folder
}
const start = async (folder: string, clock = { now: (): Millis => millis(1_760_000_000_000 + hubs.length * HOUR) }): Promise<TestHub> => {
  const hub = await startTestHub({ folder, deps: { clock } })
  hubs.push(hub)
  return hub
}
const links: Link[] = []
const link = async (hub: TestHub, device: TestDevice): Promise<Link> => {
  const one = await connect(hub.url, device)
  links.push(one)
  return one
}
const ids = (from: number, n: number): readonly string[] => Array.from({ length: n }, (_, i) => eventId(from + i))
const hello = { pv: 1, n: 7, ep: EP, next: 1, queued: 0, ack: 0, boot: 'b', app: 'test', releaseHash: null, now: 0 }

let folder: string
beforeEach(() => {
  folder = newFolder()
})
afterEach(async () => {
  for (const one of links.splice(0)) one.close()
  for (const hub of hubs.splice(0)) await hub.stop().catch(() => undefined)
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

describe('a backup', () => {
  it('holds what was acknowledged, and the second one lets the device forget', async () => {
    const hub = await start(folder)
    const device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const kiosk = await link(hub, device)
    expect(await kiosk.ask('push', batch(ids(1, 30)))).toMatchObject({ hw: 30, safe: 0 })

    const first = await hub.backUp()
    expect(first).toMatchObject({ ok: true, value: { events: 30, watermarks: [{ dev: device.dev, ep: EP, hw: 30 }] } })
    expect(await kiosk.ask('push', batch(ids(31, 5), { from: 31, prev: chainOf(ids(1, 30)) }))).toMatchObject({ hw: 35, safe: 0 })

    expect(await hub.backUp()).toMatchObject({ ok: true, value: { events: 35 } })
    expect(await kiosk.ask('hello', { ...hello, next: 36 })).toMatchObject({ hw: 35, safe: 30 })
    expect(statSync(join(folder, 'backups', readdirSync(join(folder, 'backups')).find((name) => name.endsWith('.sqlite'))!)).mode & 0o777).toBe(0o600)
  })

  it('that cannot be written is said, leaves no half file, and makes nothing safe', async () => {
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be')
    const hub = await start(folder)
    expect(await hub.backUp()).toMatchObject({ ok: false, error: { type: 'CopyFailed' } })
    expect(hub.lines.filter((line) => line.level === 'error').map((line) => line.what)).toEqual(['not backed up'])
  })

  it.each([
    ['damaged pages end the run', 'page 7 is never used', 1, 1],
    ['a few changed rows are mended, and the copy is made again', null, 0, 2],
  ])('%s', async (_what, pages, ends, tries) => {
    let made = 0
    let mends = 0
    const damage = { type: 'CopyDamaged' as const, why: 'w', pages, rows: [] }
    const whole = { name: 'hub', at: millis(1), bytes: 1, events: 0, watermarks: [] }
    const ended: string[] = []
    const { run } = backUp({
      backups: { make: async () => (++made === 1 ? err(damage) : ok(whole)), check: () => Promise.reject(new Error('not asked')), list: () => [], remove: () => undefined, mend: () => ((mends += 1), { fromCopy: 1, asked: 0, derived: 0, lost: 0 }) },
      events: { markSafe: () => undefined },
      transactions: memoryStores().transactions,
      clock: { now: () => millis(1) },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      onBroken: (why) => void ended.push(why),
    })
    expect((await run()).ok).toBe(ends === 0)
    expect([ended.length, made, mends]).toEqual([ends, tries, tries - 1])
  })

  it('is made when an hour has passed since the last, also over restarts', async () => {
    let now = 1_760_000_000_000
    const looks: (() => void)[] = []
    const deps = { clock: { now: () => millis(now) }, timer: { every: (_ms: number, task: () => void) => (looks.push(task), () => undefined) } }
    const made = async (): Promise<number> => {
      const hub = await startTestHub({ folder, deps })
      for (const look of looks.splice(0)) look()
      await hub.stop()
      return readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.sqlite')).length
    }
    expect(await made()).toBe(1)
    now += BACKUP_EVERY_MS - 1
    expect(await made()).toBe(1)
    now += 1
    expect(await made()).toBe(2)
  })

  it('goes after its time: all of a day, then one a day for two weeks, never the two newest', () => {
    const now = millis(100 * DAY)
    const at = (ms: number) => ({ name: String(ms / HOUR), at: millis(now - ms) })
    const list = [0, 1 * HOUR, 24 * HOUR, 25 * HOUR, 26 * HOUR, 3 * DAY + HOUR, 14 * DAY, 15 * DAY].map(at)
    expect(outdated(list, now)).toEqual(['26', '360'])
    expect(outdated([at(40 * DAY), at(50 * DAY), at(51 * DAY)], now)).toEqual(['1224'])
  })
})

describe('a hub whose database is damaged', () => {
  const push30AndBackUp = async (): Promise<TestDevice> => {
    const hub = await start(folder)
    const device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const kiosk = await link(hub, device)
    await kiosk.ask('push', batch(ids(1, 30)))
    await hub.backUp()
    await kiosk.ask('push', batch(ids(31, 10), { from: 31, prev: chainOf(ids(1, 30)) }))
    kiosk.close()
    await hub.stop()
    return device
  }
  const restartAndAsk = async (device: TestDevice): Promise<{ readonly hub: TestHub; readonly kiosk: Link; readonly reply: unknown }> => {
    const hub = await start(folder)
    const kiosk = await link(hub, device)
    return { hub, kiosk, reply: await kiosk.ask('hello', { ...hello, next: 41, ack: 40 }) }
  }

  it('starts from the newest copy, asks its devices for the rest, and keeps the damaged file', async () => {
    const device = await push30AndBackUp()
    overwrite(join(folder, 'hub.sqlite'), 4096, 'x'.repeat(8192))
    const { hub, kiosk, reply } = await restartAndAsk(device)
    expect(reply).toMatchObject({ hw: 30, hc: chainOf(ids(1, 30)) })
    expect(await kiosk.ask('push', batch(ids(31, 10), { from: 31, prev: chainOf(ids(1, 30)) }))).toMatchObject({ hw: 40 })
    expect(hub.lines.find((line) => line.level === 'error')?.what).toBe('the database was damaged or gone and was put back from a copy')
    expect(readdirSync(folder).filter((name) => name.startsWith('hub.damaged-'))).not.toEqual([])
  })

  it('passes over a copy that is damaged too', async () => {
    const device = await push30AndBackUp()
    const second = await start(folder)
    await second.backUp()
    await second.stop()
    const backups = join(folder, 'backups')
    const [, newest] = readdirSync(backups).filter((name) => name.endsWith('.sqlite')).toSorted()
    flipAnEvent(join(backups, newest!))
    truncateSync(join(folder, 'hub.sqlite'), 5000)
    const { hub, reply } = await restartAndAsk(device)
    expect(reply).toMatchObject({ hw: 30 })
    expect(hub.lines.find((line) => line.level === 'error')?.facts).toMatchObject({ events: 30, skipped: 1 })
  })

  it('comes back with its keys when the whole data folder is lost and the copies lie elsewhere', async () => {
    const device = await push30AndBackUp()
    const key = readFileSync(join(folder, 'hub-key'), 'utf8')
    for (const name of readdirSync(folder)) if (name !== 'backups') rmSync(join(folder, name))
    const { reply } = await restartAndAsk(device)
    expect(reply).toMatchObject({ hw: 30 })
    expect(readFileSync(join(folder, 'hub-key'), 'utf8')).toBe(key)
  })

  it('begins from a copy when the run before met damaged pages, and only once', async () => {
    const device = await push30AndBackUp()
    writeFileSync(join(folder, 'restore-wanted'), '')
    const { hub, kiosk, reply } = await restartAndAsk(device)
    expect(reply).toMatchObject({ hw: 30 })
    await kiosk.ask('push', batch(ids(31, 10), { from: 31, prev: chainOf(ids(1, 30)) }))
    await hub.stop()
    expect((await restartAndAsk(device)).reply).toMatchObject({ hw: 40 })
  })

  it('without any copy refuses to start and changes nothing', async () => {
    const first = await start(folder)
    await first.stop()
    overwrite(join(folder, 'hub.sqlite'), 4096, 'x'.repeat(8192))
    const before = readFileSync(join(folder, 'hub.sqlite'))
    await expect(start(folder)).rejects.toThrow(/cannot be used.*Damaged/)
    expect(readFileSync(join(folder, 'hub.sqlite')).equals(before)).toBe(true)
    expect(readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.sqlite'))).toEqual([])
  })
})

describe('a hub whose port is taken', () => {
  it('says which, and what to do', async () => {
    const first = await start(folder)
    await expect(startTestHub({ folder: newFolder(), port: first.port })).rejects.toThrow(`port ${first.port} is in use by another program: end that one, or choose another port with --port`)
  })
})

const overwrite = (file: string, at: number, text: string): void => {
  const handle = openSync(file, 'r+')
  writeSync(handle, text, at)
  closeSync(handle)
}

/** One letter of one stored event, in a way that the database's own check cannot see. */
const flipAnEvent = (file: string): void => {
  const text = readFileSync(file, 'latin1')
  const at = text.indexOf('"language":"de"')
  expect(at).toBeGreaterThan(0)
  writeFileSync(file, `${text.slice(0, at)}"language":"dx"${text.slice(at + 15)}`, 'latin1')
}
