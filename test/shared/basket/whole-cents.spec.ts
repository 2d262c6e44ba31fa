import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import type { Json } from '#shared/kernel/json.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer, PublishedOffer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { readPublishedOffer } from '#shared/protocol/offer-document.ts'
import { anyOffers } from '../offers/offer-arbitraries.ts'
import { basket, facts, offer, shop } from './small-shop.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300)
const THIRD = offer(1, 'third', { effects: [{ type: 'orderDiscount', value: { percent: '33.3' } }] })
const ONE_EURO = offer(1, 'euro', { effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
const TENTH = offer(1, 'tenth', { effects: [{ type: 'unitDiscount', value: { percent: '12.5' } }] })
const told = ({ lines }: Quote) => lines.map((line) => [line.sku, line.baseCents, line.reasons.map(({ cents }) => cents), line.totalCents])
const quoteIn = (dialect: keyof typeof DIALECTS, pledge: PublishedOffer): Quote => quoteBasket(basket({ bread: 1, tea: 2 }), shop({ policies: DIALECTS[dialect], offers: [pledge] }), facts())

describe('a quote under the arithmetic of any shop', () => {
  it.each(['shopware', 'prestashop', 'einklang'] as const)('tells at the lines what an offer takes off the basket, although %s may take it off the sum alone', (dialect) => {
    const quote = quoteIn(dialect, ONE_EURO)
    expect(told(quote)).toEqual([['bread', 349, [34], 315], ['tea', 666, [66], 600]])
    expect([quote.itemsCents, quote.savingsCents, quote.totalCents]).toEqual([915, 100, 915])
    expect(quote.applied).toMatchObject([{ offer: { number: 1 }, cents: 100 }])
  })
  it.each(['medusa', 'medusa-2.18'] as const)('is whole where %s keeps parts of a cent until payment', (dialect) => {
    // 349 less 12.5 % is 305.375, 666 is 582.75: 888.125 together, 888 to pay.
    const quote = quoteIn(dialect, TENTH)
    expect(told(quote)).toEqual([['bread', 349, [44], 305], ['tea', 666, [83], 583]])
    expect([quote.itemsCents, quote.totalCents]).toEqual([888, 888])
  })
  it('rounds what is owed once: 1015 less 33.3 % is 677.005', () => {
    expect(quoteIn('medusa', THIRD).totalCents).toBe(677)
    expect(quoteIn('prestashop', THIRD).totalCents).toBe(677)
  })
  it('adds up in every line, at delivery and in the sum, whatever the offers', () => {
    const small = fc.record({ bread: fc.nat(5), juice: fc.nat(4), cheese: fc.nat(3), tea: fc.nat(12) })
    const dialects = Object.entries(DIALECTS).filter(([name]) => name !== 'vendure-3-order-tax') // its tax is rounded beside the lines
    fc.assert(fc.property(anyOffers, fc.constantFrom<[string, Policies]>(...dialects), small, fc.boolean(), checkSums), { numRuns: RUNS })
  })
})

const SKUS: { readonly [sku: string]: string } = { a: 'bread', b: 'juice', c: 'cheese', d: 'tea', z: 'salt' }

const checkSums = (offers: readonly unknown[], [, policies]: [string, Policies], amounts: { readonly [sku: string]: number }, home: boolean): void => {
  const bodies = JSON.parse(JSON.stringify(offers), (_, value: unknown) => (typeof value === 'string' ? SKUS[value] ?? value : value)) as readonly Offer[]
  const published = bodies.flatMap((one, i) => {
    const read = readPublishedOffer(one.id, JSON.parse(JSON.stringify(offer(i + 1, one.id, one))) as Json, policies)
    return read.ok ? [read.value] : []
  })
  const quote = quoteBasket(basket(amounts, { codes: ['X'], delivery: home ? 'home' : 'pickup' }), shop({ policies, offers: published }), facts())
  const sum = (all: readonly { readonly cents: number }[]): number => all.reduce((total, { cents }) => total + cents, 0)
  for (const line of quote.lines) expect(line.baseCents - sum(line.reasons)).toBe(line.totalCents)
  expect(quote.delivery.baseCents - sum(quote.delivery.reasons)).toBe(quote.delivery.totalCents)
  expect(sum(quote.lines.map(({ totalCents: cents }) => ({ cents })))).toBe(quote.itemsCents)
  if (quote.delivery.totalCents >= 0) expect(quote.itemsCents + quote.delivery.totalCents + quote.depositCents).toBe(quote.totalCents)
}
