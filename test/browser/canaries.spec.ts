import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { closeKeyboard, fillBasket, skipUntil } from '#hub/tools/tour/shopper-tour.ts'
import { press } from '#hub/tools/tour/tour.ts'
import { CANARIES, canariesIn, canariesInFiles, COMMENT, textOfHeap, textOfPage } from './harness/canaries.ts'
import { attracted, startVisit } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const METRICS_TOKEN = 'a-token-of-at-least-thirty-two-characters'

let store: StoreFloor
let page: Page
beforeAll(async () => {
  store = await StoreFloor.open({ env: { METRICS_TOKEN } })
  const kiosk = await store.browser({ reducedMotion: true })
  page = kiosk.page
  await store.pair(kiosk, 'shopper')
  await attracted(page)
})
afterAll(() => store.close())

/** Back, step by step; the heading tells one screen from the next. */
const home = async (): Promise<void> => {
  for (let step = 0; step < 4; step++) {
    const before = await page.getByRole('heading', { level: 1 }).first().innerText()
    if (before === 'Was suchen Sie?') return
    await press(page, /^Zurück$/)
    await page.waitForFunction((words) => (document.querySelector('h1')?.innerText ?? words) !== words, before)
  }
}

/** As a keyboard does it: what tools say to a field stays in their own memory of the page. */
const type = async (field: Locator, words: string): Promise<void> => {
  await field.focus()
  await page.keyboard.insertText(words)
}

/** Writes something of its own everywhere a shopper can write. */
const leaveCanaries = async (): Promise<void> => {
  await startVisit(page)
  await type(page.getByRole('textbox', { name: 'Artikel suchen' }), CANARIES.searched)
  await page.getByRole('heading', { name: /Treffer$/ }).waitFor()
  await closeKeyboard(page)
  await press(page, /^Zurück$/)
  await page.evaluate((code) => {
    for (const key of [...code, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, CANARIES.scanned)
  await fillBasket(page)
  await press(page, /^Korb öffnen/)
  await press(page, /^Gutschein eingeben$|^Gutscheincode|Code/)
  await type(page.getByRole('region', { name: /Code/ }).getByRole('textbox'), CANARIES.offerCode)
  await closeKeyboard(page)
  await page.getByRole('region', { name: /Code/ }).locator('form').evaluate((form: HTMLFormElement) => form.requestSubmit())
  await home()
  await press(page, /^Korb vom Handy holen$/)
  await type(page.getByRole('textbox'), CANARIES.basketCode)
  await closeKeyboard(page)
  await page.locator('main form, form').first().evaluate((form: HTMLFormElement) => form.requestSubmit())
  await home()
  await press(page, 'Wie war es heute?')
  await press(page, /^schlecht$/)
  await press(page, /^Gern$/)
  const words = page.locator('textarea')
  await page.getByRole('button', { name: 'Überspringen' }).waitFor()
  await skipUntil(page, words)
  await type(words, COMMENT)
  await closeKeyboard(page)
  await press(page, /^Absenden$/)
  await words.waitFor({ state: 'detached' })
  const contact = page.getByRole('textbox', { name: 'E-Mail oder Telefon' })
  await skipUntil(page, contact)
  await type(contact, CANARIES.contact)
  await page.getByRole('checkbox').check()
  await closeKeyboard(page)
  expect(canariesIn(await textOfPage(page))).toContain('contact')
  await press(page, /^Absenden$/)
  await contact.waitFor({ state: 'detached' })
}

describe('what a shopper wrote', () => {
  it('is on the hub, and with the next shopper nowhere on the kiosk: no page, storage, private file, cache or script holds it', async () => {
    await leaveCanaries()
    // By the page's own clock: one that tests turn keeps what it saw.
    await skipUntil(page, page.getByRole('button', { name: 'Beenden' }))
    await press(page, 'Beenden')
    await attracted(page)
    await page.getByText(/^gesichert um/).waitFor()
    await expect.poll(async () => canariesIn(await textOfPage(page))).toEqual([])
    expect(canariesIn(await textOfHeap(await page.context().newCDPSession(page)))).toEqual([])
    // The same looks find what is there.
    await page.evaluate((word) => Object.assign(globalThis, { planted: [word] }), CANARIES.name)
    expect(canariesIn(await textOfHeap(await page.context().newCDPSession(page)))).toEqual(['name'])
    await page.evaluate((word) => { delete (globalThis as { planted?: unknown }).planted; localStorage.setItem('x', word) }, CANARIES.phone)
    expect(canariesIn(await textOfPage(page))).toEqual(['phone'])
    await page.evaluate(() => localStorage.clear())
    await startVisit(page)
    expect(canariesIn(await textOfPage(page))).toEqual([])
  })

  it('is in no other session of the store', async () => {
    for (const app of ['shopper', 'staff'] as const) {
      const other = await store.aside({ reducedMotion: true })
      await store.pair(other, app)
      await other.page.locator('#app > *').first().waitFor()
      expect(canariesIn(await textOfPage(other.page)), app).toEqual([])
      await other.context.close()
    }
  })

  it('is in no line of the log and no figure for machines', async () => {
    expect(store.hub.log.length).toBeGreaterThan(3)
    expect(canariesIn(store.hub.log.join('\n'))).toEqual([])
    const metrics = await fetch(`${store.hub.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }).then((reply) => reply.text())
    expect(metrics).toContain('einklang_devices_paired')
    expect(canariesIn(metrics)).toEqual([])
  })

  it('leaves the hub only as it may: the comment with its names and numbers masked, and nothing of what was searched, scanned or typed in', async () => {
    const run = (...args: readonly string[]): string => execFileSync(process.execPath, ['hub/tools/export.ts', ...args, '--data', store.hub.dataDir], { cwd: ROOT, encoding: 'utf8' })
    for (const format of ['csv', 'json']) expect(canariesIn(run('feedback', '--format', format))).toEqual(['open'])
    expect(canariesIn(run('feedback', '--coarse'))).not.toEqual(expect.arrayContaining(['name', 'mail', 'phone', 'contact']))
    // Contacts lie sealed: the console opens them for whoever holds the hub's key.
    expect(canariesIn(run('contacts'))).toEqual(['contact'])
    await store.hub.backUp()
    expect([...new Set(canariesInFiles(store.hub.dataDir).map((found) => found.split(' ')[0]))]).toEqual(['open'])
  })

  it('is in no file of the browser, after it was closed and after its power was cut', async () => {
    const { profile } = store
    await store.killBrowser()
    expect(canariesInFiles(profile)).toEqual([])
    writeFileSync(join(profile, 'Default', 'planted'), Buffer.from(CANARIES.contact, 'utf16le'))
    expect(canariesInFiles(profile)).toEqual(['contact in /Default/planted'])
  })
})
