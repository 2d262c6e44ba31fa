/** The words of explain.ts in both languages. */
import type { Language } from '../kernel/language.ts'

/** The sentences and their parts. */
export type ExplanationWords = {
  readonly and: (parts: readonly string[]) => string
  readonly or: (parts: readonly string[]) => string
  readonly others: string
  readonly amount: (money: string, from: string | null) => string
  readonly pieces: (pieces: number, of: string | null) => string
  readonly reach: (more: string, offer: string) => string
  readonly untilNext: (more: string) => string
  readonly saved: (money: string) => string
  readonly gift: (quantity: number, product: string) => string
  readonly replacedBy: (offer: string) => string
  readonly nothingLeft: string
  readonly withCode: string
  readonly withGroup: (groups: readonly string[]) => string
  readonly atCheckout: (sentence: string) => string
  readonly birthday: string
  readonly nthOrder: (n: number) => string
  readonly countries: (names: readonly string[]) => string
  readonly shipping: (names: readonly string[]) => string
  readonly weekdays: (days: readonly number[]) => string
  readonly hours: (from: string, until: string) => string
  readonly notThisBasket: string
  readonly from: (day: string) => string
  readonly until: (day: string) => string
  readonly fromUntil: (from: string, until: string) => string
  readonly over: (day: string) => string
  readonly disabled: string
  readonly otherChannel: string
  readonly otherCurrency: string
  readonly otherStore: string
  readonly exhausted: string
}

/** "A, B and C". */
const joined = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`

/** Three or more days in a row read as a span. */
const daysNamed = (days: readonly number[], names: readonly string[], and: string, to: string): string => {
  const sorted = [...days].sort((a, b) => a - b)
  const name = (day: number): string => names[day - 1] ?? ''
  const inARow = sorted.length > 2 && sorted.every((day, i) => i === 0 || day === sorted[i - 1]! + 1)
  return inARow ? `${name(sorted[0]!)} ${to} ${name(sorted.at(-1)!)}` : joined(sorted.map(name), and)
}

const GERMAN_DAYS = ['montags', 'dienstags', 'mittwochs', 'donnerstags', 'freitags', 'samstags', 'sonntags']
const ENGLISH_DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

const de: ExplanationWords = {
  and: (parts) => joined(parts, 'und'),
  or: (parts) => joined(parts, 'oder'),
  others: 'anderen',
  amount: (money, from) => (from ? `${money} (${from})` : money),
  pieces: (pieces, of) => `${pieces} Stück${of ? ` (${of})` : ''}`,
  reach: (more, offer) => `Noch ${more}, dann: ${offer}`,
  untilNext: (more) => `Noch ${more} bis zum nächsten Vorteil`,
  saved: (money) => `${money} gespart`,
  gift: (quantity, product) => `Gratis dazu: ${quantity} × ${product}`,
  replacedBy: (offer) => `Durch ‹${offer}› ersetzt`,
  nothingLeft: 'Hier bleibt nichts mehr abzuziehen',
  withCode: 'Mit Code',
  withGroup: (groups) => (groups.length > 0 ? `Für ${joined(groups, 'oder')}` : 'Mit Kundenkarte'),
  atCheckout: (sentence) => `${sentence} – wird an der Kasse abgezogen`,
  birthday: 'Zum Geburtstag',
  nthOrder: (n) => (n === 1 ? 'Bei der ersten Bestellung' : `Bei der ${n}. Bestellung`),
  countries: (names) => `Gilt nur für ${joined(names, 'und')}`,
  shipping: (names) => `Gilt nur mit ${joined(names, 'oder')}`,
  weekdays: (days) => `Gilt nur ${daysNamed(days, GERMAN_DAYS, 'und', 'bis')}`,
  hours: (from, until) => (until === '24:00' ? `Gilt ab ${from} Uhr` : `Gilt von ${from} bis ${until} Uhr`),
  notThisBasket: 'Gilt nicht für diesen Warenkorb',
  from: (day) => `Ab ${day}`,
  until: (day) => `Bis ${day}`,
  fromUntil: (from, until) => `${from} bis ${until}`,
  over: (day) => `Beendet seit ${day}`,
  disabled: 'Zurzeit nicht gültig',
  otherChannel: 'Gilt hier nicht',
  otherCurrency: 'Gilt nicht in dieser Währung',
  otherStore: 'Gilt in einer anderen Filiale',
  exhausted: 'Aufgebraucht',
}

const en: ExplanationWords = {
  and: (parts) => joined(parts, 'and'),
  or: (parts) => joined(parts, 'or'),
  others: 'others',
  amount: (money, from) => `${money} more${from ? ` (${from})` : ''}`,
  pieces: (pieces, of) => `${pieces} more${of ? ` (${of})` : ''}`,
  reach: (more, offer) => `${more}, then: ${offer}`,
  untilNext: (more) => `${more} to the next saving`,
  saved: (money) => `${money} saved`,
  gift: (quantity, product) => `Free with it: ${quantity} × ${product}`,
  replacedBy: (offer) => `Replaced by ‹${offer}›`,
  nothingLeft: 'Nothing left to take off',
  withCode: 'With a code',
  withGroup: (groups) => (groups.length > 0 ? `For ${joined(groups, 'or')}` : 'With a loyalty card'),
  atCheckout: (sentence) => `${sentence} – taken off at the checkout`,
  birthday: 'On your birthday',
  nthOrder: (n) => (n === 1 ? 'On the first order' : `On order number ${n}`),
  countries: (names) => `Only for ${joined(names, 'and')}`,
  shipping: (names) => `Only with ${joined(names, 'or')}`,
  weekdays: (days) => `Only on ${daysNamed(days, ENGLISH_DAYS, 'and', 'to')}`,
  hours: (from, until) => (until === '24:00' ? `From ${from}` : `From ${from} to ${until}`),
  notThisBasket: 'Not for this basket',
  from: (day) => `From ${day}`,
  until: (day) => `Until ${day}`,
  fromUntil: (from, until) => `${from} to ${until}`,
  over: (day) => `Ended on ${day}`,
  disabled: 'Not valid at the moment',
  otherChannel: 'Not valid here',
  otherCurrency: 'Not valid in this currency',
  otherStore: 'Valid in another store',
  exhausted: 'Used up',
}

/** All sentences, by language. */
export const explanationWords: { readonly [language in Language]: ExplanationWords } = { de, en }
