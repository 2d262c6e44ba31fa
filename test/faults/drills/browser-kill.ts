/** The browser of a kiosk is killed again and again in the middle of taps. */
import { DrilledKiosk, answersAtHub, arrived, arrivedInAnyOrder, storyOf } from '../drilled-kiosk.ts'
import { median, percentile, unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import { plantBuild } from '../planted-build.ts'
import { browserChanges } from '../plants/browser-plants.ts'

const USABLE_MS = 3000
/** In every such round the hub is gone too, and the kiosk starts from what it holds. */
const ALONE_EVERY = 3

export const browserKill: Drill = {
  name: 'browser-kill',
  about: 'kill -9 of the whole browser in the middle of taps: what was thanked for is at the hub, once; the kiosk is usable again within three seconds',
  needs: ['browser'],
  rounds: { light: 3, full: 50 },
  plants: ['thanks-before-saved'],
  run: async ({ rounds, plant, say }) => {
    const build = plantBuild(browserChanges(plant))
    const hub = await startDrilledHub(null, { env: build.env })
    let kiosk = await DrilledKiosk.open(hub)
    const starts: number[] = []
    try {
      let app = await kiosk.pairedApp()
      const { taps } = app
      for (let round = 1; round <= rounds; round++) {
        const alone = round % ALONE_EVERY === 0
        if (alone) await hub.kill()
        const before = app.thanked
        app.startTapping()
        await app.untilThanked(before + 1 + (round % 3), 20_000)
        // Anywhere between two taps, and within one.
        await pause((round * 37) % 180)
        await kiosk.kill()
        const from = performance.now()
        kiosk = await DrilledKiosk.open(hub, { profile: kiosk.profile })
        app = await kiosk.app({ taps })
        starts.push(performance.now() - from)
        if (alone) await hub.startAgain()
        say(`${round} kills, ${app.thanked} thanked`)
      }
      const { lost, ms } = await arrived(hub, taps, 20_000)
      // A tap that died between its two copies comes back out of the second one after the start, when a new one may have been quicker: it may come late, not twice.
      const { extra } = await arrivedInAnyOrder(hub, taps, 0)
      const atHub = answersAtHub(hub.dataDir).length
      const startP50Ms = Math.round(median(starts))
      return {
        figures: { kills: rounds, thanked: app.thanked, unanswered: taps.filter(({ answer }) => answer === null).length, atHub, lost, twice: extra, usableP50Ms: startP50Ms, usableP95Ms: Math.round(percentile(starts, 0.95)), drainMs: Math.round(ms ?? -1) },
        broken: [
          ...unless(app.thanked >= rounds, 'too few taps to mean anything'),
          ...unless(lost === 0, `${lost} taps that were thanked for are not at the hub`),
          ...unless(extra === 0, `${extra} answers at the hub have no tap of their own: ${storyOf(hub, taps)}`),
          ...unless(startP50Ms <= USABLE_MS, `usable only after ${startP50Ms} ms`),
        ],
      }
    } finally {
      await kiosk.remove()
      await hub.remove()
      build.remove()
    }
  },
}
