import { describe, expect, it } from 'vitest'
import { DeviceLog } from '#kiosk/lib/sync/device-log.ts'
import { millis } from '#shared/kernel/time.ts'
import { fakeDevice } from '../../fake-device.ts'

describe('the log of a device', () => {
  it('says what a change of the status means, once', () => {
    let now = 0
    const log = new DeviceLog(() => millis(++now))
    const { device } = fakeDevice()
    const online = { ...device.status, phase: 'online' as const }
    log.noteChange({ ...online, phase: 'connecting' }, online)
    log.noteChange(online, { ...online, waiting: 3 })
    log.noteChange(online, { ...online, frozen: true })
    log.noteChange({ ...online, frozen: true }, online)
    log.noteChange({ ...online, lowSpace: null }, { ...online, lowSpace: false })
    log.noteChange(online, { ...online, lowSpace: true })
    log.noteChange(online, { ...online, refusedRelease: { hash: 'ab'.repeat(32), why: 'signature' } })
    log.noteChange(online, { ...online, phase: 'offline' })
    expect(log.entries.map(({ at, what, detail }) => [at, what, detail])).toEqual([
      [1, 'connected', ''],
      [2, 'frozen', ''],
      [3, 'thawed', ''],
      [4, 'space-low', ''],
      [5, 'release-refused', 'abababab signature'],
      [6, 'lost', ''],
    ])
  })
  it('keeps the last 200', () => {
    const log = new DeviceLog(() => millis(0))
    for (let n = 1; n <= 250; n++) log.note('clock-jumped', `${n} s`)
    expect([log.entries.length, log.entries[0]!.detail, log.entries.at(-1)!.detail]).toEqual([200, '51 s', '250 s'])
  })
})
