import { afterEach, describe, expect, it } from 'vitest'
import { choose, goTo, press } from '#hub/tools/tour/tour.ts'
import { StoreFloor } from './harness/store-floor.ts'


let store: StoreFloor
afterEach(() => store.close())

describe('the page about privacy', () => {
  it('tells what is kept, who did what also without a hub, and prints a statement of what is in force', async () => {
    store = await StoreFloor.open()
    const device = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(device, 'manager')
    const { page, quiet } = device
    await goTo(page, /^Datenschutz$/)
    await page.getByRole('row', { name: /^Kommentare/ }).getByText('180 Tage').waitFor()
    await page.getByText('Der Markt wird nur als Team ausgewertet.').waitFor()

    await press(page, /^Fristen ändern$/)
    await page.getByLabel('Kommentare').fill('13')
    await press(page, /^Speichern$/)
    await page.getByText('Bitte eine ganze Zahl in diesem Bereich').waitFor()
    await page.getByLabel('Kommentare').fill('90')
    await press(page, /^Speichern$/)
    await page.getByText('Gespeichert. Es steht im Protokoll.').waitFor()
    await page.getByRole('row', { name: /^Kommentare/ }).getByText('90 Tage').waitFor()

    await choose(page, /^Protokoll$/)
    await press(page, /^Protokoll lesen$/)
    await page.getByText(/^\d+ Zeilen, jede wie geschrieben\. Geprüft .+\.$/).waitFor()
    await page.getByRole('row', { name: /Datenschutz geändert/ }).getByText('Marta').waitFor()

    await choose(page, /^Erklärung für den Betriebsrat$/)
    await page.getByRole('article').getByRole('row', { name: /^Kommentare/ }).getByText('90 Tage').waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.getByRole('heading', { name: 'Was Einklang in diesem Markt aufzeichnet' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Drucken' }).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })

    quiet.expectNoNetwork()
    await store.hub.kill()
    await choose(page, /^Protokoll$/)
    await page.getByText('Keine Verbindung zum Rechner im Markt. Sie sehen, was zuletzt bekannt war.').waitFor()
    await page.getByRole('row', { name: /Datenschutz geändert/ }).waitFor()
    store.verifyQuiet()
  })
})
