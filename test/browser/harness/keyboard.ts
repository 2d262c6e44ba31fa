/** Going through a page as somebody does who cannot touch or see a pointer. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any screen has: what lies beyond cannot be reached. */
const MOST_STOPS = 80

/** Tabs to it, once it can be had: a button that waits for the hub takes no focus yet. */
export const tabTo = async (page: Page, wanted: Locator): Promise<void> => {
  await wanted.first().waitFor()
  await expect.poll(() => wanted.first().isEnabled()).toBe(true)
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${wanted.toString()}`)
}

/** Tabs to it and presses Enter. */
export const reach = async (page: Page, wanted: Locator): Promise<void> => {
  await tabTo(page, wanted)
  await page.keyboard.press('Enter')
}

/** To a page of the manager's app that stands under the running of the store. */
export const reachPage = async (page: Page, name: string): Promise<void> => {
  await reach(page, page.getByRole('link', { name: 'Betrieb', exact: true }))
  await reach(page, page.getByRole('link', { name, exact: true }))
}
