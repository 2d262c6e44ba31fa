/** Words for a basket whose prices changed while it was filled. */
import { defineTexts } from './texts.ts'

export const repricedText = defineTexts({
  de: {
    title: 'Im Markt gelten jetzt neue Preise',
    changed: 'Preise in Ihrem Korb haben sich geändert.',
    gone: (name: string) => `${name}: nicht mehr im Sortiment`,
    added: (name: string) => `Neu im Korb: ${name}`,
    pieceNow: (name: string) => `${name}, je Stück`,
    depositNow: (name: string) => `${name}, Pfand`,
    offerEnded: (title: string) => `„${title}“ ist beendet`,
    offerNew: (title: string) => `„${title}“ ist neu`,
    deliveryPrice: 'Lieferung',
    total: 'Summe',
    from: 'vorher',
    now: 'jetzt',
    understood: 'Verstanden',
    inDoubt: 'Hier gelten vielleicht schon neue Preise. Die Kasse bestätigt sie.',
    release: (name: string) => `Preisstand ${name}`,
  },
  en: {
    title: 'New prices now apply in this store',
    changed: 'Prices in your basket have changed.',
    gone: (name: string) => `${name}: no longer sold`,
    added: (name: string) => `New in your basket: ${name}`,
    pieceNow: (name: string) => `${name}, per piece`,
    depositNow: (name: string) => `${name}, deposit`,
    offerEnded: (title: string) => `“${title}” has ended`,
    offerNew: (title: string) => `“${title}” is new`,
    deliveryPrice: 'Delivery',
    total: 'Total',
    from: 'before',
    now: 'now',
    understood: 'Understood',
    inDoubt: 'New prices may already apply here. The checkout confirms them.',
    release: (name: string) => `price list ${name}`,
  },
})
