/** The page behind a sign on the shopper's phone: no sign, the question, what follows, the receipt, without a network. */
import type { Page } from 'playwright-core'
import { runSign } from '../sign.ts'
import { press, seesHeading, type Tour, type TourStore } from './tour.ts'

export const phoneTour: Tour = {
  app: 'feedback',
  stops: (store) => {
    let url = ''
    return [
      {
        name: 'no-sign',
        go: async (page) => {
          await page.goto(`${store.hub.url}/f`)
          await seesHeading(page, /^(Hier wird zurzeit nichts gefragt|Nothing is asked here at the moment)$/)
        },
      },
      {
        name: 'question',
        go: async (page) => {
          url = await signAt(store, 'checkout')
          await open(page, url)
          await seesHeading(page, /^(Wie war Ihr Einkauf heute\?|How was your shopping today\?)$/)
        },
      },
      {
        name: 'thanked',
        go: async (page) => {
          await press(page, /^(schlecht|bad)$/)
          await seesHeading(page, /^(Danke, das zählt|Thank you, that counts)$/)
          await page.getByText(/^(Angekommen|Arrived)$/).waitFor()
        },
      },
      {
        name: 'reason',
        go: async (page) => {
          await press(page, /^(Gern|Gladly)$/)
          await seesHeading(page, /^(Woran lag es\?|What was the reason\?)$/)
          await press(page, /^(Warten an der Kasse|Waiting at the till)$/)
        },
      },
      {
        name: 'end',
        go: async (page) => {
          await press(page, /^(Weiter|Next)$/)
          for (let i = 0; i < 3; i++) await press(page, /^(Überspringen|Skip)$/)
          await seesHeading(page, /^(Vielen Dank|Thank you)$/)
          await page.getByText(/^(Angekommen|Arrived)$/).waitFor()
        },
      },
      {
        name: 'no-network',
        offline: true,
        go: async (page) => {
          await open(page, url)
          await page.route('**/api/feedback/answer', (route) => route.abort('internetdisconnected'))
          await press(page, /^(gut|good)$/)
          await page.getByText(/^(Noch nicht angekommen|Not arrived yet)/).waitFor()
        },
      },
    ]
  },
}

const open = async (page: Page, url: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(url)
}

/** A new sign; the hub is reached where the tour reaches it. */
const signAt = async (store: TourStore, touchpoint: string): Promise<string> => {
  const [said, complaints]: [string[], string[]] = [[], []]
  const code = await runSign([touchpoint, '--host', new URL(store.hub.url).host, '--data', store.hub.dataDir], (line) => said.push(line), (line) => complaints.push(line))
  if (code !== 0) throw new Error(complaints.join('\n'))
  return `${store.hub.url}/f${new URL(said[0]!).hash}`
}
