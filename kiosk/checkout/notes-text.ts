/** Words about a basket as a whole; fetched while the first of it is read. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const notesText = defineTexts({
  de: {
    kept: (price: string) => `Am Kiosk war es günstiger. Die Zusage gilt: Sie zahlen ${price}.`,
    expired: 'Die Preiszusage ist abgelaufen. Es gelten die heutigen Preise.',
    elsewhereTitle: 'Schon woanders geöffnet',
    elsewhere: 'Auf einem anderen Handy oder in einem anderen Fenster. Sie können trotzdem bestellen. Gutscheine, die es nur einmal gibt, gelten dort.',
    onceOver: 'Gutscheine, die es nur einmal gibt, waren zwei Stunden lang dabei. Sie sind es nicht mehr.',
  },
  en: {
    kept: (price: string) => `It was cheaper at the kiosk. The promise holds: you pay ${price}.`,
    expired: 'The price promise has ended. Today’s prices apply.',
    elsewhereTitle: 'Already opened elsewhere',
    elsewhere: 'On another phone or in another window. You can still order. Vouchers that exist only once count there.',
    onceOver: 'Vouchers that exist only once were kept for two hours. They no longer count.',
  },
})
