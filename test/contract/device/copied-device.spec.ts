import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import type { DeviceHealth } from '#shared/protocol/devices.ts'
import { connect, pairTestDevice, signIn, startTestHub, type TestHub } from '../../hub/test-hub.ts'
import { copyDisk } from '../../kiosk/copy-disk.ts'
import { newDisk, nodeSurroundings, type Disk } from '../../kiosk/node-surroundings.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const openAt = async (hub: TestHub, disk: Disk): Promise<OpenedDevice> => {
  const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(hub.url, disk) })
  closers.push(() => device.close())
  return device
}
const until = async (holds: () => boolean | Promise<boolean>, limitMs: number): Promise<void> => {
  const from = performance.now()
  while (!(await holds())) {
    if (performance.now() - from > limitMs) throw new Error('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
const tap = { t: 'visit.started', v: 1, p: { touchpoint: 'kiosk', language: 'de' }, sid: null } as const
const idsAt = (hub: TestHub): readonly string[] => {
  const sql = new DatabaseSync(join(hub.folder, 'hub.sqlite'), { readOnly: true })
  const rows = sql.prepare(`SELECT id FROM event WHERE type = 'visit.started'`).all()
  sql.close()
  return rows.map((row) => String(row['id']))
}
const auditOf = (hub: TestHub): readonly string[] => {
  const sql = new DatabaseSync(join(hub.folder, 'hub.sqlite'), { readOnly: true })
  const rows = sql.prepare('SELECT what FROM audit').all()
  sql.close()
  return rows.map((row) => String(row['what']))
}
const saving = async (device: OpenedDevice, saved: string[], times: number): Promise<void> => {
  for (let i = 0; i < times; i++) {
    const kept = await device.record(tap)
    if (kept.ok) saved.push(kept.value)
  }
}
/** A kiosk that has said something, and a copy of its disk. */
const kioskAndCopy = async () => {
  const hub = await startTestHub()
  closers.push(() => hub.remove().catch(() => undefined)) // a test may have stopped it
  const disk = newDisk()
  const kiosk = await openAt(hub, disk)
  await kiosk.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
  const saved: string[] = []
  await saving(kiosk, saved, 5)
  await until(() => kiosk.status.phase === 'online' && kiosk.status.waiting === 0, 5000)
  return { hub, disk, kiosk, saved, copied: await copyDisk(disk) }
}
const healthAt = async (hub: TestHub): Promise<readonly DeviceHealth[]> => {
  const staff = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'staff'))
  await signIn(hub, staff)
  const { value } = (await staff.ask('devices.list', {})) as { readonly value: readonly DeviceHealth[] }
  staff.close()
  return value
}

describe('a kiosk whose disk was copied to a second one', () => {
  it('loses nothing and doubles nothing, and people are told within a minute that it runs twice', async () => {
    const { hub, kiosk, saved, copied } = await kioskAndCopy()
    const from = performance.now()
    const twin = await openAt(hub, copied)
    await until(() => twin.status.phase === 'online', 5000)
    for (let round = 0; round < 4; round++) await Promise.all([saving(kiosk, saved, 3), saving(twin, saved, 3)])
    await until(() => hub.lines.some(({ what }) => what === 'a device runs twice'), 60_000)
    expect(performance.now() - from).toBeLessThan(60_000)
    await until(() => kiosk.status.waiting === 0 && twin.status.waiting === 0 && idsAt(hub).length >= saved.length, 20_000)
    expect(idsAt(hub).toSorted()).toEqual(saved.toSorted())
    expect(auditOf(hub)).toContain('device.copied')
    expect((await healthAt(hub)).map(({ name, copiedAt }) => [name, (copiedAt ?? null) !== null])).toEqual([['Eingang', true], ['Test staff', false]])
  })
  it('is noticed also while nobody touches either of them', async () => {
    const { hub, copied } = await kioskAndCopy()
    await openAt(hub, copied)
    await until(() => hub.lines.some(({ what }) => what === 'a device runs twice'), 60_000)
  })
  it('stays marked over a new start of the hub', async () => {
    const { hub, copied } = await kioskAndCopy()
    await openAt(hub, copied)
    await until(() => hub.lines.some(({ what }) => what === 'a device runs twice'), 60_000)
    await hub.stop()
    const again = await startTestHub({ folder: hub.folder, port: hub.port })
    closers.push(() => again.remove())
    expect((await healthAt(again)).find(({ name }) => name === 'Eingang')?.copiedAt).toEqual(expect.any(Number))
  })
})

describe('a kiosk with two pages open over one storage', () => {
  it('is one device: nothing lost, nothing doubled, nobody alarmed', async () => {
    const { hub, disk, kiosk, saved } = await kioskAndCopy()
    const second = await openAt(hub, disk)
    await until(() => second.status.phase === 'online', 5000)
    for (let round = 0; round < 4; round++) await Promise.all([saving(kiosk, saved, 3), saving(second, saved, 3)])
    await until(() => kiosk.status.waiting === 0 && second.status.waiting === 0 && idsAt(hub).length >= saved.length, 20_000)
    await until(() => [kiosk, second].some((one) => one.log().filter(({ what }) => what === 'connected').length > 1), 10_000)
    await until(() => [kiosk, second].every(({ status }) => status.phase === 'online'), 10_000)
    expect(idsAt(hub).toSorted()).toEqual(saved.toSorted())
    expect(hub.lines.filter(({ what }) => what === 'a device runs twice')).toEqual([])
  })
})
