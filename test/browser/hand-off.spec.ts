import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { reach, tabTo } from './harness/keyboard.ts'
import { PHONE, phoneTotal, showCode } from './harness/phone.ts'
import { centsOf, totalOf } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

const TABLET = { width: 1280, height: 800, reducedMotion: true }

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a basket goes from the kiosk to the phone', () => {
  it('at the same cents on kiosk, phone, staff tablet and order, once', async () => {
    const { kiosk, kioskCents, url, words } = await showCode(store)
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    expect(phone.url()).toBe(`${store.hub.url}/checkout/`)
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents)
    // A sticker over the screen would lead elsewhere, under another word.
    expect(words).toContain(new URL(url).host)
    await phone.locator('.word .char').first().waitFor()
    expect(words).toContain((await phone.locator('.word .char').allInnerTexts()).join(''))
    await kiosk.getByText('Am Handy geöffnet').first().waitFor()

    const staff = await store.aside(TABLET)
    const { page: tablet } = staff
    await store.pair(staff, 'staff')
    const field = tablet.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' })
    await field.waitFor()
    await field.fill(url)
    await seesHeading(tablet, /^Korb [0-9A-Z]{6}$/)
    expect(words).toContain(await tablet.locator('.letters [aria-hidden]').innerText())
    await expect.poll(() => totalOf(tablet)).toBe(kioskCents)
    // What they say about it is noted from here, and the basket is still open afterwards.
    await press(tablet, /^Gespräch notieren$/)
    await seesHeading(tablet, /^Gespräch notieren$/)
    await press(tablet, /^Zurück zum Korb [0-9A-Z]{6}$/)
    await seesHeading(tablet, /^Korb [0-9A-Z]{6}$/)

    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)
    await expect.poll(async () => centsOf(await phone.locator('.slip').innerText())).toBe(kioskCents)
    const number = await phone.locator('.number').innerText()

    await phone.reload()
    await seesHeading(phone, /^Bestellt$/)
    await expect.poll(() => phone.locator('.number').innerText()).toBe(number)
    await expect.poll(async () => centsOf(await phone.locator('.slip').innerText())).toBe(kioskCents)
    const { page: other } = await store.aside(PHONE)
    await other.goto(url)
    await seesHeading(other, /^Dieser Korb ist bestellt$/)
    await other.getByText('So geht es weiter').waitFor()
    expect(await other.locator('main').innerText()).not.toContain(number)
    store.verifyQuiet()
  })

  it('and through phone and tablet by the keyboard alone', async () => {
    const { kioskCents, url, words } = await showCode(store)
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    await reach(phone, phone.getByRole('button', { name: 'Weiter zur Bestellung' }))
    await tabTo(phone, phone.getByRole('textbox', { name: 'Ihr Name' }))
    await phone.keyboard.type('Ada')
    await reach(phone, phone.getByRole('button', { name: 'Zahlungspflichtig bestellen' }))
    await seesHeading(phone, /^Bestellt$/)

    const staff = await store.aside(TABLET)
    const { page: tablet } = staff
    await store.pair(staff, 'staff')
    await tablet.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' }).waitFor()
    const field = tablet.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' })
    await tabTo(tablet, field)
    await tablet.keyboard.type(/nennenSiedemPersonal([0-9A-Z]{6})/.exec(words)![1]!)
    await reach(tablet, tablet.getByRole('button', { name: /^Korb [0-9A-Z]{6} öffnen/ }))
    await seesHeading(tablet, /^Korb [0-9A-Z]{6}$/)
    await expect.poll(() => totalOf(tablet)).toBe(kioskCents)
    await tabTo(tablet, field)
    await tablet.keyboard.press('ControlOrMeta+a')
    await tablet.keyboard.type('tonic')
    await reach(tablet, tablet.getByRole('button', { name: /Tonic Water/ }))
    await seesHeading(tablet, /Tonic Water$/)
    await reach(tablet, tablet.getByRole('button', { name: 'Geräte' }))
    await seesHeading(tablet, /^Geräte im Markt$/)
    store.verifyQuiet()
  })

  it('and waits on the phone while it has no network', async () => {
    const { kioskCents, url } = await showCode(store)
    const { page: phone, context, quiet } = await store.aside(PHONE)
    quiet.expectNoNetwork()
    await phone.route('**/api/handoff/open', (route) => route.abort('internetdisconnected'))
    await phone.goto(url)
    await seesHeading(phone, /^Gerade keine Verbindung$/)
    await phone.unroute('**/api/handoff/open')
    await press(phone, 'Noch einmal versuchen')
    await seesHeading(phone, /^Ihr Korb$/)
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents)
    await context.setOffline(true)
    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await phone.getByText('Sie zählt nur einmal').waitFor()
    await context.setOffline(false)
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)
  })
})
