/** The hub's disk fills up, and later there is room again. */
import { unlinkSync, writeFileSync, statSync, existsSync, appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { SmallDisk } from '../disk-image.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'

const DEVICES = 20

export const hubFullDisk: Drill = {
  name: 'hub-full-disk',
  about: 'the disk of the hub is full for a while: nothing is confirmed meanwhile, the hub answers, and afterwards everything arrives once',
  needs: ['root'],
  rounds: { light: 1, full: 10 },
  plants: ['full-disk-ignored'],
  run: async ({ rounds, plant, say }) => {
    const disk = new SmallDisk(64)
    const filler = join(disk.folder, 'filler')
    const hub = await startDrilledHub(plant, { dataDir: join(disk.folder, 'data') })
    const fleet = await Fleet.pair(hub, DEVICES)
    const drains: number[] = []
    let [silent, confirmedWhileFull, refusedRounds] = [0, 0, 0]
    try {
      for (let round = 1; round <= rounds; round++) {
        fleet.startTapping(60)
        await pause(500)
        fill(filler)
        // The log has some room of its own before it notices.
        for (let i = 0; i < 40 && fleet.waiting < DEVICES * 3; i++) await pause(100)
        const before = new Set(fleet.confirmed())
        await pause(1000)
        refusedRounds += Number(fleet.waiting > DEVICES * 3)
        confirmedWhileFull += compareLedgers(new Set(fleet.confirmed().filter((id) => !before.has(id))), idsAtHub(hub.dataDir)).lost
        silent += Number(!(await answers(hub.url)))
        unlinkSync(filler)
        await fleet.stopTapping()
        drains.push((await fleet.drained(20_000)) ?? -1)
        say(`${round} times full, ${fleet.saved.size} taps`)
      }
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      return {
        figures: { rounds, devices: DEVICES, taps: fleet.saved.size, refusedRounds, confirmedWhileFull, lost, twice, slowestDrainMs: Math.round(Math.max(...drains)) },
        broken: [
          ...unless(refusedRounds === rounds, 'the disk was never really full'),
          ...unless(confirmedWhileFull === 0, `${confirmedWhileFull} taps were confirmed that are not there`),
          ...unless(lost === 0, `${lost} taps were lost`),
          ...unless(twice === 0, `${twice} taps are there twice`),
          ...unless(silent === 0, 'the hub did not answer while its disk was full'),
          ...unless(drains.every((ms) => ms >= 0), 'a queue did not drain within 20 s'),
        ],
      }
    } finally {
      await fleet.close()
      await hub.remove()
      disk.remove()
    }
  },
}

const CHUNK = Buffer.alloc(65_536)

/** Until nothing more fits, to the last block. */
const fill = (file: string): void => {
  writeFileSync(file, '')
  for (const chunk of [CHUNK, CHUNK.subarray(0, 4096)]) {
    try {
      for (;;) appendFileSync(file, chunk)
    } catch {
      // Full at this size.
    }
  }
  if (!existsSync(file) || statSync(file).size === 0) throw new Error('the disk could not be filled')
}

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}
