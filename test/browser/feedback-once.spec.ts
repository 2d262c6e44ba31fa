import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pair, press, seesHeading } from '#hub/tools/tour/tour.ts'
import { readyKiosk } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a face touched while the hub is gone', () => {
  it('is thanked once it is safe, survives the power cut, and stands once on the manager’s screen', async () => {
    const { page, quiet } = await readyKiosk(store)
    const url = page.url()
    quiet.expectNoNetwork()
    await store.hub.kill()
    await page.getByRole('button', { name: 'Anzeige 1' }).click()
    await press(page, /^sehr gut$/)
    await seesHeading(page, /^Danke, das zählt$/)
    await store.killBrowser()

    await store.hub.startAgain()
    const kiosk = await store.browser({ reducedMotion: true })
    await kiosk.page.goto(url)
    await kiosk.page.getByText(/^gesichert um/).waitFor()

    const manager = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await manager.page.goto(`${store.hub.url}/manager/`)
    await pair(manager.page, store.hub.codeFor('manager'))
    await store.signIn(manager.page, 'manager')
    const voices = manager.page.getByRole('list', { name: 'Stimmen' }).getByRole('listitem')
    await voices.first().waitFor()
    await expect.poll(() => voices.allInnerTexts()).toEqual([expect.stringContaining('sehr gut')])
    kiosk.quiet.verify()
    // A second delivery would show here: hub and kiosk meet once more.
    kiosk.quiet.expectNoNetwork()
    manager.quiet.expectNoNetwork()
    await store.hub.kill()
    await store.hub.startAgain()
    await manager.page.reload()
    await store.signIn(manager.page, 'manager')
    await voices.first().waitFor()
    expect(await voices.count()).toBe(1)
    store.verifyQuiet()
  })
})
