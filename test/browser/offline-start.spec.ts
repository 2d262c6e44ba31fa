import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attracted, readyKiosk, shop } from './harness/shopper.ts'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { press } from '#hub/tools/tour/tour.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a kiosk whose hub is gone and whose power was cut', () => {
  it('starts by itself, sells, and hands the basket over', async () => {
    const before = await readyKiosk(store)
    const url = before.page.url()
    before.quiet.expectNoNetwork()
    await store.hub.kill()
    await store.killBrowser()

    const { page, quiet } = await store.browser({ reducedMotion: true })
    quiet.expectNoNetwork()
    await page.goto(url)
    await attracted(page)
    const totalCents = await shop(page)
    expect(totalCents).toBeGreaterThan(0)
    await press(page, /^Aufs Handy mitnehmen$/)
    await page.getByRole('img', { name: /^QR-Code/ }).waitFor()
    expect(await readQr(page)).toMatch(/^http.*\/checkout\/#\d+$/)
    store.verifyQuiet()
  })
})
