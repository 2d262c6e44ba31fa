/** Uses of a limited offer on their way: a real device, a real hub, a storage that outlives the page. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import { startTestHub, type TestHub } from '../../hub/test-hub.ts'
import { newDisk, nodeSurroundings, type Disk } from '../../kiosk/node-surroundings.ts'

const CAKES = 'cakes-200' as OfferId
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const hubAt = async (options: Parameters<typeof startTestHub>[0] = {}): Promise<TestHub> => {
  const hub = await startTestHub(options)
  closers.push(() => hub.remove())
  return hub
}
const deviceAt = async (url: string, disk: Disk): Promise<OpenedDevice> => {
  const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(url, disk) })
  closers.push(() => device.close())
  return device
}
/** Resolves when the device holds so many uses. */
const untilHolds = (device: OpenedDevice, count: number): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if ((device.allotments.units()[CAKES] ?? 0) !== count) return
      leave()
      resolve()
    }
    const leave = device.onStatus(check)
    check()
  })
const tap = { t: 'visit.started', v: 1, p: { touchpoint: 'kiosk', language: 'de' }, sid: null } as const
const takenIn = (hub: TestHub): number => {
  const file = readdirSync(hub.folder).find((name) => name.endsWith('.db') || name.endsWith('.sqlite'))!
  const db = new DatabaseSync(join(hub.folder, file), { readOnly: true })
  const row = db.prepare(`SELECT (SELECT sum(units) FROM offer_lease) + (SELECT count(*) FROM offer_use WHERE state <> 'lapsed') AS n`).get()
  db.close()
  return Number(row?.['n'])
}

describe('a kiosk of the demo store', () => {
  it('holds 5 of 200 uses soon after pairing, gives one away with its event, and never without', async () => {
    const hub = await hubAt()
    const device = await deviceAt(hub.url, newDisk())
    await device.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await untilHolds(device, 5)
    expect(device.allotments.pools).toEqual([{ offer: CAKES, total: 200, left: 195 }])
    expect(Math.abs(device.allotments.asOf! - Date.now())).toBeLessThan(5000)
    const uses = device.allotments.choose([CAKES])!
    expect((await device.record({ ...tap, uses })).ok).toBe(true)
    expect(device.allotments.units()).toEqual({ [CAKES]: 4 })
    expect(await device.record({ ...tap, uses: [{ offer: CAKES, lease: 999 }] })).toEqual({ ok: false, error: { type: 'NotSaved', why: 'use gone' } })
    expect(device.allotments.units()).toEqual({ [CAKES]: 4 })
  })
  it('gives none away after a cold start without the hub, and has them again when it is back', async () => {
    const hub = await hubAt()
    const disk = newDisk()
    const first = await deviceAt(hub.url, disk)
    await first.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await untilHolds(first, 5)
    await first.record({ ...tap, uses: first.allotments.choose([CAKES])! })
    first.close()
    const offline = await deviceAt('http://127.0.0.1:1', disk)
    expect([offline.allotments.units(), offline.allotments.choose([CAKES])]).toEqual([{}, null])
    offline.close()
    const again = await deviceAt(hub.url, disk)
    await untilHolds(again, 4)
    again.close()
    expect(takenIn(hub)).toBe(5)
  })
  it('holds nothing of another life of its storage', async () => {
    const hub = await hubAt()
    const disk = newDisk()
    const first = await deviceAt(hub.url, disk)
    await first.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await untilHolds(first, 5)
    await first.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Ausgang' })
    await untilHolds(first, 5)
    first.close()
    expect(takenIn(hub)).toBe(10)
  })
})
