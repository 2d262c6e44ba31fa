/** The store manager: first start, the report with thin and with rich data, the devices. */
import { handOver } from './handed-over.ts'
import { plantDifference } from './price-difference.ts'
import { choose, pair, press, sees, seesHeading, type Tour } from './tour.ts'

export const managerTour: Tour = {
  app: 'manager',
  stops: (store, language) => [
    {
      name: 'pairing',
      go: async (page) => {
        await page.goto(`${store.hub.url}/manager/`)
        await page.getByRole('radio', { name: language === 'de' ? 'Deutsch' : 'English' }).click()
        await seesHeading(page, /^(Guten Tag|Good day)$/)
      },
    },
    {
      name: 'report-today',
      go: async (page) => {
        await pair(page, store.hub.codeFor('manager'))
        await page.locator('main h1').waitFor({ timeout: 30_000 })
        await page.getByRole('status').getByText(/^(Stand|As of) /).waitFor()
        // Brand and names come with the release.
        await page.getByText('Lindenkorb').first().waitFor()
      },
    },
    {
      name: 'report',
      go: async (page) => {
        await page.getByRole('radio', { name: /^(28 Tage|28 days)$/ }).or(page.getByRole('button', { name: /^(28 Tage|28 days)$/ })).first().click()
        await page.locator('#when').waitFor()
      },
    },
    {
      name: 'report-lower',
      go: async (page) => {
        await page.locator('#voices').scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'offers',
      go: async (page) => {
        await handOver(page, store)
        await press(page, /^(Angebote|Offers)$/)
        await page.getByText(/^(Stand|Release) \d/).waitFor()
        await seesHeading(page, /^(Je Angebot|Per offer)$/)
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
      name: 'web-shop-left',
      go: async (page) => {
        await press(page, /^(An der Kasse berechnen|Compute at the checkout)$/)
        await sees(page, /^(Das Angebot wird jetzt|The offer is computed at)/)
        await press(page, /^(Zurück zur Übersicht|Back to the overview)$/)
        await seesHeading(page, /^(Von Hand an die Kasse gegeben|Left to the checkout by hand)$/)
      },
    },
    {
      name: 'devices',
      go: async (page) => {
        // The next tour finds the offer as it was.
        await press(page, /^(Wieder hier berechnen|Compute here again)$/)
        await sees(page, /^(Das Angebot wird wieder|The offer is computed here)/)

        await press(page, /^(Geräte|Devices)$/)
        await page.getByRole('button', { name: /^(Neues Gerät|New device)$/ }).waitFor()
      },
    },
    {
      name: 'completeness',
      go: async (page) => {
        await choose(page, /^(Vollständigkeit|Completeness)$/)
        await seesHeading(page, /^(Sind alle Antworten da\?|Are all answers here\?)$/)
      },
    },
    {
      name: 'hub-health',
      go: async (page) => {
        await choose(page, /^(Zentrale|Hub)$/)
        await sees(page, /^(Letzte geprüfte Sicherung|Last verified backup)$/)
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
      name: 'new-device',
      go: async (page) => {
        await press(page, /^(Neues Gerät|New device)$/)
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'offline',
      offline: true,
      go: async (page) => {
        await press(page, /^(Abbrechen|Cancel)$/)
        await press(page, /^(Bericht|Report)$/)
        await page.context().setOffline(true)
        await page.getByText(/^(Keine Verbindung zum Rechner im Markt|No connection to the computer in the store)/).waitFor()
      },
    },
  ],
}
