import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareQuotes } from '#shared/basket/compare-quotes.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Quote, QuoteFacts } from '#shared/basket/quote.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import { basket, facts, NOON, offer, OFFERS, shop } from './small-shop.ts'

const quote = (held: Basket, more: Partial<QuoteFacts> = {}, assortment = shop()): Quote => quoteBasket(held, assortment, facts(more))
const applied = ({ applied: reasons }: Quote): object => Object.fromEntries(reasons.map((reason) => [reason.offer.offer.id, reason.cents]))

describe('a basket is priced', () => {
  it('with the offer on its line, the deposit apart: 2 juices at 1.99 € less 20 %, 0.25 € deposit each', () => {
    const { lines, itemsCents, depositCents, savingsCents, totalCents } = quote(basket({ juice: 2 }))
    expect(lines[0]).toMatchObject({ sku: 'juice', quantity: 2, unitCents: 199, baseCents: 398, totalCents: 318, depositCents: 50 })
    expect(lines[0]!.reasons.map((reason) => [reason.offer.offer.id, reason.cents])).toEqual([['juice-20', 80]])
    expect({ itemsCents, depositCents, savingsCents, totalCents }).toEqual({ itemsCents: 318, depositCents: 50, savingsCents: 80, totalCents: 368 })
  })
  it('with 5 € off from 20 € shared over the lines, and 4.90 € for the way home', () => {
    const priced = quote(basket({ cheese: 2 }, { delivery: 'home' }))
    expect(applied(priced)).toEqual({ 'basket-5': 500 })
    expect(priced).toMatchObject({ itemsCents: 2098, savingsCents: 500, totalCents: 2588 })
    expect(priced.delivery).toMatchObject({ method: 'home', baseCents: 490, totalCents: 490 })
  })
  it('without charge for the way home from 30 €', () => {
    const priced = quote(basket({ cheese: 3 }, { delivery: 'home' }))
    expect(priced.delivery).toMatchObject({ baseCents: 490, totalCents: 0 })
    expect(applied(priced)).toEqual({ 'basket-5': 500, 'free-home': 490 })
  })
  it('with a code however it was typed', () => {
    expect(applied(quote(basket({ bread: 1 }, { codes: ['herbst 10'] })))).toEqual({ 'code-10': 35 })
  })
  it('at nothing when empty, the way home included', () => {
    expect(quote(basket({}, { delivery: 'home' }))).toMatchObject({ totalCents: 0, savingsCents: 0, lines: [] })
  })
  it('with unknown articles and codes listed, not dropped', () => {
    const priced = quote(basket({ bread: 1, unicorn: 3 }, { codes: ['NOPE'] }))
    expect(priced.unknown).toEqual([{ sku: 'unicorn', quantity: 3 }])
    expect(priced.unknownCodes).toEqual(['NOPE'])
    expect(priced.totalCents).toBe(349)
  })
  it('with a catalogue offer as a reason of the line', () => {
    const catalogue = offer(9, 'shelf-10', { stage: 'catalog', effects: [{ type: 'unitPrice', value: { percent: '10' }, select: { skus: ['tea'] } }] })
    const [line] = quote(basket({ tea: 3 }), {}, shop({ offers: [catalogue] })).lines
    expect(line).toMatchObject({ unitCents: 333, baseCents: 999, totalCents: 900 })
    expect(line!.reasons.map((reason) => [reason.offer.offer.id, reason.cents])).toEqual([['shelf-10', 99]])
  })
  it.each([['small', { here: 100 }], ['another-shop', {}]])('with an offer of the branch it stands in: %s', (branch, reasons) => {
    const here = offer(9, 'here', { when: { type: 'store', in: [branch] }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
    expect(applied(quote(basket({ bread: 1 }), {}, shop({ offers: [here] })))).toEqual(reasons)
  })
  it('with what rounding the whole sum added: 3.49 € in cash, in steps of five cents', () => {
    const plain = shop()
    const cash = shop({ policies: { ...plain.policies, cashRounding: { intervalMinor: 5, mode: 'halfUp' } } })
    expect(quote(basket({ bread: 1 }), {}, cash)).toMatchObject({ itemsCents: 349, roundingCents: 1, totalCents: 350 })
    expect(quote(basket({ bread: 1 }), {}, plain)).toMatchObject({ itemsCents: 349, roundingCents: 0, totalCents: 349 })
  })
  it('with the tax that is inside: 7 % of 3.49 € is 0.23 €', () => {
    expect(quote(basket({ bread: 1 })).taxIncludedCents).toBe(23)
  })
})

describe('the same basket costs the same', () => {
  const skus = ['bread', 'juice', 'cheese', 'salt', 'tea'] as const
  const baskets = fc.record({
    lines: fc.shuffledSubarray([...skus], { minLength: 1 }).chain((chosen) =>
      fc.tuple(...chosen.map(() => fc.integer({ min: 1, max: 99 }))).map((counts) => Object.fromEntries(chosen.map((sku, i) => [sku, counts[i]!])))),
    codes: fc.constantFrom([], ['HERBST-10']),
    delivery: fc.constantFrom('pickup', 'home'),
  })
  it('however it was filled, line by line', () => {
    fc.assert(fc.property(baskets, ({ lines, ...rest }) => {
      const there = quote(basket(lines, rest))
      const back = quote(basket(Object.fromEntries(Object.entries(lines).reverse()), rest))
      expect(back.totalCents).toBe(there.totalCents)
      for (const line of there.lines) expect(back.lines.find(({ sku }) => sku === line.sku)!.totalCents).toBe(line.totalCents)
    }), { numRuns: 300 })
  })
  it('and its reasons, lines and sums add up to the cent', () => {
    fc.assert(fc.property(baskets, ({ lines, ...rest }) => {
      const priced = quote(basket(lines, rest))
      for (const line of priced.lines) expect(line.baseCents - line.reasons.reduce((sum, one) => sum + one.cents, 0)).toBe(line.totalCents)
      expect(priced.lines.reduce((sum, line) => sum + line.totalCents, 0)).toBe(priced.itemsCents)
      expect(priced.itemsCents + priced.delivery.totalCents + priced.depositCents).toBe(priced.totalCents)
      expect(priced.applied.reduce((sum, one) => sum + one.cents, 0)).toBe(priced.savingsCents)
    }), { numRuns: 300 })
  })
  it('within one second, as a hand-off keeps whole seconds only', () => {
    const ending = shop({ offers: [offer(1, 'ends', { window: { until: '2026-11-20T11:00:00.000Z' }, effects: [{ type: 'unitDiscount', value: { percent: '50' } }] })] })
    expect(quote(basket({ bread: 1 }), { now: millis(NOON + 999) }, ending).totalCents).toBe(quote(basket({ bread: 1 }), { now: NOON }, ending).totalCents)
  })
})

describe('what only the checkout can know', () => {
  it('is told, never computed, without the customer’s facts', () => {
    const priced = quote(basket({ cheese: 1 }))
    expect(priced.atCheckout.map(({ offer: one, why }) => [one.offer.id, why])).toEqual([['member-5', 'customer']])
    expect(priced.totalCents).toBe(1299)
  })
  it('is computed with them: 5 % of 12.99 € is 0.65 €', () => {
    const priced = quote(basket({ cheese: 1 }), { customer: { groups: ['club'] } })
    expect(priced.atCheckout).toEqual([])
    expect(priced.totalCents).toBe(1234)
  })
  const until = (time: string) => shop({ offers: [offer(1, 'ends', { window: { until: time }, effects: [{ type: 'unitDiscount', value: { percent: '50' } }] })] })
  it('is an offer within two hours of its border, for a device that is not sure of the time', () => {
    const near = until('2026-11-20T13:00:00Z')
    expect(quote(basket({ bread: 1 }), { clockVerified: false }, near)).toMatchObject({ totalCents: 349, atCheckout: [{ why: 'clock' }] })
    expect(quote(basket({ bread: 1 }), { clockVerified: true }, near).totalCents).toBe(174)
    expect(quote(basket({ bread: 1 }), { clockVerified: false }, until('2026-11-20T13:00:01Z')).totalCents).toBe(174)
  })
  it('is an offer of an hour of the day, near that hour', () => {
    const evening = shop({ offers: [offer(1, 'evening', { when: { type: 'timeOfDay', fromMinute: 840, untilMinute: 1080 }, effects: [{ type: 'unitDiscount', value: { percent: '50' } }] })] })
    expect(quote(basket({ bread: 1 }), { clockVerified: false }, evening).atCheckout).toMatchObject([{ why: 'clock' }])
    expect(quote(basket({ bread: 1 }), { clockVerified: false, now: millis(NOON - 3_600_000 * 3) }, evening).atCheckout).toEqual([])
  })
  it('is every offer after too long without the hub', () => {
    const priced = quote(basket({ juice: 1 }), { stale: true })
    expect(priced.totalCents).toBe(224)
    expect(priced.atCheckout.map(({ why }) => why)).toEqual(['stale', 'stale', 'stale', 'stale'])
  })
})

describe('what is nearly reached', () => {
  it('comes with the exact amount missing: 7.01 € to 20 €', () => {
    const priced = quote(basket({ cheese: 1 }, { delivery: 'home' }))
    expect(priced.near.map(({ offer: one, missing }) => [one.offer.id, missing])).toEqual([
      ['basket-5', [{ type: 'amount', minor: 701 }]],
      ['free-home', [{ type: 'amount', minor: 1701 }]],
    ])
  })
})

describe('what is not nearly reached', () => {
  const drinks = { taxons: ['drinks'], taxonMode: 'subtree' } as const
  const three = shop({ offers: [offer(1, 'juices', { when: { type: 'quantity', op: 'gte', value: 3, select: drinks }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })] })
  it('is an offer on articles of which the basket has none', () => {
    expect(quote(basket({ bread: 1 }), {}, three).near).toEqual([])
    expect(quote(basket({ juice: 1 }), {}, three).near).toMatchObject([{ missing: [{ type: 'quantity', pieces: 2 }] }])
  })
})

describe('a bundle of which one half is there', () => {
  const bundle = offer(1, 'bread-and-cheese', {
    effects: [{ type: 'set', groups: [{ count: 1, sort: 'priceDesc', select: { skus: ['bread'] } }, { count: 1, sort: 'priceDesc', select: { skus: ['cheese'] } }], value: { priceMinor: 1400 } }],
  })
  const pair = shop({ offers: [bundle] })
  it('is nearly reached, whichever half it is', () => {
    expect(quote(basket({ bread: 1 }), {}, pair).near).toMatchObject([{ missing: [{ pieces: 1, select: { skus: ['cheese'] } }] }])
    expect(quote(basket({ cheese: 2 }), {}, pair).near).toMatchObject([{ missing: [{ pieces: 1, select: { skus: ['bread'] } }] }])
  })
  it('is not while neither is there, and applied with both', () => {
    expect(quote(basket({ tea: 1 }), {}, pair).near).toEqual([])
    expect(quote(basket({ bread: 1, cheese: 1 }), {}, pair)).toMatchObject({ near: [], totalCents: 1400 })
  })
})

describe('an offer of one channel only', () => {
  it('is named as such where it holds, and where it does not', () => {
    expect(quote(basket({ bread: 1 }), { channel: 'web' }).applied.map(({ onlyOn }) => onlyOn)).toEqual(['web'])
    expect(quote(basket({ bread: 1 })).elsewhere.map(({ offer: one, onlyOn }) => [one.offer.id, onlyOn])).toEqual([['web-only', 'web']])
  })
})

describe('two quotes compared', () => {
  const before = quote(basket({ juice: 2, cheese: 2, salt: 1 }))
  const types = (after: Quote) => compareQuotes(before, after).map(({ type }) => type)
  const dearer = shop().products
    .filter(({ sku }) => sku !== 'salt')
    .map((one) => (one.sku === 'cheese' ? Object.assign({}, one, { priceCents: cents(1399), priceHistory: [{ from: '2026-11-21' as Day, cents: cents(1399) }] }) : one))
  it('say nothing when nothing differs', () => expect(types(quote(basket({ juice: 2, cheese: 2, salt: 1 })))).toEqual([]))
  it('name what vanished, what costs more, and the new total', () => {
    expect(compareQuotes(before, quote(basket({ juice: 2, cheese: 2, salt: 1 }), {}, shop({ products: dearer })))).toMatchObject([
      { type: 'unit price', sku: 'cheese', beforeCents: 1299, afterCents: 1399 },
      { type: 'line gone', sku: 'salt', quantity: 1 },
      { type: 'total', beforeCents: 2516, afterCents: 2666 },
    ])
  })
  it('name offers that ended and began', () => {
    const changed = [...OFFERS.filter(({ number }) => number !== 1), offer(8, 'cheese-1', { effects: [{ type: 'unitDiscount', value: { amountMinor: 100 }, select: { skus: ['cheese'] } }] })]
    expect(types(quote(basket({ juice: 2, cheese: 2, salt: 1 }), {}, shop({ offers: changed })))).toEqual(['offer ended', 'offer new', 'total'])
  })
})
