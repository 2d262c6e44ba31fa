/** The board on the wall: with its figures, and after its link has ended. */
import { boardLink } from './board-link.ts'
import { seesHeading, type Tour } from './tour.ts'

export const boardTour: Tour = {
  app: 'board',
  stops: (store, language) => [
    {
      name: 'figures',
      go: async (page) => {
        await page.goto(`${store.hub.url}/board/#${boardLink(store.hub.dataDir)}`)
        await seesHeading(page, language === 'de' ? /^(Heute|Letzte 7 Tage)$/ : /^(Today|Last 7 days)$/)
      },
    },
    {
      name: 'ended',
      go: async (page) => {
        // A page without its link is shown as one whose link has ended: nobody is asked.
        await page.goto('about:blank')
        await page.goto(`${store.hub.url}/board/`)
        await seesHeading(page, /^(Diese Tafel gilt nicht mehr|This board is not valid any more)$/)
      },
    },
  ],
}
