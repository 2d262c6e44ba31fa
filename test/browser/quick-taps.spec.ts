import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { slowDown } from '#hub/tools/rig/browser-session.ts'
import { readyKiosk, startVisit } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(async () => {
  await store.close()
  store.verifyQuiet()
})

describe('quick fingers on a slow tablet', () => {
  it('lose no tap: three on the plus make four, and going back at once takes the last one along', async () => {
    const { page } = await readyKiosk(store)
    await startVisit(page)
    await page.getByRole('button', { name: 'Brot & Kuchen' }).tap()
    await page.locator('article').first().getByRole('button', { name: /^In den Korb/ }).tap()
    await page.getByRole('button', { name: /^Korb öffnen, 1 / }).tap()
    await page.getByRole('button', { name: /: eins mehr$/ }).waitFor()
    await slowDown(page, 6)
    await page.evaluate(() => {
      const press = (name: RegExp): void => [...document.querySelectorAll('button')].find((one) => name.test(one.ariaLabel ?? one.textContent))!.click()
      for (let tap = 0; tap < 3; tap++) press(/: eins mehr$/)
      press(/^\s*Zurück$/)
    })
    await page.getByRole('button', { name: /^Korb öffnen, 4 / }).waitFor()
    await expect.poll(() => page.locator('article').first().getByText('4', { exact: true }).count()).toBe(1)
  })
})
