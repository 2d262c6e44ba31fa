import { Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import { openDevice } from '#kiosk/lib/sync/open-device.ts'
import { startTestHub } from '../../hub/test-hub.ts'
import { newDisk, nodeSurroundings } from '../../kiosk/node-surroundings.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const tap = { t: 'visit.started', v: 1, p: { touchpoint: 'kiosk', language: 'de' }, sid: null } as const
const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 1500 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(holds()).toBe(true)
}

/** A hub that speaks another version from now on, until `again`. */
const speakOtherwise = (): { again(): void } => {
  const ask = Socket.prototype.emitWithAck as (this: Socket, name: string, ...args: unknown[]) => Promise<unknown>
  Socket.prototype.emitWithAck = function (this: Socket, name: string, ...args: unknown[]) {
    return ['hello', 'push', 'pull'].includes(name) ? Promise.resolve({ code: 'upgrade' }) : ask.call(this, name, ...args)
  } as typeof Socket.prototype.emitWithAck
  const again = (): void => void (Socket.prototype.emitWithAck = ask as typeof Socket.prototype.emitWithAck)
  closers.push(again)
  return { again }
}

describe('a device that is too old for its hub', () => {
  it('goes on recording, says that it needs a newer app, and sends everything once it is understood again', async () => {
    const hub = await startTestHub()
    closers.push(() => hub.remove())
    const around = nodeSurroundings(hub.url, newDisk())
    // A minute of patience lasts a second here.
    const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: { ...around, after: (delayMs, task) => around.after(delayMs / 60, task) } })
    closers.push(() => device.close())
    await device.pair({ code: hub.pairingCode!, role: 'kiosk', name: 'Eingang' })
    await until(() => device.status.phase === 'online')
    const { again } = speakOtherwise()
    expect((await device.record(tap)).ok).toBe(true)
    await until(() => device.status.needsUpdate === true)
    expect((await device.record(tap)).ok).toBe(true)
    expect(device.status.waiting).toBe(2)
    again()
    await until(() => device.status.waiting === 0)
    expect(device.status.needsUpdate).toBe(false)
  })
})
