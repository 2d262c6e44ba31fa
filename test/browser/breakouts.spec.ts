import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CDPSession, Page } from 'playwright-core'
import { attracted, startVisit } from './harness/shopper.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'
import { FOR_THE_SYSTEM, WAYS_OUT } from './harness/ways-out.ts'

/** Kinds of events whose cancelling is looked at. */
const HEARD = ['keydown', 'mousedown', 'mouseup', 'auxclick', 'wheel', 'touchmove', 'contextmenu', 'dragstart', 'dragover', 'drop']

let store: StoreFloor
let kiosk: StoryDevice
let cdp: CDPSession
/** Everything that came up beside the page. */
const cameUp: string[] = []

beforeAll(async () => {
  store = await StoreFloor.open()
  kiosk = await store.browser({ reducedMotion: true })
  await store.pair(kiosk, 'shopper')
  await attracted(kiosk.page)
  const { page, context } = kiosk
  await context.addInitScript((kinds) => {
    const heard: [kind: string, cancelled: boolean][] = []
    Object.assign(globalThis, { heard })
    for (const kind of kinds) addEventListener(kind, (event) => void setTimeout(() => heard.push([kind, event.defaultPrevented]), 0), { capture: true, passive: true })
  }, HEARD)
  context.on('page', (other) => cameUp.push(`a page: ${other.url()}`))
  page.on('dialog', (dialog) => { cameUp.push(`a dialog: ${dialog.type()}`); void dialog.dismiss() })
  page.on('filechooser', () => cameUp.push('a choice of files'))
  page.on('download', (download) => cameUp.push(`a download: ${download.suggestedFilename()}`))
  page.on('framenavigated', (frame) => { if (!frame.url().startsWith(`${store.hub.url}/shopper/`)) cameUp.push(`another address: ${frame.url()}`) })
  await page.reload()
  cdp = await context.newCDPSession(page)
  await startVisit(page)
})
afterAll(() => store.close())

/** Wherever the last try led inside the app: on the first screen of a visit again. */
const begun = async (page: Page): Promise<void> => {
  if ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape')
  if ((await page.locator('dialog[open]').count()) === 0 && (await page.getByRole('heading', { name: /^Was suchen Sie\?$/ }).isVisible())) return
  await page.reload()
  await attracted(page)
  await startVisit(page)
}

/** What a person who stands there would see of having got out. */
const standingOf = (page: Page) =>
  page.evaluate(() => ({
    path: location.pathname,
    scale: visualViewport?.scale,
    scroll: [scrollX, scrollY],
    isThere: document.querySelector('.app')?.checkVisibility() ?? false,
    selected: getSelection()?.toString() ?? '',
    planted: 'planted' in globalThis || document.body.innerText.includes('planted'),
    frames: frames.length,
  }))
const INSIDE = { path: '/shopper/', scale: 1, scroll: [0, 0], isThere: true, selected: '', planted: false, frames: 0 }

describe('somebody before a kiosk', () => {
  it('may try ninety ways out', () => {
    expect(WAYS_OUT.length).toBeGreaterThanOrEqual(90)
    expect(new Set(WAYS_OUT.map(({ name }) => name)).size).toBe(WAYS_OUT.length)
  })

  it.each(WAYS_OUT)('stays inside: $name', async ({ go, cancels = [] }) => {
    const { page } = kiosk
    await begun(page)
    // What was pressed to get here is written down a moment later.
    await page.evaluate(() => new Promise<void>((resolve) => setTimeout(() => { (globalThis as unknown as { heard: unknown[] }).heard.length = 0; resolve() }, 5)))
    await go({ page, cdp, hubUrl: store.hub.url })
    await page.locator('.app').waitFor()
    await expect.poll(() => standingOf(page), { interval: 20 }).toEqual(INSIDE)
    expect([cameUp, store.hub.log.filter((line) => line.includes('"level":"error"'))]).toEqual([[], []])
    if (cancels.length === 0) return
    // What was done is written down a moment later, and by a page that just began anew not at all.
    const heardOf = (): Promise<[string, boolean][]> => page.evaluate(() => (globalThis as unknown as { heard: [string, boolean][] }).heard)
    await expect.poll(async () => (await heardOf()).map(([kind]) => kind)).toEqual(expect.arrayContaining([...cancels]))
    const heard = await heardOf()
    for (const kind of cancels) {
      const cancelled = heard.filter(([one]) => one === kind).map(([, isCancelled]) => isCancelled)
      expect([kind, cancelled.length > 0 && cancelled.every(Boolean)], JSON.stringify(heard)).toEqual([kind, true])
    }
  })

  it('finds no link, no frame and no choice of files on any screen of the way', async () => {
    const { page } = kiosk
    expect(await page.evaluate(() => document.querySelectorAll('a[href], iframe, object, embed, input[type=file], [target], [download], [contenteditable]').length)).toBe(0)
    expect(kiosk.quiet.complaints.filter((complaint) => complaint.startsWith('foreign request'))).toEqual([])
  })

  it('prints nothing', async () => {
    const { page } = kiosk
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate(() => document.querySelector('.app')?.checkVisibility())).toBe(false)
    await page.emulateMedia({ media: 'screen' })
  })

  it('still writes as anybody does: words, marks, the keys of a field', async () => {
    const { page } = kiosk
    await begun(page)
    const field = page.getByRole('textbox').first()
    await field.focus()
    await page.keyboard.type('Milch & Käse @ 3 €')
    expect(await field.inputValue()).toBe('Milch & Käse @ 3 €')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await expect.poll(() => field.inputValue()).toBe('')
  })

  it('would be seen outside: a window, a question, another address', async () => {
    const { page } = kiosk
    const before = cameUp.length
    await page.evaluate(() => void open('/healthz'))
    await expect.poll(() => cameUp.length).toBeGreaterThan(before)
    await page.evaluate(() => void setTimeout(() => alert('x'), 0))
    await expect.poll(() => cameUp.join()).toContain('a dialog: alert')
    await page.goto(`${store.hub.url}/healthz`)
    await expect.poll(() => cameUp.join()).toContain('another address')
  })
})

describe('what no page hears', () => {
  it('stands in the guide, with what shuts it', () => {
    const guide = readFileSync(new URL('../../kiosk/SET-UP.md', import.meta.url), 'utf8')
    expect(FOR_THE_SYSTEM.filter((name) => !guide.includes(name))).toEqual([])
  })
})
