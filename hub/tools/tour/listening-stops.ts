/** The manager's page about channels: ways, response rate, signs. */
import { choose, goTo, press, sees, seesHeading, type Stop } from './tour.ts'

export const listeningStops: readonly Stop[] = [
  {
    name: 'channels',
    go: async (page) => {
      await goTo(page, /^(Kanäle|Channels)$/, /^(Fragen|Ask)$/)
      await sees(page, /( davon unvollständig$| of them incomplete$)/)
    },
  },
  {
    name: 'response-rate',
    go: async (page) => {
      await choose(page, /^(Rücklauf|Response rate)$/)
      await seesHeading(page, /^(Rücklauf an den Kiosken|Response rate at the kiosks)$/)
    },
  },
  {
    name: 'signs',
    go: async (page) => {
      await choose(page, /^(QR-Schilder|QR signs)$/)
      await press(page, /^(Schild anlegen|Make a sign)$/)
      await page.getByRole('img', { name: /^QR/ }).first().waitFor()
    },
  },
]
