/** How long a tap waits for the hub's word that it is on disk, while other devices tap too. */
import type { ReceivedPush } from '#shared/sync/wire.ts'
import { connectAll, type LightDevice } from './light-device.ts'
import { startBare, startHub } from './measured-server.ts'
import { compare, median, quantile, type Comparison, type Scale } from './measure.ts'

/** Every device taps so often: far more than shoppers do, so that twenty of them keep a hub awake. */
const TAP_EVERY_MS = 250

export const ackLatency = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const [rounds, sliceMs] = quick ? [1, 1000] : [3, 2500]
  const comparisons: Comparison[] = []
  for (const size of [20, 200]) comparisons.push(...(await measure(size, rounds, sliceMs)))
  return comparisons
}

const measure = async (size: number, rounds: number, sliceMs: number): Promise<readonly Comparison[]> => {
  const servers = { hub: await startHub(size), echo: await startBare('echo', size), group: await startBare('group', size) }
  try {
    const names = ['hub', 'echo', 'group'] as const
    const waits = { hub: emptyRounds(), echo: emptyRounds(), group: emptyRounds() }
    const fleets = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await connectAll(servers[name].url, servers[name].devices)]))) as Record<keyof typeof servers, readonly LightDevice[]>
    for (let round = -1; round < rounds; round++) {
      for (const name of names) {
        const slice = await tapFor(fleets[name], sliceMs)
        if (round < 0) continue
        waits[name].p50.push(quantile(slice, 0.5))
        waits[name].p99.push(quantile(slice, 0.99))
      }
    }
    for (const device of Object.values(fleets).flat()) device.close()
    return (['p50', 'p99'] as const).flatMap((which) => {
      const of = (name: keyof typeof waits): number => median(waits[name][which])
      const unit = `ms from sending a tap to its acknowledgement, ${which}, ${size} devices, ${Math.round((size * 1000) / TAP_EVERY_MS)} taps/s`
      return [compare(`ack-latency-${size}`, unit, of('hub'), of('echo'), 'a bare Socket.IO echo that stores nothing'), compare(`ack-latency-${size}`, unit, of('hub'), of('group'), 'bare Socket.IO, one plain row per tap, flushed')]
    })
  } finally {
    for (const server of Object.values(servers)) await server.close()
  }
}

const emptyRounds = (): { readonly p50: number[]; readonly p99: number[] } => ({ p50: [], p99: [] })

/** Milliseconds of every acknowledgement; devices tap at even distances from each other, whether or not the last answer is there. */
const tapFor = async (fleet: readonly LightDevice[], forMs: number): Promise<readonly number[]> => {
  const waits: number[] = []
  const turns = Math.floor(forMs / TAP_EVERY_MS)
  const taps = fleet.map((device) => Array.from({ length: turns }, () => device.taps(1)))
  await Promise.all(fleet.map(async (device, i) => {
    await pause((i * TAP_EVERY_MS) / fleet.length)
    // One batch at a time, as devices send: a tap that comes before the last answer waits for it.
    let sent = Promise.resolve()
    for (let turn = 0; turn < turns; turn++) {
      const tappedAt = performance.now()
      sent = sent.then(() => timePush(device, taps[i]![turn]!, tappedAt, waits))
      await pause(TAP_EVERY_MS)
    }
    await sent
  }))
  return waits
}

const timePush = async (device: LightDevice, tap: ReceivedPush, from: number, waits: number[]): Promise<void> => {
  if (!(await device.push(tap))) throw new Error('a tap was not stored')
  waits.push(performance.now() - from)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
