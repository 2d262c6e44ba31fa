/** The power of a kiosk fails in the middle of taps. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { PowerDisk } from '../disk-image.ts'
import { DrilledKiosk, arrived } from '../drilled-kiosk.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import { plantBuild } from '../planted-build.ts'
import { browserChanges } from '../plants/browser-plants.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import type { Tap } from '../screen-ledger.ts'

const IMAGE_MEGABYTES = 384
const DRAIN_MS = 20_000
const PROFILE_WRITTEN_MS = 1500

export const kioskPowerCut: Drill = {
  name: 'kiosk-power-cut',
  about: 'the image of a kiosk’s disk is taken in the middle of its taps, without a hub: a browser that starts from it still has every answer that was thanked for',
  needs: ['root', 'browser'],
  rounds: { light: 1, full: 10 },
  plants: ['relaxed-durability'],
  run: async ({ rounds, plant, say }) => {
    const build = plantBuild(browserChanges(plant))
    let [thanked, lost, twice, unfinished] = [0, 0, 0, 0]
    try {
      for (let round = 1; round <= rounds; round++) {
        const hub = await startDrilledHub(null, { env: build.env })
        try {
          const found = await oneCut(hub, 3 + (round % 4), (round * 53) % 200)
          thanked += found.thanked
          lost += found.lost
          twice += found.extra
          unfinished += Number(found.ms === null)
        } finally {
          await hub.remove()
        }
        say(`${round} cuts, ${thanked} thanked, ${lost} lost`)
      }
      return {
        figures: { cuts: rounds, thanked, lost, twice },
        broken: [
          ...unless(thanked >= rounds * 3, 'too few taps to mean anything'),
          ...unless(lost === 0, `${lost} taps that were thanked for are gone`),
          ...unless(twice === 0, `${twice} answers at the hub have no tap of their own`),
          ...unless(unfinished === 0 || lost > 0, `${unfinished} queues did not drain within 20 s`),
        ],
      }
    } finally {
      build.remove()
    }
  },
}

type Cut = { readonly thanked: number; readonly lost: number; readonly extra: number; readonly ms: number | null }

const oneCut = async (hub: HubProcess, atLeast: number, laterMs: number): Promise<Cut> => {
  const disk = new PowerDisk(IMAGE_MEGABYTES)
  const kiosk = await DrilledKiosk.open(hub, { profile: join(disk.folder, 'profile') })
  try {
    const app = await kiosk.pairedApp()
    // A profile that was made this very moment is the browser's own affair; by itself it is on the disk after half a minute.
    await pause(PROFILE_WRITTEN_MS)
    disk.flush()
    await hub.kill()
    app.startTapping()
    await app.untilThanked(atLeast, 20_000)
    await pause(laterMs)
    // A dead browser flushes nothing; what it had not flushed is in the system's memory, not on the image.
    await kiosk.kill()
    const found = disk.cut()
    try {
      return { thanked: app.thanked, ...(await startFrom(hub, join(found.folder, 'profile'), app.taps)) }
    } finally {
      found.remove()
    }
  } finally {
    await kiosk.close()
    disk.remove()
  }
}

/** A browser on the disk as it was found, and the hub back again. */
const startFrom = async (hub: HubProcess, profile: string, taps: readonly Tap[]): Promise<Omit<Cut, 'thanked'>> => {
  for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(profile, lock), { force: true })
  await hub.startAgain()
  const kiosk = await DrilledKiosk.open(hub, { profile })
  try {
    await kiosk.page.goto(`${hub.url}/shopper/`)
    return await arrived(hub, taps, DRAIN_MS)
  } finally {
    await kiosk.close()
  }
}
