import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { closeKeyboard, skipUntil } from '#hub/tools/tour/shopper-tour.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { attracted, readyKiosk, startVisit } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

/** Words that nothing but this one visit has. */
const SEARCHED = 'vanilleeis'
const WRITTEN = 'Die Schlange war zu lang, sagt Frau Zwiebelfisch.'
const CONTACT = 'zwiebelfisch@example.org'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a kiosk that was left in the middle of a visit', () => {
  it('warns, then forgets the person: nothing is left in the page, its storages, its address or its history', async () => {
    const { page } = await readyKiosk(store)
    await page.clock.install()
    await page.reload()
    await attracted(page)
    await leaveTraces(page)
    const before = await tracesOf(page)
    expect(before.page).toContain('zwiebelfisch')

    await page.clock.fastForward(155_000)
    await page.getByRole('dialog', { name: 'Sind Sie noch da?' }).waitFor()
    await page.clock.fastForward(31_000)
    await attracted(page)

    await expect.poll(async () => (await tracesOf(page)).all).not.toMatch(/zwiebelfisch|vanilleeis|schlange/i)
    const after = await tracesOf(page)
    expect(after.basket).toBe(0)
    expect(after.historyState).toBe('null')
    expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/shopper/')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await startVisit(page)
    expect(await page.getByRole('button', { name: /^Korb öffnen/ }).innerText()).not.toMatch(/€/)
    expect(await page.getByRole('textbox').first().inputValue()).toBe('')
  })

  it('goes on at a touch or a key during the warning, which does nothing else', async () => {
    const { page } = await readyKiosk(store)
    await page.clock.install()
    await page.reload()
    await attracted(page)
    await startVisit(page)
    const tile = page.getByRole('region', { name: 'Bereiche' }).getByRole('button').first()
    const place = (await tile.boundingBox())!
    for (const wake of [() => page.touchscreen.tap(place.x + place.width / 2, place.y + place.height / 2), () => page.keyboard.press('Enter'), () => page.keyboard.press('Space')]) {
      await tile.focus()
      await page.clock.fastForward(80_000)
      await page.getByRole('dialog', { name: 'Sind Sie noch da?' }).waitFor()
      await wake()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await page.clock.runFor(1000)
      await seesHeading(page, /^Was suchen Sie\?$/)
    }
  })
})

const leaveTraces = async (page: Page): Promise<void> => {
  await startVisit(page)
  await page.getByRole('textbox', { name: 'Artikel suchen' }).fill(SEARCHED)
  await page.getByRole('heading', { name: /Treffer$/ }).waitFor()
  await closeKeyboard(page)
  await page.locator('article').first().getByRole('button', { name: /^In den Korb/ }).click()
  await press(page, /^Zurück$/)
  await press(page, 'Wie war es heute?')
  await press(page, /^schlecht$/)
  await press(page, /^Gern$/)
  const words = page.locator('textarea')
  await page.getByRole('button', { name: 'Überspringen' }).waitFor()
  await skipUntil(page, words)
  await words.fill(WRITTEN)
  await closeKeyboard(page)
  await press(page, /^Absenden$/)
  const contact = page.getByRole('textbox', { name: 'E-Mail oder Telefon' })
  await words.waitFor({ state: 'detached' })
  await skipUntil(page, contact)
  await contact.fill(CONTACT)
}

type Traces = { readonly all: string; readonly page: string; readonly basket: number; readonly historyState: string }

/** Everything a later visitor, or somebody with the developer tools open, could find. */
const tracesOf = async (page: Page): Promise<Traces> =>
  page.evaluate(async () => {
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].map(({ value }) => value)
    const stores: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!)
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(opening.error))
      })
      for (const store of database.objectStoreNames) {
        // What every device of the store knows is nobody's trace.
        if (/release|document|item|snapshot/i.test(store)) continue
        const rows = await new Promise((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll()
          reading.addEventListener('success', () => resolve(reading.result))
        })
        stores.push({ name, store, rows })
      }
      database.close()
    }
    const pageText = `${document.documentElement.outerHTML} ${fields.join(' ')}`
    const kept = JSON.stringify({ stores, local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie, address: location.href, name: window.name })
    return { all: `${pageText} ${kept}`.toLowerCase(), page: pageText.toLowerCase(), basket: document.querySelectorAll('.count').length, historyState: JSON.stringify(history.state) }
  })
