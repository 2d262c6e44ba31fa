/** Late, crumbled, one-way and torn lines between devices and hub, by a proxy of our own: it needs no rights on the machine. */
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { unless, median, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import { roughLine, WEATHERS, type LineWeather } from '../rough-line.ts'

const DEVICES = 5
const TAP_EVERY_MS = 100
const WEATHER_MS = 3000
/** As long as it takes to notice that nobody answers, and to come back. */
const DRAIN_LIMIT_MS = 20_000

export const line: Drill = {
  name: 'line',
  about: 'a line that is late, crumbled, deaf, mute, torn or slow to close: nobody shows a confirmation that is not there, all arrives once',
  needs: [],
  rounds: { light: 6, full: 36 },
  plants: ['ack-before-commit'],
  run: async ({ rounds, from, plant, say }) => {
    const way = await roughLine(new SeededRandom(from))
    const hub = await startDrilledHub(plant, { env: { EXTRA_ORIGINS: way.url } })
    way.to(hub.url)
    const fleet = await Fleet.pair(hub, DEVICES, way.url)
    const drains: Record<LineWeather, number[]> = { slow: [], crumbs: [], deaf: [], mute: [], short: [], 'slow close': [] }
    let [falselyConfirmed, stuck, throughMeanwhile] = [0, 0, 0]
    try {
      await fleet.drained(DRAIN_LIMIT_MS)
      for (let round = from; round < from + rounds; round++) {
        const weather = WEATHERS[round % WEATHERS.length]!
        way.make(weather)
        const before = idsAtHub(hub.dataDir).length
        fleet.startTapping(TAP_EVERY_MS)
        await pause(WEATHER_MS)
        if (plant !== null) await hub.kill()
        const atHub = idsAtHub(hub.dataDir)
        falselyConfirmed += compareLedgers(new Set(fleet.confirmed()), atHub).lost
        if (weather === 'slow' || weather === 'crumbs') throughMeanwhile += atHub.length - before
        if (plant !== null) await hub.startAgain()
        way.make(null)
        await fleet.stopTapping()
        const drainMs = await fleet.drained(DRAIN_LIMIT_MS)
        if (drainMs === null) stuck += 1
        drains[weather].push(Math.round(drainMs ?? DRAIN_LIMIT_MS))
        say(`${weather}: empty ${Math.round(drainMs ?? -1)} ms after the line was good again`)
      }
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      const drained = Object.fromEntries(WEATHERS.flatMap((weather) => (drains[weather].length === 0 ? [] : [[`${weather.replace(' c', 'C')}DrainMs`, median(drains[weather])]])))
      return {
        figures: { rounds, devices: DEVICES, taps: fleet.saved.size, lost, twice, falselyConfirmed, throughMeanwhile, ...drained },
        broken: [
          ...unless(fleet.saved.size > rounds * DEVICES, 'too few taps to mean anything'),
          ...unless(rounds < WEATHERS.length || throughMeanwhile > 0, 'nothing came through a slow or crumbled line'),
          ...unless(falselyConfirmed === 0, `${falselyConfirmed} taps were shown as confirmed and were not there`),
          ...unless(lost === 0, `${lost} taps were lost`),
          ...unless(twice === 0, `${twice} taps are there twice`),
          ...unless(stuck === 0, `${stuck} times a queue did not drain within ${DRAIN_LIMIT_MS / 1000} s`),
        ],
      }
    } finally {
      await fleet.close()
      way.close()
      await hub.remove()
    }
  },
}
