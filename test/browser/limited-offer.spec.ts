import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { PHONE, phoneTotal } from './harness/phone.ts'
import { centsOf, readyKiosk, startVisit } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

const OFFER = 'Kaffeetafel: zu 2 Kuchen 2 € geschenkt'
const LIMIT = 'begrenzt: 200 Einkäufe im Aktionszeitraum'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('an offer for the first 200 purchases', () => {
  it('is promised by a kiosk without network, kept by the phone, and counted by the order', async () => {
    const { page: kiosk, context, quiet } = await readyKiosk(store)
    await startVisit(kiosk)
    await press(kiosk, /^Alle \d+ Angebote$/)
    const card = kiosk.getByRole('button').filter({ hasText: OFFER })
    await card.getByText(LIMIT).waitFor()
    // It holds uses as soon as the hub has lent some.
    await card.filter({ hasNotText: 'wird an der Kasse bestätigt' }).waitFor()
    quiet.expectNoNetwork()
    await context.setOffline(true)
    await card.click()
    await kiosk.getByText(LIMIT).waitFor()
    await seesHeading(kiosk, /^Angebot$/)
    for (const article of [0, 1]) await kiosk.locator('article').nth(article).getByRole('button', { name: /^In den Korb/ }).click()
    await press(kiosk, /^Korb öffnen/)
    await seesHeading(kiosk, /^Ihr Korb$/)
    const sum = kiosk.getByRole('region', { name: 'Summe' })
    const cents = 358
    await expect.poll(async () => centsOf(await sum.locator('.total').innerText())).toBe(cents)
    await press(kiosk, /^Aufs Handy mitnehmen$/)
    await kiosk.getByRole('img', { name: /^QR/ }).waitFor()
    const url = await readQr(kiosk)

    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    await expect.poll(() => phoneTotal(phone)).toBe(cents)
    expect(await phone.locator('main').innerText()).not.toContain('mit der Bestellung bestätigt')
    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)
    await expect.poll(async () => centsOf(await phone.locator('.slip').innerText())).toBe(cents)

    const staff = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(staff, 'staff')
    const field = staff.page.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' })
    await field.waitFor()
    await field.fill('Kaffeetafel')
    await staff.page.getByRole('button').filter({ hasText: OFFER }).first().click()
    await staff.page.getByText(LIMIT).waitFor()
    await staff.page.getByText(/19\d von 200 noch niemandem zugesagt, wird an der Kasse bestätigt \(Stand \d{1,2}:\d{2}/).waitFor()
    store.verifyQuiet()
  })
})
