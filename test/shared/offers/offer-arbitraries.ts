/** Offers and baskets of every kind, and damaged ones. */
import * as fc from 'fast-check'
import type { Effect, Filter, Offer } from '#shared/offers/offer.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'

const SKUS = ['a', 'b', 'c', 'd'] as const
const minor = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 1_000_000_000 }), fc.constant(0))
const small = fc.integer({ min: 1, max: 5 })
const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> => fc.option(value.map((one) => ({ [key]: one })), { nil: {}, freq: 2 })
const merged = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object)
const percent = fc.oneof(fc.integer({ min: 0, max: 100_000 }).map((n) => String(n / 1000)), fc.constantFrom('0', '100', '33.333333', '12.5'))
const byCurrency = maybe('byCurrency', fc.constant({ CHF: 700 }))
const simple = fc.oneof(percent.map((p) => ({ percent: p })), ...['amountMinor', 'priceMinor', 'unitPriceMinor'].map((key) => merged(minor.map((n) => ({ [key]: n })), byCurrency)))
const value = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: fc.record({ base: simple, tiers: fc.array(fc.record({ from: minor, value: simple }), { maxLength: 3 }), tiersBy: fc.constantFrom('lineAmount', 'orderSubtotalInitial', 'selectedQuantity') }) },
  { weight: 1, arbitrary: fc.record({ firstMinor: minor, nextMinor: minor }).chain((schedule) => maybe('maxUnits', small).map((most) => ({ schedule: { ...schedule, ...most } }))) },
)
const filter: fc.Arbitrary<object> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: merged(
    maybe('skus', fc.subarray([...SKUS])),
    maybe('taxons', fc.subarray(['x', 'y', 'root'])),
    maybe('taxonMode', fc.constantFrom('direct', 'subtree')),
    maybe('notSkus', fc.subarray([...SKUS], { maxLength: 2 })),
    maybe('priceMaxMinor', minor),
    maybe('excludeReduced', fc.boolean()),
    fc.oneof({ maxDepth: 2 }, fc.constant({}), maybe('any', fc.array(tie('filter'), { maxLength: 2 }))),
  ),
})).filter as fc.Arbitrary<object>
const select = maybe('select', filter)
const condition: fc.Arbitrary<object> = fc.letrec<{ condition: object }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    merged(fc.record({ type: fc.constantFrom('subtotal', 'grandTotal'), amountMinor: minor }), maybe('op', fc.constantFrom('gte', 'lte', 'gt', 'lt', 'eq')), maybe('basis', fc.constantFrom('current', 'initial')), select),
    merged(fc.record({ type: fc.constantFrom('quantity', 'lineQuantity'), value: fc.integer({ min: 0, max: 20 }) }), maybe('op', fc.constantFrom('gte', 'lte', 'gt', 'lt', 'eq')), select),
    fc.record({ type: fc.constantFrom('contains', 'allLines'), select: filter }),
    fc.record({ type: fc.constantFrom('customerGroup', 'customerTag', 'store', 'country', 'shippingMethod'), in: fc.subarray(['g', 'm', 'DE']) }),
    fc.constantFrom({ type: 'never' }, { type: 'nthOrder', n: 2 }, { type: 'birthday', daysBefore: 3 }, { type: 'weekday', days: [6, 7] }, { type: 'timeOfDay', fromMinute: 60, untilMinute: 30 }),
    fc.record({ type: fc.constantFrom('all', 'any'), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ type: fc.constant('not'), of: tie('condition') }),
  ),
})).condition
const maxUnits = maybe('maxUnits', merged(fc.record({ count: small, per: fc.constantFrom('line', 'order') }), maybe('pick', fc.constantFrom('cartOrder', 'cheapest', 'dearestLineSquared'))))
const group = merged(fc.record({ count: small, sort: fc.constantFrom('priceAsc', 'priceDesc') }), maybe('amountMinor', minor), select)
const DISTRIBUTIONS = ['roundThenFirst', 'floorMaxError', 'largestRemainder', 'runningFromLast', 'lastTakesRest', 'wooPerUnit', 'exact', 'none', 'ProportionateDistribution', 'EvenDistribution', 'IndividualApplication']
const effect = fc.oneof(
  merged(fc.record({ type: fc.constantFrom('unitPrice', 'cheapest'), value }), select),
  merged(fc.record({ type: fc.constantFrom('unitDiscount', 'lineDiscount'), value }), select, maxUnits, maybe('perUnitCap', fc.boolean()), maybe('base', fc.constantFrom('list', 'current'))),
  merged(fc.record({ type: fc.constant('orderDiscount'), value }), select, maxUnits, maybe('capMinor', minor), maybe('distribution', fc.constantFrom(...DISTRIBUTIONS))),
  merged(fc.record({ type: fc.constant('shippingDiscount'), value }), maybe('allocation', fc.constantFrom('each', 'across')), maybe('capMinor', minor)),
  merged(fc.record({ type: fc.constant('quantityGroups'), value, groupSize: small }), select),
  merged(
    fc.record({ type: fc.constant('buyGet'), buy: merged(fc.record({ quantity: fc.integer({ min: 0, max: 4 }) }), maybe('spendMinor', minor.map((n) => Math.max(1, n))), select), get: merged(fc.record({ quantity: small, value: simple }), select) }),
    maybe('mode', fc.constantFrom('flatY', 'reserve', 'apart')),
    maybe('repeat', fc.constantFrom(2, 5, 10_000)),
  ),
  merged(fc.record({ type: fc.constant('set'), groups: fc.array(group, { minLength: 1, maxLength: 3 }), value: simple }), maybe('group', fc.integer({ min: 0, max: 3 })), maybe('pick', fc.record({ nth: fc.constantFrom(1, 'all', [1, 3]), across: fc.constantFrom('vertical', 'horizontal') }))),
  merged(fc.record({ type: fc.constant('gift'), sku: fc.constantFrom('a', 'z'), quantity: small }), maybe('unitPriceMinor', minor)),
) as fc.Arbitrary<Effect>

/** Offers that the schema allows. */
export const anyOffers: fc.Arbitrary<readonly Offer[]> = fc
  .array(
    merged(
      fc.record({ effects: fc.array(effect, { maxLength: 3 }) }),
      maybe('stage', fc.constantFrom('catalog', 'cart')),
      maybe('lane', fc.constantFrom('pre', 'default', 'post')),
      maybe('priority', fc.integer({ min: -3, max: 3 })),
      maybe('exclusive', fc.boolean()),
      maybe('excludes', fc.subarray(['o0', 'o1', 'o2'])),
      maybe('combinesWith', fc.record({ item: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() })),
      maybe('stackingMode', fc.constantFrom('Stacking', 'StopAfterThisDiscount')),
      maybe('window', fc.constantFrom({ from: '2026-01-01T00:00:00Z' }, { until: '2026-01-01T00:00:00Z' })),
      maybe('trigger', fc.constantFrom({ type: 'auto' }, { type: 'code', codes: ['X'] })),
      maybe('limits', fc.constantFrom({ total: 5, used: 5 }, { budget: { type: 'spend', limitMinor: 1000, usedMinor: 700 } })),
      maybe('when', condition),
    ),
    { maxLength: 6 },
  )
  .map((all) => all.map((one, i) => ({ ...one, id: `o${i}` }) as unknown as Offer))

const line = merged(
  fc.record({ quantity: fc.oneof(small, fc.integer({ min: 1, max: 300 })), unitPriceMinor: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 10_000_000 })) }),
  maybe('listPriceMinor', fc.integer({ min: 0, max: 4000 })),
  maybe('minUnitPriceMinor', fc.integer({ min: 0, max: 500 })),
  maybe('reduced', fc.boolean()),
  maybe('taxCategory', fc.constantFrom('reduced', 'none')),
  maybe('taxons', fc.subarray(['x', 'y'])),
)

/** Baskets of a shop in Germany on a Sunday. */
export const anyContext: fc.Arbitrary<PricingContext> = fc
  .record({ lines: fc.array(line, { maxLength: 6 }), included: fc.boolean(), taxed: fc.boolean(), currency: fc.constantFrom('EUR', 'CHF'), codes: fc.subarray(['X']), charges: fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 2 }) })
  .map(({ lines, included, taxed, currency, codes, charges }) => ({
    currency,
    country: 'DE',
    now: '2026-11-22T12:00:00Z',
    customer: { groups: ['g'], tags: ['m'], ordersPlaced: 1 },
    couponCodes: codes,
    taxonParents: { x: ['root'] },
    tax: { pricesIncludeTax: included, rates: taxed ? { standard: '19', reduced: '7' } : {} },
    lines: lines.map((one, i) => Object.assign({ id: `${i}`, sku: SKUS[i % SKUS.length]! }, one) as PricingContext['lines'][number]),
    shipping: charges.map((amountMinor, i) => ({ id: `s${i}`, method: 'm', amountMinor })),
  }))

const junk = fc.oneof(fc.constantFrom<unknown>(null, -1, 0.5, 1e308, Number.NaN, Infinity, '', 'percent', '1e9', [], {}, true, '__proto__', { type: 'moonlight' }), fc.jsonValue())

/** The same with one value of one offer replaced by something else, or an unknown key beside it. */
export const damagedOffers: fc.Arbitrary<readonly unknown[]> = fc.tuple(anyOffers, fc.nat(), fc.nat(), junk, fc.boolean()).map(([offers, which, where, thing, beside]) => {
  const all = structuredClone(offers) as unknown[]
  if (all.length === 0) return [thing]
  const at = which % all.length
  const places = placesIn(all[at])
  if (places.length === 0) return all.concat([thing])
  const { holder, key } = places[where % places.length]!
  if (beside && !Array.isArray(holder)) holder['unheardOf'] = thing
  else holder[key] = thing
  return all
})

type Place = { readonly holder: { [key: string]: unknown }; readonly key: string }

const placesIn = (value: unknown): readonly Place[] => {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as { [key: string]: unknown }
  return Object.keys(holder).flatMap((key) => [[{ holder, key }], placesIn(holder[key])].flat())
}
