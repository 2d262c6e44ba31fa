import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plantDifference } from '#hub/tools/tour/price-difference.ts'
import { goTo, press } from '#hub/tools/tour/tour.ts'
import { reach, reachPage } from './harness/keyboard.ts'
import { StoreFloor } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'


let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('the web shop on the screens', () => {
  it('a difference goes to the checkout by keyboard alone, on every device, until the manager lifts it', async () => {
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    const { page, quiet } = manager
    await store.pair(manager, 'manager')
    plantDifference(store.hub.dataDir)
    await reachPage(page, 'Online-Shop')
    await page.getByRole('heading', { level: 1, name: /^219 Körbe verglichen, 7 Cent Abweichung$/ }).waitFor()
    await page.getByText(/^1 Korb weicht ab\. Zuletzt (gerade eben|vor \d+ Minuten?), gezählt seit /).waitFor()
    await reach(page, page.getByRole('button', { name: 'Ansehen: Ein Angebot ergibt im Online-Shop einen anderen Betrag' }))
    await page.getByRole('heading', { level: 1, name: 'Ein Angebot ergibt im Online-Shop einen anderen Betrag' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await reach(page, page.getByRole('button', { name: 'An der Kasse berechnen' }))
    await page.getByRole('status').getByText('Das Angebot wird jetzt auf allen Geräten an der Kasse berechnet.').waitFor()
    await reach(page, page.getByRole('button', { name: 'Zurück zur Übersicht' }))
    const left = page.getByRole('region', { name: 'Von Hand an die Kasse gegeben' })
    await left.getByText('wegen: Ein Angebot ergibt im Online-Shop einen anderen Betrag').waitFor()

    const staff = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(staff, 'staff')
    await press(staff.page, /^Online-Shop$/)
    await staff.page.getByText(/\(wird an der Kasse berechnet\)/).waitFor()
    expect(await staff.page.getByRole('button', { name: 'Wieder hier berechnen' }).count()).toBe(0)

    await reach(page, left.getByRole('button', { name: 'Wieder hier berechnen' }))
    await page.getByRole('status').getByText('Das Angebot wird wieder hier berechnet.').waitFor()
    // The list is read again after the word that it is done.
    await left.waitFor({ state: 'detached' })
    quiet.verify()
  })
  it('without the hub what was last known, with its age, and nothing to be tapped', async () => {
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    const { page, quiet } = manager
    await store.pair(manager, 'manager')
    plantDifference(store.hub.dataDir)
    await goTo(page, /^Online-Shop$/)
    await page.getByRole('heading', { level: 1, name: /^219 Körbe verglichen/ }).waitFor()
    await waitUntilOffline(page)
    quiet.expectNoNetwork()
    await store.hub.kill()
    await page.reload()
    await store.signIn(page, 'manager')
    await goTo(page, /^Online-Shop$/)
    await page.getByText(/^Keine Verbindung\. Stand: (gerade eben|vor .+)\.$/).waitFor()
    await page.getByRole('heading', { level: 1, name: /^219 Körbe verglichen/ }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: /^Ansehen: / }).isDisabled()).toBe(true)
    quiet.verify()
  })
})
