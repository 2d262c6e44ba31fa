/** A hub that comes back after a kill while every device has taps waiting: how long until it has them all, and how long nobody else is heard meanwhile. */
import { randomInt } from 'node:crypto'
import { CHANNELS } from '#shared/protocol/channels.ts'
import type { ReceivedPush } from '#shared/sync/wire.ts'
import { LightDevice, type Credentials } from './light-device.ts'
import { startBare, startHub, type MeasuredServer } from './measured-server.ts'
import { compare, type Comparison, type Scale } from './measure.ts'

const QUEUE = 20
/** As a device of the product tries again: 250 ms to 2 s, by chance. */
const RETRY_MS = { least: 250, most: 2000 }
const LIMIT_MS = 40_000

/** `tries`: that failed; `toldToWait`: answers that asked for patience. */
type Storm = { readonly drainedMs: number; readonly tries: number; readonly toldToWait: number; readonly cpuMs: number; readonly delayP99Ms: number; readonly delayMaxMs: number; readonly waiting: number }

export const reconnectStorm = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const size = quick ? 200 : 2000
  const hub = await startHub(size)
  const ours = await storm(hub, async () => {
    await hub.process.kill()
    await hub.process.startAgain()
  })
  const bare = await storm(await startBare('group', size), async () => undefined)
  const peer = 'bare Socket.IO, one plain row per tap, one flush for all that waits; no token, no proof of key'
  const row = (unit: string, what: keyof Storm): Comparison => compare('reconnect-storm', `${unit}, ${size} devices at once with ${QUEUE} taps each`, ours[what], bare[what], peer)
  const drained = row('ms until the last device is empty', 'drainedMs')
  return [
    Object.assign({}, drained, { devicesNotEmpty: ours.waiting, triesInVain: ours.tries, toldToWait: ours.toldToWait, triesInVainOfPeer: bare.tries }),
    row('ms that the server is late, p99 of the storm', 'delayP99Ms'),
    row('ms that the server is late, longest', 'delayMaxMs'),
    row('ms of processor', 'cpuMs'),
  ]
}

const storm = async (server: MeasuredServer, killed: () => Promise<void>): Promise<Storm> => {
  const counts = { tries: 0, toldToWait: 0, waiting: server.devices.length }
  try {
    await killed()
    const before = await server.read('gc')
    const from = performance.now()
    const queues = server.devices.map((own) => new Queue(server.url, own))
    const startedAt = performance.now()
    await Promise.all(queues.map(async (queue) => {
      while (performance.now() - from < LIMIT_MS) {
        if (await queue.empty(() => (counts.toldToWait += 1))) {
          counts.waiting -= 1
          return
        }
        counts.tries += 1
        await pause(randomInt(RETRY_MS.least, RETRY_MS.most))
      }
    }))
    const drainedMs = performance.now() - startedAt
    const after = await server.read()
    for (const queue of queues) queue.close()
    return { drainedMs, ...counts, cpuMs: after.cpuMs - before.cpuMs, delayP99Ms: after.delayP99Ms, delayMaxMs: after.delayMaxMs }
  } finally {
    await server.close()
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** One device with its taps, which stay the same however often it tries. */
class Queue {
  #device: LightDevice
  readonly #taps: ReceivedPush
  readonly #again: () => LightDevice

  constructor(url: string, own: Credentials) {
    this.#again = () => new LightDevice(url, own)
    this.#device = this.#again()
    this.#taps = this.#device.taps(QUEUE)
  }

  /** False if the server could not be reached, or did not take them in time. As the product's devices do, it waits on its connection if it is told to. */
  async empty(waited: (forMs: number) => void): Promise<boolean> {
    try {
      await this.#device.connect()
      for (const [name, message] of [[CHANNELS.hello, this.#device.hello()], [CHANNELS.push, this.#taps]] as const) {
        for (;;) {
          const answer = await this.#device.ask<{ readonly code?: string; readonly retryMs?: number }>(name, message)
          if (answer.code === undefined) break
          if (answer.retryMs === undefined) throw new Error(answer.code)
          waited(answer.retryMs)
          await pause(answer.retryMs)
        }
      }
      return true
    } catch {
      this.#device.close()
      this.#device = this.#again()
      return false
    }
  }

  close(): void {
    this.#device.close()
  }
}
