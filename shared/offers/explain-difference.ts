/** What differs between two engines, in sentences for people: for the alarm, the log and whoever looks into it. */
import type { Language } from '../kernel/language.ts'
import type { OfferPlace, PriceComparison, PriceDifference } from './compare-prices.ts'
import type { Telling } from './telling.ts'
import { formatMoney } from './format-money.ts'

/** What the two engines are called, for example "Kiosk" and "Online-Shop". */
export type Sides = { readonly ours: string; readonly theirs: string }

type DifferenceWords = {
  readonly both: (ours: string, theirs: string) => string
  readonly version: (both: string) => string
  readonly lineOnly: (side: string, article: string, money: string) => string
  readonly quantity: (article: string, both: string) => string
  readonly unitPrice: (article: string, both: string) => string
  readonly lineTotal: (article: string, both: string) => string
  readonly offerOnly: (offer: string, side: string, money: string) => string
  readonly rounding: (offer: string, both: string) => string
  readonly amount: (offer: string, both: string) => string
  readonly split: (offer: string, money: string, places: string) => string
  readonly wholeBasket: string
  readonly delivery: string
  readonly order: (first: string, second: string, ours: string, theirs: string) => string
  readonly figures: { readonly [figure in 'shipping' | 'tax included' | 'tax added' | 'final rounding']: string }
  readonly total: (both: string, difference: string) => string
}

const WORDS: { readonly [language in Language]: DifferenceWords } = {
  de: {
    both: (ours, theirs) => `${ours}, ${theirs}`,
    version: (both) => `Verschiedener Stand: ${both}`,
    lineOnly: (side, article, money) => `Nur ${side}: ${article}, ${money}`,
    quantity: (article, both) => `${article}, Menge: ${both}`,
    unitPrice: (article, both) => `${article}, Preis je Stück: ${both}`,
    lineTotal: (article, both) => `${article}, Summe der Position: ${both}`,
    offerOnly: (offer, side, money) => `‹${offer}› nur bei ${side}: ${money}`,
    rounding: (offer, both) => `‹${offer}› anders gerundet: ${both}`,
    amount: (offer, both) => `‹${offer}› zieht Verschiedenes ab: ${both}`,
    split: (offer, money, places) => `‹${offer}› zieht beide Male ${money} ab, aber anders verteilt: ${places}`,
    wholeBasket: 'ganzer Korb',
    delivery: 'Lieferung',
    order: (first, second, ours, theirs) => `Andere Reihenfolge: ${ours} rechnet ‹${first}› vor ‹${second}›, ${theirs} umgekehrt`,
    figures: { shipping: 'Lieferung', 'tax included': 'Enthaltene Steuer', 'tax added': 'Steuer obendrauf', 'final rounding': 'Rundung der Summe' },
    total: (both, difference) => `Summe: ${both}; Unterschied ${difference}`,
  },
  en: {
    both: (ours, theirs) => `${ours}, ${theirs}`,
    version: (both) => `Different releases: ${both}`,
    lineOnly: (side, article, money) => `Only ${side}: ${article}, ${money}`,
    quantity: (article, both) => `${article}, quantity: ${both}`,
    unitPrice: (article, both) => `${article}, price of one piece: ${both}`,
    lineTotal: (article, both) => `${article}, sum of the line: ${both}`,
    offerOnly: (offer, side, money) => `‹${offer}› only at ${side}: ${money}`,
    rounding: (offer, both) => `‹${offer}› rounded differently: ${both}`,
    amount: (offer, both) => `‹${offer}› takes off different amounts: ${both}`,
    split: (offer, money, places) => `‹${offer}› takes off ${money} both times, but split differently: ${places}`,
    wholeBasket: 'whole basket',
    delivery: 'delivery',
    order: (first, second, ours, theirs) => `Different order: ${ours} computes ‹${first}› before ‹${second}›, ${theirs} the other way round`,
    figures: { shipping: 'Delivery', 'tax included': 'Tax included', 'tax added': 'Tax on top', 'final rounding': 'Rounding of the total' },
    total: (both, difference) => `Total: ${both}; difference ${difference}`,
  },
}

/** One sentence per difference, causes first, the total last; none if both say the same. */
export const explainDifference = ({ differences, byMinor }: Pick<PriceComparison, 'differences' | 'byMinor'>, telling: Telling, sides: Sides): readonly string[] =>
  differences.map((one) => sentence(one, byMinor, { ...telling, sides, words: WORDS[telling.language] }))

type Told = Telling & { readonly sides: Sides; readonly words: DifferenceWords }

const sentence = (one: PriceDifference, byMinor: number, told: Told): string => {
  const { words, sides, names } = told
  switch (one.type) {
    case 'version':
      return words.version(words.both(`${sides.ours} ${one.ours}`, `${sides.theirs} ${one.theirs}`))
    case 'line only':
      return words.lineOnly(sides[one.side], names.product(one.sku), money(one.minor, told))
    case 'quantity':
      return words.quantity(names.product(one.sku), words.both(`${sides.ours} ${one.ours}`, `${sides.theirs} ${one.theirs}`))
    case 'unit price':
      return words.unitPrice(names.product(one.sku), bothAmounts(one.ours, one.theirs, told))
    case 'line total':
      return words.lineTotal(names.product(one.sku), bothAmounts(one.ours, one.theirs, told))
    case 'offer':
      return offerSentence(one, told)
    case 'order':
      return words.order(names.offer(one.first), names.offer(one.second), sides.ours, sides.theirs)
    case 'total':
      return words.total(bothAmounts(one.ours, one.theirs, told), money(Math.abs(byMinor), told))
    default:
      return `${words.figures[one.type]}: ${bothAmounts(one.ours, one.theirs, told)}`
  }
}

const offerSentence = ({ offerId, how, oursMinor, theirsMinor, places }: Extract<PriceDifference, { type: 'offer' }>, told: Told): string => {
  const { words, sides, names } = told
  const offer = names.offer(offerId)
  switch (how) {
    case 'only ours':
      return words.offerOnly(offer, sides.ours, money(oursMinor, told))
    case 'only theirs':
      return words.offerOnly(offer, sides.theirs, money(theirsMinor, told))
    case 'rounding':
      return words.rounding(offer, bothAmounts(oursMinor, theirsMinor, told))
    case 'amount':
      return words.amount(offer, bothAmounts(oursMinor, theirsMinor, told))
    case 'split':
      return words.split(offer, money(oursMinor, told), places.map((place) => `${placeName(place, told)} ${bothAmounts(place.oursMinor, place.theirsMinor, told)}`).join('; '))
  }
}

const placeName = ({ sku, shippingId }: OfferPlace, { words, names }: Told): string => (sku !== undefined ? names.product(sku) : shippingId !== undefined ? words.delivery : words.wholeBasket)

const bothAmounts = (ours: number, theirs: number, told: Told): string => told.words.both(`${told.sides.ours} ${money(ours, told)}`, `${told.sides.theirs} ${money(theirs, told)}`)

const money = (minor: number, { language, currency }: Told): string => formatMoney(minor, language, currency)
