/** The shopper's phone: from a page without a code to the order, and what a used or broken code shows. */
import { handOver, type HandedOver } from './handed-over.ts'
import { press, seesHeading, type Tour } from './tour.ts'

export const checkoutTour: Tour = {
  app: 'checkout',
  stops: (store) => {
    let handed: HandedOver = { url: '', code: '' }
    return [
      {
        name: 'no-code',
        go: async (page) => {
          await page.goto(`${store.hub.url}/checkout/`)
          await seesHeading(page, /^(Hier öffnet sich Ihr Korb|Your basket opens here)$/)
        },
      },
      {
        name: 'damaged',
        go: async (page) => {
          await page.goto('about:blank')
          await page.goto(`${store.hub.url}/checkout/#1234567890`)
          await page.getByRole('heading', { level: 1 }).waitFor()
        },
      },
      {
        name: 'basket',
        go: async (page) => {
          handed = await handOver(page, store)
          await page.goto('about:blank')
          await page.goto(handed.url)
          await seesHeading(page, /^(Ihr Korb|Your basket)$/)
        },
      },
      {
        name: 'to-kiosk',
        go: async (page) => {
          await page.locator('summary', { hasText: /Auf einen Kiosk|Onto a kiosk/ }).click()
          await page.getByRole('img', { name: /QR/ }).waitFor()
        },
      },
      {
        name: 'order',
        go: async (page) => {
          await press(page, /^(Weiter zur Bestellung|Continue to order)$/)
          await seesHeading(page, /^(Prüfen und bestellen|Check and order)$/)
        },
      },
      {
        name: 'ordered',
        go: async (page) => {
          await page.getByRole('textbox', { name: /^(Ihr Name|Your name)/ }).fill('Ada Lovelace')
          await press(page, /^(Zahlungspflichtig bestellen|Order with obligation to pay)$/)
          await seesHeading(page, /^(Bestellt|Ordered)$/)
        },
      },
      {
        name: 'used',
        go: async (page) => {
          // Another phone, that did not order.
          await page.evaluate(() => sessionStorage.clear())
          await page.goto('about:blank')
          await page.goto(handed.url)
          await seesHeading(page, /^(Dieser Korb ist bestellt|This basket has been ordered)$/)
        },
      },
      {
        name: 'no-network',
        offline: true,
        go: async (page) => {
          await page.route('**/api/handoff/open', (route) => route.abort('internetdisconnected'))
          await page.reload()
          await seesHeading(page, /^(Gerade keine Verbindung|No connection right now)$/)
        },
      },
    ]
  },
}
