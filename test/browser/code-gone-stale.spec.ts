import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { decodeHandoff, digitsIn } from '#shared/handoff/decode-handoff.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import type { Json } from '#shared/kernel/json.ts'
import { cents } from '#shared/kernel/money.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { dressPage } from '#hub/tools/rig/dress-page.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { tabTo } from './harness/keyboard.ts'
import { PHONE, phoneTotal, showCode } from './harness/phone.ts'
import { centsOf } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

/** Two articles of the basket that every story fills. */
const BUTTER = 'product/00-435085'
const DUMPLINGS = 'product/00-343035'

describe('a price that changes between the kiosk and the phone', () => {
  it('is told line by line, and the lower of both totals is paid', async () => {
    const { kioskCents, url } = await showCode(store)
    await store.hub.publish({ [BUTTER]: priced(BUTTER, +60), [DUMPLINGS]: priced(DUMPLINGS, +10) })
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await phone.getByText('Am Kiosk war es günstiger. Die Zusage gilt').waitFor()
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents)
    expect(await faultsOf(phone)).toEqual([])

    await store.hub.publish({ [BUTTER]: priced(BUTTER, +20), [DUMPLINGS]: priced(DUMPLINGS, -50) })
    await phone.reload()
    const changes = phone.getByRole('region', { name: 'Das hat sich seit dem Kiosk geändert' }).getByRole('listitem')
    await changes.first().waitFor()
    await expect.poll(async () => (await changes.allInnerTexts()).map(plain)).toEqual([
      'Ja! Natürlich Semmelwürfel, je Stück vorher 1,49 € jetzt 0,99 €',
      'Ja! Natürlich Joghurtbutter, je Stück vorher 2,75 € jetzt 2,95 €',
      `Summe vorher ${euros(kioskCents)} jetzt ${euros(kioskCents - 30)}`,
    ])
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents - 30)
    expect(await faultsOf(phone)).toEqual([])
    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')

    await store.hub.publish({ [BUTTER]: priced(BUTTER, +20), [DUMPLINGS]: priced(DUMPLINGS, -60) })
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await phone.getByText('Der Preis hat sich eben geändert. Es wurde nichts bestellt.').waitFor()
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)
    await expect.poll(async () => centsOf(await phone.locator('.slip').innerText())).toBe(kioskCents - 40)
    store.verifyQuiet()
  })
})

describe('a code that is past its time', () => {
  it('opens the basket at today’s prices, says that the promise has ended, and can be ordered', async () => {
    const { kioskCents, url } = await showCode(store)
    await store.hub.stop()
    await store.hub.startAgain({ CLOCK_AHEAD_MS: String(25 * 3_600_000) })
    await store.hub.publish({ [BUTTER]: priced(BUTTER, +60) })
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url)
    await phone.getByText('Die Preiszusage ist abgelaufen. Es gelten die heutigen Preise.').waitFor()
    expect(await phone.getByText('Preis zugesagt').count()).toBe(0)
    await expect.poll(() => phoneTotal(phone)).toBe(kioskCents + 60)
    const changes = phone.getByRole('region', { name: 'Das hat sich seit dem Kiosk geändert' })
    await expect.poll(async () => plain(await changes.innerText())).toContain(`Summe vorher ${euros(kioskCents)} jetzt ${euros(kioskCents + 60)}`)
    expect(await faultsOf(phone)).toEqual([])
    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)
    await expect.poll(async () => centsOf(await phone.locator('.slip').innerText())).toBe(kioskCents + 60)
  })
})

describe('a code that opens no basket', () => {
  it('says why, that nothing was ordered, and how to go on: altered, cut short, already ordered', async () => {
    const { url } = await showCode(store)
    const { page: phone } = await store.aside(PHONE)
    await phone.goto(url.replace(/#.*/, `#${altered(url)}`))
    await seesHeading(phone, /^Diesen Code kennt der Shop nicht$/)
    await endsWell(phone, 'Es wurde nichts bestellt und nichts gespeichert.')
    // A page that is loaded again begins afresh, not with the same refusal.
    await phone.reload()
    await seesHeading(phone, /^Hier öffnet sich Ihr Korb$/)

    await phone.goto('about:blank')
    await phone.goto(url.slice(0, -17))
    await seesHeading(phone, /^(Der Code ist nicht vollständig|Diesen Code kennt der Shop nicht)$/)
    await endsWell(phone, 'Es wurde nichts bestellt und nichts gespeichert.')

    await phone.goto('about:blank')
    await phone.goto(url)
    await press(phone, /^Weiter zur Bestellung$/)
    await phone.getByRole('textbox', { name: 'Ihr Name' }).fill('Ada')
    await press(phone, /^Zahlungspflichtig bestellen$/)
    await seesHeading(phone, /^Bestellt$/)
    const { page: other } = await store.aside(PHONE)
    await other.goto(url)
    await seesHeading(other, /^Dieser Korb ist bestellt$/)
    await endsWell(other, 'Von hier aus wurde nichts bestellt.')
    await tabTo(other, other.getByRole('button', { name: 'English' }))
    await other.keyboard.press('Enter')
    await seesHeading(other, /^This basket has been ordered$/)
    store.verifyQuiet()
  })
})

/** What is safe, what to do, and nothing for axe to find. */
const endsWell = async (page: Page, safe: string): Promise<void> => {
  await page.getByText(safe).waitFor()
  await expect.poll(() => page.getByRole('heading', { name: 'So geht es weiter' }).locator('xpath=following-sibling::ol[1]/li').count()).toBe(3)
  expect(await faultsOf(page)).toEqual([])
}

const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const found = [...(await accessibilityFaults(page))]
  for (const theme of ['dark', 'white-on-black']) {
    await dressPage(page, theme)
    found.push(...(await accessibilityFaults(page, ['color-contrast'])).map((fault) => `${theme}: ${fault}`))
  }
  await dressPage(page, null)
  return found
}

/** The demo's article with today's price moved by so many cents. */
const priced = (id: string, byCents: number): Json => {
  const today = localTime(millis(Date.now()), 'Europe/Berlin').day
  const product = demoDocuments(today)[id] as { readonly priceCents: number; readonly priceHistory: readonly { readonly from: string; readonly cents: number }[] }
  const priceCents = product.priceCents + byCents
  return { ...product, priceCents, priceHistory: [{ from: today, cents: priceCents }, ...product.priceHistory.filter(({ from }) => from < today)] } as unknown as Json
}

/** The digits of a code in which somebody made the total smaller and kept the signature. */
const altered = (url: string): string => {
  const code = decodeHandoff(digitsIn(url)!)
  if (!code.ok) throw new Error('not a code')
  const { handoff, signature } = code.value
  return handoffDigits(encodeHandoff({ ...handoff, totalCents: cents(handoff.totalCents - 500) }), signature)
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
const euros = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')} €`
