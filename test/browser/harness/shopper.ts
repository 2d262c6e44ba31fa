/** What a person does at the shopper's kiosk, in the words on the screen. */
import type { Page } from 'playwright-core'
import { fillBasket } from '#hub/tools/tour/shopper-tour.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { expect } from 'vitest'
import { waitUntilOffline } from './worker-state.ts'
import type { StoreFloor, StoryDevice } from './store-floor.ts'

/** A kiosk that is paired, has its goods, and could do without any network from now on. */
export const readyKiosk = async (store: StoreFloor): Promise<StoryDevice> => {
  const kiosk = await store.browser({ reducedMotion: true })
  await store.pair(kiosk, 'shopper')
  await attracted(kiosk.page)
  await waitUntilOffline(kiosk.page)
  return kiosk
}

/** The attract screen with the goods of the store behind it. */
export const attracted = async (page: Page): Promise<void> => page.getByRole('button', { name: /^Anzeige 1$/ }).waitFor()

export const startVisit = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Anzeige 1$/ }).click()
  await press(page, 'Einkauf beginnen')
  await seesHeading(page, /^Was suchen Sie\?$/)
}

/** Six articles of three departments; ends on the basket's screen and returns its total. */
export const shop = async (page: Page): Promise<number> => {
  await startVisit(page)
  await fillBasket(page)
  await press(page, /^Korb öffnen/)
  await seesHeading(page, /^Ihr Korb$/)
  return totalOf(page)
}

/** What the basket on the screen costs, at kiosk and tablet. */
export const totalOf = async (page: Page): Promise<number> => centsOf(await page.getByRole('region', { name: 'Summe' }).locator('.total').innerText())

/** The first amount in a text: `14,76 €` is 1476. */
export const centsOf = (text: string): number => {
  const found = /(\d{1,3}(?:\.\d{3})*),(\d{2})\s*€/.exec(text)
  expect(found, `an amount in "${text}"`).not.toBeNull()
  return Number(found![1]!.replaceAll('.', '')) * 100 + Number(found![2])
}
