/** The kiosk's app stands open twice, and the tab that sends is frozen by the browser or crashes. */
import type { Page } from 'playwright-core'
import { arrived, DrilledKiosk, type KioskPage } from '../drilled-kiosk.ts'
import { median, unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import { openPlainBrowser, openWindow } from '../plain-browser.ts'
import { plantBuild } from '../planted-build.ts'
import { browserChanges } from '../plants/browser-plants.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import type { Tap } from '../screen-ledger.ts'

const DRAIN_MS = 5000
const GIVEN_UP_MS = 12_000
const QUIET_MS = 1500
const FIRST = [1, 2]
const SECOND = [3, 4, 5]
/** What becomes of the one that sends: which page, and how. */
const WAYS = ['first tab sleeps', 'window crashes', 'second tab sleeps', 'second tab crashes'] as const

export const kioskTabs: Drill = {
  name: 'kiosk-tabs',
  about: 'the app stands open twice, and the sending one sleeps or crashes with a queue: the one in sight empties it within five seconds, nothing comes twice',
  needs: ['browser'],
  rounds: { light: 4, full: 20 },
  plants: ['lock-never-stolen'],
  run: async ({ rounds, plant, say }) => {
    const build = plantBuild(browserChanges(plant))
    const hub = await startDrilledHub(null, { env: build.env })
    const kiosk = await DrilledKiosk.in(hub, await openPlainBrowser())
    const drains: number[] = []
    const second: Tap[] = []
    const late: string[] = []
    try {
      const app = await kiosk.pairedApp()
      for (let round = 1; round <= rounds; round++) {
        const way = WAYS[(round - 1) % WAYS.length]!
        await app.tap(1, { among: FIRST })
        if (way === 'first tab sleeps') await sleep(app.page)
        const page = way === 'window crashes' ? await openWindow(kiosk.page) : await kiosk.context.newPage()
        const beside = await kiosk.app({ page, taps: second })
        await beside.tap(2, { among: SECOND })
        await hub.kill()
        await beside.tap(2, { among: SECOND })
        if (way === 'second tab sleeps') await sleep(page)
        else if (way !== 'first tab sleeps') await crash(page)
        await hub.startAgain()
        // Somebody comes and looks at the other one; a window beside was in sight all the time.
        if (way.startsWith('second')) await app.page.bringToFront()
        const { ms } = await arrived(hub, second, GIVEN_UP_MS, SECOND)
        drains.push(ms ?? -1)
        if (ms === null || ms > DRAIN_MS) late.push(way)
        if (way === 'first tab sleeps') await wakeUp(app)
        if (way === 'second tab sleeps') await wakeUp(beside)
        await page.close().catch(() => undefined)
        await app.page.bringToFront()
        await app.tap(1, { among: FIRST })
        say(`${round} rounds (${way}), drained after ${Math.round(drains.at(-1)!)} ms`)
      }
      const found = await bothArrived(hub, app.taps, second)
      const thanked = [...app.taps, ...second].filter(({ answer }) => answer === 'thanked').length
      return {
        figures: { rounds, thanked, ...found, drainP50Ms: Math.round(median(drains)), drainSlowestMs: Math.round(Math.max(...drains)) },
        broken: [
          ...unless(thanked >= rounds * 5, 'too few taps to mean anything'),
          ...unless(found.lost === 0, `${found.lost} taps that were thanked for are not at the hub`),
          ...unless(found.twice === 0, `${found.twice} answers at the hub have no tap of their own`),
          ...unless(late.length === 0, `${late.length} times the queue was not empty within ${DRAIN_MS / 1000} s: ${[...new Set(late)].join(', ')}`),
        ],
      }
    } finally {
      await kiosk.remove()
      await hub.remove()
      build.remove()
    }
  },
}

const bothArrived = async (hub: HubProcess, first: readonly Tap[], second: readonly Tap[]): Promise<{ readonly lost: number; readonly twice: number }> => {
  const all = [await arrived(hub, first, 10_000, FIRST), await arrived(hub, second, 10_000, SECOND)]
  return { lost: all.reduce((sum, { lost }) => sum + lost, 0), twice: all.reduce((sum, { extra }) => sum + extra, 0) }
}

const setLifecycle = async (page: Page, state: 'frozen' | 'active'): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  // It lasts as long as this session.
  await session.send('Page.setWebLifecycleState', { state })
}
const sleep = async (page: Page): Promise<void> => {
  // A browser puts nothing to sleep that is still writing; what the last tap left to do takes no longer.
  await pause(QUIET_MS)
  await setLifecycle(page, 'frozen')
}

const wakeUp = async (asleep: KioskPage): Promise<void> => {
  await setLifecycle(asleep.page, 'active')
  await asleep.page.bringToFront()
}

/** The command itself never gets an answer. */
const crash = async (page: Page): Promise<void> => {
  const crashed = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  void session.send('Page.crash').catch(() => undefined)
  await crashed
}
