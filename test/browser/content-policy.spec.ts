import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { attracted } from './harness/shopper.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'

/** What somebody would plant who found a way to write into a page: code, markup and looks of their own, and ways out. Every screen of every tour is listened to alike by the walks in accessibility/. */
const PLANTED: readonly (readonly [what: string, directive: string, plant: () => unknown])[] = [
  ['a script with its text inside', 'require-trusted-types-for', () => { const script = document.createElement('script'); script.append('globalThis.planted = 1'); document.body.append(script) }],
  ['a script of another origin', 'require-trusted-types-for', () => { const script = document.createElement('script'); script.src = 'https://elsewhere.example/x.js'; document.body.append(script) }],
  ['text that becomes markup', 'require-trusted-types-for', () => { document.body.innerHTML = '<img src=x onerror="globalThis.planted = 1">' }],
  ['text that becomes markup at a place', 'require-trusted-types-for', () => document.body.insertAdjacentHTML('beforeend', '<p>x</p>')],
  ['text that becomes code', 'require-trusted-types-for', () => void setTimeout(() => Reflect.construct(Function, ['globalThis.planted = 1'])(), 0)],
  ['a timer with text for code', 'require-trusted-types-for', () => setTimeout('globalThis.planted = 1', 0)],
  ['a handler in an attribute', 'require-trusted-types-for', () => document.body.setAttribute('onclick', 'globalThis.planted = 1')],
  ['a policy of its own', 'trusted-types', () => (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy('evil', { createHTML: (text: string) => text })],
  ['a worker out of a text', 'require-trusted-types-for', () => new Worker(URL.createObjectURL(new Blob(['1'])))],
  ['looks in an attribute', 'style-src-attr', () => document.body.setAttribute('style', 'outline: 1px solid red')],
  ['looks in an element', 'style-src-elem', () => { const style = document.createElement('style'); style.append('body { outline: 1px solid red }'); document.head.append(style) }],
  ['a picture from elsewhere', 'img-src', () => { const image = new Image(); image.src = 'https://elsewhere.example/x.png'; document.body.append(image) }],
  ['a question to elsewhere', 'connect-src', () => void fetch('https://elsewhere.example/').catch(() => undefined)],
  ['a socket to elsewhere', 'connect-src', () => new WebSocket('wss://elsewhere.example/')],
  ['a word for elsewhere at the end', 'connect-src', () => navigator.sendBeacon('https://elsewhere.example/', 'x')],
  ['a frame', 'frame-src', () => { const frame = document.createElement('iframe'); frame.src = 'https://elsewhere.example/'; document.body.append(frame) }],
  ['another base for addresses', 'base-uri', () => { const base = document.createElement('base'); base.href = 'https://elsewhere.example/'; document.head.append(base) }],
  ['a form to elsewhere', 'form-action', () => { const form = document.createElement('form'); form.action = 'https://elsewhere.example/'; document.body.append(form); form.submit() }],
]

let store: StoreFloor
let [kiosk, phone]: StoryDevice[] = []
beforeAll(async () => {
  store = await StoreFloor.open()
  kiosk = await store.browser({ reducedMotion: true })
  await store.pair(kiosk, 'shopper')
  await attracted(kiosk.page)
  phone = await store.aside({ reducedMotion: true })
})
afterAll(() => store.close())

describe('the policy of the hub', () => {
  it('lets a kiosk do all it does: its threads and its worker run, and nothing is complained of', async () => {
    await waitUntilOffline(kiosk!.page)
    expect(kiosk!.page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([expect.stringMatching(/^\/assets\/journal-worker-[\w-]+\.js$/)])
    kiosk!.quiet.verify()
  })

  it.each(PLANTED)('is heard when somebody plants %s', async (_what, directive, plant) => {
    const { page, quiet } = phone!
    await page.goto(`${store.hub.url}/checkout/`)
    const before = quiet.complaints.length
    await page.evaluate(plant).catch(() => undefined)
    await expect.poll(() => quiet.complaints.slice(before).join('\n'), { interval: 20 }).toMatch(new RegExp(`^content security: ${directive} `, 'm'))
    expect(await page.evaluate(() => 'planted' in globalThis)).toBe(false)
    expect(new URL(page.url()).origin).toBe(store.hub.url)
  })

  it('is told to the hub by the browser itself, with the kind of breach and nothing more', async () => {
    const told = (): readonly string[] => store.hub.log.filter((line) => line.includes('a page tried what its policy forbids'))
    await expect.poll(() => told().length).toBeGreaterThan(0)
    expect(told().join('')).not.toContain('elsewhere.example')
  })

  it('starts no thread whose script is not one of ours, though it has the same origin', async () => {
    const { page } = kiosk!
    for (const address of ['/pictures/x.js', '/assets/../x.js', '/api/store', '/shopper/sw.js.map', 'https://elsewhere.example/assets/x.js']) expect(await starts(page, address), address).toBe('TypeError')
  })
})

describe('a page that came unencrypted from another machine', () => {
  it.each(['shopper', 'staff', 'manager', 'checkout'] as const)('says so in red on every screen: %s', async (app) => {
    const { page, context } = await store.aside({ reducedMotion: true })
    const strip = page.locator('.insecure-notice')
    await page.goto(`${store.hub.url}/${app}/`)
    await page.locator('#app > *').first().waitFor()
    expect(await strip.count()).toBe(0)
    // What a browser says of such a page; the tests reach their hub by loopback, which it trusts.
    await context.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }))
    await page.reload()
    await strip.waitFor()
    expect(await strip.innerText()).toMatch(/^Ungesicherte Verbindung.*Not encrypted/)
    expect(await strip.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(163, 22, 11)')
    await context.close()
  })
})

const starts = (page: Page, address: string): Promise<string> =>
  page.evaluate((url) => {
    try {
      new Worker(url).terminate()
      return 'started'
    } catch (error) {
      return (error as Error).name
    }
  }, address)
