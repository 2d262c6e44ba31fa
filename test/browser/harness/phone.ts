/** A basket on its way from the kiosk to a phone. */
import type { Page } from 'playwright-core'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { press } from '#hub/tools/tour/tour.ts'
import { attracted, centsOf, shop } from './shopper.ts'
import type { StoreFloor } from './store-floor.ts'

export const PHONE = { width: 390, height: 844, reducedMotion: true } as const

export type ShownCode = { readonly kiosk: Page; readonly kioskCents: number; readonly url: string; /** What stands beside the code, without spaces. */ readonly words: string }

/** Fills a basket at a kiosk and shows its code. */
export const showCode = async (store: StoreFloor): Promise<ShownCode> => {
  const device = await store.browser({ reducedMotion: true })
  const kiosk = device.page
  await store.pair(device, 'shopper')
  await attracted(kiosk)
  const kioskCents = await shop(kiosk)
  await press(kiosk, /^Aufs Handy mitnehmen$/)
  await kiosk.getByRole('img', { name: /^QR-Code/ }).waitFor()
  return { kiosk, kioskCents, url: await readQr(kiosk), words: (await kiosk.locator('main').innerText()).replaceAll(/\s/g, '') }
}

export const phoneTotal = async (page: Page): Promise<number> => centsOf(await page.locator('.bar').innerText())
