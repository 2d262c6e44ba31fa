import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Assortment } from '#shared/basket/assortment.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Channel } from '#shared/basket/quote.ts'
import type { PriceEntry } from '#shared/catalogue/price-entry.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { addDays, millis, type Day } from '#shared/kernel/time.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { product } from '../catalogue/product-builder.ts'
import { offer, shop } from './small-shop.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150)
const SKU = 'x' as Sku
/** The period holds the night of 29 March 2026, when the clock goes forward. */
const TODAY = '2026-04-20' as Day
const back = (days: number): Day => addDays(TODAY, -days)
const noon = (day: Day) => millis(Date.parse(`${day}T10:00:00Z`))

const histories: fc.Arbitrary<readonly PriceEntry[]> = fc
  .uniqueArray(fc.record({ ago: fc.integer({ min: 0, max: 80 }), cents: fc.integer({ min: 50, max: 400 }) }), { minLength: 1, maxLength: 6, selector: ({ ago }) => ago })
  .map((all) => all.toSorted((a, b) => a.ago - b.ago).map(({ ago, cents: price }) => ({ from: back(ago), cents: cents(price) })))
const offers: fc.Arbitrary<readonly PublishedOffer[]> = fc
  .array(fc.record({ from: fc.integer({ min: 0, max: 70 }), days: fc.integer({ min: 0, max: 30 }), percent: fc.integer({ min: 1, max: 60 }), channel: fc.constantFrom<'both' | Channel>('both', 'store', 'web') }), { maxLength: 3 })
  .map((all) =>
    all.map(({ from, days, percent, channel }, i) =>
      offer(i + 1, `o${i}`, {
        window: { from: `${back(from)}T00:00:00Z`, until: `${addDays(back(from), days)}T20:00:00Z` },
        ...(channel !== 'both' && { channels: [channel] }),
        effects: [{ type: 'unitDiscount', value: { percent: String(percent) }, select: { skus: [SKU] } }],
      }),
    ),
  )

const shopOf = (priceHistory: readonly PriceEntry[], published: readonly PublishedOffer[]): Assortment =>
  shop({ products: [product({ sku: SKU, priceHistory, priceCents: priceHistory[0]!.cents })], offers: published })

/** What one piece cost on a day, asked of the engine itself with the price list of that day; null before it was sold. */
const paidOn = (day: Day, channel: Channel, history: readonly PriceEntry[], published: readonly PublishedOffer[]): number | null => {
  const then = history.filter(({ from }) => from <= day)
  return then.length === 0 ? null : quoteBasket({ lines: [{ sku: SKU, quantity: 1 }], codes: [], delivery: 'pickup' }, shopOf(then, published), { now: noon(day), channel, clockVerified: true }).itemsCents
}

describe('whatever happened to a price', () => {
  it('what is announced is cheaper than every price of the thirty days before on both channels, and its percent is no more than true', () => {
    fc.assert(
      fc.property(histories, offers, fc.constantFrom<Channel>('store', 'web'), (history, published, channel) => {
        const line = quoteBasket({ lines: [{ sku: SKU, quantity: 1 }], codes: [], delivery: 'pickup' }, shopOf(history, published), { now: noon(TODAY), channel, clockVerified: true }).lines[0]!
        const { announced } = line
        if (!announced) return
        expect(announced.priceCents).toBe(line.totalCents)
        const before = Array.from({ length: 30 }, (_, i) => addDays(announced.since, -1 - i)).flatMap((day) => (['store', 'web'] as const).map((where) => paidOn(day, where, history, published)))
        const lowest = Math.min(...before.filter((paid) => paid !== null))
        expect(announced.lowestCents).toBe(lowest)
        expect(announced.mayAnnounce).toBe(line.totalCents < lowest)
        if (announced.mayAnnounce) expect([announced.percent * lowest <= 100 * (lowest - line.totalCents), (announced.percent + 1) * lowest > 100 * (lowest - line.totalCents)]).toEqual([true, true])
        else expect([announced.badge, announced.ownWordsHold]).toEqual([null, false])
      }),
      { numRuns: RUNS },
    )
  }, 120_000)
  it('a reduction lasts without a break from its first day: the price was the same, and the day before it was higher', () => {
    fc.assert(
      fc.property(histories, offers, (history, published) => {
        const line = quoteBasket({ lines: [{ sku: SKU, quantity: 1 }], codes: [], delivery: 'pickup' }, shopOf(history, published), { now: noon(TODAY), channel: 'store', clockVerified: true }).lines[0]!
        if (!line.announced) return
        for (let day = line.announced.since; day <= TODAY; day = addDays(day, 1)) expect(paidOn(day, 'store', history, published)).toBe(line.totalCents)
        expect(paidOn(addDays(line.announced.since, -1), 'store', history, published)).toBe(line.announced.previousCents)
        expect(line.announced.previousCents).toBeGreaterThan(line.totalCents)
      }),
      { numRuns: RUNS },
    )
  }, 120_000)
})
