import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { whyUnsupported } from '#shared/offers/unsupported.ts'
import type { Effect, Offer } from '#shared/offers/offer.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import { lineOf, offerOf, orderOff, percentOff, priced, verdictOf } from './builders.ts'

const TEA = { skus: ['tea'] }
const verdict = (offer: Offer, lines: readonly PricingLine[] = [lineOf('bread', 300)], more: Partial<PricingContext> = {}) => verdictOf(priced([offer], lines, more), offer.id)
const missing = (effect: Effect, more: Partial<Offer> = {}, lines?: readonly PricingLine[], context?: Partial<PricingContext>) => {
  const found = verdict(offerOf('o', effect, more), lines, context)
  return found.status === 'missed' ? found.missing : found.status
}

describe('an offer that applied', () => {
  it('says how much it saved, catalogue offers times pieces', () => {
    expect(verdict(offerOf('o', percentOff('10')))).toEqual({ offerId: 'o', status: 'applied', amountMinor: 30 })
    expect(verdict(offerOf('o', { type: 'unitPrice', value: { amountMinor: 50 } }, { stage: 'catalog' }), [lineOf('a', 300, 3)])).toEqual({ offerId: 'o', status: 'applied', amountMinor: 150 })
  })
  it('lists its gifts', () => {
    expect(verdict(offerOf('o', { type: 'gift', sku: 'mug', quantity: 1 }))).toEqual({ offerId: 'o', status: 'applied', amountMinor: 0, gifts: [{ sku: 'mug', quantity: 1 }] })
  })
  it('says what the next tier needs', () => {
    const tiered: Effect = { type: 'unitDiscount', value: { base: { percent: '10' }, tiers: [{ from: 4, value: { percent: '20' } }], tiersBy: 'selectedQuantity' }, select: TEA }
    expect(verdict(offerOf('o', tiered), [lineOf('tea', 200, 3)])).toMatchObject({ amountMinor: 60, next: [{ type: 'quantity', pieces: 1, select: TEA }] })
    expect(verdict(offerOf('o', tiered), [lineOf('tea', 200, 4)])).not.toHaveProperty('next')
  })
  it('says what a further set needs once it has been begun', () => {
    const set: Effect = { type: 'set', groups: [{ count: 3, sort: 'priceDesc', select: TEA }], value: { percent: '100' }, pick: { sort: 'priceAsc', nth: 1 } }
    expect(verdict(offerOf('o', set), [lineOf('tea', 200, 4)])).toMatchObject({ amountMinor: 200, next: [{ type: 'quantity', pieces: 2, select: TEA }] })
    expect(verdict(offerOf('o', set), [lineOf('tea', 200, 3)])).not.toHaveProperty('next')
    expect(verdict(offerOf('o', { ...set, pick: { nth: 'all', maxUses: 1 } }), [lineOf('tea', 200, 4)])).not.toHaveProperty('next')
  })
})

describe('an offer that was missed says exactly what is missing', () => {
  it('money: 4.10 € of 50 €', () => {
    expect(missing(orderOff(500), { when: { type: 'subtotal', amountMinor: 5000 } }, [lineOf('a', 4590)])).toEqual([{ type: 'amount', minor: 410 }])
    expect(missing(orderOff(500), { when: { type: 'subtotal', op: 'gt', amountMinor: 5000 } }, [lineOf('a', 5000)])).toEqual([{ type: 'amount', minor: 1 }])
  })
  it('money counted when the offer had its turn, after reductions of articles', () => {
    const basket = priced([offerOf('item', percentOff('10')), offerOf('o', orderOff(500), { when: { type: 'subtotal', amountMinor: 5000 } })], [lineOf('a', 5000)])
    expect(verdictOf(basket, 'o')).toEqual({ offerId: 'o', status: 'missed', missing: [{ type: 'amount', minor: 500 }] })
  })
  it('pieces, and of what', () => {
    expect(missing(percentOff('10'), { when: { type: 'quantity', value: 4, select: TEA } }, [lineOf('tea', 200, 1)])).toEqual([{ type: 'quantity', pieces: 3, select: TEA }])
    expect(missing({ type: 'quantityGroups', groupSize: 3, value: { percent: '10' }, select: TEA }, {}, [lineOf('tea', 200, 1)])).toEqual([{ type: 'quantity', pieces: 2, select: TEA }])
    expect(missing({ type: 'set', groups: [{ count: 1, sort: 'priceAsc', select: TEA }, { count: 2, sort: 'priceAsc', select: { skus: ['cup'] } }], value: { priceMinor: 500 } }, {}, [lineOf('cup', 300, 1)])).toEqual([
      { type: 'quantity', pieces: 1, select: TEA }, { type: 'quantity', pieces: 1, select: { skus: ['cup'] } },
    ])
  })
  it('both sides of buy and get, and one piece more where they must differ', () => {
    const buyGet = (get: object): Effect => ({ type: 'buyGet', buy: { quantity: 2, select: TEA }, get: { quantity: 1, value: { percent: '100' }, ...get } })
    expect(missing(buyGet({ select: { skus: ['cup'] } }), {}, [lineOf('tea', 200, 1)])).toEqual([{ type: 'quantity', pieces: 1, select: TEA }, { type: 'quantity', pieces: 1, select: { skus: ['cup'] } }])
    expect(missing(buyGet({ select: TEA }), {}, [lineOf('tea', 200, 2)])).toEqual([{ type: 'quantity', pieces: 1, select: TEA }])
  })
  it('an article of the selection', () => {
    expect(missing({ type: 'unitDiscount', value: { percent: '10' }, select: TEA })).toEqual([{ type: 'product', select: TEA }])
  })
  it('once, when condition and effect lack the same articles', () => {
    expect(missing({ type: 'cheapest', value: { percent: '100' }, select: TEA }, { when: { type: 'quantity', value: 4, select: TEA } })).toEqual([{ type: 'quantity', pieces: 4, select: TEA }])
  })
  it('a code, and what else', () => {
    expect(missing(orderOff(500), { trigger: { type: 'code', codes: ['X'] }, when: { type: 'subtotal', amountMinor: 1000 } })).toEqual([{ type: 'code' }, { type: 'amount', minor: 700 }])
  })
  it('the least of alternatives, all of several demands', () => {
    const money = { type: 'subtotal', amountMinor: 1000 } as const
    const member = { type: 'customerGroup', in: ['member'] } as const
    expect(missing(orderOff(500), { when: { type: 'any', of: [member, money, { type: 'never' }] } })).toEqual([{ type: 'amount', minor: 700 }])
    expect(missing(orderOff(500), { when: { type: 'all', of: [member, money] } })).toEqual([{ type: 'customerGroup', in: ['member'] }, { type: 'amount', minor: 700 }])
  })
  it('facts about customer, place and time', () => {
    const leaves = [{ type: 'birthday' }, { type: 'nthOrder', n: 1 }, { type: 'country', in: ['DE'] }, { type: 'shippingMethod', in: ['home'] }, { type: 'weekday', days: [6] }, { type: 'timeOfDay', fromMinute: 0, untilMinute: 60 }] as const
    for (const leaf of leaves) expect(missing(orderOff(1), { when: leaf })).toEqual([leaf])
    expect(missing({ type: 'shippingDiscount', value: { percent: '100' }, methods: ['home'] })).toEqual([{ type: 'shippingMethod', in: ['home'] }])
  })
  it('and when more shopping cannot help', () => {
    for (const when of [{ type: 'never' }, { type: 'subtotal', op: 'lt', amountMinor: 0 }, { type: 'not', of: { type: 'quantity', value: 1 } }] as const) expect(missing(orderOff(1), { when })).toEqual([{ type: 'unmeetable' }])
  })
})

describe('other verdicts', () => {
  it('without effect: nothing left to reduce', () => {
    expect(verdictOf(priced([offerOf('all', percentOff('100')), offerOf('o', percentOff('10'))], [lineOf('a', 100)]), 'o')).toEqual({ offerId: 'o', status: 'without effect' })
  })
  it.each([
    [{ enabled: false }, { why: 'disabled' }],
    [{ channels: ['web'] }, { why: 'channel', in: ['web'] }],
    [{ currencies: ['CHF'] }, { why: 'currency', in: ['CHF'] }],
    [{ window: { from: '2026-12-01T00:00:00Z' } }, { why: 'not yet', at: '2026-12-01T00:00:00Z' }],
    [{ window: { until: '2026-10-31T23:00:00Z' } }, { why: 'over', at: '2026-10-31T23:00:00Z' }],
    [{ limits: { total: 5, used: 5 } }, { why: 'exhausted' }],
    [{ limits: { perCustomer: 1, usedByCustomer: 1 } }, { why: 'exhausted', byCustomer: true }],
    [{ limits: { budget: { type: 'usage', limit: 3, used: 3 } } }, { why: 'exhausted' }],
  ] as const)('inactive %j', (more, wanted) => {
    expect(verdict(offerOf('o', orderOff(1), more), undefined, { channel: 'store', now: '2026-11-22T10:00:00Z' })).toEqual({ offerId: 'o', status: 'inactive', ...wanted })
  })
  it('a window is closed at both ends', () => {
    const window = { from: '2026-12-01T00:00:00Z', until: '2026-12-02T00:00:00Z' }
    expect(['2026-11-30T23:59:59.999Z', window.from, window.until, '2026-12-02T00:00:00.001Z'].map((now) => verdict(offerOf('o', orderOff(1), { window }), undefined, { now }).status)).toEqual(['inactive', 'applied', 'applied', 'inactive'])
  })
  it('there is one for every offer, in the given order', () => {
    const offers = ['c', 'a', 'b'].map((id, i) => offerOf(id, orderOff(i + 1), { priority: i }))
    expect(priced(offers, [lineOf('x', 1)]).verdicts.map((one) => one.offerId)).toEqual(['c', 'a', 'b'])
  })
})

describe('an offer of a newer shop', () => {
  it('with an unknown effect or condition is never applied and breaks nothing', () => {
    const unknown = [offerOf('effect', { type: 'magic', value: { percent: '10' } } as unknown as Effect), offerOf('condition', orderOff(1), { when: { type: 'moonPhase' } as unknown as NonNullable<Offer['when']> })]
    const basket = priced([...unknown, offerOf('known', orderOff(100))], [lineOf('a', 1000)])
    expect([basket.totalMinor, basket.applied]).toEqual([900, ['known']])
    expect(['effect', 'condition'].map((id) => verdictOf(basket, id))).toEqual(['effect', 'condition'].map((offerId) => ({ offerId, status: 'missed', missing: [{ type: 'unmeetable' }] })))
    expect(whyUnsupported(unknown, DIALECTS.einklang, {})).toEqual(['effect: effect magic', 'condition: condition moonPhase'])
  })
})

describe('the trace', () => {
  it('tells every step in order', () => {
    const basket = priced([offerOf('cat', { type: 'unitPrice', value: { percent: '10' } }, { stage: 'catalog' }), offerOf('order', orderOff(100)), offerOf('item', percentOff('10'))], [lineOf('a', 1000)])
    expect(basket.trace).toEqual([
      { stage: 'catalog', offerId: 'cat', lineId: 'a', amountMinor: 100, rule: 'unitPrice' },
      { stage: 'item', offerId: 'item', lineId: 'a', amountMinor: 90, rule: 'unitDiscount' },
      { stage: 'order', offerId: 'order', lineId: 'a', amountMinor: 100, rule: 'orderDiscount' },
    ])
  })
})
