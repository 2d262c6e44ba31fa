/** A kiosk's disk is copied, and original and copy stand in the store side by side. */
import { cpSync } from 'node:fs'
import { makeProfile } from '#hub/tools/rig/browser-session.ts'
import { arrived, DrilledKiosk, type KioskPage } from '../drilled-kiosk.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import type { Tap } from '../screen-ledger.ts'

const ORIGINAL = [1, 2]
const COPY = [4, 5]
const DRAIN_MS = 30_000

export const clonedProfile: Drill = {
  name: 'cloned-profile',
  about: 'a kiosk and a copy of its whole profile tap at the same time, with and without a hub: every answer of both is there, once',
  needs: ['browser'],
  rounds: { light: 1, full: 10 },
  plants: [],
  run: async ({ rounds, say }) => {
    let [thanked, lost, twice] = [0, 0, 0]
    for (let round = 1; round <= rounds; round++) {
      const hub = await startDrilledHub(null)
      try {
        const found = await oneCopy(hub, round % 2 === 0)
        thanked += found.thanked
        lost += found.lost
        twice += found.twice
      } finally {
        await hub.remove()
      }
      say(`${round} copies, ${thanked} thanked, ${lost} lost, ${twice} twice`)
    }
    return {
      figures: { copies: rounds, thanked, lost, twice },
      broken: [
        ...unless(thanked >= rounds * 14, 'too few taps to mean anything'),
        ...unless(lost === 0, `${lost} taps that were thanked for are not at the hub`),
        ...unless(twice === 0, `${twice} answers at the hub have no tap of their own`),
      ],
    }
  },
}

/** `alone`: both begin without the hub, and meet it with queues that differ. */
const oneCopy = async (hub: HubProcess, alone: boolean): Promise<{ readonly thanked: number; readonly lost: number; readonly twice: number }> => {
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
    await both(3)
    const all = [await arrived(hub, original.taps, DRAIN_MS, ORIGINAL), await arrived(hub, copy.taps, DRAIN_MS, COPY)]
    return { thanked: original.thanked + copy.thanked, lost: all[0]!.lost + all[1]!.lost, twice: all[0]!.extra + all[1]!.extra }
  } finally {
    for (const kiosk of opened) await kiosk.remove()
  }
}

const again = async (hub: HubProcess, profile: string, taps: Tap[], opened: DrilledKiosk[]): Promise<KioskPage> => {
  const kiosk = await DrilledKiosk.open(hub, { profile })
  opened.push(kiosk)
  return kiosk.app({ taps })
}
