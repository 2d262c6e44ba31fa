import { afterEach, describe, expect, it } from 'vitest'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import { startTestHub } from '../../hub/test-hub.ts'
import { newDisk, nodeSurroundings } from '../../kiosk/node-surroundings.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const tap = { t: 'visit.started', v: 1, p: { touchpoint: 'kiosk', language: 'de' }, sid: null } as const
const until = async (holds: () => boolean, limitMs = 12_000): Promise<void> => {
  const from = performance.now()
  while (!holds()) {
    if (performance.now() - from > limitMs) throw new Error('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('a hub that holds back', () => {
  it('gets nothing meanwhile, devices keep it and stay connected, and everything comes once when it takes again', async () => {
    let freeBytes = 2 ** 40
    const hub = await startTestHub({ deps: { load: { disk: () => ({ freeBytes, wholeBytes: 2 ** 40 }) } } })
    closers.push(() => hub.remove())
    const devices: OpenedDevice[] = []
    for (let i = 0; i < 3; i++) {
      const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(hub.url, newDisk()) })
      closers.push(() => device.close())
      await device.pair({ code: hub.pairingCode!, role: 'kiosk', name: `Kiosk ${i}` })
      devices.push(device)
    }
    await until(() => devices.every(({ status }) => status.phase === 'online'))
    freeBytes = 0
    for (const device of devices) for (let i = 0; i < 20; i++) expect((await device.record(tap)).ok).toBe(true)
    await until(() => hub.lines.some(({ what }) => what === 'holding back'))
    expect(devices.map(({ status }) => [status.phase, status.waiting])).toEqual([['online', 20], ['online', 20], ['online', 20]])
    freeBytes = 2 ** 40
    await until(() => devices.every(({ status }) => status.waiting === 0))
    expect(devices.map((device) => device.log().filter(({ what }) => what === 'lost'))).toEqual([[], [], []])
    expect(hub.lines.filter(({ what }) => what === 'taking everything again')).toHaveLength(1)
  })
})
