import { describe, expect, it } from 'vitest'
import { announcedReduction, exemptionOfLine } from '#shared/basket/announced-reduction.ts'
import { askedPrices } from '#shared/basket/asked-prices.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Channel } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { Offer, PublishedOffer } from '#shared/offers/offer.ts'
import { history, product } from '../catalogue/product-builder.ts'
import { offer, shop } from './small-shop.ts'

const BANANAS = 'bananas' as Sku
/** `14` is 14 June 2026, a Sunday; noon in Berlin. */
const noonOf = (day: number) => millis(Date.UTC(2026, 5, day, 10))
const june = (day: number): string => `2026-06-${String(day).padStart(2, '0')}`
/** From midnight to the last second of these days of June, in Berlin. */
const days = (from: number, until: number): NonNullable<Offer['window']> => ({ from: new Date(Date.UTC(2026, 5, from, -2)).toISOString(), until: new Date(Date.UTC(2026, 5, until + 1, -2) - 1000).toISOString() })
const off = (id: string, percent: string, more: Partial<Offer> = {}, number = 1): PublishedOffer => offer(number, id, { effects: [{ type: 'unitDiscount', value: { percent }, select: { skus: [BANANAS] } }], ...more })

const store = (entries: readonly (readonly [string, number])[], offers: readonly PublishedOffer[], more: Partial<Product> = {}): Assortment => {
  const priceHistory = history(...entries)
  return shop({ products: [product({ sku: BANANAS, priceHistory, priceCents: priceHistory[0]!.cents, ...more })], offers })
}
const lineOf = (assortment: Assortment, day: number, channel: Channel = 'store', quantity = 1) =>
  quoteBasket({ lines: [{ sku: BANANAS, quantity }], codes: [], delivery: 'pickup' }, assortment, { now: noonOf(day), channel, clockVerified: true }).lines[0]!

describe('the law’s own example: Aldi Süd, bananas (CJEU C-330/23)', () => {
  // Offered at 1.29 € with "−23 %" against 1.69 €, while the lowest price of the 30 days before was 1.29 €.
  const aldi = store([['2026-06-14', 129], ['2026-06-07', 169], ['2026-05-01', 129]], [])
  it('1.29 € after 1.69 €, but 1.29 € within 30 days: nothing may be announced, no percent, no highlight', () => {
    expect(lineOf(aldi, 14).announced).toMatchObject({ previousCents: 169, lowestCents: 129, percent: 0, reductionBps: 0, mayAnnounce: false, badge: null, ownWordsHold: false })
  })
  it('pineapples at 1.69 €, not 2.29 € as announced but 1.69 € within 30 days: the same', () => {
    expect(lineOf(store([['2026-06-14', 169], ['2026-06-10', 229], ['2026-05-01', 169]], []), 14).announced).toMatchObject({ mayAnnounce: false, percent: 0 })
  })
})

describe('a reduction by an offer to everybody', () => {
  const plain = store([['2026-01-01', 200]], [off('ten', '10', { window: days(10, 20) })])
  it('is measured against the 30 days before the offer’s first day: 1.80 € from 2.00 €', () => {
    expect(lineOf(plain, 14).announced).toEqual({
      since: june(10), priceCents: 180, previousCents: 200, lowestCents: 200, reductionBps: 1000, percent: 10, mayAnnounce: true, exempt: false, ownWordsHold: true, badge: { de: '−10 %', en: '−10%' },
    })
  })
  it('is not announced before it began nor after it ended', () => {
    expect([lineOf(plain, 9).announced, lineOf(plain, 21).announced]).toEqual([null, null])
  })
  it('keeps its reference however long it runs, and however many pieces are bought', () => {
    expect(lineOf(store([['2026-01-01', 200]], [off('ten', '10', { window: { from: '2026-03-01T00:00:00Z' } })]), 14, 'store', 7).announced).toMatchObject({ since: '2026-03-01', lowestCents: 200, percent: 10 })
  })
  it('interrupted for a day it begins anew, and its own earlier price is the reference: nothing is left', () => {
    const twice = store([['2026-01-01', 200]], [off('first', '10', { window: days(5, 9) }), off('second', '10', { window: days(11, 20) }, 2)])
    expect(lineOf(twice, 14).announced).toMatchObject({ since: june(11), lowestCents: 180, mayAnnounce: false, badge: null })
  })
  it('continued by another offer without a gap it is one reduction, measured before the first', () => {
    const joined = store([['2026-01-01', 200]], [off('first', '10', { window: days(5, 9) }), off('second', '10', { window: days(10, 20) }, 2)])
    expect(lineOf(joined, 14).announced).toMatchObject({ since: june(5), lowestCents: 200, percent: 10, mayAnnounce: true })
  })
  it('after the price was raised for it, counts from the price before the rise: 20 % off 2.50 € is nothing off 2.00 €', () => {
    const raised = store([['2026-06-08', 250], ['2026-01-01', 200]], [off('twenty', '20', { window: days(10, 20) })])
    expect(lineOf(raised, 14).announced).toMatchObject({ priceCents: 200, previousCents: 250, lowestCents: 200, percent: 0, mayAnnounce: false })
    const halved = store([['2026-06-08', 250], ['2026-01-01', 200]], [off('half', '50', { window: days(10, 20) })])
    expect(lineOf(halved, 14).announced).toMatchObject({ priceCents: 125, lowestCents: 200, percent: 37, ownWordsHold: false, badge: { de: '−37 %' } })
  })
  it('of Fridays alone has last Friday’s price as its reference', () => {
    const fridays = store([['2026-01-01', 200]], [off('friday', '10', { when: { type: 'weekday', days: [5] }, window: days(1, 28) })])
    expect(lineOf(fridays, 5).announced).toMatchObject({ lowestCents: 200, mayAnnounce: true })
    expect(lineOf(fridays, 12).announced).toMatchObject({ lowestCents: 180, mayAnnounce: false })
    expect(lineOf(fridays, 13).announced).toBeNull()
  })
  it('of the evening is announced in the evening only', () => {
    const evenings = store([['2026-01-01', 200]], [off('evening', '10', { when: { type: 'timeOfDay', fromMinute: 1020, untilMinute: 1440 }, window: days(10, 20) })])
    expect(lineOf(evenings, 14).announced).toBeNull()
    const late = quoteBasket({ lines: [{ sku: BANANAS, quantity: 1 }], codes: [], delivery: 'pickup' }, evenings, { now: millis(Date.UTC(2026, 5, 14, 16)), channel: 'store', clockVerified: true }).lines[0]!
    expect(late.announced).toMatchObject({ since: june(10), lowestCents: 200, percent: 10 })
  })
  it('of Sunday evenings is one of that day, whatever its hours stand beside', () => {
    const hours: Offer['when'] = { type: 'all', of: [{ type: 'weekday', days: [7] }, { type: 'timeOfDay', fromMinute: 1020, untilMinute: 1440 }] }
    const sunday = store([['2026-01-01', 200]], [off('evening', '10', { when: hours, window: days(10, 20) })])
    const late = quoteBasket({ lines: [{ sku: BANANAS, quantity: 1 }], codes: [], delivery: 'pickup' }, sunday, { now: millis(Date.UTC(2026, 5, 14, 16)), channel: 'store', clockVerified: true }).lines[0]!
    expect(late.announced).toMatchObject({ since: june(14), lowestCents: 200, percent: 10 })
  })
  it('steps back to the thirtieth day and no further, summer time or not', () => {
    // The clock went forward on 29 March 2026; the offer begins on 15 April, the period on 16 March.
    const at = (entries: readonly (readonly [string, number])[]) =>
      quoteBasket({ lines: [{ sku: BANANAS, quantity: 1 }], codes: [], delivery: 'pickup' }, store(entries, [off('ten', '10', { window: { from: '2026-04-14T22:00:00Z' } })]), { now: millis(Date.UTC(2026, 3, 20, 10)), channel: 'store', clockVerified: true }).lines[0]!.announced
    expect(at([['2026-03-17', 200], ['2026-01-01', 150]])).toMatchObject({ since: '2026-04-15', lowestCents: 150, mayAnnounce: false })
    expect(at([['2026-03-16', 200], ['2026-01-01', 150]])).toMatchObject({ since: '2026-04-15', lowestCents: 200, mayAnnounce: true })
  })
})

describe('both channels count, and the lower one is the reference', () => {
  const web = store([['2026-01-01', 200]], [off('web', '25', { channels: ['web'], window: days(1, 5) }), off('both', '30', { window: days(10, 20) }, 2)])
  it('what was asked differs by channel', () => {
    const [article] = web.products
    const asked = (channel: Channel) => askedPrices(article!, channel, web, june(14) as Day).map(({ from, cents: price }) => [from, price])
    expect(asked('store')).toEqual([[june(10), 140], ['2026-01-01', 200]])
    expect(asked('web')).toEqual([[june(10), 140], [june(6), 200], [june(1), 150], ['2026-01-01', 200]])
  })
  it('1.40 € in the store after 1.50 € in the web shop: 6 %, not 30 %', () => {
    expect(lineOf(web, 14, 'store').announced).toMatchObject({ previousCents: 200, lowestCents: 150, percent: 6, ownWordsHold: false, badge: { de: '−6 %' } })
    expect(lineOf(web, 14, 'web').announced).toMatchObject({ lowestCents: 150, percent: 6 })
  })
})

describe('what earlier releases really asked', () => {
  it('stands against the shop’s own history: 1.50 € recorded for last week, whatever it tells now', () => {
    const recorded = { until: june(9) as Day, store: history([june(8), 200], [june(1), 150], ['2026-05-01', 200]), web: history(['2026-05-01', 200]) }
    const sold = store([['2026-01-01', 200]], [off('ten', '10', { window: days(10, 20) })], { recorded })
    expect(lineOf(sold, 14).announced).toMatchObject({ lowestCents: 150, mayAnnounce: false })
    expect(lineOf(store([['2026-01-01', 200]], [off('ten', '10', { window: days(10, 20) })]), 14).announced).toMatchObject({ lowestCents: 200, mayAnnounce: true })
  })
  it('and is evidence for an offer’s first day: what says it began on the 1st, but was published on the 10th, began on the 10th', () => {
    const recorded = { until: june(10) as Day, store: history(['2026-05-01', 200]), web: history(['2026-05-01', 200]) }
    const late = store([['2026-05-01', 200]], [off('ten', '10', { window: days(1, 20) })], { recorded })
    expect(lineOf(late, 14).announced).toMatchObject({ since: june(10), lowestCents: 200, percent: 10 })
  })
})

describe('steps of one reduction', () => {
  it('keep the price before the first one: 0.60 € is 40 % from 1.00 €', () => {
    const [last, ...before] = history([june(14), 60], [june(7), 80], ['2026-01-01', 100])
    const priceHistory = [{ ...last!, step: true as const }, ...before]
    expect(lineOf(store([[june(14), 60]], [], { priceHistory }), 14).announced).toMatchObject({ since: june(7), lowestCents: 100, percent: 40, mayAnnounce: true })
  })
  it('unless the merchant did not announce them so: 25 % from 0.80 €', () => {
    expect(lineOf(store([[june(14), 60], [june(7), 80], ['2026-01-01', 100]], []), 14).announced).toMatchObject({ since: june(14), lowestCents: 80, percent: 25 })
  })
})

describe('what is no announced reduction', () => {
  const cases: readonly (readonly [what: string, given: PublishedOffer, why: string])[] = [
    ['a code', off('code', '10', { trigger: { type: 'code', codes: ['X'] } }), 'code'],
    ['an offer to members', { ...off('members', '10', { when: { type: 'customerGroup', in: ['m'] } }), certainty: 'checkout' }, 'customer'],
    ['an offer on a birthday', off('birthday', '10', { when: { type: 'all', of: [{ type: 'weekday', days: [1] }, { type: 'birthday' }] } }), 'customer'],
    ['an offer from a basket value on', off('basket', '10', { when: { type: 'subtotal', amountMinor: 100 } }), 'basket'],
    ['an offer from two pieces on', off('two', '10', { when: { type: 'quantity', value: 2 } }), 'basket'],
    ['3 for 2', offer(1, 'three', { effects: [{ type: 'set', groups: [{ count: 3, sort: 'priceDesc' }], group: 0, value: { percent: '100' }, pick: { nth: 1 } }] }), 'basket'],
  ]
  it.each(cases)('%s: %s', (_what, given, why) => {
    expect(exemptionOfLine({ product: product({ sku: BANANAS }), reasons: [{ offer: given, cents: cents(10), onlyOn: null }] })).toBe(why)
    const quote = lineOf(store([['2026-01-01', 200]], [given]), 14, 'store', 3)
    expect(quote.announced).toBeNull()
  })
  it('perishables reduced for that reason: the price just before, and the reason is told', () => {
    const soft = store([[june(14), 80], [june(12), 100], ['2026-01-01', 90]], [], { perishable: true })
    expect(lineOf(soft, 14).announced).toMatchObject({ previousCents: 100, lowestCents: 90, percent: 20, exempt: true, mayAnnounce: true })
    expect(exemptionOfLine(lineOf(soft, 14))).toBe('perishable')
  })
})

describe('the deposit', () => {
  it('is never reduced and never in a reference: 1.80 € from 2.00 €, and 0.25 € beside it', () => {
    const bottle = store([['2026-01-01', 200]], [off('ten', '10', { window: days(10, 20) })], { depositCents: cents(25) })
    expect(lineOf(bottle, 14)).toMatchObject({ totalCents: 180, depositCents: 25, announced: { priceCents: 180, lowestCents: 200, percent: 10 } })
    expect(lineOf(bottle, 14, 'store', 3)).toMatchObject({ totalCents: 540, depositCents: 75 })
  })
})

describe('announcedReduction', () => {
  it('is silent where the clock cannot be trusted with the offer', () => {
    const near = store([['2026-01-01', 200]], [off('ten', '10', { window: days(14, 20) })])
    const line = quoteBasket({ lines: [{ sku: BANANAS, quantity: 1 }], codes: [], delivery: 'pickup' }, near, { now: millis(Date.UTC(2026, 5, 13, 22, 30)), channel: 'store', clockVerified: false }).lines[0]!
    expect([line.totalCents, line.announced, announcedReduction(line, near, { now: noonOf(14), channel: 'store' })]).toEqual([200, null, null])
  })
})
