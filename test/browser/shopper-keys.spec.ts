import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seesHeading } from '#hub/tools/tour/tour.ts'
import { reach } from './harness/keyboard.ts'
import { attracted, readyKiosk, startVisit, totalOf } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(async () => {
  await store.close()
  store.verifyQuiet()
})

describe('the keys on the screen', () => {
  it.each(['finger', 'mouse'])('do not take the button away that a %s is about to press', async (by) => {
    const { page } = await readyKiosk(store)
    await startVisit(page)
    await page.getByRole('textbox', { name: 'Artikel suchen' }).fill('milch')
    await page.getByRole('group', { name: 'Bildschirmtastatur' }).waitFor()
    const back = (await page.getByRole('button', { name: 'Zurück' }).boundingBox())!
    const [x, y] = [back.x + back.width / 2, back.y + back.height / 2]
    if (by === 'finger') await page.touchscreen.tap(x, y)
    else await page.mouse.click(x, y, { delay: 80 })
    await seesHeading(page, /^Was suchen Sie\?$/)
  })
})

describe('the focus under a finger', () => {
  const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  it('stays where it is: the heading of the screen', async () => {
    const { page } = await readyKiosk(store)
    await startVisit(page)
    await page.getByRole('button', { name: 'Brot & Kuchen' }).tap()
    await seesHeading(page, /^Brot & Kuchen$/)
    await page.locator('article').first().getByRole('button', { name: /^In den Korb/ }).tap()
    await page.getByRole('button', { name: /^Korb öffnen, 1 / }).waitFor()
    await expect.poll(() => focused(page)).toBe('Brot & Kuchen')
  })
  it('follows it out of a field, whose keys go', async () => {
    const { page } = await readyKiosk(store)
    await startVisit(page)
    await page.getByRole('textbox', { name: 'Artikel suchen' }).fill('milch')
    await page.getByRole('group', { name: 'Bildschirmtastatur' }).waitFor()
    await page.locator('article').first().getByRole('button', { name: /^In den Korb/ }).tap()
    await page.getByRole('group', { name: 'Bildschirmtastatur' }).waitFor({ state: 'detached' })
  })
  it('follows it as ever where somebody uses a keyboard', async () => {
    const { page } = await readyKiosk(store)
    await startVisit(page)
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Brot & Kuchen' }).waitFor()
    await page.evaluate(() => addEventListener('mousedown', (event) => Object.assign(globalThis, { moved: !event.defaultPrevented })))
    await page.getByRole('button', { name: 'Brot & Kuchen' }).tap()
    await seesHeading(page, /^Brot & Kuchen$/)
    expect(await page.evaluate(() => (globalThis as { moved?: boolean }).moved)).toBe(true)
  })
})

describe('a keyboard alone', () => {
  it('gets from the first screen through basket, code and feedback to the goodbye', async () => {
    const { page } = await readyKiosk(store)
    await attracted(page)
    await reach(page, page.getByRole('button', { name: 'Anzeige 1' }))
    await reach(page, page.getByRole('button', { name: 'Einkauf beginnen' }))
    await seesHeading(page, /^Was suchen Sie\?$/)
    await reach(page, page.getByRole('button', { name: 'Brot & Kuchen' }))
    await page.locator('article').first().waitFor()
    await reach(page, page.locator('article').first().getByRole('button', { name: /^In den Korb/ }))
    await reach(page, page.locator('article').first().getByRole('button').first())
    await seesHeading(page, /./)
    await reach(page, page.getByRole('button', { name: /^Korb öffnen/ }))
    await seesHeading(page, /^Ihr Korb$/)
    await expect.poll(() => totalOf(page)).toBeGreaterThan(0)
    await reach(page, page.getByRole('button', { name: 'Aufs Handy mitnehmen' }))
    await page.getByRole('img', { name: /^QR-Code/ }).waitFor()
    await reach(page, page.getByRole('button', { name: 'Fertig' }))
    await seesHeading(page, /^Vielen Dank für Ihren Besuch$/)
    await reach(page, page.getByRole('button', { name: 'sehr gut' }))
    await seesHeading(page, /^Danke, das zählt$/)
    await reach(page, page.getByRole('button', { name: 'Nein, danke' }))
  })
})
