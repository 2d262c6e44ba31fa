/** Words for what has changed since the kiosk. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const changesText = defineTexts({
  de: {
    changed: 'Das hat sich seit dem Kiosk geändert',
    unknownArticles: (n: number) => (n === 1 ? '1 Artikel führt der Markt nicht mehr.' : `${n} Artikel führt der Markt nicht mehr.`),
    gone: (name: string) => `${name}: nicht mehr im Sortiment`,
    pieceNow: (name: string) => `${name}, je Stück`,
    depositNow: (name: string) => `${name}, Pfand`,
    offerEnded: (title: string) => `„${title}“ ist beendet`,
    offerNew: (title: string) => `„${title}“ ist neu`,
    offerAmount: (title: string) => title,
    deliveryPrice: 'Lieferung',
    total: 'Summe',
    from: 'vorher',
    now: 'jetzt',
  },
  en: {
    changed: 'What has changed since the kiosk',
    unknownArticles: (n: number) => (n === 1 ? 'The store no longer has 1 of the items.' : `The store no longer has ${n} of the items.`),
    gone: (name: string) => `${name}: no longer sold`,
    pieceNow: (name: string) => `${name}, per piece`,
    depositNow: (name: string) => `${name}, deposit`,
    offerEnded: (title: string) => `“${title}” has ended`,
    offerNew: (title: string) => `“${title}” is new`,
    offerAmount: (title: string) => title,
    deliveryPrice: 'Delivery',
    total: 'Total',
    from: 'before',
    now: 'now',
  },
})
