import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
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
    await kiosk.page.getByText(/^gesichert um/).waitFor({ timeout: 30_000 })

    const manager = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(manager, 'manager')
    await manager.page.getByText('sehr gut').first().waitFor({ timeout: 30_000 })
    const answers = async (): Promise<number> => manager.page.getByText('sehr gut').count()
    expect(await answers()).toBe(1)
    // A second delivery would change it: the hub and the kiosk meet once more.
    await store.hub.kill()
    await store.hub.startAgain()
    await manager.page.reload()
    await manager.page.getByText('sehr gut').first().waitFor({ timeout: 30_000 })
    expect(await answers()).toBe(1)
    kiosk.quiet.verify()
  })
})
