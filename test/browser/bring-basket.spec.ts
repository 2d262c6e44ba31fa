import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { dressPage } from '#hub/tools/rig/dress-page.ts'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { reach, tabTo } from './harness/keyboard.ts'
import { PHONE, phoneTotal, showCode } from './harness/phone.ts'
import { attracted, centsOf, totalOf } from './harness/shopper.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'

const KIOSK = { width: 1080, height: 1920, reducedMotion: true } as const
const TABLET = { width: 1280, height: 800, reducedMotion: true } as const

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a basket goes from the phone onto a kiosk', () => {
  it('at the same cents on phone, hub, kiosk and tablet: by the scanner without a network, and by six characters', async () => {
    const { kioskCents, url } = await showCode(store)
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    const { digits, code } = await sentBy(phone)
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents)

    const other = await secondKiosk()
    const { page: kiosk } = other
    await waitUntilOffline(kiosk)
    other.quiet.expectNoNetwork()
    await other.context.setOffline(true)
    await scan(kiosk, digits)
    await seesHeading(kiosk, /^Ihr Korb vom Handy$/)
    await expect.poll(async () => centsOf(await kiosk.locator('.arrived .total').innerText())).toBe(kioskCents)
    expect(await faultsOf(kiosk)).toEqual([])
    await press(kiosk, /^In den Korb legen$/)
    await seesHeading(kiosk, /^Ihr Korb$/)
    await expect.poll(() => totalOf(kiosk)).toBe(kioskCents)
    await other.context.setOffline(false)
    await kiosk.getByText(/^gesichert um/).waitFor()

    await press(kiosk, /^Zurück$/)
    await seesHeading(kiosk, /^Was suchen Sie\?$/)
    await press(kiosk, /^Korb vom Handy holen$/)
    await seesHeading(kiosk, /^Korb vom Handy holen$/)
    expect(await faultsOf(kiosk)).toEqual([])
    const field = kiosk.getByRole('textbox', { name: 'Sechs Zeichen' })
    await field.fill('Y06W')
    await field.press('Enter')
    await kiosk.getByText('Der Code hat sechs Zeichen.').waitFor()
    await tabTo(kiosk, field)
    await kiosk.keyboard.type(code.toLowerCase())
    await kiosk.keyboard.press('Enter')
    await seesHeading(kiosk, /^Ihr Korb vom Handy$/)
    await kiosk.getByText(/In Ihrem Korb hier liegen schon/).waitFor()
    await reach(kiosk, kiosk.getByRole('button', { name: 'Ersetzen' }))
    await seesHeading(kiosk, /^Ihr Korb$/)
    await expect.poll(() => totalOf(kiosk)).toBe(kioskCents)

    const staff = await store.aside(TABLET)
    await store.pair(staff, 'staff')
    const search = staff.page.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' })
    await search.waitFor()
    for (const typed of [digits, code]) {
      await search.fill('')
      await search.fill(typed)
      if (typed === code) await search.press('Enter')
      await staff.page.getByText('Vom Handy oder aus dem Web').waitFor()
      await expect.poll(() => totalOf(staff.page)).toBe(kioskCents)
      await press(staff.page, /^Leeren$/)
      // Something else stands there before the next code.
      await search.fill('milch')
      await staff.page.locator('.article').first().click()
      await staff.page.getByText('Vom Handy oder aus dem Web').waitFor({ state: 'detached' })
    }
    store.verifyQuiet()
  })

  it('and says why when none comes: a swallowed digit, a code that nobody knows', async () => {
    const { url } = await showCode(store)
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    const { digits } = await sentBy(phone)
    const { page: kiosk } = await secondKiosk()
    await scan(kiosk, digits.slice(0, 20) + digits.slice(21))
    await kiosk.getByText('Der Code kam nicht ganz an. Bitte noch einmal scannen.').waitFor()
    await scan(kiosk, digits)
    await seesHeading(kiosk, /^Ihr Korb vom Handy$/)
    await press(kiosk, /^Zurück$/)
    await press(kiosk, /^Korb vom Handy holen$/)
    await kiosk.getByRole('textbox', { name: 'Sechs Zeichen' }).fill('000000')
    await press(kiosk, /^Korb holen$/)
    await kiosk.getByText('Diesen Code kennt die Zentrale nicht.').waitFor()
    store.verifyQuiet()
  })
})

const secondKiosk = async (): Promise<StoryDevice> => {
  const device = await store.aside(KIOSK)
  await store.pair(device, 'shopper')
  await attracted(device.page)
  return device
}

/** What the phone shows for a kiosk: the digits in its code, read off the screen, and the six characters. */
const sentBy = async (phone: Page): Promise<{ readonly digits: string; readonly code: string }> => {
  const fold = phone.locator('summary', { hasText: 'Auf einen Kiosk' })
  await fold.click()
  const picture = phone.getByRole('img', { name: 'QR-Code für den Scanner am Kiosk' })
  await picture.waitFor()
  await picture.scrollIntoViewIfNeeded()
  expect(await faultsOf(phone)).toEqual([])
  return { digits: await readQr(phone), code: (await phone.locator('details .code').innerText()).replaceAll(/\s/g, '') }
}

/** As a scanner types: fast, digit by digit, with Enter at the end. */
const scan = (page: Page, digits: string): Promise<void> =>
  page.evaluate((keys) => {
    for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, [...digits, 'Enter'])

const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const found = [...(await accessibilityFaults(page))]
  for (const theme of ['dark', 'black-on-white', 'white-on-black']) {
    await dressPage(page, theme)
    found.push(...(await accessibilityFaults(page, ['color-contrast'])).map((fault) => `${theme}: ${fault}`))
  }
  await dressPage(page, null)
  return found
}
