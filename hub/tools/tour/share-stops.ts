/** The manager's page for sharing: the letter, the board, programs and tables. */
import { choose, goTo, press, sees, seesHeading, type Stop } from './tour.ts'
import { FRESH, givePassword, MANAGER } from './sign-in.ts'

export const shareStops: readonly Stop[] = [
  {
    name: 'letter',
    go: async (page) => {
      await goTo(page, /^(Teilen|Share)$/)
      await seesHeading(page, /^(Was als Nächstes zu tun ist|What to do next)$/)
    },
  },
  {
    name: 'share-board',
    go: async (page) => {
      await choose(page, /^(Tafel|Board)$/)
      await press(page, /^(Kommentare ansehen|Look at comments)$/)
      await page.getByRole('checkbox').first().waitFor()
    },
  },
  {
    name: 'share-programs',
    go: async (page) => {
      await choose(page, /^(Programme|Programs)$/)
      await seesHeading(page, /^(Empfänger von Meldungen|Receivers of calls)$/)
    },
  },
  {
    name: 'share-token',
    go: async (page) => {
      await press(page, /^(Neuer Zugang|New token)$/)
      await page.getByRole('dialog').getByLabel('Name').fill('Kassenbüro')
      await page.getByRole('checkbox', { name: /^(Zahlen, Fragen|read figures)/ }).check()
    },
  },
  {
    name: 'share-token-told',
    go: async (page) => {
      await press(page, /^(Anlegen|Create)$/)
      const fresh = page.getByRole('heading', { name: FRESH })
      const told = page.getByText(/^einklang_/)
      await fresh.or(told).first().waitFor()
      if (await fresh.isVisible()) await givePassword(page, MANAGER.password)
      await told.waitFor()
    },
  },
  {
    name: 'share-tables',
    go: async (page) => {
      await press(page, /^(Schließen|Close)$/)
      // The next tour finds no token.
      await press(page, /^(Kassenbüro widerrufen|Revoke Kassenbüro)$/)
      await sees(page, /(widerrufen am|revoked on)/)
      await choose(page, /^(Tabellen|Tables)$/)
      await sees(page, /^(Werte der Wochenbriefe|Figures of the weekly letters)$/)
    },
  },
]
