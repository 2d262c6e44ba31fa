/** Real devices and a real hub whose time only moves when the test says so: releases are believed by their signature and begin everywhere at one instant. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newPrivateKey } from '#hub/stores/keys/key-file.ts'
import { openStores } from '#kiosk/lib/store/open-stores.ts'
import type { SyncStatus } from '#kiosk/lib/sync/device.ts'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import { millis } from '#shared/kernel/time.ts'
import type { DeviceHealth } from '#shared/protocol/devices.ts'
import type { Documents } from '#shared/sync/release.ts'
import { STAFF_PERSON, startTestHub, type TestHub } from '../../hub/test-hub.ts'
import { newDisk, nodeSurroundings, type Disk } from '../../kiosk/node-surroundings.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const NOON = Date.UTC(2026, 10, 24, 11)

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** One time for the hub and for what the devices count; their own clocks may say anything. */
const newTime = () => {
  let passed = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    hub: { now: () => millis(NOON + passed) },
    device: (skewMs: number) => ({
      mono: () => passed,
      wall: () => NOON + passed + skewMs,
      after: (delayMs: number, run: () => void) => {
        const timer = { at: passed + delayMs, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    }),
    pass: (ms: number): void => {
      const until = passed + ms
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        passed = Math.max(passed, next.at)
        next.run()
      }
      passed = until
    },
  }
}
type Time = ReturnType<typeof newTime>

const hubAt = async (time: Time, options: { readonly folder?: string; readonly port?: number } = {}): Promise<TestHub> => {
  const hub = await startTestHub({ ...options, deps: { clock: time.hub } })
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => (stopped ??= hub.stop())
  if (options.folder === undefined) closers.push(() => rmSync(hub.folder, { recursive: true, force: true }))
  closers.push(stop)
  return { ...hub, stop }
}
const deviceAt = async (url: string, time: Time, skewMs: number, disk: Disk = newDisk(), app: 'shopper' | 'staff' = 'shopper'): Promise<OpenedDevice> => {
  const device = await openDevice({ app, version: '1.0.0', surroundings: nodeSurroundings(url, disk, time.device(skewMs)) })
  closers.push(() => device.close())
  return device
}
/** What an app of before signatures wrote about the release in force; no app of today writes that. */
const writeAsBefore = (disk: Disk, active: { readonly hash: string; readonly rev: number; readonly checkedAt: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const opening = disk.open('einklang-shopper-replica')
    opening.addEventListener('error', () => reject(new Error('the database does not open', { cause: opening.error })))
    opening.addEventListener('success', () => {
      const database = opening.result
      const writing = database.transaction('meta', 'readwrite')
      writing.objectStore('meta').put(active, 'active')
      writing.addEventListener('complete', () => {
        database.close()
        resolve()
      })
    })
  })
const until = (device: OpenedDevice, holds: (status: SyncStatus) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const check = (status: SyncStatus): void => {
      if (!holds(status)) return
      leave()
      resolve()
    }
    const leave = device.onStatus(check)
    check(device.status)
  })
const paired = async (device: OpenedDevice, hub: TestHub, role: 'kiosk' | 'staff' = 'kiosk'): Promise<void> => {
  const identity = await device.pair({ code: hub.pairingCode!, role, name: 'Eingang' })
  expect(identity.ok).toBe(true)
  await until(device, ({ release }) => release !== null)
  await until(device, () => device.now().verified)
}
const without = (items: Documents, kind: string): Documents => {
  const gone = Object.keys(items).find((id) => id.startsWith(kind))!
  return Object.fromEntries(Object.entries(items).filter(([id]) => id !== gone))
}
const publish = (hub: TestHub, items: Documents, inMs = 0): string => {
  const published = hub.publish(items, null, inMs > 0 ? { activeFrom: millis(NOON + inMs) } : {})
  if (!published.ok) throw new Error(JSON.stringify(published.error))
  return published.value.hash
}

describe('a release for later', () => {
  it('is there at once and begins at one instant on devices a day ahead and a day behind, with the hub gone', async () => {
    const time = newTime()
    const hub = await hubAt(time)
    const [ahead, behind] = [await deviceAt(hub.url, time, DAY), await deviceAt(hub.url, time, -DAY)]
    await paired(ahead, hub)
    await paired(behind, hub)
    const old = ahead.release!
    const [evening, night] = [publish(hub, without(old.items, 'offer/'), HOUR), publish(hub, without(without(old.items, 'offer/'), 'offer/'), 2 * HOUR)]
    for (const device of [ahead, behind]) await until(device, ({ nextRelease }) => nextRelease?.hash === evening)
    await new Promise<void>((resolve) => setImmediate(resolve))
    await hub.stop()
    for (const device of [ahead, behind]) await until(device, ({ phase }) => phase === 'offline')
    const shown = () => [ahead, behind].map((device) => device.release!.hash)
    time.pass(HOUR - 1)
    expect([shown(), ahead.now().at]).toEqual([[old.hash, old.hash], NOON + HOUR - 1])
    time.pass(1)
    expect(shown()).toEqual([evening, evening])
    expect(ahead.status.nextRelease?.hash).toBe(night)
    time.pass(HOUR - 1)
    expect(shown()).toEqual([evening, evening])
    time.pass(1)
    expect([shown(), behind.status.nextRelease]).toEqual([[night, night], null])
  })

  it('is not begun by a clock that somebody sets; a cold start without the hub counts on, and leaves offers to the checkout while in doubt', async () => {
    const time = newTime()
    const disk = newDisk()
    const hub = await hubAt(time)
    const first = await deviceAt(hub.url, time, 0, disk)
    await paired(first, hub)
    const old = first.release!.hash
    const evening = publish(hub, without(first.release!.items, 'offer/'), 5 * HOUR)
    await until(first, ({ nextRelease }) => nextRelease?.hash === evening)
    first.close()
    await hub.stop()

    const week = await deviceAt('http://127.0.0.1:1', time, 7 * DAY, disk)
    expect([week.release?.hash, week.now().verified, week.status.switchInDoubt]).toEqual([old, false, true])
    time.pass(5 * HOUR - 1)
    expect(week.release?.hash).toBe(old)
    time.pass(61_000)
    expect([week.release?.hash, week.status.switchInDoubt]).toEqual([evening, false])
  })
})

describe('a release that is not the publisher’s', () => {
  it('is refused: the device stays with the one it has, and staff read why', async () => {
    const time = newTime()
    const hub = await hubAt(time)
    const [kiosk, tablet] = [await deviceAt(hub.url, time, 0), await deviceAt(hub.url, time, 0, newDisk(), 'staff')]
    await paired(kiosk, hub)
    await paired(tablet, hub, 'staff')
    const old = kiosk.release!
    await hub.stop()
    writeFileSync(join(hub.folder, 'publisher-key'), `${newPrivateKey().toString('hex')}\n`)
    const other = await hubAt(time, { folder: hub.folder, port: hub.port })
    const forged = publish(other, without(old.items, 'offer/'))
    time.pass(5000)
    await until(kiosk, ({ refusedRelease }) => refusedRelease !== null)
    expect([kiosk.status.refusedRelease, kiosk.release?.hash]).toEqual([{ hash: forged, why: 'signature' }, old.hash])
    await until(tablet, ({ phase, refusedRelease }) => phase === 'online' && refusedRelease !== null)
    time.pass(2000)
    await other.addPerson(STAFF_PERSON)
    await tablet.call('session.open', { name: STAFF_PERSON.name, password: STAFF_PERSON.password })
    await expect.poll(async () => {
      const list = await tablet.call('devices.list', {})
      return list.ok && list.value.map(({ refused }: DeviceHealth) => refused)
    }).toEqual([{ hash: forged, why: 'signature' }, { hash: forged, why: 'signature' }])
  })
})

describe('a device that was paired before releases were signed', () => {
  it('learns at its next hello who signs them, keeps what it shows, and is bound from then on', async () => {
    const time = newTime()
    const disk = newDisk()
    const hub = await hubAt(time)
    const first = await deviceAt(hub.url, time, 0, disk)
    await paired(first, hub)
    const { hash, rev, signature } = first.release!
    first.close()
    const { outbox, close } = openStores('shopper', nodeSurroundings(hub.url, disk).database)
    await outbox.writeMeta('publisher', undefined)
    close()
    await writeAsBefore(disk, { hash, rev, checkedAt: NOON })

    await hub.stop()
    const again = await deviceAt(hub.url, time, 0, disk)
    expect([again.release?.hash, again.release?.signature]).toEqual([hash, ''])
    await hubAt(time, { folder: hub.folder, port: hub.port })
    time.pass(5000)
    await until(again, () => again.release?.signature === signature)
    expect(again.status.refusedRelease).toBeNull()
    again.close()
    const kept = openStores('shopper', nodeSurroundings(hub.url, disk).database)
    closers.push(() => kept.close())
    expect(await kept.outbox.readMeta('publisher')).toEqual({ key: expect.stringMatching(/^B[\w-]{86}$/), store: 'lindenkorb' })
  })
})
