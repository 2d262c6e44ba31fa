/** The page of a receipt on the shopper's phone: without a code, mistyped, not arrived, shown, answered, erased. */
import type { Page } from 'playwright-core'
import { readQr } from '../rig/qr-reader.ts'
import { atKiosk } from './kiosk-beside.ts'
import { press, seesHeading, type Tour, type TourStore } from './tour.ts'

export const receiptTour: Tour = {
  app: 'receipt',
  stops: (store, language) => {
    let url = ''
    return [
      {
        name: 'no-code',
        go: async (page) => {
          await page.goto(`${store.hub.url}/r`)
          await page.getByRole('textbox', { name: /^(Code Ihres Belegs|Code of your receipt)$/ }).waitFor()
        },
      },
      {
        name: 'mistyped',
        go: async (page) => {
          await page.getByRole('textbox').fill('7K3Q9-XMA2P-0')
          await press(page, /^(Öffnen|Open)$/)
          await page.getByRole('alert').waitFor()
        },
      },
      {
        name: 'none',
        go: async (page) => {
          await page.getByRole('textbox').fill('00000-00000-0')
          await press(page, /^(Öffnen|Open)$/)
          await seesHeading(page, /^(Zu diesem Beleg ist nichts da|There is nothing for this receipt)$/)
        },
      },
      {
        name: 'shown',
        go: async (page) => {
          url = await answer(page, store)
          await open(page, url)
          await seesHeading(page, /^(Ihre Meinung ist angekommen|Your opinion has arrived)$/)
          await page.getByRole('textbox').waitFor()
        },
      },
      {
        name: 'written',
        go: async (page) => {
          await page.getByRole('textbox').fill(language === 'de' ? 'Fragen Sie gern nach: anna@example.org' : 'Feel free to ask: anna@example.org')
          await press(page, /^(Senden|Send)$/)
          await page.getByText(/‹E-Mail›|‹e-mail›/).first().waitFor()
        },
      },
      {
        name: 'erase',
        go: async (page) => {
          await press(page, /^(Alles löschen|Erase everything)$/)
          await page.getByRole('button', { name: /^(Endgültig löschen|Erase for good)$/ }).waitFor()
        },
      },
      {
        name: 'erased',
        go: async (page) => {
          await press(page, /^(Endgültig löschen|Erase for good)$/)
          await seesHeading(page, /^(Gelöscht|Erased)$/)
        },
      },
      {
        name: 'no-network',
        offline: true,
        go: async (page) => {
          await page.route('**/api/receipt/open', (route) => route.abort('internetdisconnected'))
          await open(page, url)
          await seesHeading(page, /^(Der Markt ist gerade nicht zu erreichen|The store cannot be reached right now)$/)
        },
      },
    ]
  },
}

const open = async (page: Page, url: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(url)
}

/** An answer at a real kiosk beside the tour, that has arrived; returns what its receipt's QR says. */
const answer = (beside: Page, store: TourStore): Promise<string> =>
  atKiosk(beside, store, async (page) => {
    await press(page, /^schlecht$/)
    await page.getByRole('img', { name: /^QR-Code des Belegs/ }).waitFor()
    await page.getByText(/^gesichert um/).waitFor()
    return await readQr(page)
  })
