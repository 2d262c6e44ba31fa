/** How the kiosk feels on an old tablet: time to the first screen, the slowest tap and the slowest way to another screen, the hub gone and the processor six times slower. */
import type { Locator, Page } from 'playwright-core'
import { openBrowser, slowDown } from '../rig/browser-session.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { missingFiles } from '../rig/worker-files.ts'
import { START } from '../tour/shopper-tour.ts'
import { compare, median, type Comparison } from './measure.ts'
import { TapTrace } from './tap-trace.ts'

const SLOWER = 6
const STARTS = 5
const READY_LIMIT_MS = 30_000

export const appStart = async (): Promise<readonly Comparison[]> => {
  const hub = await HubProcess.start()
  const session = await openBrowser({ width: 1080, height: 1920 })
  try {
    const { page } = session
    await makeReady(page, hub)
    const address = `${hub.url}/shopper/`
    await hub.kill()
    await slowDown(page, SLOWER)
    const starts = { ours: [] as number[], peer: [] as number[] }
    const snapshot = await page.evaluate(() => document.documentElement.outerHTML.replaceAll(/<script[\s\S]*?<\/script>/g, ''))
    await page.route('**/floor', (route) => route.fulfill({ contentType: 'text/html', body: `${snapshot}<script>${RECORD}</script>` }))
    await page.addInitScript(RECORD)
    for (let start = 0; start < STARTS; start++) {
      starts.ours.push(await firstScreen(page, address))
      starts.peer.push(await firstScreen(page, new URL('/floor', address).href))
    }
    await firstScreen(page, address)
    const taps = { ours: await measureTaps(page, shop(page)), peer: await measureTaps(page, pressBareButton(page)) }
    return [
      compare('app-start', `ms to the first screen through the worker, processor ${SLOWER}× slower; at most 1000`, median(starts.ours), median(starts.peer), 'the same screen as a page without any program'),
      compare('slowest-tap', `ms from touch to picture, processor ${SLOWER}× slower; at most 100`, taps.ours.slowest, taps.peer.slowest, BARE),
      compare('tap-work', `ms of the page's own thread from touch to picture, slowest tap, processor ${SLOWER}× slower; whatever else the machine does`, taps.ours.work, taps.peer.work, BARE),
      compare('next-screen', `ms from touch until the next screen stands, slowest of the visit, processor ${SLOWER}× slower`, taps.ours.screen, taps.peer.slowest, BARE),
    ]
  } finally {
    await session.close()
    await hub.remove()
  }
}

const makeReady = async (page: Page, hub: HubProcess): Promise<void> => {
  await page.goto(`${hub.url}/shopper/#pair=${hub.codeFor('kiosk')}`)
  await page.locator('main.attract h1').waitFor({ timeout: READY_LIMIT_MS })
  const endsAt = performance.now() + READY_LIMIT_MS
  while ((await missingFiles(page)).length > 0) {
    if (performance.now() > endsAt) throw new Error('the worker did not fetch all of its files')
    await page.waitForTimeout(100)
  }
}

/** Runs in the page before anything else: notes when the first heading was drawn. */
const RECORD = `
  (() => {
    const look = () => {
      if (!document.querySelector('main h1')) return requestAnimationFrame(look)
      requestAnimationFrame(() => { globalThis.firstScreenAt ??= performance.now() })
    }
    look()
  })()`

const firstScreen = async (page: Page, address: string): Promise<number> => {
  await page.goto(address)
  const at = await page.waitForFunction(() => (globalThis as { firstScreenAt?: number }).firstScreenAt)
  return Number(await at.jsonValue())
}

const BARE = 'a bare button that changes one word'

type Taps = {
  /** The longest of all taps as the browser itself counts them: until the picture that answers them. */
  readonly slowest: number
  readonly work: number
  /** The longest wait for another screen; 0 where none was opened. */
  readonly screen: number
}

const measureTaps = async (page: Page, work: (tap: Tap) => Promise<void>): Promise<Taps> => {
  await page.evaluate(() => {
    const slow: number[] = []
    Object.assign(globalThis, { slow })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ((entry as PerformanceEventTiming).interactionId) slow.push(entry.duration)
    }).observe({ type: 'event', buffered: false, durationThreshold: 16 } as PerformanceObserverInit)
  })
  const trace = await TapTrace.start(page)
  const screens: number[] = []
  await work(async (target, leads) => {
    await trace.mark()
    if (leads) await page.evaluate(WATCH_SCREEN)
    await tapOn(page, target)
    if (leads) screens.push(Number(await (await page.waitForFunction(() => (globalThis as { screenMs?: number }).screenMs)).jsonValue()))
  })
  const works = await trace.stop()
  await page.waitForTimeout(500)
  const slow = await page.evaluate(() => (globalThis as unknown as { slow: number[] }).slow)
  return { slowest: Math.max(16, ...slow), work: Math.max(...works), screen: Math.max(0, ...screens) }
}

/** Runs in the page before a tap: notes when another heading has been drawn. */
const WATCH_SCREEN = `
  (() => {
    const before = document.querySelector('h1')?.textContent
    globalThis.screenMs = undefined
    addEventListener('pointerdown', ({ timeStamp }) => {
      const look = () => {
        if (document.querySelector('h1')?.textContent === before) return requestAnimationFrame(look)
        requestAnimationFrame(() => setTimeout(() => { globalThis.screenMs = performance.now() - timeStamp }))
      }
      requestAnimationFrame(look)
    }, { capture: true, once: true })
  })()`

/** `leads`: to another screen. */
type Tap = (target: Locator, leads?: 'on') => Promise<void>

/** Nobody touches the next thing before the last one is drawn. */
const tapOn = async (page: Page, target: Locator): Promise<void> => {
  await target.tap()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))))
}

const shop = (page: Page) => async (tap: Tap): Promise<void> => {
  const button = (name: RegExp): Locator => page.getByRole('button', { name }).first()
  const card = (place: number): Locator => page.locator('article').nth(place)
  await tap(button(/^Anzeige 1$/))
  await tap(button(START), 'on')
  await tap(button(/^Brot & Kuchen$/), 'on')
  for (const article of [0, 1, 2]) await tap(card(article).getByRole('button', { name: /^In den Korb/ }))
  await tap(button(/^Korb öffnen/), 'on')
  await tap(button(/: eins mehr$/))
  await tap(button(/^Zurück$/), 'on')
  await tap(card(0).getByRole('button').first(), 'on')
  await tap(button(/^In den Korb$|: eins mehr$/))
}

const pressBareButton = (page: Page) => async (tap: Tap): Promise<void> => {
  await page.evaluate(() => {
    document.body.innerHTML = '<button style="font-size:3rem">0</button>'
    const button = document.querySelector('button')!
    button.addEventListener('click', () => {
      button.textContent = String(Number(button.textContent) + 1)
    })
  })
  for (let press = 0; press < 8; press++) await tap(page.locator('button'))
}
