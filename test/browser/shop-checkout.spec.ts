import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openBrowser, type BrowserSession } from '#hub/tools/rig/browser-session.ts'
import { dressPage } from '#hub/tools/rig/dress-page.ts'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { beginStore } from '#hub/tools/tour/sign-in.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { startTestHub, type TestHub } from '../hub/test-hub.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { startPaperStorefront, type PaperStorefront } from './harness/paper-storefront.ts'
import { PHONE, phoneTotal } from './harness/phone.ts'
import { keepQuiet, type Quiet } from './harness/quiet.ts'
import { stickingOut } from './harness/reflow.ts'
import { attracted, centsOf, shop } from './harness/shopper.ts'

let storefront: PaperStorefront
let hub: TestHub
let session: BrowserSession
let quiet: Quiet[]
beforeEach(async () => {
  storefront = await startPaperStorefront()
  hub = await startTestHub({ deps: { shop: storefront.shop } })
  await hub.webShop!.look()
  session = await openBrowser({ reducedMotion: true })
  quiet = [await keepQuiet(session.context)]
})
afterEach(async () => {
  await session.close()
  await hub.remove()
  await storefront.stop()
})

const aside = async (options: object): Promise<Page> => {
  const context = await session.aside(options)
  quiet.push(await keepQuiet(context))
  return context.newPage()
}

/** Nothing for axe in light and dark, and nothing sticks out of a narrow screen. */
const sound = async (page: Page): Promise<void> => {
  const faults: string[] = []
  for (const theme of ['light', 'dark', 'white-on-black']) {
    await dressPage(page, theme)
    faults.push(...(await accessibilityFaults(page, theme === 'light' ? undefined : ['color-contrast'])))
  }
  await dressPage(page, null)
  expect([...faults, ...(await stickingOut(page, [{ width: 320, height: 640, text: 2 }]))]).toEqual([])
}

const showCode = async (): Promise<{ readonly kioskCents: number; readonly url: string }> => {
  const kiosk = session.page
  await kiosk.goto(`${hub.url}/shopper/#pair=${hub.pairingCode!}`)
  await attracted(kiosk)
  const kioskCents = await shop(kiosk)
  await press(kiosk, /^Aufs Handy mitnehmen$/)
  await kiosk.getByRole('img', { name: /^QR-Code/ }).waitFor()
  return { kioskCents, url: await readQr(kiosk) }
}

const openOn = async (url: string, options: object = PHONE): Promise<Page> => {
  const phone = await aside(options)
  await phone.goto(url)
  await seesHeading(phone, /^(Ihr Korb|Your basket)$/)
  return phone
}
const TO_SHOP = /^(Weiter zum Online-Shop|Continue to web shop)$/

describe('with another program as web shop', () => {
  it('the phone goes on in its checkout, once, and the order comes back to page and figures', async () => {
    const { kioskCents, url } = await showCode()
    const phone = await openOn(url)
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents)
    await phone.getByText('Bestellt und bezahlt wird im Online-Shop.').waitFor()
    expect([await phone.getByText('Zahlungspflichtig').count(), await phone.getByText('Preis versprochen').count()]).toEqual([0, 0])
    await sound(phone)

    await press(phone, TO_SHOP)
    await seesHeading(phone, /^Weiter im Online-Shop$/)
    await phone.getByText('Abholung').first().waitFor()
    await sound(phone)
    expect(storefront.opened).toMatchObject([{ attribution: { handoff: expect.stringMatching(/^[0-9a-f]{16}$/) }, cart: { codes: [], delivery: null } }])
    await phone.getByRole('link', { name: /^Weiter zu 127/ }).click()
    await seesHeading(phone, /^Warenkorb$/)
    await expect.poll(async () => [Number(await phone.locator('.total').innerText()), await phone.getByText('6 Artikel').count()]).toEqual([kioskCents, 1])

    // Back and again: the same cart. At home the delivery is in the link, so the page goes there by itself.
    await phone.goto(`${hub.url}/checkout/`)
    await seesHeading(phone, /^Ihr Korb$/)
    await press(phone, TO_SHOP)
    await seesHeading(phone, /^Weiter im Online-Shop$/)
    expect(storefront.opened).toHaveLength(1)
    await press(phone, /^Zurück zum Korb$/)
    await phone.getByRole('radio').nth(1).click()
    await phone.getByText('4,90').first().waitFor()
    await press(phone, TO_SHOP)
    await seesHeading(phone, /^Warenkorb$/)
    await expect.poll(async () => [storefront.opened.length, Number(await phone.locator('.total').innerText())]).toEqual([2, kioskCents + 490])

    const number = storefront.order(1)
    expect(await hub.orders!.look()).toMatchObject({ ok: true, value: { moved: 1 } })
    await phone.goto(`${hub.url}/checkout/`)
    await seesHeading(phone, /^Im Online-Shop bestellt$/)
    await phone.getByText(number).waitFor()
    await sound(phone)
    const other = await aside(PHONE)
    await other.goto(url)
    await seesHeading(other, /^Dieser Korb ist bestellt$/)

    const manager = await aside({ width: 1280, height: 800, reducedMotion: true })
    await manager.goto(`${hub.url}/manager/#pair=${hub.setupCode!}`)
    await beginStore(manager)
    await seesHeading(manager, /^Vom Besuch zur Bestellung$/)
    const steps = manager.locator('.steps tr')
    await steps.first().waitFor()
    await expect.poll(() => steps.locator('.n').allInnerTexts()).toEqual(['1', '1', '1', '1', '1'])
    await sound(manager)
    for (const one of quiet) one.verify()
  })

  it('is told what is different, missing or not to be had, and stays with the basket', async () => {
    const { kioskCents, url } = await showCode()
    const phone = await openOn(url, { ...PHONE, language: 'en' })
    storefront.says.trouble = { type: 'Unreachable', why: 'no answer' }
    await press(phone, TO_SHOP)
    await seesHeading(phone, /^The web shop does not answer right now$/)
    expect((await phone.locator('p', { hasText: 'Your code for the staff' }).locator('strong').innerText()).replace(' ', '')).toMatch(/^[0-9A-Z]{6}$/)
    await sound(phone)
    storefront.says.trouble = { type: 'RateLimited', retryAfterMs: 1000 }
    await press(phone, /^Try again$/)
    await seesHeading(phone, /^Many people are in the web shop$/)
    storefront.says.trouble = null

    // It charges seven cents more: shown first, and only then opened.
    storefront.says.bend = (quote) => ({ ...quote, totalMinor: quote.totalMinor + 7 })
    await press(phone, /^Try again$/)
    await seesHeading(phone, /^In the web shop the basket costs something else$/)
    await phone.getByText('€0.07 more').waitFor()
    expect(storefront.opened).toEqual([])
    await sound(phone)
    await press(phone, /^Continue for/)
    await seesHeading(phone, /^On to the web shop$/)
    expect([storefront.opened.length, await storefront.charges(0)]).toEqual([1, kioskCents + 7])
    storefront.says.bend = (quote) => quote

    // Another phone, another cart; one article has just been sold out.
    const second = await openOn(url)
    storefront.refuses.add('12')
    await press(second, TO_SHOP)
    await seesHeading(second, /^Der Online-Shop nimmt den Korb so nicht an$/)
    await second.getByText('Artikel jugs-2').waitFor()
    await sound(second)
    await press(second, /^Ohne diese Artikel weiter$/)
    await seesHeading(second, /^Der Preis hat sich eben geändert$/)
    await press(second, /^Zurück zum Korb$/)
    await expect.poll(() => phoneTotal(second)).toBeLessThan(kioskCents)
    const without = await phoneTotal(second)
    await press(second, TO_SHOP)
    await seesHeading(second, /^Weiter im Online-Shop$/)
    expect([storefront.opened[1]!.cart.lines.map(({ key }) => key).includes('12'), await storefront.charges(1)]).toEqual([false, without])
    await expect.poll(async () => centsOf(await second.locator('.text').innerText())).toBe(without)
    for (const one of quiet) one.verify()
  })
})
