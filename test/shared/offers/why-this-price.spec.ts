import { describe, expect, it } from 'vitest'
import type { OfferId } from '#shared/kernel/ids.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { explainNext, explainVerdict } from '#shared/offers/explain.ts'
import type { Names } from '#shared/offers/telling.ts'
import type { Condition, Effect, Filter, Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { Verdict } from '#shared/offers/priced-basket.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import { lineOf, offerOf, orderOff, percentOff, priced } from './builders.ts'

const bare: Names = {
  offer: (id: OfferId) => ({ o: 'Teewochen', rival: 'Sommerfest' })[id as string] ?? id,
  product: (sku) => ({ tea: 'Tee', cup: 'Tasse', pot: 'Kanne' })[sku] ?? sku,
  taxon: (id) => ({ fruit: 'Obst', organic: 'Bio' })[id] ?? id,
}
const named: Names = { ...bare, customerGroup: (id) => ({ student: 'Studierende' })[id] ?? id, customerTag: (id) => ({ vip: 'Stammkunden' })[id] ?? id, store: (id) => ({ north: 'Nord', south: 'Süd' })[id] ?? id, shippingMethod: (id) => ({ home: 'Lieferung', pickup: 'Abholung' })[id] ?? id }
/** A Wednesday at noon in Berlin, in the store, with one tea at 3.00 € and one banana (fruit) at 2.00 €. */
const HERE: Partial<PricingContext> = { channel: 'store', now: '2026-11-25T11:00:00Z', timeZone: 'Europe/Berlin' }
const LINES: readonly PricingLine[] = [lineOf('tea', 300), lineOf('banana', 200, 1, { taxons: ['fruit'] })]

type Scene = { readonly lines?: readonly PricingLine[]; readonly context?: Partial<PricingContext>; readonly names?: Names; readonly policies?: Policies; readonly rivals?: readonly Offer[]; readonly certainty?: 'checkout' }
const verdictIn = (offer: Offer, { lines = LINES, context = {}, policies = DIALECTS.einklang, rivals = [] }: Scene): Verdict => priced([...rivals, offer], lines, { ...HERE, ...context }, policies).verdicts.at(-1)!
const told = (offer: Offer, scene: Scene = {}): readonly [string, string] => {
  const verdict = verdictIn(offer, scene)
  const sentence = (language: 'de' | 'en'): string => explainVerdict(verdict, { language, names: scene.names ?? bare, timeZone: 'Europe/Berlin', ...(scene.certainty ? { certainty: scene.certainty } : {}) }).replaceAll('\u00a0', ' ')
  return [sentence('de'), sentence('en')]
}
const off: Effect = orderOff(100)
const when = (condition: Condition, effect: Effect = off): Offer => offerOf('o', effect, { when: condition })
const FRUIT: Filter = { taxons: ['fruit'] }
const money = (amountMinor: number, more: object = {}): Condition => ({ type: 'subtotal', amountMinor, ...more })
const pieces = (value: number, more: object = {}): Condition => ({ type: 'quantity', value, ...more })
const perLine = (value: number, more: object = {}): Condition => ({ type: 'lineQuantity', value, ...more })
const not = (of: Condition): Condition => ({ type: 'not', of })
const all = (...of: readonly Condition[]): Condition => ({ type: 'all', of })
const any = (...of: readonly Condition[]): Condition => ({ type: 'any', of })
const MEMBER: Condition = { type: 'customerGroup', in: ['member'] }
const WEEKEND: Condition = { type: 'weekday', days: [6, 7] }
const EVENING: Condition = { type: 'timeOfDay', fromMinute: 1020, untilMinute: 1140 }
const MIXED: PricingContext['lines'] = [lineOf('tea', 300, 2), lineOf('cup', 500)]

type Row = readonly [what: string, offer: Offer, german: string, english: string, scene?: Scene]
const table = (rows: readonly Row[]): void => {
  for (const [what, offer, german, english, scene] of rows) {
    it(what, () => {
      expect(told(offer, scene)).toEqual([german, english])
    })
  }
}

describe('articles of which the shop has some', () => {
  it('are told, and the others only where there are none', () => {
    const names: Names = { ...bare, isSold: (sku) => sku === 'cup' }
    const two = (...skus: readonly string[]): Offer => when({ type: 'quantity', value: 1, select: { skus } })
    expect(told(two('00-1', 'cup'), { names })).toEqual(['Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'])
    expect(told(two('00-1'), { names })[0]).toBe('Noch 1 Stück (00-1), dann: Teewochen')
  })
})

describe('a condition that does not hold: exactly what is missing', () => {
  table([
    ['money', when(money(910)), 'Noch 4,10 €, dann: Teewochen', '€4.10 more, then: Teewochen'],
    ['money, of some articles', when(money(700, { select: FRUIT })), 'Noch 5,00 € (Obst), dann: Teewochen', '€5.00 more (Obst), then: Teewochen'],
    ['money, strictly more', when(money(500, { op: 'gt' })), 'Noch 0,01 €, dann: Teewochen', '€0.01 more, then: Teewochen'],
    ['money, exactly so much', when(money(600, { op: 'eq' })), 'Noch 1,00 €, dann: Teewochen', '€1.00 more, then: Teewochen'],
    ['money with delivery', when({ type: 'grandTotal', amountMinor: 1000 }), 'Noch 1,00 €, dann: Teewochen', '€1.00 more, then: Teewochen', { context: { shipping: [{ id: 's', method: 'home', amountMinor: 400 }] } }],
    ['too much money', when(money(400, { op: 'lte' })), 'Gilt nur bis 4,00 € Einkaufswert', 'Only up to €4.00'],
    ['too much money, strictly', when(money(500, { op: 'lt' })), 'Gilt nur unter 5,00 € Einkaufswert', 'Only below €5.00'],
    ['too much money of some articles', when(money(100, { op: 'lte', select: FRUIT })), 'Gilt nur bis 1,00 € (Obst)', 'Only up to €1.00 (Obst)'],
    ['more than exactly so much', when(money(400, { op: 'eq' })), 'Gilt nur bei genau 4,00 € Einkaufswert', 'Only at exactly €4.00'],
    ['pieces', when(pieces(4)), 'Noch 2 Stück, dann: Teewochen', '2 more, then: Teewochen'],
    ['pieces of some articles', when(pieces(3, { select: FRUIT })), 'Noch 2 Stück (Obst), dann: Teewochen', '2 more (Obst), then: Teewochen'],
    ['too many pieces', when(pieces(1, { op: 'lte' })), 'Gilt nur bis 1 Stück', 'Only up to 1 piece'],
    ['too many pieces of some articles', when(pieces(2, { op: 'lt', select: { skus: ['tea'] } })), 'Gilt nur bis 1 Stück (Tee)', 'Only up to 1 piece (Tee)', { lines: MIXED }],
    ['pieces of something that must not be there', when(pieces(0, { op: 'lte', select: FRUIT })), 'Gilt nicht zusammen mit Obst', 'Not together with Obst'],
    ['more than exactly so many pieces', when(pieces(1, { op: 'eq' })), 'Gilt nur bei genau 1 Stück', 'Only with exactly 1 piece'],
    ['pieces of one article', when(perLine(3)), 'Noch 2 Stück vom selben Artikel, dann: Teewochen', '2 more of the same item, then: Teewochen'],
    ['pieces of one of some articles', when(perLine(3, { select: FRUIT })), 'Noch 2 Stück vom selben Artikel (Obst), dann: Teewochen', '2 more of the same item (Obst), then: Teewochen'],
    ['too many pieces of one article', when(perLine(1, { op: 'lte', select: { skus: ['tea'] } })), 'Gilt nur bis 1 Stück je Artikel (Tee)', 'Only up to 1 of one item (Tee)', { lines: MIXED }],
    ['an article', when({ type: 'contains', select: { skus: ['cup'] } }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['one of two articles', when({ type: 'contains', select: { skus: ['cup', 'pot'] } }), 'Noch 1 Stück (Tasse oder Kanne), dann: Teewochen', '1 more (Tasse or Kanne), then: Teewochen'],
    ['nothing else', when({ type: 'allLines', select: FRUIT }), 'Gilt nur, wenn nichts anderes im Korb ist als Obst', 'Only if there is nothing in the basket but Obst'],
    ['a group', when(MEMBER), 'Mit Kundenkarte', 'With a loyalty card'],
    ['a group with a name', when({ type: 'customerGroup', in: ['student'] }), 'Für Studierende', 'For Studierende', { names: named }],
    ['a tag', when({ type: 'customerTag', in: ['vip'] }), 'Für ausgewählte Kundinnen und Kunden', 'For selected customers'],
    ['a tag with a name', when({ type: 'customerTag', in: ['vip'] }), 'Für Stammkunden', 'For Stammkunden', { names: named }],
    ['another store', when({ type: 'store', in: ['north'] }), 'Gilt nur in anderen Filialen', 'Only in other stores'],
    ['another store with a name', when({ type: 'store', in: ['north', 'south'] }), 'Gilt nur in Nord oder Süd', 'Only in Nord or Süd', { names: named, context: { store: 'east' } }],
    ['a country', when({ type: 'country', in: ['DE', 'CH'] }), 'Gilt nur für Deutschland und die Schweiz', 'Only for Germany and Switzerland'],
    ['a country that no list names', when({ type: 'country', in: ['Elbonia'] }), 'Gilt nur für Elbonia', 'Only for Elbonia'],
    ['a way of delivery', when({ type: 'shippingMethod', in: ['home', 'pickup'] }), 'Gilt nur mit Lieferung oder Abholung', 'Only with Lieferung or Abholung', { names: named }],
    ['the first order', when({ type: 'nthOrder', n: 1 }), 'Bei der ersten Bestellung', 'On the first order'],
    ['a later order', when({ type: 'nthOrder', n: 3 }), 'Bei der 3. Bestellung', 'On the 3rd order'],
    ['a birthday', when({ type: 'birthday' }), 'Zum Geburtstag', 'On your birthday'],
    ['days after a birthday', when({ type: 'birthday', daysAfter: 7 }), 'Zum Geburtstag und 7 Tage danach', 'On your birthday and 7 days after'],
    ['days before a birthday', when({ type: 'birthday', daysBefore: 1 }), 'Zum Geburtstag und 1 Tag davor', 'On your birthday and 1 day before'],
    ['days around a birthday', when({ type: 'birthday', daysBefore: 3, daysAfter: 7 }), 'Zum Geburtstag, 3 Tage davor bis 7 Tage danach', 'On your birthday, from 3 days before to 7 days after'],
    ['a day', when({ type: 'weekday', days: [6] }), 'Gilt nur samstags', 'Only on Saturdays'],
    ['days in a row', when({ type: 'weekday', days: [5, 6, 7, 6] }), 'Gilt nur freitags bis sonntags', 'Only Fridays to Sundays'],
    ['days apart', when({ type: 'weekday', days: [1, 4] }), 'Gilt nur montags und donnerstags', 'Only on Mondays and Thursdays'],
    ['the weekend', when(WEEKEND), 'Gilt nur am Wochenende', 'Only at weekends'],
    ['hours', when(EVENING), 'Gilt nur von 17:00 bis 19:00 Uhr', 'Only from 17:00 to 19:00'],
    ['hours to midnight', when({ type: 'timeOfDay', fromMinute: 1020, untilMinute: 1440 }), 'Gilt nur ab 17:00 Uhr', 'Only from 17:00'],
    ['hours from midnight', when({ type: 'timeOfDay', fromMinute: 0, untilMinute: 600 }), 'Gilt nur bis 10:00 Uhr', 'Only until 10:00'],
    ['hours over midnight', when({ type: 'timeOfDay', fromMinute: 1320, untilMinute: 360 }), 'Gilt nur von 22:00 bis 06:00 Uhr', 'Only from 22:00 to 06:00'],
    ['days and hours', when(all(EVENING, WEEKEND)), 'Gilt nur am Wochenende von 17:00 bis 19:00 Uhr', 'Only at weekends from 17:00 to 19:00'],
    ['never', when({ type: 'never' }), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
    ['nobody, as a list without names', when({ type: 'customerGroup', in: [] }), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
    ['no day', when({ type: 'weekday', days: [] }), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
    ['no hour', when({ type: 'timeOfDay', fromMinute: 600, untilMinute: 600 }), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
    ['a condition of a newer shop', when({ type: 'moonPhase' } as unknown as Condition), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
  ])
})

describe('a condition that must not hold', () => {
  const customer = { customer: { groups: ['member', 'student'], tags: ['vip'], ordersPlaced: 0, birthday: '11-25' }, store: 'north', country: 'CH', shipping: [{ id: 's', method: 'home', amountMinor: 0 }] }
  table([
    ['from a sum on', when(not(money(400))), 'Gilt nur unter 4,00 € Einkaufswert', 'Only below €4.00'],
    ['up to a sum', when(not(money(700, { op: 'lte' }))), 'Noch 2,01 €, dann: Teewochen', '€2.01 more, then: Teewochen'],
    ['exactly that sum', when(not(money(500, { op: 'eq' }))), 'Noch 0,01 €, dann: Teewochen', '€0.01 more, then: Teewochen'],
    ['from two pieces on', when(not(pieces(2))), 'Gilt nur bis 1 Stück', 'Only up to 1 piece'],
    ['some pieces of one article', when(not(perLine(2))), 'Gilt nur bis 1 Stück je Artikel', 'Only up to 1 of one item', { lines: MIXED }],
    ['an article', when(not({ type: 'contains', select: FRUIT })), 'Gilt nicht zusammen mit Obst', 'Not together with Obst'],
    ['nothing but that', when(not({ type: 'allLines', select: FRUIT })), 'Gilt nur, wenn noch etwas anderes im Korb ist als Obst', 'Only if there is something else in the basket than Obst', { lines: [LINES[1]!] }],
    ['a group', when(not(MEMBER)), 'Nicht mit Kundenkarte', 'Not with a loyalty card', { context: customer }],
    ['a group with a name', when(not({ type: 'customerGroup', in: ['student'] })), 'Nicht für Studierende', 'Not for Studierende', { context: customer, names: named }],
    ['a tag', when(not({ type: 'customerTag', in: ['vip'] })), 'Nicht für Stammkunden', 'Not for Stammkunden', { context: customer, names: named }],
    ['this store', when(not({ type: 'store', in: ['north'] })), 'Gilt nicht in dieser Filiale', 'Not in this store', { context: customer }],
    ['a country', when(not({ type: 'country', in: ['CH', 'AT'] })), 'Gilt nicht für die Schweiz oder Österreich', 'Not for Switzerland or Austria', { context: customer }],
    ['a way of delivery', when(not({ type: 'shippingMethod', in: ['home'] })), 'Gilt nicht mit Lieferung', 'Not with Lieferung', { context: customer, names: named }],
    ['the first order', when(not({ type: 'nthOrder', n: 1 })), 'Nicht bei der ersten Bestellung', 'Not on the first order', { context: customer }],
    ['a birthday', when(not({ type: 'birthday' })), 'Nicht zum Geburtstag', 'Not on your birthday', { context: customer }],
    ['working days', when(not({ type: 'weekday', days: [1, 2, 3, 4, 5] })), 'Gilt nur am Wochenende', 'Only at weekends'],
    ['hours', when(not({ type: 'timeOfDay', fromMinute: 600, untilMinute: 1080 })), 'Gilt nur von 18:00 bis 10:00 Uhr', 'Only from 18:00 to 10:00'],
    ['the morning', when(not({ type: 'timeOfDay', fromMinute: 0, untilMinute: 780 })), 'Gilt nur ab 13:00 Uhr', 'Only from 13:00'],
    ['every hour', when(not({ type: 'timeOfDay', fromMinute: 0, untilMinute: 1440 })), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
    ['what must not be twice', when(not(not(money(910)))), 'Noch 4,10 €, dann: Teewochen', '€4.10 more, then: Teewochen'],
  ])
})

describe('several conditions', () => {
  table([
    ['all of them, limits first', when(all(money(910), MEMBER, pieces(4, { select: FRUIT }))), 'Mit Kundenkarte · Noch 4,10 € und 3 Stück (Obst), dann: Teewochen', 'With a loyalty card · €4.10 more and 3 more (Obst), then: Teewochen'],
    ['any of them: the one that shopping reaches', when(any(MEMBER, money(910), pieces(50))), 'Noch 4,10 €, dann: Teewochen', '€4.10 more, then: Teewochen'],
    ['any of them, where shopping is no way: all ways', when(any(MEMBER, { type: 'birthday' }, { type: 'never' })), 'Gilt nur mit Kundenkarte oder zum Geburtstag', 'Only with a loyalty card or on your birthday'],
    ['any of them, one with shopping as well', when(any({ type: 'birthday' }, all(MEMBER, money(910)))), 'Gilt nur zum Geburtstag oder mit Kundenkarte und noch 4,10 €', 'Only on your birthday or with a loyalty card and €4.10 more'],
    ['any of them, none of which helps', when(any({ type: 'never' }, { type: 'weekday', days: [] })), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
    ['any inside all', when(all(money(910), any(MEMBER, WEEKEND))), 'Gilt nur mit Kundenkarte oder am Wochenende · Noch 4,10 €, dann: Teewochen', 'Only with a loyalty card or at weekends · €4.10 more, then: Teewochen'],
    ['any inside any is one list', when(any(any(MEMBER, WEEKEND), { type: 'birthday' })), 'Gilt nur mit Kundenkarte, am Wochenende oder zum Geburtstag', 'Only with a loyalty card, at weekends or on your birthday'],
    ['not all: any of the opposites', when(not(all(money(400), pieces(2)))), 'Gilt nur unter 4,00 € Einkaufswert oder bis 1 Stück', 'Only below €4.00 or up to 1 piece'],
    ['not any: all of the opposites', when(not(any(money(400), { type: 'contains', select: FRUIT }))), 'Gilt nur unter 4,00 € Einkaufswert · Gilt nicht zusammen mit Obst', 'Only below €4.00 · Not together with Obst'],
    ['what the checkout knows', when(all(MEMBER, money(910))), 'Mit Kundenkarte – wird an der Kasse abgezogen · Noch 4,10 €, dann: Teewochen', 'With a loyalty card – taken off at the checkout · €4.10 more, then: Teewochen', { certainty: 'checkout' }],
    ['what the checkout knows, as one of two ways', when(any(MEMBER, WEEKEND)), 'Gilt nur mit Kundenkarte oder am Wochenende – wird an der Kasse abgezogen', 'Only with a loyalty card or at weekends – taken off at the checkout', { certainty: 'checkout' }],
    ['a code, and money', offerOf('o', off, { trigger: { type: 'code', codes: ['X'] }, when: money(910) }), 'Mit Code · Noch 4,10 €, dann: Teewochen', 'With a code · €4.10 more, then: Teewochen'],
  ])
})

describe('what a filter selects, in words', () => {
  const some = (select: Filter): Offer => when({ type: 'contains', select })
  table([
    ['many articles', some({ skus: ['cup', 'pot', 'x', 'y'] }), 'Noch 1 Stück (Tasse oder 3 weitere), dann: Teewochen', '1 more (Tasse or 3 others), then: Teewochen'],
    ['products', some({ products: ['cup'] }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['several marks at once', some({ allTaxons: ['fruit', 'organic'], skus: ['cup'] }), 'Noch 1 Stück (Tasse, Obst und Bio), dann: Teewochen', '1 more (Tasse, Obst and Bio), then: Teewochen'],
    ['all but some', some({ taxons: ['organic'], notSkus: ['tea'], notTaxons: ['fruit'] }), 'Noch 1 Stück (Bio, außer Tee, außer Obst), dann: Teewochen', '1 more (Bio, except Tee, except Obst), then: Teewochen'],
    ['one of several selections', some({ any: [{ skus: ['cup'] }, { taxons: ['organic'] }] }), 'Noch 1 Stück (Tasse oder Bio), dann: Teewochen', '1 more (Tasse or Bio), then: Teewochen'],
    ['by price', some({ priceMinMinor: 1000, priceMaxMinor: 5000 }), 'Noch 1 Stück (10,00 € bis 50,00 € das Stück), dann: Teewochen', '1 more (€10.00 to €50.00 each), then: Teewochen'],
    ['by pieces of the line', some({ skus: ['tea'], quantityMin: 3 }), 'Noch 2 Stück vom selben Artikel (Tee), dann: Teewochen', '2 more of the same item (Tee), then: Teewochen'],
    ['up to so many pieces of the line', some({ skus: ['cup'], quantityMin: 2, quantityMax: 4 }), 'Noch 2 Stück vom selben Artikel (Tasse, bis 4 Stück je Artikel), dann: Teewochen', '2 more of the same item (Tasse, up to 4 of one item), then: Teewochen'],
    ['not reduced', some({ taxons: ['organic'], excludeReduced: true }), 'Noch 1 Stück (Bio, nicht schon reduziert), dann: Teewochen', '1 more (Bio, not reduced already), then: Teewochen'],
    ['anything, which is not there', some({}), 'Noch 1 Stück, dann: Teewochen', '1 more, then: Teewochen', { lines: [] }],
  ])
})

describe('an effect that finds too little', () => {
  const only = (effect: Effect): Offer => offerOf('o', effect)
  table([
    ['no such article', only({ type: 'unitDiscount', value: { percent: '10' }, select: { skus: ['cup'] } }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['once per line', only({ type: 'lineDiscount', value: { percent: '10' }, select: { skus: ['cup'] } }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['a sum of articles that are not there', only({ type: 'orderDiscount', value: { percent: '10' }, select: { skus: ['cup'] } }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['nothing at all', only({ type: 'orderDiscount', value: { percent: '10' } }), 'Noch 1 Stück, dann: Teewochen', '1 more, then: Teewochen', { lines: [] }],
    ['the cheapest of none', only({ type: 'cheapest', value: { percent: '10' }, select: { skus: ['cup'] } }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['an article at the shelf', offerOf('o', { type: 'unitPrice', value: { percent: '10' }, select: { skus: ['cup'] } }, { stage: 'catalog' }), 'Noch 1 Stück (Tasse), dann: Teewochen', '1 more (Tasse), then: Teewochen'],
    ['a group not full', only({ type: 'quantityGroups', groupSize: 3, value: { percent: '10' }, select: FRUIT }), 'Noch 2 Stück (Obst), dann: Teewochen', '2 more (Obst), then: Teewochen'],
    ['nothing bought, nothing to give', only({ type: 'buyGet', buy: { quantity: 2, select: { skus: ['tea'] } }, get: { quantity: 1, value: { percent: '100' }, select: { skus: ['cup'] } } }), 'Noch 1 Stück (Tee) und 1 Stück (Tasse), dann: Teewochen', '1 more (Tee) and 1 more (Tasse), then: Teewochen'],
    ['bought, and one more to give', only({ type: 'buyGet', buy: { quantity: 1, select: { skus: ['tea'] } }, get: { quantity: 1, value: { percent: '100' }, select: { skus: ['tea'] } } }), 'Noch 1 Stück (Tee), dann: Teewochen', '1 more (Tee), then: Teewochen'],
    ['not spent enough', only({ type: 'buyGet', buy: { quantity: 0, spendMinor: 2000 }, get: { quantity: 1, value: { percent: '100' }, select: FRUIT } }), 'Noch 15,00 €, dann: Teewochen', '€15.00 more, then: Teewochen'],
    ['a set not complete', only({ type: 'set', groups: [{ count: 1, sort: 'priceAsc', select: { skus: ['tea'] } }, { count: 2, sort: 'priceAsc', select: { skus: ['cup'] } }], value: { priceMinor: 500 } }), 'Noch 2 Stück (Tasse), dann: Teewochen', '2 more (Tasse), then: Teewochen'],
    ['a set that does not cost enough', only({ type: 'set', groups: [{ count: 1, amountMinor: 1000, sort: 'priceDesc', select: { skus: ['tea'] } }], value: { percent: '10' } }), 'Noch 7,00 € (Tee), dann: Teewochen', '€7.00 more (Tee), then: Teewochen'],
    ['no such delivery', only({ type: 'shippingDiscount', value: { percent: '100' }, methods: ['home'] }), 'Gilt nur mit Lieferung', 'Only with Lieferung', { names: named }],
    ['the first tier not reached', only({ type: 'orderDiscount', value: { base: { percent: '0' }, tiers: [{ from: 2000, value: { percent: '5' } }], tiersBy: 'orderSubtotalInitial' } }), 'Noch 15,00 €, dann: Teewochen', '€15.00 more, then: Teewochen'],
    ['the first tier of pieces not reached', only({ type: 'unitDiscount', value: { base: { amountMinor: 0 }, tiers: [{ from: 3, value: { percent: '5' } }], tiersBy: 'selectedQuantity' }, select: FRUIT }), 'Noch 2 Stück (Obst), dann: Teewochen', '2 more (Obst), then: Teewochen'],
    ['condition and effect ask for the same', when(pieces(4, { select: FRUIT }), { type: 'cheapest', value: { percent: '100' }, select: FRUIT }), 'Noch 4 Stück (Obst), dann: Teewochen', '4 more (Obst), then: Teewochen', { lines: [LINES[0]!] }],
    ['nothing left to take off', only(percentOff('10')), 'Hier bleibt nichts mehr abzuziehen', 'Nothing left to take off', { rivals: [offerOf('rival', percentOff('100'))] }],
    ['an effect of a newer shop', only({ type: 'magic' } as unknown as Effect), 'Gilt nicht für diesen Warenkorb', 'Not for this basket'],
  ])
})

describe('an offer that another one took the place of', () => {
  const O = offerOf('o', percentOff('10'))
  const rival = (effect: Effect, more: Partial<Offer> = {}): { readonly rivals: readonly Offer[] } => ({ rivals: [offerOf('rival', effect, { priority: 1, ...more })] })
  const displaced = ['Durch ‹Sommerfest› ersetzt', 'Replaced by ‹Sommerfest›'] as const
  table([
    ['exclusive', O, ...displaced, rival(percentOff('20'), { exclusive: true })],
    ['excludes it by name', O, ...displaced, rival(percentOff('20'), { excludes: ['o'] })],
    ['does not go with its kind', O, ...displaced, rival(percentOff('20'), { combinesWith: { item: false } })],
    ['is the last to have a turn', O, ...displaced, { ...rival(percentOff('20'), { stackingMode: 'StopAfterThisDiscount' }), policies: DIALECTS.commercetools }],
    ['saves more, where one per line applies', O, ...displaced, { ...rival(percentOff('20')), policies: DIALECTS.spree }],
    ['saves more together, where the best combination applies', O, ...displaced, { ...rival(orderOff(400), { combinesWith: { item: false } }), policies: DIALECTS.shopify }],
    ['is a code, where codes replace offers', offerOf('o', off), ...displaced, { ...rival(orderOff(1), { trigger: { type: 'code', codes: ['X'] } }), policies: DIALECTS.saleor, context: { couponCodes: ['X'] } }],
    ['prevents combination', O, ...displaced, { ...rival(percentOff('20'), { exclusive: true }), policies: DIALECTS.shopware }],
    ['is the best deal at the shelf', O, ...displaced, { ...rival({ type: 'unitPrice', value: { percent: '50' } }, { stage: 'catalog' }), policies: DIALECTS['commercetools-best-deal'] }],
    ['is the better shelf price', offerOf('o', { type: 'unitPrice', value: { percent: '10' } }, { stage: 'catalog' }), ...displaced, { ...rival({ type: 'unitPrice', value: { percent: '20' } }, { stage: 'catalog' }), policies: DIALECTS.saleor }],
    ['is an exclusive shelf price', offerOf('o', { type: 'unitPrice', value: { percent: '10' } }, { stage: 'catalog' }), ...displaced, rival({ type: 'unitPrice', value: { percent: '20' } }, { stage: 'catalog', exclusive: true })],
    ['is the lowest fixed delivery', offerOf('o', { type: 'shippingDiscount', value: { percent: '10' } }), ...displaced, { ...rival({ type: 'shippingDiscount', value: { priceMinor: 100 } }), policies: DIALECTS.shopware, context: { shipping: [{ id: 's', method: 'home', amountMinor: 490 }] } }],
    ['prices that were reduced before are the best deal', O, 'Die Preise sind schon reduziert', 'The prices are already reduced', { policies: DIALECTS['commercetools-best-deal'], lines: [lineOf('tea', 100, 1, { listPriceMinor: 300, reduced: true })] }],
  ])
})

describe('an offer that does not hold here and now', () => {
  const O = (more: Partial<Offer>): Offer => offerOf('o', off, more)
  table([
    ['switched off', O({ enabled: false }), 'Zurzeit nicht gültig', 'Not valid at the moment'],
    ['online', O({ channels: ['web'] }), 'Gilt nur online', 'Only online'],
    ['online, at weekends', O({ channels: ['web'], when: WEEKEND }), 'Gilt nur online am Wochenende', 'Only online at weekends'],
    ['online, at weekends in the evening, for members', O({ channels: ['web'], when: all(WEEKEND, EVENING, MEMBER) }), 'Gilt nur online am Wochenende von 17:00 bis 19:00 Uhr', 'Only online at weekends from 17:00 to 19:00'],
    ['in the store', O({ channels: ['store'] }), 'Gilt nur im Laden', 'Only in the store', { context: { channel: 'web' } }],
    ['by phone or fax', O({ channels: ['phone', 'fax'] }), 'Gilt nur über phone oder über fax', 'Only by phone or by fax'],
    ['nowhere', O({ channels: [] }), 'Gilt hier nicht', 'Not valid here'],
    ['in francs', O({ currencies: ['CHF', 'USD'] }), 'Gilt nur in CHF oder USD', 'Only in CHF or USD'],
    ['from a day on', O({ window: { from: '2026-11-30T23:00:00Z' } }), 'Ab 1. Dezember', 'From 1 December'],
    ['from an hour on', O({ window: { from: '2026-11-25T16:00:00Z' } }), 'Ab 25. November, 17:00 Uhr', 'From 25 November, 17:00'],
    ['until a day', O({ window: { until: '2026-11-24T22:59:59Z' } }), 'Beendet seit 24. November', 'Ended on 24 November'],
    ['until midnight', O({ window: { until: '2026-11-24T23:00:00Z' } }), 'Beendet seit 24. November', 'Ended on 24 November'],
    ['until an hour', O({ window: { until: '2026-11-25T09:30:00Z' } }), 'Beendet seit 25. November, 10:30 Uhr', 'Ended on 25 November, 10:30'],
    ['used up', O({ limits: { total: 5, used: 5 } }), 'Aufgebraucht', 'Used up'],
    ['used up by this customer', O({ limits: { perCustomer: 1, usedByCustomer: 1 } }), 'Von Ihnen schon eingelöst', 'You have used it already'],
    ['beyond its budget', O({ limits: { budget: { type: 'spend', limitMinor: 100, usedMinor: 100 } } }), 'Aufgebraucht', 'Used up'],
  ])
})

describe('an offer that applied', () => {
  table([
    ['saved', offerOf('o', off), '1,00 € gespart', '€1.00 saved'],
    ['gave something', offerOf('o', { type: 'gift', sku: 'cup', quantity: 2 }), 'Gratis dazu: 2 × Tasse', 'Free with it: 2 × Tasse'],
    ['gave something for little money', offerOf('o', { type: 'gift', sku: 'cup', quantity: 2, unitPriceMinor: 100 }), 'Für 2,00 € dazu: 2 × Tasse', 'With it for €2.00: 2 × Tasse'],
    ['saved and gave', offerOf('o', [off, { type: 'gift', sku: 'cup', quantity: 1 }]), '1,00 € gespart · Gratis dazu: 1 × Tasse', '€1.00 saved · Free with it: 1 × Tasse'],
  ])
  it.each<readonly [string, Effect, string, string]>([
    ['the next tier', { type: 'orderDiscount', value: { base: { percent: '5' }, tiers: [{ from: 2000, value: { percent: '10' } }], tiersBy: 'orderSubtotalInitial' } }, 'Noch 11,00 € bis zum nächsten Vorteil', '€11.00 more to the next saving'],
    ['the rest of a group that was begun', { type: 'quantityGroups', groupSize: 2, value: { percent: '10' }, select: { skus: ['tea'] } }, 'Noch 1 Stück (Tee) bis zum nächsten Vorteil', '1 more (Tee) to the next saving'],
  ])('and says what the next step needs: %s', (_, effect, german, english) => {
    const verdict = verdictIn(offerOf('o', effect), { lines: [lineOf('tea', 300, 3)] })
    expect((['de', 'en'] as const).map((language) => explainNext(verdict, { language, names: bare })!.replaceAll('\u00a0', ' '))).toEqual([german, english])
  })
})
