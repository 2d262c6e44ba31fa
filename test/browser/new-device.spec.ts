import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { confirmFresh, MANAGER } from '#hub/tools/tour/sign-in.ts'
import { goTo } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'

/** From the press on "make a code" to the department, the language and the parts of its own profile on the new kiosk. */
const LIMIT_MS = 120_000
/** As people write it: 482 913. */
const NUMBER = /^\d{3} \d{3}$/

let store: StoreFloor
let manager: StoryDevice
let first: StoryDevice
beforeAll(async () => {
  store = await StoreFloor.open()
  manager = await store.browser({ width: 1280, height: 800 })
  await store.pair(manager, 'manager')
  first = await store.aside({ width: 1080, height: 1920 })
  await store.pair(first, 'shopper')
})
afterAll(() => store?.close())

const openDevices = async (page: Page): Promise<void> => {
  await goTo(page, /^Geräte$/)
  await page.getByRole('heading', { name: 'Geräte', level: 1 }).waitFor()
}
const makeCode = async (name: string, like?: string): Promise<string> => {
  const { page } = manager
  await page.getByRole('button', { name: 'Neues Gerät' }).click()
  await page.getByLabel('Wie soll es heißen?').fill(name)
  if (like) await page.getByLabel(/^Einrichtung/).selectOption({ label: `wie ${like}` })
  await page.getByRole('button', { name: 'Code machen' }).click()
  const code = page.locator('.characters')
  const fresh = page.getByRole('dialog', { name: /Passwort/ })
  await code.or(fresh).first().waitFor()
  if (await fresh.isVisible()) await confirmFresh(page, MANAGER.password)
  return (await code.textContent())!
}
const numberOn = async (page: Page): Promise<string> => {
  const number = page.locator('.number')
  await number.waitFor()
  const words = (await number.textContent())!.trim()
  expect(words).toMatch(NUMBER)
  return words
}
const askWith = async (code: string): Promise<StoryDevice> => {
  const device = await store.aside({ width: 1080, height: 1920 })
  await device.page.goto(`${store.hub.url}/shopper/#pair=${code.replace('-', '')}`)
  return device
}

describe('a new kiosk', () => {
  it('runs what another one is for within two minutes of the code, once both screens show the same number', async () => {
    const { page } = manager
    await openDevices(page)
    await page.getByRole('button', { name: 'Einrichten: Kiosk' }).click()
    await page.getByLabel('Kontaktpunkt').selectOption('cheese-counter')
    for (const part of ['Sortiment und Suche', 'Warenkorb und Mitnehmen', 'Mitgebrachter Korb']) await page.getByLabel(part).uncheck()
    await page.getByLabel('Deutsch', { exact: true }).first().uncheck()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Sichern' }).click()
    await page.getByText('Gesichert. Das Gerät übernimmt es').waitFor()
    // The first kiosk becomes so while somebody looks at it, without a reload.
    await first.page.getByRole('button', { name: 'Help with this screen' }).or(first.page.getByText('Touch the screen to start')).first().waitFor()
    await page.getByRole('button', { name: 'Zurück zu den Geräten' }).click()

    const began = performance.now()
    const code = await makeCode('Käsetheke', 'Kiosk')
    const kiosk = await askWith(code)
    const shown = await numberOn(kiosk.page)
    await expect.poll(() => numberOn(page)).toBe(shown)
    expect([await accessibilityFaults(page), await accessibilityFaults(kiosk.page)]).toEqual([[], []])
    // Nothing is issued before somebody says so.
    await kiosk.page.getByText('Nummer vergleichen').or(kiosk.page.getByText('Compare the number')).waitFor()
    await page.getByRole('button', { name: 'Ja, dieselbe Nummer' }).click()
    await page.getByText('Käsetheke ist angemeldet').waitFor()
    await kiosk.page.getByText('Touch the screen to start').waitFor()
    const tookMs = performance.now() - began
    process.stdout.write(`code to the kiosk's own profile: ${(tookMs / 1000).toFixed(1)} s\n`)
    expect(tookMs).toBeLessThan(LIMIT_MS)
    await page.getByRole('button', { name: 'Fertig' }).click()

    await kiosk.page.getByRole('main').click({ position: { x: 540, y: 300 } })
    await kiosk.page.locator('#content').waitFor()
    await expect.poll(async () => [await kiosk.page.getByRole('searchbox').count(), await kiosk.page.locator('#basket').count(), await kiosk.page.getByRole('button', { name: 'Deutsch' }).count()]).toEqual([0, 0, 0])

    await expect.poll(() => page.getByText('Terminal für Kunden, Käsetheke').count()).toBe(2)
    await page.getByRole('button', { name: 'Abmelden: Käsetheke' }).click()
    const asked = performance.now()
    await page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click()
    await kiosk.page.getByText('was signed out by the store manager').waitFor()
    const goneMs = performance.now() - asked
    process.stdout.write(`signed out to said: ${Math.round(goneMs)} ms\n`)
    await kiosk.page.reload()
    await kiosk.page.getByText('was signed out by the store manager').waitFor()
    store.verifyQuiet()
  })

  it('that is refused was given nothing, and says so', async () => {
    const { page } = manager
    const code = await makeCode('Fremd')
    const kiosk = await askWith(code)
    const before = await numberOn(kiosk.page)
    // A reload in the meantime asks anew, with another number on both screens.
    await kiosk.page.reload()
    await expect.poll(() => numberOn(kiosk.page)).not.toBe(before)
    const shown = await numberOn(kiosk.page)
    await expect.poll(() => numberOn(page)).toBe(shown)
    await page.getByRole('button', { name: 'Nein, ablehnen' }).click()
    await page.getByRole('heading', { name: 'Abgelehnt' }).waitFor()
    await kiosk.page.getByText('Dieses Gerät hat nichts bekommen').waitFor()
    await kiosk.page.getByLabel('Anmelde-Code').waitFor()
    await page.getByRole('button', { name: 'Fertig' }).click()
    manager.quiet.verify()
  })
})
