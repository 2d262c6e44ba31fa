import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeProfile, openBrowser, removeProfile, type BrowserSession } from '#hub/tools/rig/browser-session.ts'
import { HubProcess } from '#hub/tools/rig/hub-process.ts'
import { waitUntilOffline } from './harness/worker-state.ts'

const DIST = new URL('../../dist', import.meta.url).pathname
type Precache = readonly { readonly url: string; readonly revision: string | null }[]
const precacheOf = (app: string): Precache => JSON.parse(/precache":(\[.*?\])/.exec(readFileSync(join(DIST, app, 'sw.js'), 'utf8'))![1]!)

let hub: HubProcess
let session: BrowserSession | null = null
let profile = ''
const open = async (): Promise<BrowserSession> => (session = await openBrowser({ profile }))

beforeEach(async () => {
  profile = makeProfile()
  hub = await HubProcess.start()
})
afterEach(async () => {
  await session?.close()
  session = null
  removeProfile(profile)
  await hub.remove()
})

describe('the worker of an installed app', () => {
  it.each(['shopper', 'staff', 'manager'])('keeps exactly what %s can ever load, and the hub has all of it', async (app) => {
    const urls = precacheOf(app).map(({ url }) => url)
    const answers = await Promise.all(urls.map(async (url) => [url, (await fetch(hub.url + url)).status] as const))
    expect(answers.filter(([, status]) => status !== 200)).toEqual([])
    expect(urls).toContain(`/${app}/index.html`)
    expect(urls.filter((url) => /^\/(shopper|staff|manager|checkout)\//.test(url))).toEqual([`/${app}/index.html`])
    const html = await (await fetch(`${hub.url}/${app}/`)).text()
    for (const [, file] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect(urls).toContain(file)
  })

  it.each(['shopper', 'staff', 'manager'])('starts %s from a cold browser with the hub gone, at any of its addresses', async (app) => {
    const { page, kill } = await open()
    await page.goto(`${hub.url}/${app}/`)
    await waitUntilOffline(page)
    await hub.kill()
    await kill()
    const again = await open()
    const reply = await again.page.goto(`${hub.url}/${app}/some/screen?x=1`)
    expect(reply?.fromServiceWorker()).toBe(true)
    await expect.poll(() => again.page.locator('body *:visible').count()).toBeGreaterThan(1)
  })

  it('does not exist on a shopper’s phone', async () => {
    const { page } = await open()
    await page.goto(`${hub.url}/checkout/`)
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
    expect(await page.locator('link[rel=manifest]').count()).toBe(0)
    expect((await fetch(`${hub.url}/checkout/sw.js`)).status).toBe(404)
  })
})

describe('a new version of the shopper app', () => {
  it('is fetched, takes over by itself while nobody shops, and can be withdrawn for good', async () => {
    const { page } = await open()
    await page.goto(`${hub.url}/shopper/`)
    await waitUntilOffline(page)
    await page.reload()
    const next = nextBuild()
    try {
      await hub.stop()
      await hub.startAgain({ APP_FILES: next.folder })
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update())
      await expect.poll(() => page.locator('meta[name=build]').getAttribute('content').catch(() => null)).toBe('next')
      next.switchOff()
      await hub.stop()
      await hub.startAgain({ APP_FILES: next.folder })
      await page.goto(`${hub.url}/shopper/`)
      await expect.poll(() => page.evaluate(remains)).toEqual({ workers: 0, files: 0 })
    } finally {
      rmSync(next.folder, { recursive: true, force: true })
    }
  })
})

/** Runs in the page. */
const remains = async (): Promise<{ readonly workers: number; readonly files: number }> => {
  const registrations = await navigator.serviceWorker.getRegistrations()
  const files = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length))
  return { workers: registrations.length, files: files.reduce((sum, n) => sum + n, 0) }
}

/** The build as it is now with another page, as the next release would bring it. */
const nextBuild = (): { readonly folder: string; readonly switchOff: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-build-'))
  cpSync(DIST, folder, { recursive: true })
  const rewrite = (file: string, change: (text: string) => string): void => {
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
    for (const packed of ['.br', '.gz']) rmSync(join(folder, file + packed), { force: true })
  }
  const revision = precacheOf('shopper').find(({ url }) => url === '/shopper/index.html')!.revision!
  rewrite('shopper/index.html', (html) => html.replace('<head>', '<head><meta name="build" content="next">'))
  rewrite('shopper/sw.js', (code) => code.replaceAll(revision, 'next'))
  return { folder, switchOff: () => rewrite('shopper/worker-off.json', () => '{"off":true}\n') }
}
