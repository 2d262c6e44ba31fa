/** A kiosk's disk is copied, and original and copy stand in the store side by side. */
import { cpSync } from 'node:fs'
import { makeProfile } from '#hub/tools/rig/browser-session.ts'
import { arrived, DrilledKiosk, type KioskPage } from '../drilled-kiosk.ts'
import { median, unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import type { Tap } from '../screen-ledger.ts'

const ORIGINAL = [1, 2]
const COPY = [4, 5]
const DRAIN_MS = 30_000
const ALARM_MS = 60_000

export const clonedProfile: Drill = {
  name: 'cloned-profile',
  about: 'a kiosk and a copy of its whole profile tap at the same time, with and without a hub: every answer of both is there, once, and people are told within a minute',
  needs: ['browser'],
  rounds: { light: 1, full: 10 },
  plants: ['numbers-believed', 'copies-not-watched'],
  run: async ({ rounds, from, plant, say }) => {
    let [thanked, lost, twice, unnoticed] = [0, 0, 0, 0]
    const alarms: number[] = []
    for (let round = from; round < from + rounds; round++) {
      const hub = await startDrilledHub(plant)
      try {
        const found = await oneCopy(hub, round % 2 === 0)
        thanked += found.thanked
        lost += found.lost
        twice += found.twice
        if (found.alarmMs === null) unnoticed += 1
        else alarms.push(found.alarmMs)
      } finally {
        await hub.remove()
      }
      say(`${round} copies, ${thanked} thanked, ${lost} lost, ${twice} twice, ${unnoticed} unnoticed`)
    }
    return {
      figures: { copies: rounds, thanked, lost, twice, alarmP50Ms: Math.round(median(alarms)), alarmSlowestMs: Math.round(Math.max(0, ...alarms)) },
      broken: [
        ...unless(thanked >= rounds * 14, 'too few taps to mean anything'),
        ...unless(lost === 0, `${lost} taps that were thanked for are not at the hub`),
        ...unless(twice === 0, `${twice} answers at the hub have no tap of their own`),
        ...unless(unnoticed === 0, `${unnoticed} times nobody was told within a minute that a device runs twice`),
      ],
    }
  },
}

type Found = { readonly thanked: number; readonly lost: number; readonly twice: number; readonly alarmMs: number | null }

/** `alone`: both begin without the hub, and meet it with queues that differ. */
const oneCopy = async (hub: HubProcess, alone: boolean): Promise<Found> => {
  const profile = makeProfile()
  const first = await DrilledKiosk.open(hub, { profile })
  const opened: DrilledKiosk[] = [first]
  try {
    const before = await first.pairedApp()
    await before.tap(2, { among: ORIGINAL })
    await arrived(hub, before.taps, DRAIN_MS, ORIGINAL)
    await first.close()
    const copied = makeProfile()
    cpSync(profile, copied, { recursive: true, verbatimSymlinks: true, filter: (file) => !/Singleton(Lock|Socket|Cookie)$/.test(file) })
    if (alone) await hub.kill()
    const original = await again(hub, profile, before.taps, opened)
    const copy = await again(hub, copied, [], opened)
    const both = (times: number): Promise<unknown> => Promise.all([original.tap(times, { among: ORIGINAL }), copy.tap(times, { among: COPY })])
    await both(3)
    if (alone) await hub.startAgain()
    const bothAt = performance.now()
    await both(3)
    const all = [await arrived(hub, original.taps, DRAIN_MS, ORIGINAL), await arrived(hub, copy.taps, DRAIN_MS, COPY)]
    const alarmMs = await toldOf(hub, bothAt)
    return { thanked: original.thanked + copy.thanked, lost: all[0]!.lost + all[1]!.lost, twice: all[0]!.extra + all[1]!.extra, alarmMs }
  } finally {
    for (const kiosk of opened) await kiosk.remove()
  }
}

/** Ms until the hub said that a device runs twice; null if that takes more than a minute. */
const toldOf = async (hub: HubProcess, since: number): Promise<number | null> => {
  for (; performance.now() - since < ALARM_MS; await pause(100)) if (hub.log.some((line) => line.includes('a device runs twice'))) return performance.now() - since
  return null
}

const again = async (hub: HubProcess, profile: string, taps: Tap[], opened: DrilledKiosk[]): Promise<KioskPage> => {
  const kiosk = await DrilledKiosk.open(hub, { profile })
  opened.push(kiosk)
  return kiosk.app({ taps })
}
