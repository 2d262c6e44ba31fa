/** The words of explain.ts in both languages. */
import type { Language } from '../kernel/language.ts'

/** The sentences and their parts. */
export type ExplanationWords = {
  readonly and: (parts: readonly string[]) => string
  readonly or: (parts: readonly string[]) => string
  readonly others: (n: number) => string
  readonly except: (names: string) => string
  readonly priceFrom: (money: string) => string
  readonly priceUpTo: (money: string) => string
  readonly priceBetween: (least: string, most: string) => string
  readonly notReduced: string
  readonly linePieces: (least: number, most: number | null) => string
  readonly someArticles: string
  readonly amount: (money: string, from: string | null) => string
  readonly pieces: (pieces: number, of: string | null, sameArticle: boolean) => string
  readonly reach: (more: string, offer: string) => string
  readonly still: (more: string) => string
  readonly untilNext: (more: string) => string
  readonly saved: (money: string) => string
  readonly gift: (quantity: number, product: string, money: string | null) => string
  readonly replacedBy: (offer: string) => string
  readonly alreadyReduced: string
  readonly nothingLeft: string
  readonly withCode: string
  readonly withGroup: (groups: readonly string[], not: boolean) => string
  readonly withTag: (tags: readonly string[], not: boolean) => string
  readonly atCheckout: (sentence: string) => string
  readonly birthday: (daysBefore: number, daysAfter: number, not: boolean) => string
  readonly nthOrder: (n: number, not: boolean) => string
  readonly country: (name: string, code: string) => string
  readonly countries: (names: readonly string[], not: boolean) => string
  readonly shipping: (names: readonly string[], not: boolean) => string
  readonly stores: (names: readonly string[], not: boolean) => string
  /** Where and when, in one sentence: "Gilt nur online am Wochenende". */
  readonly only: (phrases: readonly string[]) => string
  /** The same without its beginning, as one of several ways. */
  readonly asWay: (sentence: string) => string
  readonly viaChannel: (channel: string) => string
  readonly channels: { readonly [channel: string]: string }
  readonly days: (days: readonly number[]) => string
  readonly hours: (from: string, until: string) => string
  readonly amountLimit: (op: 'lt' | 'lte' | 'eq', money: string, of: string | null) => string
  readonly quantityLimit: (op: 'lte' | 'eq', pieces: number, of: string | null, perLine: boolean) => string
  readonly nothingBut: (what: string) => string
  readonly notWith: (what: string) => string
  readonly onlyBeside: (what: string) => string
  readonly notThisBasket: string
  readonly at: (day: string, hour: string) => string
  readonly from: (day: string) => string
  readonly until: (day: string) => string
  readonly fromUntil: (from: string, until: string) => string
  readonly over: (day: string) => string
  readonly disabled: string
  readonly otherChannel: string
  readonly currencies: (names: readonly string[]) => string
  readonly exhausted: string
  readonly usedByYou: string
}

/** "A, B and C". */
const joined = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const of = (what: string | null): string => (what ? ` (${what})` : '')

/** Three or more days in a row read as a span. */
const daysNamed = (days: readonly number[], names: readonly string[], and: string, to: string): string => {
  const sorted = [...days].sort((a, b) => a - b)
  const name = (day: number): string => names[day - 1] ?? ''
  const inARow = sorted.length > 2 && sorted.every((day, i) => i === 0 || day === sorted[i - 1]! + 1)
  return inARow ? `${name(sorted[0]!)} ${to} ${name(sorted.at(-1)!)}` : joined(sorted.map(name), and)
}
const isWeekend = (days: readonly number[]): boolean => days.length === 2 && days.includes(6) && days.includes(7)

const GERMAN_DAYS = ['montags', 'dienstags', 'mittwochs', 'donnerstags', 'freitags', 'samstags', 'sonntags']
const ENGLISH_DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']
const DAY_END = '24:00'
const DAY_START = '00:00'
const ordinal = (n: number): string => `${n}${({ one: 'st', two: 'nd', few: 'rd' } as { readonly [rule: string]: string })[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)] ?? 'th'}`
const tagen = (n: number): string => (n === 1 ? '1 Tag' : `${n} Tage`)
const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`)

const de: ExplanationWords = {
  and: (parts) => joined(parts, 'und'),
  or: (parts) => joined(parts, 'oder'),
  others: (n) => `${n} weitere`,
  except: (names) => `außer ${names}`,
  priceFrom: (money) => `ab ${money} das Stück`,
  priceUpTo: (money) => `bis ${money} das Stück`,
  priceBetween: (least, most) => `${least} bis ${most} das Stück`,
  notReduced: 'nicht schon reduziert',
  linePieces: (least, most) => (most === null ? `ab ${least} Stück je Artikel` : least > 0 ? `${least} bis ${most} Stück je Artikel` : `bis ${most} Stück je Artikel`),
  someArticles: 'bestimmte Artikel',
  amount: (money, from) => money + of(from),
  pieces: (pieces, what, sameArticle) => `${pieces} Stück${sameArticle ? ' vom selben Artikel' : ''}${of(what)}`,
  reach: (more, offer) => `Noch ${more}, dann: ${offer}`,
  still: (more) => `noch ${more}`,
  untilNext: (more) => `Noch ${more} bis zum nächsten Vorteil`,
  saved: (money) => `${money} gespart`,
  gift: (quantity, product, money) => (money ? `Für ${money} dazu: ${quantity} × ${product}` : `Gratis dazu: ${quantity} × ${product}`),
  replacedBy: (offer) => `Durch ‹${offer}› ersetzt`,
  alreadyReduced: 'Die Preise sind schon reduziert',
  nothingLeft: 'Hier bleibt nichts mehr abzuziehen',
  withCode: 'Mit Code',
  withGroup: (groups, not) => (groups.length > 0 ? `${not ? 'Nicht für' : 'Für'} ${joined(groups, 'oder')}` : not ? 'Nicht mit Kundenkarte' : 'Mit Kundenkarte'),
  withTag: (tags, not) => `${not ? 'Nicht für' : 'Für'} ${tags.length > 0 ? joined(tags, 'oder') : 'ausgewählte Kundinnen und Kunden'}`,
  atCheckout: (sentence) => `${sentence} – wird an der Kasse abgezogen`,
  birthday: (before, after, not) => {
    const around = before > 0 && after > 0 ? `, ${tagen(before)} davor bis ${tagen(after)} danach` : before > 0 ? ` und ${tagen(before)} davor` : after > 0 ? ` und ${tagen(after)} danach` : ''
    return `${not ? 'Nicht zum' : 'Zum'} Geburtstag${around}`
  },
  nthOrder: (n, not) => `${not ? 'Nicht bei' : 'Bei'} der ${n === 1 ? 'ersten' : `${n}.`} Bestellung`,
  country: (name, code) => (/^(CH|TR|NL|US|SK|UA)$/.test(code) ? `die ${name}` : code === 'GB' ? `das ${name}` : name),
  countries: (names, not) => `Gilt ${not ? 'nicht' : 'nur'} für ${joined(names, not ? 'oder' : 'und')}`,
  shipping: (names, not) => `Gilt ${not ? 'nicht' : 'nur'} mit ${joined(names, 'oder')}`,
  stores: (names, not) => (not ? 'Gilt nicht in dieser Filiale' : names.length > 0 ? `Gilt nur in ${joined(names, 'oder')}` : 'Gilt nur in anderen Filialen'),
  only: (phrases) => `Gilt nur ${phrases.join(' ')}`,
  asWay: (sentence) => lowerFirst(sentence.replace(/^Gilt (nur,? )?/, '')),
  viaChannel: (channel) => `über ${channel}`,
  channels: { store: 'im Laden', web: 'online' },
  days: (some) => (isWeekend(some) ? 'am Wochenende' : daysNamed(some, GERMAN_DAYS, 'und', 'bis')),
  hours: (from, until) => (until === DAY_END ? `ab ${from} Uhr` : from === DAY_START ? `bis ${until} Uhr` : `von ${from} bis ${until} Uhr`),
  amountLimit: (op, money, what) => `Gilt nur ${{ lt: 'unter', lte: 'bis', eq: 'bei genau' }[op]} ${money}${what ? of(what) : ' Einkaufswert'}`,
  quantityLimit: (op, pieces, what, perLine) => `Gilt nur ${op === 'eq' ? 'bei genau' : 'bis'} ${pieces} Stück${perLine ? ' je Artikel' : ''}${of(what)}`,
  nothingBut: (what) => `Gilt nur, wenn nichts anderes im Korb ist als ${what}`,
  notWith: (what) => `Gilt nicht zusammen mit ${what}`,
  onlyBeside: (what) => `Gilt nur, wenn noch etwas anderes im Korb ist als ${what}`,
  notThisBasket: 'Gilt nicht für diesen Warenkorb',
  at: (day, hour) => `${day}, ${hour} Uhr`,
  from: (day) => `Ab ${day}`,
  until: (day) => `Bis ${day}`,
  fromUntil: (from, until) => `${from} bis ${until}`,
  over: (day) => `Beendet seit ${day}`,
  disabled: 'Zurzeit nicht gültig',
  otherChannel: 'Gilt hier nicht',
  currencies: (names) => (names.length > 0 ? `Gilt nur in ${joined(names, 'oder')}` : 'Gilt nicht in dieser Währung'),
  exhausted: 'Aufgebraucht',
  usedByYou: 'Von Ihnen schon eingelöst',
}

const en: ExplanationWords = {
  and: (parts) => joined(parts, 'and'),
  or: (parts) => joined(parts, 'or'),
  others: (n) => `${n} others`,
  except: (names) => `except ${names}`,
  priceFrom: (money) => `from ${money} each`,
  priceUpTo: (money) => `up to ${money} each`,
  priceBetween: (least, most) => `${least} to ${most} each`,
  notReduced: 'not reduced already',
  linePieces: (least, most) => (most === null ? `from ${least} of one item` : least > 0 ? `${least} to ${most} of one item` : `up to ${most} of one item`),
  someArticles: 'certain items',
  amount: (money, from) => `${money} more${of(from)}`,
  pieces: (pieces, what, sameArticle) => `${pieces} more${sameArticle ? ' of the same item' : ''}${of(what)}`,
  reach: (more, offer) => `${more}, then: ${offer}`,
  still: (more) => more,
  untilNext: (more) => `${more} to the next saving`,
  saved: (money) => `${money} saved`,
  gift: (quantity, product, money) => (money ? `With it for ${money}: ${quantity} × ${product}` : `Free with it: ${quantity} × ${product}`),
  replacedBy: (offer) => `Replaced by ‹${offer}›`,
  alreadyReduced: 'The prices are already reduced',
  nothingLeft: 'Nothing left to take off',
  withCode: 'With a code',
  withGroup: (groups, not) => (groups.length > 0 ? `${not ? 'Not for' : 'For'} ${joined(groups, 'or')}` : not ? 'Not with a loyalty card' : 'With a loyalty card'),
  withTag: (tags, not) => `${not ? 'Not for' : 'For'} ${tags.length > 0 ? joined(tags, 'or') : 'selected customers'}`,
  atCheckout: (sentence) => `${sentence} – taken off at the checkout`,
  birthday: (before, after, not) => {
    const around = before > 0 && after > 0 ? `, from ${days(before)} before to ${days(after)} after` : before > 0 ? ` and ${days(before)} before` : after > 0 ? ` and ${days(after)} after` : ''
    return `${not ? 'Not on' : 'On'} your birthday${around}`
  },
  nthOrder: (n, not) => `${not ? 'Not on' : 'On'} the ${n === 1 ? 'first' : ordinal(n)} order`,
  country: (name, code) => (/^(NL|GB|US)$/.test(code) ? `the ${name}` : name),
  countries: (names, not) => `${not ? 'Not' : 'Only'} for ${joined(names, not ? 'or' : 'and')}`,
  shipping: (names, not) => `${not ? 'Not' : 'Only'} with ${joined(names, 'or')}`,
  stores: (names, not) => (not ? 'Not in this store' : names.length > 0 ? `Only in ${joined(names, 'or')}` : 'Only in other stores'),
  only: (phrases) => `Only ${phrases.join(' ')}`,
  asWay: (sentence) => lowerFirst(sentence.replace(/^Only /, '')),
  viaChannel: (channel) => `by ${channel}`,
  channels: { store: 'in the store', web: 'online' },
  days: (some) => (isWeekend(some) ? 'at weekends' : daysNamed(some, ENGLISH_DAYS.map((day) => `on ${day}`), 'and', 'to').replace(' and on ', ' and ').replace(/^on (\S+) to on/, '$1 to')),
  hours: (from, until) => (until === DAY_END ? `from ${from}` : from === DAY_START ? `until ${until}` : `from ${from} to ${until}`),
  amountLimit: (op, money, what) => `Only ${{ lt: 'below', lte: 'up to', eq: 'at exactly' }[op]} ${money}${of(what)}`,
  quantityLimit: (op, pieces, what, perLine) => `Only ${op === 'eq' ? 'with exactly' : 'up to'} ${pieces} ${perLine ? 'of one item' : pieces === 1 ? 'piece' : 'pieces'}${of(what)}`,
  nothingBut: (what) => `Only if there is nothing in the basket but ${what}`,
  notWith: (what) => `Not together with ${what}`,
  onlyBeside: (what) => `Only if there is something else in the basket than ${what}`,
  notThisBasket: 'Not for this basket',
  at: (day, hour) => `${day}, ${hour}`,
  from: (day) => `From ${day}`,
  until: (day) => `Until ${day}`,
  fromUntil: (from, until) => `${from} to ${until}`,
  over: (day) => `Ended on ${day}`,
  disabled: 'Not valid at the moment',
  otherChannel: 'Not valid here',
  currencies: (names) => (names.length > 0 ? `Only in ${joined(names, 'or')}` : 'Not valid in this currency'),
  exhausted: 'Used up',
  usedByYou: 'You have used it already',
}

/** All sentences, by language. */
export const explanationWords: { readonly [language in Language]: ExplanationWords } = { de, en }
