/** The store manager: first start, the report with thin and with rich data, the devices. */
import { handOver } from './handed-over.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { listeningStops } from './listening-stops.ts'
import { shareStops } from './share-stops.ts'
import { thisDeviceStop, webShopStops } from './shared-stops.ts'
import { MANAGER, signIn } from './sign-in.ts'
import { surveyStops } from './survey-stops.ts'
import { choose, goTo, pair, press, sees, seesHeading, type Language, type Stop, type Tour, type TourStore } from './tour.ts'

export const managerTour: Tour = {
  app: 'manager',
  stops: (store, language) => [
    ...firstRunStops(store, language),
    {
      name: 'report-today',
      go: async (page) => {
        await signIn(page, MANAGER)
        await page.locator('main h1').waitFor()
        await page.getByRole('status').getByText(/^(Stand|As of) /).waitFor()
        // Brand and names come with the release.
        await page.getByText('Lindenkorb').first().waitFor()
      },
    },
    {
      name: 'report',
      go: async (page) => {
        await page.getByRole('radio', { name: /^(28 Tage|28 days)$/ }).or(page.getByRole('button', { name: /^(28 Tage|28 days)$/ })).first().click()
        await page.getByRole('heading', { level: 1, name: /28/ }).waitFor()
        await page.locator('#when').waitFor()
      },
    },
    {
      name: 'report-lower',
      go: async (page) => {
        await page.locator('#voices').scrollIntoViewIfNeeded()
      },
    },
    ...exploreStops,
    ...surveyStops,
    {
      name: 'offers',
      go: async (page) => {
        await handOver(page, store)
        await goTo(page, /^(Angebote|Offers)$/)
        await page.getByText(/^(Stand|Release) \d/).waitFor()
        await seesHeading(page, /^(Je Angebot|Per offer)$/)
      },
    },
    {
      name: 'recommendations',
      go: async (page) => {
        await goTo(page, /^(Empfehlungen|Recommendations)$/)
        await seesHeading(page, /^(Am deutlichsten zusammen gekauft|Most clearly bought together)$/)
      },
    },
    {
      name: 'recommendation',
      go: async (page) => {
        await page.getByRole('button', { name: /( ansehen$|^Look into )/ }).first().click()
        await seesHeading(page, /^(Was mit ihm gekauft wird|What is bought with it)$/)
        await page.getByRole('button', { name: /^(Ausblenden|Hide): / }).first().click()
        await seesHeading(page, /^(Was sich ändert|What changes)$/)
      },
    },
    {
      name: 'alarms',
      go: async (page) => {
        await goTo(page, /^(Alarme|Alarms)$/, /^(Handeln|Act)$/)
        await page.getByRole('columnheader', { name: /^(zufrieden von 100|satisfied in 100)$/ }).waitFor()
      },
    },
    {
      name: 'alarm-settings',
      go: async (page) => {
        await page.getByText(/^(Einstellungen|Settings)$/).click()
        await page.getByLabel(/^(Fehlalarme im Jahr|False alarms a year)/).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'cases',
      go: async (page) => {
        await goTo(page, /^(Fälle|Cases)$/, /^(Handeln|Act)$/)
        await page.getByRole('button', { name: /^Nach 17 Uhr/ }).waitFor()
      },
    },
    {
      name: 'case',
      go: async (page) => {
        await press(page, /^Nach 17 Uhr/)
        await seesHeading(page, /^(Verlauf|What happened)$/)
      },
    },
    {
      name: 'new-case',
      go: async (page) => {
        await press(page, /^(Zur Liste|To the list)$/)
        await press(page, /^(Neuer Fall|New case)$/)
        await page.getByLabel(/^(Worum geht es\?|What is it about\?)$/).waitFor()
      },
    },
    {
      name: 'cases-from-answers',
      go: async (page) => {
        await press(page, /^(Abbrechen|Cancel)$/)
        await press(page, /^(Aus einer Antwort|From an answer)$/)
        await seesHeading(page, /^(Unzufriedene Antworten|Unhappy answers)/)
      },
    },
    {
      name: 'patterns',
      go: async (page) => {
        await choose(page, /^(Muster|Patterns)$/)
        await seesHeading(page, /^Lange Schlangen am Abend$/)
      },
    },
    {
      name: 'improvements',
      go: async (page) => {
        await choose(page, /^(Verbesserungen|Improvements)$/)
        await seesHeading(page, /^Ab 16 Uhr ist Kasse 3 offen$/)
      },
    },
    {
      name: 'successes',
      go: async (page) => {
        await choose(page, /^(Erfolge|Successes)$/)
        await seesHeading(page, /^Obst und Gemüse kommen jeden Morgen$/)
      },
    },
    ...webShopStops(store, goTo),
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
      name: 'people',
      go: async (page) => {
        // The next tour finds the offer as it was.
        await press(page, /^(Wieder hier berechnen|Compute here again)$/)
        await sees(page, /^(Das Angebot wird wieder|The offer is computed here)/)

        await goTo(page, /^(Personen|People)$/)
        await page.getByRole('button', { name: /^(Jonas entfernen|Remove Jonas)$/ }).waitFor()
      },
    },
    {
      name: 'new-person',
      go: async (page) => {
        await press(page, /^(Person hinzufügen|Add a person)$/)
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'new-person-code',
      go: async (page) => {
        await page.getByRole('dialog').getByLabel('Name').fill(`Lena ${language}`)
        await press(page, /^(Hinzufügen|Add)$/)
        await sees(page, /^(Gilt einmal|Works once)/)
      },
    },
    {
      name: 'remove-person',
      go: async (page) => {
        await press(page, /^(Fertig|Done)$/)
        await press(page, new RegExp(`^(Lena ${language} entfernen|Remove Lena ${language})$`))
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'my-account',
      go: async (page) => {
        await page.getByRole('dialog').getByRole('button', { name: /^(Entfernen|Remove)$/ }).click()
        await page.getByRole('button', { name: new RegExp(`^(Lena ${language} entfernen|Remove Lena ${language})$`) }).waitFor({ state: 'detached' })
        await press(page, /^(Mein Zugang|My account): /)
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'my-password',
      go: async (page) => {
        await press(page, /^(Passwort ändern|Change the password)$/)
        await page.getByLabel(/^(Neues Passwort|New password)$/).fill('Passwort1234')
      },
    },
    {
      name: 'my-account-closed',
      go: async (page) => press(page, /^(Schließen|Close)$/),
    },
    ...listeningStops,
    ...shareStops,
    {
      name: 'privacy',
      go: async (page) => {
        await goTo(page, /^(Datenschutz|Privacy)$/)
        await page.getByRole('columnheader', { name: /^(Wie lange|How long)$/ }).waitFor()
      },
    },
    {
      name: 'privacy-periods',
      go: async (page) => {
        await press(page, /^(Fristen ändern|Change periods)$/)
        await page.getByRole('checkbox').scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'audit-log',
      go: async (page) => {
        await choose(page, /^(Protokoll|Log)$/)
        await press(page, /^(Protokoll lesen|Read the log|Neu lesen|Read again)$/)
        await page.getByRole('columnheader', { name: /^(Woran|To what)$/ }).waitFor()
      },
    },
    {
      name: 'statement',
      go: async (page) => {
        await choose(page, /^(Erklärung für den Betriebsrat|Statement for the works council)$/)
        await page.getByRole('button', { name: /^(Drucken|Print)$/ }).waitFor()
      },
    },
    {
      name: 'devices',
      go: async (page) => {
        await goTo(page, /^(Geräte|Devices)$/)
        await page.getByRole('button', { name: /^(Neues Gerät|New device)$/ }).waitFor()
      },
    },
    {
      name: 'device-profile',
      go: async (page) => {
        await press(page, /^(Einrichten|Set up): /)
        await page.getByLabel(/^(Diagonale in Zoll|Diagonal in inches)$/).fill('32')
        await page.getByLabel(/^(Breite in Bildpunkten|Width in pixels)$/).fill('1080')
        await page.getByLabel(/^(Höhe in Bildpunkten|Height in pixels)$/).fill('1920')
        await page.getByLabel(/^(Mitte über dem Boden in cm|Middle above the floor in cm)$/).fill('118')
        await sees(page, /^(Die oberen|The upper) 314 mm/)
      },
    },
    {
      name: 'site-card',
      go: async (page) => {
        await press(page, /^(Karte für den Platz|Card for the place)$/)
        await seesHeading(page, /^(Aufstellkarte|Site card): /)
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
    thisDeviceStop,
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
        await goTo(page, /^(Heute|Today)$/)
        await page.context().setOffline(true)
        await page.getByText(/^(Keine Verbindung zum Rechner im Markt|No connection to the computer in the store)/).waitFor()
      },
    },
  ],
}

/** "Verstehen", part by part, down to the words of one comment. */
const exploreStops: readonly Stop[] = [
  {
    name: 'explore',
    go: async (page) => {
      await goTo(page, /^(Verstehen|Understand)$/)
      await page.getByRole('slider', { name: /^(Tag ablesen|Read out a day)$/ }).waitFor()
      await seesHeading(page, /^(Stunde und Wochentag|Hour and weekday)$/)
    },
  },
  {
    name: 'explore-comparison',
    go: async (page) => {
      await choose(page, /^(Vergleich|Comparison)$/)
      await page.getByRole('columnheader', { name: /^(Was man sagen kann|What can be said)$/ }).first().waitFor()
    },
  },
  {
    name: 'explore-drivers',
    go: async (page) => {
      await choose(page, /^(Worauf es ankommt|What matters)$/)
      await seesHeading(page, /^(Was schmerzt, was begeistert|What hurts, what delights)$/)
    },
  },
  {
    name: 'explore-words',
    go: async (page) => {
      await choose(page, /^(Worte|Words)$/)
      await press(page, /^(Kasse und Warten|Checkout and waiting)$/)
      await page.locator('blockquote').first().waitFor()
    },
  },
  {
    name: 'explore-spend',
    go: async (page) => {
      await choose(page, /^(Einkauf|Shopping)$/)
      await page.getByText(/^(Ein Zusammenhang, keine Ursache|A correlation, no cause)/).waitFor()
    },
  },
]

/** A store that nobody has been in yet; it is gone with the last of these. */
const firstRunStops = (store: TourStore, language: Language): readonly Stop[] => {
  let begun: HubProcess | null = null
  return [
    {
      name: 'pairing',
      go: async (page) => {
        begun = await HubProcess.start()
        await page.goto(`${begun.url}/manager/`)
        await page.getByRole('radio', { name: language === 'de' ? 'Deutsch' : 'English' }).click()
        await seesHeading(page, /^(Guten Tag|Good day)$/)
      },
    },
    {
      name: 'first-run',
      go: async (page) => {
        await pair(page, begun!.codeFor('manager'))
        await seesHeading(page, /^(Willkommen|Welcome)$/)
        await page.getByLabel(/^(Ihr Name|Your name)$/).fill(MANAGER.name)
        await page.getByLabel(/^(Neues Passwort|New password)$/).fill('Zwiebel')
      },
    },
    {
      name: 'first-report',
      go: async (page) => {
        await page.getByLabel(/^(Neues Passwort|New password)$/).fill(MANAGER.password)
        await press(page, /^(Eintragen und beginnen|Sign up and begin)$/)
        await page.locator('main h1').waitFor()
      },
    },
    {
      name: 'names',
      go: async (page) => {
        await page.goto(`${store.hub.url}/manager/`)
        await begun!.remove()
        await page.getByRole('radio', { name: language === 'de' ? 'Deutsch' : 'English' }).click()
        await pair(page, store.hub.codeFor('manager'))
        await seesHeading(page, /^(Wer sind Sie\?|Who are you\?)$/)
      },
    },
  ]
}
