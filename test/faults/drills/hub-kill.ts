/** The hub's process is killed again and again under load. */
import { unless, median, percentile, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'

const DEVICES = 20
const TAP_EVERY_MS = 80

export const hubKill: Drill = {
  name: 'hub-kill',
  about: 'kill -9 of the hub under 20 tapping kiosks: nothing confirmed is lost, nothing is doubled, it is back within half a second',
  needs: [],
  rounds: { light: 8, full: 200 },
  plants: ['ack-before-commit'],
  run: async ({ rounds, plant, say }) => {
    const hub = await startDrilledHub(plant)
    const fleet = await Fleet.pair(hub, DEVICES)
    const restarts: number[] = []
    try {
      let lostMeanwhile = 0
      for (let round = 1; round <= rounds; round++) {
        fleet.startTapping(TAP_EVERY_MS)
        await pause(300 + ((round * 97) % 300))
        await hub.kill()
        // What a device holds an acknowledgement for must be on the disk at this very moment.
        lostMeanwhile += compareLedgers(new Set(fleet.confirmed()), idsAtHub(hub.dataDir)).lost
        const from = performance.now()
        await hub.startAgain()
        restarts.push(performance.now() - from)
        await fleet.stopTapping()
        if (round % 20 === 0) say(`${round} kills, ${fleet.saved.size} taps`)
      }
      const drainMs = await fleet.drained(20_000)
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      const figures = { kills: rounds, devices: DEVICES, taps: fleet.saved.size, lost, twice, restartP50Ms: Math.round(median(restarts)), restartP95Ms: Math.round(percentile(restarts, 0.95)), drainMs: Math.round(drainMs ?? -1) }
      return {
        figures,
        broken: [
          ...unless(fleet.saved.size > rounds * DEVICES, 'too few taps to mean anything'),
          ...unless(lostMeanwhile === 0, `${lostMeanwhile} confirmed taps were not on the disk when the hub died`),
          ...unless(lost === 0, `${lost} taps were lost`),
          ...unless(twice === 0, `${twice} taps are there twice`),
          ...unless(drainMs !== null, 'the queues did not drain within 20 s'),
        ],
      }
    } finally {
      await fleet.close()
      await hub.remove()
    }
  },
}
