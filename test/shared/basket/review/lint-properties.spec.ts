import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingKey, RULES, type Finding } from '#shared/basket/review/finding.ts'
import { lintOffers } from '#shared/basket/review/lint-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer, PublishedOffer } from '#shared/offers/offer.ts'
import { readOffers } from '#shared/offers/read-offers.ts'
import { anyOffers, damagedOffers } from '../../offers/offer-arbitraries.ts'
import { NOON, offer as published, shop } from '../small-shop.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60)
const DIALECT = fc.constantFrom(...Object.values(DIALECTS))
/** The arbitrary offers speak of articles a … d. */
const fuzzed = shop({ offers: [], products: shop().products.slice(0, 4).map((product, i) => Object.assign({}, product, { sku: (['a', 'b', 'c', 'd'] as const)[i]! as typeof product.sku, taxons: i < 2 ? ['x', 'food'] : ['y', 'drinks'] })) })
const wrapped = (offers: readonly Offer[]): readonly PublishedOffer[] => offers.map((offer, i) => published(i + 1, offer.id, offer))
const isSound = ({ rule, severity, sentence, evidence }: Finding): boolean =>
  severity === RULES[rule] && sentence.de.length > 0 && sentence.en.length > 0 && !/undefined|NaN|Infinity/.test(sentence.de + sentence.en) && (evidence?.type !== 'basket' || (evidence.paidCents >= 0 && evidence.paidCents <= evidence.baseCents))

describe('the review of any offers', () => {
  it('never throws and always speaks in whole sentences', () => {
    fc.assert(
      fc.property(anyOffers, DIALECT, (offers, policies) => {
        expect(lintOffers(wrapped(offers), fuzzed, { now: NOON, policies }).filter((finding) => !isSound(finding))).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })
  it('takes what is let in of damaged ones', () => {
    fc.assert(fc.property(damagedOffers, (given) => lintOffers(wrapped(readOffers(given).offers), fuzzed, { now: NOON }).every(isSound)), { numRuns: RUNS })
  })
  it('says the same again', () => {
    fc.assert(fc.property(anyOffers, (offers) => void expect(lintOffers(wrapped(offers), fuzzed, { now: NOON })).toEqual(lintOffers(wrapped(offers), fuzzed, { now: NOON }))), { numRuns: Math.ceil(RUNS / 4) })
  })
  it('says nothing twice about one place', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyOffers.map(([first]) => first), { maxLength: 4, selector: (offer) => offer?.id }), (offers) => {
        const keys = lintOffers(wrapped(offers.filter((offer) => offer !== undefined)), fuzzed, { now: NOON }).filter(({ rule }) => rule !== 'limit-reached').map(findingKey)
        expect(keys.length).toBe(new Set(keys).size)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('two offers that together take a whole article', () => {
  const window = { from: '2026-11-18T00:00:00Z', until: '2026-11-30T00:00:00Z' }
  /** Each less than the price of bread, together at least that; among offers on other articles. */
  const pair = fc.tuple(fc.integer({ min: 1, max: 348 }), fc.integer({ min: 0, max: 348 }), fc.integer({ min: 1, max: 3 }), fc.array(fc.tuple(fc.constantFrom('cheese', 'tea', 'juice'), fc.integer({ min: 1, max: 10 })), { maxLength: 4 }), fc.boolean())
  it('are always found, and the basket that shows it costs nothing at the kiosk too', () => {
    fc.assert(
      fc.property(pair, ([first, more, pieces, others, byCode]) => {
        const second = Math.min(348, 349 - first + more)
        const offers = [
          ...others.map(([sku, percent], i) => published(10 + i, `other-${i}`, { window, effects: [{ type: 'unitDiscount', value: { percent: String(percent) }, select: { skus: [sku] } }] })),
          published(1, 'one', { window, when: { type: 'quantity', value: pieces, select: { skus: ['bread'] } }, effects: [{ type: 'unitDiscount', value: { amountMinor: first }, select: { skus: ['bread'] } }] }),
          published(2, 'two', { window, ...(byCode && { trigger: { type: 'code', codes: ['BROT'] } }), effects: [{ type: 'unitDiscount', value: { amountMinor: second }, select: { skus: ['bread', 'salt'], priceMinMinor: 100 } }] }),
        ]
        const assortment = shop({ offers })
        const finding = lintOffers(offers, assortment, { now: NOON }).find(({ rule }) => rule === 'stacks-to-zero')
        expect(finding?.offers).toEqual(['one', 'two'] as unknown as OfferId[])
        if (finding?.evidence?.type !== 'basket') throw new Error('no basket')
        const { lines, codes, delivery, at, channel } = finding.evidence
        expect(quoteBasket({ lines, codes, delivery }, assortment, { now: at, channel, clockVerified: true }).itemsCents).toBe(0)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('a large set', () => {
  it('of 2,000 offers is read within seconds, and what was left out is said', () => {
    const offers = Array.from({ length: 2000 }, (_, i) => published(i + 1, `o${i}`, { window: { from: '2026-11-18T00:00:00Z', until: '2026-11-30T00:00:00Z' }, effects: [{ type: 'unitDiscount', value: { percent: String(1 + (i % 9)) }, select: { skus: [['bread', 'juice', 'cheese', 'salt', 'tea'][i % 5]!] } }] }))
    const started = performance.now()
    const findings = lintOffers(offers, shop({ offers: [] }), { now: NOON })
    expect(performance.now() - started).toBeLessThan(12_000)
    expect(findings.filter(({ rule }) => rule === 'limit-reached').length).toBeGreaterThan(0)
  })
})
