/** The staff tablet: search, the answers, a shopper's basket, the devices. */
import type { Page } from 'playwright-core'
import { handOver } from './handed-over.ts'
import { thisDeviceStop, webShopStops } from './shared-stops.ts'
import { confirmFresh, FRESH, signIn, signOut, STAFF, typePin } from './sign-in.ts'
import { choose, pair, press, sees, seesHeading, type Tour } from './tour.ts'

/** A tablet that nobody touches locks after five minutes; it asks half a minute before. */
const UNTIL_WARNING_MS = 4.5 * 60_000 + 1000
const WARNING_MS = 30_000

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
      name: 'names',
      go: async (page) => {
        await pair(page, store.hub.codeFor('staff'))
        await seesHeading(page, /^(Wer sind Sie\?|Who are you\?)$/)
      },
    },
    {
      name: 'password',
      go: async (page) => {
        await page.getByRole('button', { name: new RegExp(`^${STAFF.name} `) }).click()
        await page.getByLabel(/^(Passwort|Password)$/).waitFor()
      },
    },
    {
      name: 'code',
      go: async (page) => {
        await press(page, /^(Ich habe einen Code bekommen|I was given a code)$/)
        await page.getByLabel(/^(Neues Passwort|New password)$/).fill('Regen am')
      },
    },
    {
      name: 'search',
      go: async (page) => {
        await press(page, /^(Anderer Name|Another name)$/)
        await signIn(page, STAFF)
        await searchField(page).waitFor()
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
      name: 'note',
      go: async (page) => {
        await press(page, /^(Gespräch|Conversation)$/)
        await seesHeading(page, /^(Wie hat es die Person empfunden\?|How did they feel about it\?)$/)
      },
    },
    {
      name: 'noted',
      go: async (page) => {
        await press(page, /^(schlecht|bad)$/)
        await page.getByRole('textbox').fill('Frau Krause suchte lange, 0171 2345678')
        await page.getByText(/‹(Telefon|phone)›/).waitFor()
      },
    },
    {
      name: 'note-done',
      go: async (page) => {
        await press(page, /^(Worte speichern|Save the words)$/)
        await page.getByText(/^(Ein Gespräch notiert|One conversation noted)$/).waitFor()
        await press(page, /^(Suchen|Search)$/)
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
      name: 'team-cases',
      go: async (page) => {
        await press(page, /^(Fälle|Cases)$/)
        await page.getByRole('button', { name: /^Nach 17 Uhr/ }).waitFor()
      },
    },
    {
      name: 'team-case',
      go: async (page) => {
        await press(page, /^Nach 17 Uhr/)
        await seesHeading(page, /^(Verlauf|What happened)$/)
      },
    },
    ...webShopStops(store),
    {
      name: 'hub',
      go: async (page) => {
        await press(page, /^(Geräte|Devices)$/)
        await choose(page, /^(Zentrale|Hub)$/)
        await seesHeading(page, /^(Sind alle Antworten da\?|Are all answers here\?)$/)
      },
    },
    thisDeviceStop,
    {
      name: 'devices',
      go: async (page) => {
        await choose(page, /^(Alle Geräte|All devices)$/)
        await seesHeading(page, /^(Geräte im Markt|Devices in the store)$/)
      },
    },
    {
      name: 'signed-out',
      go: async (page) => {
        await signOut(page)
        await sees(page, /^(Sie sind abgemeldet|You are signed out)\.$/)
      },
    },
    {
      name: 'pin',
      go: async (page) => {
        await page.getByRole('button', { name: new RegExp(`^${STAFF.name} `) }).click()
        await page.getByRole('button', { name: /^(Ziffer|Digit) 4$/ }).click()
        await sees(page, /^(1 von 6 Ziffern|1 of 6 digits)$/)
      },
    },
    {
      name: 'pin-wrong',
      go: async (page) => {
        await typePin(page, '11111')
        await page.getByRole('alert').waitFor()
      },
    },
    {
      name: 'my-account',
      go: async (page) => {
        await typePin(page, STAFF.pin)
        await press(page, /^(Mein Zugang|My account): /)
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'my-pin',
      go: async (page) => {
        await press(page, /^(PIN festlegen|Set a PIN)$/)
        await page.getByRole('dialog').getByRole('button', { name: /^(Ziffer|Digit) 1$/ }).waitFor()
      },
    },
    {
      name: 'fresh-password',
      go: async (page) => {
        await typePin(page, STAFF.pin)
        await sees(page, /^(Dieselbe PIN noch einmal|The same PIN once more)$/)
        await typePin(page, STAFF.pin)
        await page.getByRole('dialog', { name: FRESH }).waitFor()
      },
    },
    {
      name: 'names-offline',
      offline: true,
      go: async (page) => {
        await confirmFresh(page, STAFF.password)
        await sees(page, /^(Ihre neue PIN gilt|Your new PIN counts)\.$/)
        await press(page, /^(Schließen|Close)$/)
        await signOut(page)
        await page.context().setOffline(true)
        await sees(page, /^(Ohne Verbindung\. Wer hier|No connection\. Whoever)/)
      },
    },
    {
      name: 'offline',
      offline: true,
      go: async (page) => {
        await signIn(page, STAFF)
        await sees(page, /^(ohne Verbindung angemeldet|signed in without a connection)$/)
        await press(page, /^(Geräte|Devices)$/)
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
    {
      name: 'lock-warning',
      offline: true,
      go: async (page) => {
        await page.clock.install()
        await page.reload()
        await signIn(page, STAFF)
        await page.clock.fastForward(UNTIL_WARNING_MS)
        await page.getByRole('dialog', { name: /^(Noch da\?|Still there\?)$/ }).waitFor()
      },
    },
    {
      name: 'locked',
      offline: true,
      go: async (page) => {
        await page.clock.fastForward(WARNING_MS)
        await sees(page, /^(Eine Weile hat niemand|Nobody touched this device)/)
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
