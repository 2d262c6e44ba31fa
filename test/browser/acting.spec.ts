import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { goTo, press } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { StoreFloor } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'


let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('one unhappy customer', () => {
  it('becomes a case, which staff settle on their tablet with what they did; without the hub both know what they last knew', async () => {
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(manager, 'manager')
    const kiosk = await store.aside({ width: 1080, height: 1920, reducedMotion: true })
    await store.pair(kiosk, 'shopper')
    await kiosk.page.getByRole('button', { name: 'Anzeige 1' }).click()
    await kiosk.page.getByRole('button', { name: /^schlecht$/ }).click()

    const { page } = manager
    await page.getByRole('listitem').filter({ hasText: 'schlecht' }).first().waitFor()
    await goTo(page, /^Fälle$/, /^Handeln$/)
    await page.getByText('Kein offener Fall').waitFor()
    await press(page, 'Aus einer Antwort')
    await press(page, 'Fall daraus machen')
    await page.getByRole('heading', { level: 2, name: /unzufrieden am/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Abschließen' }).isEnabled()).toBe(false)

    const tablet = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(tablet, 'staff')
    await press(tablet.page, 'Fälle')
    await tablet.page.getByRole('button', { name: /unzufrieden am/ }).click()
    await tablet.page.getByLabel('Notiz oder Ergebnis').fill('Fünfte Kasse geöffnet')
    expect(await accessibilityFaults(tablet.page)).toEqual([])
    await press(tablet.page, 'Abschließen')
    await tablet.page.getByText('Nichts zu tun').waitFor()

    await page.getByText('Fünfte Kasse geöffnet').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await waitUntilOffline(page)
    for (const { quiet } of [manager, kiosk, tablet]) quiet.expectNoNetwork()
    await store.hub.kill()
    await page.getByText(/^Ohne Verbindung: letzter bekannter Stand/).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Wieder eröffnen' }).isEnabled()).toBe(false)
    store.verifyQuiet()
  })
})
