/** The staff tablet: search, the answers, a shopper's basket, the devices. */
import type { Page } from 'playwright-core'
import { handOver } from './handed-over.ts'
import { plantDifference } from './price-difference.ts'
import { choose, pair, press, sees, seesHeading, type Tour } from './tour.ts'

export const staffTour: Tour = {
  app: 'staff',
  stops: (store) => [
    {
      name: 'pairing',
      go: async (page) => {
        await page.goto(`${store.hub.url}/staff/`)
        await seesHeading(page, /^(Gerät anmelden|Pair this device)$/)
      },
    },
    {
      name: 'search',
      go: async (page) => {
        await pair(page, store.hub.codeFor('staff'))
        await searchField(page).waitFor({ timeout: 30_000 })
        await seesHeading(page, /^(Angebote des Marktes|Offers of the store)$/)
      },
    },
    {
      name: 'article',
      go: async (page) => {
        await searchField(page).fill('milch')
        await page.locator('button.article').first().click()
        await page.locator('.answer h1').waitFor()
      },
    },
    {
      name: 'offer',
      go: async (page) => {
        await leaveAnswer(page)
        await searchField(page).fill('')
        await page.locator('.results ul').last().getByRole('button').first().click()
        await page.locator('.answer h1').waitFor()
      },
    },
    {
      name: 'basket',
      go: async (page) => {
        const { code } = await handOver(page, store)
        await leaveAnswer(page)
        await searchField(page).fill(code)
        await press(page, /^(Korb|Open basket) /)
        await seesHeading(page, /^(Korb|Basket) /)
      },
    },
    {
      name: 'no-basket',
      go: async (page) => {
        await leaveAnswer(page)
        await searchField(page).fill('ZZZZZZ')
        await press(page, /^(Korb|Open basket) /)
        await page.locator('.answer').getByText(/^(Kein Korb mit dem Code|No basket with the code)/).waitFor()
      },
    },
    {
      name: 'web-shop',
      go: async (page) => {
        plantDifference(store.hub.dataDir)
        await press(page, /^(Online-Shop|Web shop)$/)
        await seesHeading(page, /^(Abweichungen|Differences)$/)
      },
    },
    {
      name: 'web-shop-difference',
      go: async (page) => {
        await press(page, /^(Ansehen|Look into it): /)
        await seesHeading(page, /^(Beide Rechnungen|Both calculations)$/)
      },
    },
    {
      name: 'hub',
      go: async (page) => {
        await press(page, /^(Geräte|Devices)$/)
        await choose(page, /^(Zentrale|Hub)$/)
        await seesHeading(page, /^(Sind alle Antworten da\?|Are all answers here\?)$/)
      },
    },
    {
      name: 'this-device',
      go: async (page) => {
        await choose(page, /^(Dieses Gerät|This device)$/)
        await press(page, /^(Selbsttest starten|Start the self-test)$/)
        await sees(page, /^(Nichts verloren, nichts doppelt|Nothing lost, nothing twice)\.$/)
      },
    },
    {
      name: 'devices',
      go: async (page) => {
        await choose(page, /^(Alle Geräte|All devices)$/)
        await seesHeading(page, /^(Geräte im Markt|Devices in the store)$/)
      },
    },
    {
      name: 'offline',
      offline: true,
      go: async (page) => {
        await page.context().setOffline(true)
        await page.getByText(/^(Ohne Verbindung\.|No connection\.)/).waitFor()
      },
    },
    {
      name: 'basket-offline',
      offline: true,
      go: async (page) => {
        await press(page, /^(Suchen|Search)$/)
        await leaveAnswer(page)
        await searchField(page).fill('ABC234')
        await press(page, /^(Korb|Open basket) /)
        await page.locator('.answer').getByText(/^(Ohne Verbindung kein Nachschlagen|No looking up without a connection)/).waitFor()
      },
    },
  ],
}

const searchField = (page: Page) => page.getByRole('textbox', { name: /^(Artikel, Angebot oder Korb-Code|Item, offer or basket code)$/ })

/** On a narrow screen the answer stands where the search was. */
const leaveAnswer = async (page: Page): Promise<void> => {
  const back = page.locator('.answer .back button')
  if (await back.isVisible()) await back.click()
}
