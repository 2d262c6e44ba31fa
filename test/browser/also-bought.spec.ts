import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { reach, reachPage } from './harness/keyboard.ts'
import { attracted, centsOf, readyKiosk, totalOf, startVisit } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

const TITLE = 'Andere Kunden kauften auch'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

/** The first article of the first department that has something beside it. */
const openArticle = async (page: Page): Promise<void> => {
  await startVisit(page)
  await page.getByRole('region', { name: 'Bereiche' }).getByRole('button').nth(1).click()
  await page.locator('article').first().waitFor()
  await page.locator('article').getByRole('button').first().click()
  await seesHeading(page, /^Andere Kunden kauften auch$/)
}
const shelf = (page: Page) => page.getByRole('group', { name: TITLE })
const namesOn = (page: Page): Promise<readonly string[]> => shelf(page).locator('.name').allInnerTexts()

describe('what others bought too', () => {
  it('stands below an article and at the basket after a cold start without a hub, its reason one tap away, at the price of the shelf', async () => {
    const before = await readyKiosk(store)
    const url = before.page.url()
    before.quiet.expectNoNetwork()
    await store.hub.kill()
    await store.killBrowser()
    const { page, quiet } = await store.browser({ reducedMotion: true })
    quiet.expectNoNetwork()
    await page.goto(url)
    await attracted(page)
    await openArticle(page)
    const reason = page.getByText(/^Von \d+ Körben mit .+ \(Stand \d+\.\d+\.\) enthielten$/)
    expect(await reason.isVisible()).toBe(false)
    await reach(page, page.getByRole('button', { name: 'Warum diese Artikel?' }))
    await reason.waitFor()
    await page.getByText('Vorführdaten: Diese Körbe sind erfunden.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    const beside = await namesOn(page)
    const cents = centsOf((await shelf(page).locator('article').first().innerText()).replace(/(\d+)\s+(\d{2})\s*€/, '$1,$2 €'))
    await press(page, /^In den Korb: /)
    await press(page, /^Korb öffnen/)
    await seesHeading(page, /^Ihr Korb$/)
    // Deposit is told apart from the price of the article.
    await expect.poll(() => totalOf(page)).toBe(cents)
    expect(await shelf(page).locator('article').count()).toBeLessThanOrEqual(3)
    await expect.poll(() => namesOn(page)).not.toContain(beside[0])
    expect(await accessibilityFaults(page)).toEqual([])
    store.verifyQuiet()
  })

  it('is hidden by a manager with the keyboard, after seeing what changes, on the kiosk at once', async () => {
    const kiosk = await readyKiosk(store)
    await openArticle(kiosk.page)
    const [gone, ...others] = await namesOn(kiosk.page)
    const article = await kiosk.page.getByRole('heading', { level: 1 }).innerText()
    const manager = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(manager, 'manager')
    const { page } = manager
    await reachPage(page, 'Empfehlungen')
    await page.getByText(/^Bei \d+ von 177 Artikeln steht eine Empfehlung\.$/).waitFor()
    await page.getByLabel('Artikel oder Bereich suchen').last().fill(article)
    await reach(page, page.getByRole('button', { name: article, exact: true }))
    await reach(page, page.getByRole('button', { name: `Ausblenden: ${gone}` }))
    await page.getByText('An 1 Artikel ändert sich, was daneben steht.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await reach(page, page.getByRole('button', { name: 'Speichern und zeigen' }))
    await page.getByText(/^Gespeichert\./).waitFor()
    await page.getByRole('row', { name: new RegExp(RegExp.escape(gone!)) }).first().getByText('von Hand ausgeblendet').waitFor()
    await expect.poll(() => namesOn(kiosk.page)).not.toContain(gone)
    await expect.poll(() => namesOn(kiosk.page)).toEqual(expect.arrayContaining(others))
    store.verifyQuiet()
  })
})
