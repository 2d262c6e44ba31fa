/** A basket on its way to the phone, made at a real kiosk beside the tour. */
import type { Page } from 'playwright-core'
import { readQr } from '../rig/qr-reader.ts'
import { fillBasket, START, TO_PHONE } from './shopper-tour.ts'
import { pair, press, speak, type TourStore } from './tour.ts'

export type HandedOver = { readonly url: string; readonly code: string }

/** In the same browser as `beside`, but with nothing else in common. */
export const handOver = async (beside: Page, { hub }: TourStore): Promise<HandedOver> => {
  const browser = beside.context().browser()
  if (!browser) throw new Error('the tour has no browser')
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, locale: 'de-DE', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    await page.goto(`${hub.url}/shopper/`)
    await speak(page, 'de')
    await pair(page, hub.codeFor('kiosk'))
    await page.getByRole('button', { name: 'Anzeige 1' }).click({ timeout: 30_000 })
    await press(page, START)
    await fillBasket(page)
    await press(page, /^Korb öffnen/)
    await press(page, TO_PHONE)
    await page.getByRole('img', { name: /^QR/ }).waitFor()
    const code = await page.locator('dd.word').last().innerText()
    return { url: await readQr(page), code: code.replaceAll(/\s/g, '') }
  } finally {
    await context.close()
  }
}
