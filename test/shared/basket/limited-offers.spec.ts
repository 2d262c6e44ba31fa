import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countedOffer, isLeasable, isLimited, oneUnitOf, publishedUses, usedLimited } from '#shared/basket/limited-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { QuoteFacts } from '#shared/basket/quote.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { basketOfHandoff, handoffOf, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { basket, facts, NOON, offer, OFFERS, shop } from './small-shop.ts'

const euroOff = (number: number, id: string, limits: Offer['limits'], more: Partial<Offer> = {}) =>
  offer(number, id, { ...(limits && { limits }), effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }], ...more })
const FIRST = euroOff(20, 'first-200', { total: 200 })
const limited = shop({ offers: [...OFFERS, FIRST] })
const total = (more: Partial<QuoteFacts>, sold = limited, held = basket({ bread: 1 })): number => quoteBasket(held, sold, facts(more)).totalCents
const whys = (more: Partial<QuoteFacts>, sold = limited, held = basket({ bread: 1 })): readonly (readonly [string, string, number | null])[] =>
  quoteBasket(held, sold, facts(more)).atCheckout.map(({ offer: left, why, asOf }) => [left.offer.id, why, asOf] as const)

describe('a limited offer is computed', () => {
  it('where a use of it is held: bread at 3.49 € costs 2.49 €', () => {
    expect(total({ units: { 'first-200': 1 } })).toBe(249)
    expect(whys({ units: { 'first-200': 1 } })).toEqual([['member-5', 'customer', null]])
  })
  it('and left to the checkout where none is, with the age of what is known', () => {
    expect([total({}), total({ units: { 'first-200': 0 } }), total({ units: { other: 3 } })]).toEqual([349, 349, 349])
    expect(whys({ snapshotAt: millis(NOON - 60_000) })).toEqual([['member-5', 'customer', null], ['first-200', 'limit', NOON - 60_000]])
  })
  it('not when it was used up before it was published: then nobody can have it', () => {
    expect(whys({}, shop({ offers: [euroOff(20, 'gone', { total: 5, used: 5 })] }))).toEqual([])
  })
  it('with its code only where that was entered', () => {
    const coded = shop({ offers: [euroOff(20, 'coded', { total: 5 }, { trigger: { type: 'code', codes: ['FIVE'] } })] })
    expect(whys({}, coded)).toEqual([])
    expect(whys({}, coded, basket({ bread: 1 }, { codes: ['five'] }))).toEqual([['coded', 'limit', null]])
    expect(total({ units: { coded: 1 } }, coded, basket({ bread: 1 }, { codes: ['five'] }))).toBe(249)
  })
})

describe('what only the shop counts', () => {
  const third = shop({ offers: [offer(21, 'third', { when: { type: 'nthOrder', n: 3 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })] })
  const customer = { id: 'anna', ordersPlaced: 2 }
  it('is computed with the shop’s own facts: the third order is 1 € less', () => {
    expect(total({ customer }, third)).toBe(249)
  })
  it('and only told, with its age, where they are a snapshot', () => {
    expect(total({ customer, snapshotAt: NOON }, third)).toBe(349)
    expect(whys({ customer, snapshotAt: NOON }, third)).toEqual([['third', 'customer', NOON]])
    expect(whys({}, third)).toEqual([['third', 'customer', null]])
  })
})

describe('how an offer is limited', () => {
  it.each<readonly [string, Offer['limits'], boolean, number | null, boolean]>([
    ['not at all', undefined, false, null, false],
    ['200 uses', { total: 200 }, true, 200, true],
    ['200 uses of which 30 were taken before', { total: 200, used: 30 }, true, 170, true],
    ['more taken than there were', { total: 5, used: 7 }, true, 0, true],
    ['a budget of 40 uses within 200', { total: 200, budget: { type: 'usage', limit: 50, used: 10 } }, true, 40, true],
    ['once per customer', { perCustomer: 1 }, true, null, false],
    ['200 uses, once per customer: only the checkout knows customers', { total: 200, perCustomer: 1 }, true, 200, false],
    ['a budget of money', { budget: { type: 'spend', limitMinor: 10_000 } }, true, null, false],
  ])('%s', (_what, limits, isOne, uses, leasable) => {
    const one = euroOff(1, 'x', limits).offer
    expect([isLimited(one), publishedUses(one), isLeasable(one)]).toEqual([isOne, uses, leasable])
    expect(countedOffer(one)).toEqual({ id: 'x', total: uses, perCustomer: limits?.perCustomer ?? null })
  })
})

describe('one price for a basket with limited offers', () => {
  it('on kiosk, staff tablet, phone and order, whatever more uses the kiosk held', () => {
    const many = shop({
      offers: [
        ...OFFERS, FIRST,
        euroOff(22, 'big', { total: 9 }, { when: { type: 'subtotal', op: 'gte', amountMinor: 1500 } }),
        euroOff(23, 'alone', { total: 9 }, { exclusive: true, when: { type: 'quantity', op: 'gte', value: 4 } }),
      ],
    })
    const baskets = fc.record({ bread: fc.nat(3), juice: fc.nat(3), cheese: fc.nat(2) }).filter((lines) => lines.bread + lines.juice + lines.cheese > 0)
    const held = fc.record({ 'first-200': fc.nat(2), big: fc.nat(2), alone: fc.nat(2) })
    fc.assert(
      fc.property(baskets, held, (lines, units) => {
        const filled = basket(lines)
        const quote = quoteBasket(filled, many, facts({ units }))
        const reserved = usedLimited(quote, many.offers).map(({ number }) => ({ number, lease: 7 }))
        const body = encodeHandoff(handoffOf(filled, quote, many, { qid: 'f00dcafe12345678' as QuoteId, keyId: '0a1b2c3d', at: NOON, reserved }))
        const read = decodeHandoff(handoffDigits(body, new Uint8Array(64)))
        if (!read.ok) return false
        const again = quoteBasket(basketOfHandoff(read.value.handoff, many).basket, many, facts({ units: unitsOfHandoff(read.value.handoff, many) }))
        return again.totalCents === quote.totalCents && read.value.handoff.totalCents === quote.totalCents
      }),
    )
  })
  it('names in the code only what it gave away, and nothing where nothing is limited', () => {
    const quote = quoteBasket(basket({ bread: 1 }), limited, facts({ units: { 'first-200': 5 } }))
    expect(usedLimited(quote, limited.offers)).toEqual([FIRST])
    expect(usedLimited(quoteBasket(basket({ bread: 1 }), limited, facts()), limited.offers)).toEqual([])
    expect(oneUnitOf([FIRST.offer.id])).toEqual({ 'first-200': 1 })
  })
})
