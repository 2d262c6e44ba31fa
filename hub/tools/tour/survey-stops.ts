/** The manager's page for surveys: the list, a new one out of the bank, its parts, and the kiosk in its frame. */
import type { Page } from 'playwright-core'
import { goTo, press, sees, seesHeading, type Stop } from './tour.ts'

const inside = (page: Page) => page.frameLocator('iframe')
/** What lies in the frame is small: pressed by keyboard, wherever it is scrolled to. */
const touch = (page: Page, name: RegExp): Promise<void> => inside(page).getByRole('button', { name }).first().press('Enter')

export const surveyStops: readonly Stop[] = [
  {
    name: 'surveys',
    go: async (page) => {
      await goTo(page, /^(Fragen|Ask)$/)
      await page.getByRole('columnheader', { name: /^(Genauigkeit|Exactness)$/ }).first().waitFor()
    },
  },
  {
    name: 'survey-bank',
    go: async (page) => {
      await press(page, /^(Neue Befragung|New survey)$/)
      await press(page, /^(Aus der Fragensammlung|From the bank of questions)$/)
      await seesHeading(page, /^(Fragensammlung|Bank of questions)$/)
    },
  },
  {
    name: 'survey-question',
    go: async (page) => {
      for (const words of [/(Wie war Ihr Einkauf heute|How was your shopping today)/, /(Was zählt für Sie|What matters most)/, /(Wie zufrieden waren Sie mit …|How satisfied were you with …)/]) await press(page, new RegExp(`^(Übernehmen|Take over): ${words.source}`))
      await page.getByRole('button', { name: /^2 / }).click()
      await sees(page, /^(Wird allen gestellt|Is put to everybody)\.$/)
    },
  },
  {
    name: 'survey-place',
    go: async (page) => {
      await page.getByRole('button', { name: /^(Name und Ort|Name and place)/ }).click()
      await seesHeading(page, /^(Wo gefragt wird|Where it is asked)$/)
    },
  },
  {
    name: 'survey-rules',
    go: async (page) => {
      await page.getByRole('button', { name: /^(Regeln|Rules)/ }).click()
      await page.getByRole('radio', { name: /^(zu bestimmten Zeiten|at certain times)$/ }).check()
      await sees(page, /^(Weitere Zeit|Another time)$/)
    },
  },
  {
    name: 'survey-preview-order',
    go: async (page) => {
      await press(page, /^(Vorschau|Preview)$/)
      await touch(page, /^(gut|good)$/)
      await touch(page, /^(Gern|Gladly)$/)
      const options = inside(page).getByRole('group').getByRole('button', { pressed: false })
      await options.nth(1).press('Enter')
      await options.first().press('Enter')
      await inside(page).getByText(/^(Und nun Platz 3|Now number 3)/).waitFor()
    },
  },
  {
    name: 'survey-preview-table',
    go: async (page) => {
      await touch(page, /^(Weiter|Next)$/)
      await inside(page).getByRole('group').getByRole('group').first().getByRole('button').nth(3).press('Enter')
      await sees(page, /^(Das würde gesichert|This would be saved)$/)
    },
  },
]
