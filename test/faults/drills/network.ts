/** Bad weather on the network between devices and hub. */
import { unless, median, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import { inOwnNetwork, isInOwnNetwork, makeWeather, type Weather } from '../own-network.ts'

const DEVICES = 5
const KINDS: readonly Weather[] = ['silence', 'loss', 'reset', 'narrow']
const WEATHER_MS = 9000
const DRAIN_LIMIT_MS = 30_000

type Seen = { readonly noticedMs: number | null; readonly backMs: number | null; readonly drainMs: number | null }

export const network: Drill = {
  name: 'network',
  about: 'silence, 30 % loss, resets and 64 kbit/s between kiosks and hub: nobody shows a confirmation that is not there, all arrives once afterwards',
  needs: ['root'],
  rounds: { light: 4, full: 40 },
  plants: ['ack-before-commit'],
  run: async (options) => {
    if (!isInOwnNetwork()) return inOwnNetwork('network', options)
    const hub = await startDrilledHub(options.plant)
    const fleet = await Fleet.pair(hub, DEVICES)
    const port = Number(new URL(hub.url).port)
    const seen: Record<Weather, Seen[]> = { silence: [], loss: [], reset: [], narrow: [] }
    let falselyConfirmed = 0
    try {
      await fleet.drained(DRAIN_LIMIT_MS)
      for (let round = 0; round < options.rounds; round++) {
        const kind = KINDS[round % KINDS.length]!
        fleet.startTapping(150)
        await pause(500)
        const heal = makeWeather(kind, port)
        const noticedMs = await allOffline(fleet, WEATHER_MS)
        await pause(WEATHER_MS - (noticedMs ?? WEATHER_MS))
        if (options.plant !== null) await hub.kill()
        falselyConfirmed += compareLedgers(new Set(fleet.confirmed()), idsAtHub(hub.dataDir)).lost
        heal()
        if (options.plant !== null) await hub.startAgain()
        const backMs = await allOnline(fleet, DRAIN_LIMIT_MS)
        await fleet.stopTapping()
        seen[kind].push({ noticedMs, backMs, drainMs: await fleet.drained(DRAIN_LIMIT_MS) })
        options.say(`${kind}: ${JSON.stringify(seen[kind].at(-1))}`)
      }
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      const of = (kind: Weather, what: keyof Seen): number => Math.round(median(seen[kind].map((one) => one[what] ?? DRAIN_LIMIT_MS)))
      const figures = Object.fromEntries(KINDS.flatMap((kind) => (seen[kind].length === 0 ? [] : [[`${kind}BackMs`, of(kind, 'backMs')], [`${kind}DrainMs`, of(kind, 'drainMs')]])))
      return {
        figures: { rounds: options.rounds, devices: DEVICES, taps: fleet.saved.size, lost, twice, falselyConfirmed, silenceNoticedMs: of('silence', 'noticedMs'), ...figures },
        broken: [
          ...unless(falselyConfirmed === 0, `${falselyConfirmed} taps were shown as confirmed and were not there`),
          ...unless(lost === 0, `${lost} taps were lost`),
          ...unless(twice === 0, `${twice} taps are there twice`),
          ...unless(seen.silence.every(({ noticedMs }) => noticedMs !== null && noticedMs <= 8000), 'silence was not noticed within 8 s'),
          ...unless(Object.values(seen).flat().every(({ drainMs }) => drainMs !== null), 'a queue did not drain'),
        ],
      }
    } finally {
      await fleet.close()
      await hub.remove()
    }
  },
}

/** Ms until the last device says that it is cut off; null if one does not within the limit. */
const allOffline = (fleet: Fleet, limitMs: number): Promise<number | null> => untilAll(fleet, limitMs, ({ phase }) => phase !== 'online')
const allOnline = (fleet: Fleet, limitMs: number): Promise<number | null> => untilAll(fleet, limitMs, ({ phase }) => phase === 'online')

const untilAll = async (fleet: Fleet, limitMs: number, holds: (status: Fleet['members'][number]['device']['status']) => boolean): Promise<number | null> => {
  const from = performance.now()
  while (performance.now() - from < limitMs) {
    if (fleet.members.every(({ device }) => holds(device.status))) return performance.now() - from
    await pause(50)
  }
  return null
}
