/** Words about offers that may be used a limited number of times: how many there are, and who has the last word. Never how many are left: that would hurry people. */
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { text, time } from './locale.svelte.ts'
import { defineTexts } from './texts.ts'

const limitsText = defineTexts({
  de: {
    total: (n: number) => `begrenzt: ${n} Einkäufe im Aktionszeitraum`,
    perCustomer: (n: number) => (n === 1 ? 'einmal je Kunde' : `höchstens ${n}-mal je Kunde`),
    budget: 'solange der Vorrat für die Aktion reicht',
    confirmed: 'wird an der Kasse bestätigt',
    asOf: (at: string) => `Stand ${at}`,
    hint: 'Das Angebot gilt für eine begrenzte Zahl von Einkäufen. Ob noch einer frei ist, sieht die Kasse.',
  },
  en: {
    total: (n: number) => `limited: ${n} purchases while the offer runs`,
    perCustomer: (n: number) => (n === 1 ? 'once per customer' : `at most ${n} times per customer`),
    budget: 'while the budget of the offer lasts',
    confirmed: 'confirmed at checkout',
    asOf: (at: string) => `as of ${at}`,
    hint: 'The offer is for a limited number of purchases. The checkout sees whether one is left.',
  },
})

/** How far an offer is limited; nothing for most. */
export const limitWords = ({ offer }: PublishedOffer): readonly string[] => {
  const t = text(limitsText)
  const { total, perCustomer, budget } = offer.limits ?? {}
  const uses = total ?? (budget?.type === 'usage' ? budget.limit : undefined)
  return [
    ...(uses === undefined ? [] : [t.total(uses)]),
    ...(perCustomer === undefined ? [] : [t.perCustomer(perCustomer)]),
    ...(budget?.type === 'spend' ? [t.budget] : []),
  ]
}

/** The mark of what only the checkout can say for sure, with the age of what is known here. */
export const confirmedWords = (asOf: number | null): string => {
  const t = text(limitsText)
  return asOf === null ? t.confirmed : `${t.confirmed} (${t.asOf(time(asOf))})`
}

/** Why the kiosk does not compute it. */
export const limitedHint = (): string => text(limitsText).hint
