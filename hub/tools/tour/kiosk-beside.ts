/** A real kiosk beside the tour, ready for whoever touches it. */
import type { Page } from 'playwright-core'
import { PATIENCE_MS } from '../rig/browser-session.ts'
import { pair, speak, type TourStore } from './tour.ts'

/** In the same browser as `beside`, but with nothing else in common; gone when `use` is done. */
export const atKiosk = async <T>(beside: Page, { hub }: TourStore, use: (kiosk: Page) => Promise<T>): Promise<T> => {
  const browser = beside.context().browser()
  if (!browser) throw new Error('the tour has no browser')
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, locale: 'de-DE', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE_MS)
  try {
    const page = await context.newPage()
    await page.goto(`${hub.url}/shopper/`)
    await speak(page, 'de')
    await pair(page, hub.codeFor('kiosk'))
    await page.getByRole('button', { name: 'Anzeige 1' }).click()
    return await use(page)
  } finally {
    await context.close()
  }
}
