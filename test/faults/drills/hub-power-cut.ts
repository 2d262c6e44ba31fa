/** The power of the hub's machine fails again and again under load. */
import { join } from 'node:path'
import { checkCopy } from '#hub/stores/sqlite/care/check-copy.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { millis } from '#shared/kernel/time.ts'
import { PowerDisk } from '../disk-image.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'

const DEVICES = 20
const TAP_EVERY_MS = 60

export const hubPowerCut: Drill = {
  name: 'hub-power-cut',
  about: 'the image of the disk is taken while the hub is stopped in the middle of its work: all that was confirmed is on it, and it is whole',
  needs: ['root'],
  rounds: { light: 2, full: 20 },
  plants: ['synchronous-off'],
  run: async ({ rounds, plant, say }) => {
    const disk = new PowerDisk()
    const hub = await startDrilledHub(plant, { dataDir: join(disk.folder, 'data') })
    const fleet = await Fleet.pair(hub, DEVICES)
    let [lost, damaged, confirmed] = [0, 0, 0]
    try {
      fleet.startTapping(TAP_EVERY_MS)
      for (let round = 1; round <= rounds; round++) {
        await pause(1000 + ((round * 131) % 700))
        // Confirmed before the cut: what a device had in its hands as an acknowledgement.
        const sure = new Set(fleet.confirmed())
        // A copy that is made while somebody writes is torn, as no power cut leaves a disk.
        hub.halt()
        const found = disk.cut()
        hub.goOn()
        try {
          const folder = join(found.folder, 'data')
          const opened = openDatabase(folder, millis(Date.now()))
          if (opened.ok) opened.value.close()
          damaged += Number(!opened.ok || !checkCopy(join(folder, 'hub.sqlite')).ok)
          lost += compareLedgers(sure, opened.ok ? idsAtHub(folder) : []).lost
          confirmed += sure.size
        } finally {
          found.remove()
        }
        say(`${round} cuts, ${confirmed} confirmed taps looked up`)
      }
      await fleet.stopTapping()
      return {
        figures: { cuts: rounds, devices: DEVICES, confirmed, lost, damaged },
        broken: [...unless(confirmed > rounds * DEVICES, 'too few taps to mean anything'), ...unless(lost === 0, `${lost} confirmed taps were not on the disk`), ...unless(damaged === 0, `${damaged} databases were damaged`)],
      }
    } finally {
      await fleet.close()
      await hub.remove()
      disk.remove()
    }
  },
}
