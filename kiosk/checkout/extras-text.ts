/** Words of the customer card and further codes; fetched while the basket is read. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const extrasText = defineTexts({
  de: {
    extras: 'Kundenkarte oder Gutschein',
    card: 'Nummer der Kundenkarte',
    cardHint: (offers: string) => `Damit gilt außerdem: ${offers}`,
    cardUnknown: 'Diese Nummer kennt der Markt nicht.',
    cardKnown: 'Kundenkarte berücksichtigt',
    code: 'Gutschein-Code',
    codeUnknown: (code: string) => `Den Code „${code}“ kennt der Markt nicht.`,
    apply: 'Prüfen',
    remove: 'Entfernen',
  },
  en: {
    extras: 'Customer card or voucher',
    card: 'Number of your customer card',
    cardHint: (offers: string) => `With it you also get: ${offers}`,
    cardUnknown: 'The store does not know this number.',
    cardKnown: 'Customer card counted',
    code: 'Voucher code',
    codeUnknown: (code: string) => `The store does not know the code “${code}”.`,
    apply: 'Check',
    remove: 'Remove',
  },
})
