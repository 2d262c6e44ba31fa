/** How the kiosk feels on an old tablet, the hub gone and the processor six times slower: time to the first screen, and what `app-start-taps.ts` measures of whole visits. */
import type { Page } from 'playwright-core'
import { openBrowser, slowDown } from '../rig/browser-session.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { missingFiles } from '../rig/worker-files.ts'
import { compare, median, type Comparison } from './measure.ts'
import { measureVisits } from './app-start-taps.ts'

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
    return [
      compare('app-start', `ms to the first screen through the worker, processor ${SLOWER}× slower; at most 1000`, median(starts.ours), median(starts.peer), 'the same screen as a page without any program'),
      ...(await measureVisits(page, () => firstScreen(page, address), SLOWER)),
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
