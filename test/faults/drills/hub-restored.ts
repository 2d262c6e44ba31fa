/** Somebody puts an old copy in the place of the hub's database, or the database of another hub. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unless, median, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'

const DEVICES = 10
const LIMIT_MS = 60_000

export const hubRestored: Drill = {
  name: 'hub-restored',
  about: 'an hour-old copy, then a foreign database, take the place of the hub\'s: all taps since come back by themselves, once',
  needs: [],
  rounds: { light: 1, full: 10 },
  plants: ['safe-at-once'],
  run: async ({ rounds, plant, say }) => {
    const foreign = mkdtempSync(join(tmpdir(), 'einklang-foreign-'))
    const hub = await startDrilledHub(plant)
    const other = await startDrilledHub(null, { dataDir: foreign })
    const fleet = await Fleet.pair(hub, DEVICES)
    const backAfterMs: number[] = []
    const broken: string[] = []
    const tapAndWait = async (taps: number): Promise<void> => {
      for (let i = 0; i < taps; i++) await fleet.tapAll()
      await fleet.drained(LIMIT_MS)
    }
    try {
      await other.stop()
      for (let round = 1; round <= rounds; round++) {
        await tapAndWait(5)
        await hub.backUp()
        await tapAndWait(7)
        // Devices remove what they take for safe once nothing was said for a second.
        await pause(1500)
        await hub.stop()
        swapIn(hub, join(hub.dataDir, 'backups', newestIn(join(hub.dataDir, 'backups'))))
        const missing = compareLedgers(fleet.saved, idsAtHub(hub.dataDir)).lost
        broken.push(...unless(missing > 0, `round ${round}: the old copy lacked nothing`))
        await hub.startAgain()
        const ms = await allBack(hub, fleet)
        if (ms === null) broken.push(`round ${round}: ${compareLedgers(fleet.saved, idsAtHub(hub.dataDir)).lost} taps did not come back within a minute`)
        else backAfterMs.push(ms)

        // A foreign database knows none of the devices: they must keep everything until their own is back.
        await hub.stop()
        const own = join(foreign, 'own.sqlite')
        copyFileSync(join(hub.dataDir, 'hub.sqlite'), own)
        swapIn(hub, join(foreign, 'hub.sqlite'))
        await hub.startAgain()
        for (let i = 0; i < 3; i++) await fleet.tapAll()
        await pause(1500)
        await hub.stop()
        swapIn(hub, own)
        await hub.startAgain()
        if ((await allBack(hub, fleet)) === null) broken.push(`round ${round}: taps made under a foreign database were lost`)
        say(`${round} restores`)
      }
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      return {
        figures: { rounds, devices: DEVICES, taps: fleet.saved.size, lost, twice, backP50Ms: Math.round(median(backAfterMs)) },
        broken: [...broken, ...unless(lost === 0, `${lost} taps were lost`), ...unless(twice === 0, `${twice} taps are there twice`)],
      }
    } finally {
      await fleet.close()
      await hub.remove()
      await other.remove()
      rmSync(foreign, { recursive: true, force: true })
    }
  },
}

const newestIn = (folder: string): string => readdirSync(folder).filter((name) => name.endsWith('.sqlite')).toSorted().at(-1)!

const swapIn = (hub: HubProcess, file: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(join(hub.dataDir, `hub.sqlite${end}`), { force: true })
  copyFileSync(file, join(hub.dataDir, 'hub.sqlite'))
}

/** Ms until the hub holds all taps; null if that takes more than a minute. */
const allBack = async (hub: HubProcess, fleet: Fleet): Promise<number | null> => {
  const from = performance.now()
  while (performance.now() - from < LIMIT_MS) {
    if (compareLedgers(fleet.saved, idsAtHub(hub.dataDir)).lost === 0) return performance.now() - from
    await pause(100)
  }
  return null
}
