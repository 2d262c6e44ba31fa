/** A basket on its way to the phone, made at a real kiosk beside the tour. */
import type { Page } from 'playwright-core'
import { readQr } from '../rig/qr-reader.ts'
import { atKiosk } from './kiosk-beside.ts'
import { fillBasket, START, TO_PHONE } from './shopper-tour.ts'
import { press, type TourStore } from './tour.ts'

export type HandedOver = { readonly url: string; readonly code: string }

export const handOver = (beside: Page, store: TourStore): Promise<HandedOver> =>
  atKiosk(beside, store, async (page) => {
    await press(page, START)
    await fillBasket(page)
    await press(page, /^Korb öffnen/)
    await press(page, TO_PHONE)
    await page.getByRole('img', { name: /^QR/ }).waitFor()
    const code = await page.locator('dd.word').last().innerText()
    return { url: await readQr(page), code: code.replaceAll(/\s/g, '') }
  })
