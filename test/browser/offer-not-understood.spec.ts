import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { pair, press, seesHeading } from '#hub/tools/tour/tour.ts'
import type { Json } from '#shared/kernel/json.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { PHONE } from './harness/phone.ts'
import { attracted, shop } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

const TABLET = { width: 1280, height: 800, reducedMotion: true }
const OFFER = 'offer/juice-20'
const TITLE = '20 % auf Saft und Schorle'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
  const body = demoDocuments(localTime(millis(Date.now()), 'Europe/Berlin').day)[OFFER] as { readonly offer: object }
  await store.hub.publish({ [OFFER]: { ...body, offer: { ...body.offer, effects: [{ type: 'moonlight' }] } } as unknown as Json })
})
afterEach(() => store.close())

describe('an offer that no device understands', () => {
  it('is promised by nobody: kiosk, phone and tablet say that it cannot be worked out, and its fault stands where somebody can mend it', async () => {
    const device = await store.browser({ reducedMotion: true })
    const kiosk = device.page
    await store.pair(device, 'shopper')
    await attracted(kiosk)
    await shop(kiosk)
    const left = kiosk.locator('section', { has: kiosk.getByRole('heading', { name: 'Kann hier nicht berechnet werden' }) })
    await left.getByText(TITLE).waitFor()
    await left.getByText('Fragen Sie bitte unser Personal.').waitFor()
    expect(await kiosk.locator('section', { has: kiosk.getByRole('heading', { name: 'Wird an der Kasse abgezogen' }) }).getByText(TITLE).count()).toBe(0)
    expect(await accessibilityFaults(kiosk)).toEqual([])
    await press(kiosk, /^Aufs Handy mitnehmen$/)
    await kiosk.getByRole('img', { name: /^QR-Code/ }).waitFor()
    const url = await readQr(kiosk)

    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await seesHeading(phone, /^Ihr Korb$/)
    await expect.poll(() => phone.getByText('Kann hier nicht berechnet werden').innerText()).toContain('Saft und Schorle')
    expect(await accessibilityFaults(phone)).toEqual([])

    const { page: tablet } = await store.aside(TABLET)
    await tablet.goto(`${store.hub.url}/staff/`)
    await pair(tablet, store.hub.codeFor('staff'))
    await store.signIn(tablet, 'staff')
    const field = tablet.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' })
    await field.waitFor()
    await field.fill('saft')
    await tablet.getByRole('button', { name: /Saft und Schorle/ }).click()
    await tablet.getByText('Kann hier nicht berechnet werden, auch an der Kasse des Online-Shops nicht. Bitte der Marktleitung melden.').waitFor()
    await expect.poll(() => tablet.locator('.answer dl').innerText()).toContain('offer/juice-20, offer.effects.0.type')
    expect(await accessibilityFaults(tablet)).toEqual([])

    await press(tablet, /^Geräte/)
    await tablet.getByText('versteht 1 Angebot nicht').first().waitFor()
    await tablet.getByText(/^juice-20: offer\.effects\.0\.type/).first().waitFor()
    expect(await accessibilityFaults(tablet)).toEqual([])
    store.verifyQuiet()
  })
})
