/** A hub is updated, put back and updated again under a kiosk in a real browser: the whole product of the protocol version before, and that of today. */
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { arrivedInAnyOrder, DrilledKiosk, type KioskPage } from '../drilled-kiosk.ts'
import { unless, type Drill } from '../drill.ts'
import { hubAs } from '../drilled-hub.ts'
import { earlierVersion, type EarlierVersion } from '../earlier-version.ts'
import { pause } from '../fleet.ts'
import { DIST, plantBuild } from '../planted-build.ts'
import { BROWSER_PLANTS, browserChanges } from '../plants/browser-plants.ts'
import { HubProcess } from '#hub/tools/rig/hub-process.ts'
import type { Tap } from '../screen-ledger.ts'

const DRAIN_MS = 20_000
const UPDATE_MS = 60_000
const PUT_ASIDE = 'put-aside.sqlite'
const REFUSED = 'neue Version wird geholt, alles bleibt gespeichert'

type Tally = { thanked: number; lost: number; twice: number; refused: number }

export const kioskVersions: Drill = {
  name: 'kiosk-versions',
  about: 'the hub is updated under a kiosk, put back to its old version and data, and updated again: an old kiosk is served, a too new one says so and waits, nothing is lost or doubled',
  needs: ['browser', 'history'],
  rounds: { light: 1, full: 10 },
  plants: ['version-forgotten', 'outbox-elsewhere'],
  run: async ({ rounds, from, plant, say }) => {
    const earlier = earlierVersion()
    const inBrowser = plant !== null && plant in BROWSER_PLANTS
    const build = plantBuild(browserChanges(inBrowser ? plant : null))
    const today = { ...hubAs(inBrowser ? null : plant), ...build.env }
    const tally: Tally = { thanked: 0, lost: 0, twice: 0, refused: 0 }
    const broken: string[] = []
    try {
      for (let round = from; round < from + rounds; round++) {
        broken.push(...(await oneUpdate(earlier, today, round % 2 === 0, tally)).map((what) => `round ${round}: ${what}`))
        say(`${round} updates: ${JSON.stringify(tally)}`)
      }
      return {
        figures: { updates: rounds, ...tally },
        broken: [
          ...broken,
          ...unless(tally.thanked >= rounds * 16, 'too few taps to mean anything'),
          ...unless(tally.lost === 0, `${tally.lost} taps that were thanked for are not at the hub`),
          ...unless(tally.twice === 0, `${tally.twice} answers at the hub have no tap of their own`),
        ],
      }
    } finally {
      build.remove()
      earlier.remove()
    }
  },
}

type Clothes = Readonly<Record<string, string>>

/** `appsToo`: with the hub its apps are put back as well, and the kiosk follows; otherwise it is too new for its hub. */
const oneUpdate = async (earlier: EarlierVersion, today: Clothes, appsToo: boolean, tally: Tally): Promise<readonly string[]> => {
  const hub = await HubProcess.start({ root: earlier.root })
  const kiosk = await DrilledKiosk.open(hub)
  const broken: string[] = []
  try {
    const { taps } = await kiosk.pairedApp()
    const tap = (times: number): Promise<void> => kiosk.last.tap(times)
    await tap(3)
    await arrivedInAnyOrder(hub, taps, DRAIN_MS)
    await hub.stop()
    copyFileSync(join(hub.dataDir, 'hub.sqlite'), join(hub.dataDir, PUT_ASIDE))

    // The hub is of today, the kiosk still has its old app.
    await tap(2)
    await hub.startAgain({ ...today, APP_FILES: earlier.apps })
    await tap(2)
    const { ms } = await arrivedInAnyOrder(hub, taps, DRAIN_MS)
    if (ms === null) broken.push('an old kiosk waits in vain at the new hub')

    // It gets today's app, while something waits.
    await hub.kill()
    await tap(2)
    await hub.startAgain(today)
    await updated(kiosk, taps)
    await tap(2)
    await arrivedInAnyOrder(hub, taps, DRAIN_MS)

    // Somebody puts the old hub back, with its data of then.
    await hub.stop()
    for (const end of ['-wal', '-shm']) rmSync(join(hub.dataDir, `hub.sqlite${end}`), { force: true })
    copyFileSync(join(hub.dataDir, PUT_ASIDE), join(hub.dataDir, 'hub.sqlite'))
    await hub.startAgain({ APP_FILES: appsToo ? earlier.apps : (today['APP_FILES'] ?? DIST) }, earlier.root)
    if (appsToo) await updated(kiosk, taps)
    await tap(3)
    if (!appsToo) {
      tally.refused += 1
      const said = await wordsAtEdge(kiosk.last)
      if (said !== REFUSED) broken.push(`the kiosk does not say that it is too new for its hub, it says: ${said}`)
    }

    await hub.stop()
    await hub.startAgain(today)
    await updated(kiosk, taps)
    await tap(2)
    const { lost, extra } = await arrivedInAnyOrder(hub, taps, DRAIN_MS)
    tally.thanked += kiosk.last.thanked
    tally.lost += lost
    tally.twice += extra
    return broken
  } finally {
    await kiosk.remove()
    await hub.remove()
  }
}

/** Until the kiosk runs the app that its hub serves; it takes it by itself while nobody uses it. */
const updated = async (kiosk: DrilledKiosk, taps: Tap[]): Promise<void> => {
  const html = await (await fetch(`${kiosk.hub.url}/shopper/`)).text()
  const wanted = /\/assets\/[\w.-]+\.js/.exec(html)?.[0]
  if (wanted === undefined) throw new Error('the hub serves no app')
  await kiosk.app({ taps })
  for (const from = performance.now(); performance.now() - from < UPDATE_MS; await pause(250)) {
    const here = await kiosk.page.evaluate((file) => [...document.scripts].some(({ src }) => src.endsWith(file)), wanted).catch(() => false)
    if (here) return kiosk.last.usable()
  }
  throw new Error('the kiosk did not take the version that its hub serves')
}

/** In the shop, at the lower edge. */
const wordsAtEdge = async ({ page }: KioskPage): Promise<string> => {
  await page.getByRole('button', { name: 'Einkauf beginnen' }).click({ timeout: 10_000 })
  const said = await page.getByText(REFUSED).first().waitFor({ timeout: 15_000 }).then(() => true, () => false)
  return said ? REFUSED : (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ').slice(-300)
}
