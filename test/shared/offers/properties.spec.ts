import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Condition, Effect, Filter, Offer, SimpleValue } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'
import { offerOf } from './builders.ts'

const SKUS = ['a', 'b', 'c', 'd', 'e'] as const
const TAXONS: { readonly [sku: string]: readonly string[] } = { a: ['x'], b: ['x'], c: ['y'], d: ['y'], e: [] }

const lines: fc.Arbitrary<readonly PricingLine[]> = fc
  .uniqueArray(fc.record({ sku: fc.constantFrom(...SKUS), unitPriceMinor: fc.integer({ min: 1, max: 20_000 }), quantity: fc.integer({ min: 1, max: 6 }) }), { selector: (line) => line.sku, maxLength: 5 })
  .map((all) => all.map((line) => ({ id: line.sku, taxons: TAXONS[line.sku]!, taxCategory: line.sku < 'c' ? 'reduced' : 'standard', ...line })))

const filter: fc.Arbitrary<Filter> = fc.oneof(fc.constant({}), fc.uniqueArray(fc.constantFrom(...SKUS), { minLength: 1, maxLength: 3 }).map((skus) => ({ skus })), fc.constantFrom('x', 'y').map((taxon) => ({ taxons: [taxon] })))
const value: fc.Arbitrary<SimpleValue> = fc.oneof(
  fc.integer({ min: 1, max: 1000 }).map((perMille) => ({ percent: String(perMille / 10) })),
  fc.integer({ min: 1, max: 5000 }).map((amountMinor) => ({ amountMinor })),
  fc.integer({ min: 0, max: 5000 }).map((priceMinor) => ({ priceMinor })),
)
const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ type: fc.constantFrom('unitDiscount' as const, 'lineDiscount' as const), value, select: filter }),
  fc.record({ type: fc.constant('orderDiscount' as const), value, select: filter }),
  fc.record({ type: fc.constant('cheapest' as const), value, select: filter }),
  fc.record({ type: fc.constant('quantityGroups' as const), value, select: filter, groupSize: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ type: fc.constant('shippingDiscount' as const), value }),
  fc.record({ value, buy: filter, get: filter, quantity: fc.integer({ min: 1, max: 3 }) }).map(({ value, buy, get, quantity }): Effect => ({ type: 'buyGet', buy: { select: buy, quantity }, get: { select: get, quantity: 1, value } })),
  fc.record({ value, select: filter, count: fc.integer({ min: 1, max: 3 }) }).map(({ value, select, count }): Effect => ({ type: 'set', groups: [{ count, sort: 'priceDesc', select }], value })),
)
const when: fc.Arbitrary<Condition> = fc.oneof(
  fc.integer({ min: 0, max: 40_000 }).map((amountMinor): Condition => ({ type: 'subtotal', amountMinor })),
  fc.record({ type: fc.constant('quantity' as const), value: fc.integer({ min: 1, max: 8 }), select: filter }),
)
const offers: fc.Arbitrary<readonly Offer[]> = fc
  .array(fc.record({ effect, when: fc.option(when, { nil: undefined }), priority: fc.integer({ min: 0, max: 2 }), exclusive: fc.constantFrom(false, false, false, true) }), { maxLength: 5 })
  .map((all) => all.map(({ effect, when, ...more }, i) => offerOf(`o${i}`, effect, { ...more, ...(when ? { when } : {}) })))

const contextOf = (some: readonly PricingLine[]): PricingContext => ({
  currency: 'EUR',
  lines: some,
  shipping: [{ id: 's', method: 'home', amountMinor: 490 }],
  tax: { pricesIncludeTax: true, rates: { standard: '19', reduced: '7' } },
})
const POLICIES: readonly (readonly [string, Policies])[] = Object.entries(DIALECTS)

describe('reductions without conditions never make more expensive goods cheaper', () => {
  const reduction = fc.record({ type: fc.constantFrom('unitDiscount' as const, 'lineDiscount' as const, 'orderDiscount' as const), value: value.filter((one) => !('priceMinor' in one)), select: filter })
  // Where tax is made once per rate, what a percentage is taken from moves with the rounding of the tax.
  const cases = POLICIES.filter(([, { tax }]) => tax !== 'perRate')
  it.each(cases)('%s: one cent more on the shelf or one piece more is never less at the till', (_, policies) => {
    fc.assert(
      fc.property(reduction, lines, fc.nat(4), fc.boolean(), (one, basket, at, isPiece) => {
        if (basket.length === 0) return true
        const more = basket.map((line, i) => (i === at % basket.length ? Object.assign({}, line, isPiece ? { quantity: line.quantity + 1 } : { unitPriceMinor: line.unitPriceMinor + 1 }) : line))
        const total = (some: readonly PricingLine[]): number => priceBasket([offerOf('o', one)], policies, contextOf(some)).itemsMinor
        return total(more) >= total(basket)
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
    )
  })
})

describe('in the einklang dialect', () => {
  it('no minimum price is undercut', () => {
    fc.assert(
      fc.property(offers, lines, fc.integer({ min: 0, max: 100 }), (some, basket, share) => {
        const floored = basket.map((line) => ({ ...line, minUnitPriceMinor: Math.floor((line.unitPriceMinor * share) / 100) }))
        const priced = priceBasket(some, DIALECTS.einklang, contextOf(floored))
        return priced.lines.every((line, i) => line.totalMinor >= floored[i]!.minUnitPriceMinor * line.quantity)
      }),
    )
  })
  it('the order of lines does not change what is paid for articles, only who gets an odd cent', () => {
    const fair = offers.map((some) => some.filter((offer) => offer.effects.every((one) => one.type === 'unitDiscount' || one.type === 'orderDiscount' || one.type === 'shippingDiscount')))
    fc.assert(
      fc.property(fair, lines, (some, basket) => {
        const single = some.slice(0, 1)
        return priceBasket(single, DIALECTS.einklang, contextOf(basket)).totalMinor === priceBasket(single, DIALECTS.einklang, contextOf([...basket].reverse())).totalMinor
      }),
    )
  })
  it('swapping two equal offers changes only their names', () => {
    fc.assert(
      fc.property(effect, lines, (one, basket) => {
        const [first, second] = [offerOf('first', one), offerOf('second', one)]
        return priceBasket([first, second], DIALECTS.einklang, contextOf(basket)).totalMinor === priceBasket([second, first], DIALECTS.einklang, contextOf(basket)).totalMinor
      }),
    )
  })
  it('buying what a missed offer says is missing makes it apply', () => {
    const threshold = fc.integer({ min: 1, max: 60_000 })
    fc.assert(
      fc.property(threshold, lines, (amountMinor, basket) => {
        const offer = offerOf('o', { type: 'orderDiscount', value: { percent: '10' } }, { when: { type: 'subtotal', amountMinor } })
        const [verdict] = priceBasket([offer], DIALECTS.einklang, contextOf(basket)).verdicts
        if (verdict?.status !== 'missed') return true
        const missing = verdict.missing.find((one) => one.type === 'amount')
        if (!missing) return false
        const more = (minor: number): readonly PricingLine[] => [...basket, { id: 'more', sku: 'more', unitPriceMinor: minor, quantity: 1 }]
        const status = (minor: number) => priceBasket([offer], DIALECTS.einklang, contextOf(more(minor))).verdicts[0]!.status
        return status(missing.minor) !== 'missed' && (missing.minor === 1 || status(missing.minor - 1) === 'missed')
      }),
    )
  })
})
