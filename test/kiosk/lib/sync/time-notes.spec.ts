import { describe, expect, it } from 'vitest'
import { DeviceLog } from '#kiosk/lib/sync/device-log.ts'
import { TimeNotes } from '#kiosk/lib/sync/time-notes.ts'
import type { OutboxStore } from '#kiosk/lib/store/outbox-store.ts'
import { millis } from '#shared/kernel/time.ts'
import { HubClock, type KnownTime } from '#shared/sync/hub-clock.ts'

const HUB = 1_795_330_000_000
const HOUR_MS = 3_600_000
const NOTE_MS = 60_000

/** A device whose clock is off by `offMs`, with what an earlier page life has written down. */
const deviceWith = (known: KnownTime, offMs: number) => {
  let [mono, off] = [0, offMs]
  const written: (readonly [string, unknown])[] = []
  let tick: () => void = () => undefined
  const clock = new HubClock({ mono: () => mono, wall: () => HUB + mono + off }, known)
  const outbox = { writeMeta: async (name: string, value: unknown) => (written.push([name, value]), { ok: true }) } as unknown as OutboxStore
  const notes = new TimeNotes({ clock, outbox, around: { mono: () => mono, after: (_ms, task) => ((tick = task), () => undefined) }, log: new DeviceLog(() => millis(HUB)), isOnline: () => true, jumped: () => undefined })
  return {
    notes,
    written,
    learn: () => clock.learn(HUB + mono, mono),
    pass: (ms: number) => void (mono += ms),
    setClock: (ms: number) => void (off = ms),
    minute: async () => {
      tick()
      await Promise.resolve()
      await Promise.resolve()
    },
    offsets: () => written.filter(([name]) => name === 'hub-offset').map(([, value]) => value),
  }
}

describe('what a cold start without the hub goes on from', () => {
  it('is written once the hub has told its time, not at an answer without it', async () => {
    const device = deviceWith({ notBefore: HUB - HOUR_MS, offsetMs: 56 * 365 * 24 * HOUR_MS }, HOUR_MS)
    expect(await device.notes.heard()).toBe(false)
    expect(device.written).toEqual([])
    device.learn()
    expect(await device.notes.heard()).toBe(true)
    expect(device.written).toEqual([['hub-time', HUB], ['hub-offset', -HOUR_MS]])
  })
  it('forgets the offset of a clock that is right by now', async () => {
    const device = deviceWith({ notBefore: HUB - HOUR_MS, offsetMs: 24 * HOUR_MS }, 0)
    device.learn()
    await device.notes.heard()
    expect(device.offsets()).toEqual([0])
  })
  it('knows the new offset within a minute after the clock was set, and writes it once', async () => {
    const device = deviceWith({ notBefore: 0, offsetMs: 0 }, 0)
    device.learn()
    await device.notes.heard()
    device.pass(NOTE_MS / 2)
    device.setClock(24 * HOUR_MS)
    await device.minute()
    await device.minute()
    expect(device.offsets()).toEqual([0, -24 * HOUR_MS])
  })
})
