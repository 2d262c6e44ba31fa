/** Questions to a price engine as shops ask them: amounts at which a cent matters, every kind of offer, condition, tax, currency, delivery and customer. */
import * as fc from 'fast-check'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Condition, Effect, Filter, Offer, SimpleValue, Value } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricingContext, PricingLine } from '#shared/offers/pricing-context.ts'

export type Question = { readonly dialect: string; readonly policies: Policies; readonly offers: readonly Offer[]; readonly context: PricingContext }

const SKUS = ['a', 'b', 'c', 'd', 'e'] as const
const maybe = <K extends string, T>(key: K, value: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<{ readonly [key in K]?: T }> => fc.option(value.map((one) => ({ [key]: one }) as { readonly [key in K]?: T }), { nil: {}, freq })
const merged = <T>(...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<T> => fc.tuple(...parts).map((all) => Object.assign({}, ...all) as T)

const percent = fc.oneof(fc.integer({ min: 1, max: 1000 }).map((perMille) => String(perMille / 10)), fc.constantFrom('33.333333', '50', '5', '100'))
const minor = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 6000 }))
const byCurrency = maybe('byCurrency', fc.constant({ CHF: 333 }), 4)
const amountAt = (key: string): fc.Arbitrary<SimpleValue> => merged(minor.map((n) => ({ [key]: n })), byCurrency)
export const simpleValue: fc.Arbitrary<SimpleValue> = fc.oneof({ weight: 3, arbitrary: percent.map((one): SimpleValue => ({ percent: one })) }, { weight: 2, arbitrary: amountAt('amountMinor') }, { weight: 1, arbitrary: amountAt('priceMinor') }, { weight: 1, arbitrary: amountAt('unitPriceMinor') })
const tiersBy = fc.constantFrom('lineAmount' as const, 'orderSubtotalInitial' as const, 'selectedQuantity' as const)
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: simpleValue },
  { weight: 1, arbitrary: tiersBy.chain((by) => fc.record({ base: simpleValue, tiers: fc.array(fc.record({ from: by === 'selectedQuantity' ? fc.integer({ min: 1, max: 6 }) : minor, value: simpleValue }), { minLength: 1, maxLength: 3 }), tiersBy: fc.constant(by) })) },
  { weight: 1, arbitrary: merged<{ firstMinor: number; nextMinor: number }>(fc.record({ firstMinor: minor, nextMinor: minor }), maybe('maxUnits', fc.integer({ min: 1, max: 4 }))).map((schedule) => ({ schedule })) },
)
export const filter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.uniqueArray(fc.constantFrom(...SKUS), { minLength: 1, maxLength: 3 }).map((skus) => ({ skus })) },
  { weight: 2, arbitrary: merged<Filter>(fc.subarray(['x', 'y', 'root'], { minLength: 1 }).map((taxons) => ({ taxons })), maybe('taxonMode', fc.constantFrom('direct', 'subtree'))) },
  { weight: 1, arbitrary: fc.record({ notTaxons: fc.constant(['x']), priceMinMinor: minor }) },
  { weight: 1, arbitrary: fc.constant({ excludeReduced: true }) },
  { weight: 1, arbitrary: fc.constant({ any: [{ skus: ['a'] }, { taxons: ['y'] }] }) },
)
const select = maybe('select', filter, 3)
const maxUnits = maybe('maxUnits', merged<object>(fc.record({ count: fc.integer({ min: 1, max: 4 }), per: fc.constantFrom('line', 'order') }), maybe('pick', fc.constantFrom('cartOrder', 'cheapest', 'dearestLineSquared'))), 4)
const cap = maybe('capMinor', minor, 4)
const small = fc.integer({ min: 1, max: 3 })
export const effect: fc.Arbitrary<Effect> = fc.oneof(
  { weight: 4, arbitrary: merged<Effect>(fc.record({ type: fc.constantFrom('unitDiscount', 'lineDiscount'), value }), select, maxUnits, maybe('base', fc.constantFrom('list', 'current'), 5)) },
  { weight: 4, arbitrary: merged<Effect>(fc.record({ type: fc.constant('orderDiscount'), value }), select, cap, maxUnits) },
  { weight: 1, arbitrary: merged<Effect>(fc.record({ type: fc.constant('cheapest'), value }), select) },
  { weight: 1, arbitrary: merged<Effect>(fc.record({ type: fc.constant('quantityGroups'), value, groupSize: small }), select) },
  { weight: 2, arbitrary: merged<Effect>(fc.record({ type: fc.constant('shippingDiscount'), value: simpleValue }), cap, maybe('allocation', fc.constantFrom('each', 'across')), maybe('methods', fc.constant(['home']), 4)) },
  { weight: 2, arbitrary: merged<Effect>(fc.record({ type: fc.constant('buyGet'), buy: merged(fc.record({ quantity: small }), select), get: merged(fc.record({ quantity: small, value: simpleValue }), select) }), maybe('mode', fc.constantFrom('flatY', 'reserve', 'apart')), maybe('repeat', fc.integer({ min: 1, max: 4 }))) },
  { weight: 2, arbitrary: merged<Effect>(fc.record({ type: fc.constant('set'), groups: fc.array(merged(fc.record({ count: small, sort: fc.constantFrom('priceAsc', 'priceDesc') }), select), { minLength: 1, maxLength: 2 }), value: simpleValue }), cap, maybe('pick', fc.record({ sort: fc.constantFrom('priceAsc', 'priceDesc'), nth: fc.constantFrom(1, 'all', [1, 2]), maxUses: fc.constantFrom(1, 'all') }))) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('gift' as const), sku: fc.constant('mug'), quantity: small }) },
)
export const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: merged<Condition>(fc.record({ type: fc.constantFrom('subtotal', 'grandTotal'), amountMinor: fc.integer({ min: 0, max: 8000 }) }), maybe('op', fc.constantFrom('gte', 'lte', 'gt', 'lt')), maybe('basis', fc.constantFrom('current', 'initial')), select) },
  { weight: 3, arbitrary: merged<Condition>(fc.record({ type: fc.constantFrom('quantity', 'lineQuantity'), value: fc.integer({ min: 0, max: 6 }) }), maybe('op', fc.constantFrom('gte', 'lte', 'gt', 'lt', 'eq')), select) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('contains' as const, 'allLines' as const), select: filter }) },
  { weight: 1, arbitrary: fc.constantFrom<Condition>({ type: 'customerGroup', in: ['member'] }, { type: 'store', in: ['s1'] }, { type: 'country', in: ['AT'] }, { type: 'shippingMethod', in: ['home'] }, { type: 'nthOrder', n: 3 }, { type: 'birthday', daysAfter: 3 }, { type: 'weekday', days: [6, 7] }, { type: 'timeOfDay', fromMinute: 600, untilMinute: 900 }, { type: 'never' }) },
)
const when = maybe('when', fc.oneof({ weight: 4, arbitrary: condition }, { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('all' as const, 'any' as const), of: fc.array(condition, { minLength: 1, maxLength: 3 }) }) }, { weight: 1, arbitrary: condition.map((of): Condition => ({ type: 'not', of })) }))

/** Plain offers stack; the others also keep one another away. */
const plainOffer: fc.Arbitrary<object> = merged(fc.record({ effects: fc.array(effect, { minLength: 1, maxLength: 2 }), priority: fc.integer({ min: 0, max: 3 }) }), when, maybe('trigger', fc.constantFrom({ type: 'code', codes: ['X'] }, { type: 'code', codes: ['Y'] }), 4), maybe('channels', fc.constantFrom(['store'], ['web']), 5), maybe('lane', fc.constantFrom('pre', 'post'), 5))
const catalogueOffer: fc.Arbitrary<object> = merged(fc.record({ stage: fc.constant('catalog'), effects: fc.array(merged(fc.record({ type: fc.constant('unitPrice'), value: simpleValue }), select), { minLength: 1, maxLength: 1 }), priority: fc.integer({ min: 0, max: 3 }) }))
const demandingOffer: fc.Arbitrary<object> = merged(plainOffer, maybe('exclusive', fc.constant(true)), maybe('excludes', fc.constantFrom(['o0'], ['o1', 'o2'])), maybe('combinesWith', fc.record({ item: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() })), maybe('stackingMode', fc.constantFrom('Stacking', 'StopAfterThisDiscount'), 4))

export const offers: fc.Arbitrary<readonly Offer[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: plainOffer }, { weight: 1, arbitrary: catalogueOffer }, { weight: 2, arbitrary: demandingOffer }), { maxLength: 5 })
  .map((all) => all.map((one, i) => Object.assign({ id: `o${i}` }, one) as unknown as Offer))

const line = merged<object>(
  fc.record({ sku: fc.constantFrom(...SKUS), unitPriceMinor: fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 20 })), quantity: fc.integer({ min: 1, max: 5 }) }),
  maybe('minUnitPriceMinor', fc.integer({ min: 0, max: 300 }), 5),
  maybe('taxCategory', fc.constantFrom('reduced', 'none')),
)
const TAXONS: { readonly [sku: string]: readonly string[] } = { a: ['x'], b: ['x', 'y'], c: ['y'], d: [], e: ['x'] }
export const lines: fc.Arbitrary<readonly PricingLine[]> = fc
  .uniqueArray(line, { selector: (one) => (one as PricingLine).sku, maxLength: 5 })
  .map((all) => all.map((one) => ({ id: (one as PricingLine).sku, taxons: TAXONS[(one as PricingLine).sku]!, ...one }) as PricingLine))

const customer = fc.constantFrom(undefined, { groups: ['member'], tags: ['t'], ordersPlaced: 2, birthday: '11-21' }, { guest: true })
export const context: fc.Arbitrary<PricingContext> = fc
  .record({ lines, customer, included: fc.boolean(), taxed: fc.boolean(), currency: fc.constantFrom('EUR', 'EUR', 'CHF'), codes: fc.subarray(['X', 'Y']), charges: fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 2 }), channel: fc.constantFrom('store', 'web') })
  .map(({ lines: some, customer: who, included, taxed, currency, codes, charges, channel }) => Object.assign(who ? { customer: who } : {}, {
    currency, channel, store: 's1', country: 'AT', now: '2026-11-22T11:30:00Z', timeZone: 'Europe/Vienna',
    couponCodes: codes,
    taxonParents: { x: ['root'] },
    tax: { pricesIncludeTax: included, rates: taxed ? { standard: '19', reduced: '7' } : {} },
    lines: some,
    shipping: charges.map((amountMinor, i) => ({ id: `s${i}`, method: i === 0 ? 'home' : 'pickup', amountMinor })),
  }))

export const dialect: fc.Arbitrary<readonly [string, Policies]> = fc.constantFrom(...(Object.entries(DIALECTS) as [string, Policies][]))
const inDialect = (some: fc.Arbitrary<readonly [string, Policies]>): fc.Arbitrary<Question> => fc.record({ of: some, offers, context }).map(({ of: [name, policies], offers: all, context: basket }) => ({ dialect: name, policies, offers: all, context: basket }))
export const question: fc.Arbitrary<Question> = inDialect(dialect)
/** Questions to the dialects of which something holds. */
export const questionWhere = (holds: (policies: Policies) => boolean): fc.Arbitrary<Question> => inDialect(fc.constantFrom(...(Object.entries(DIALECTS) as [string, Policies][]).filter(([, policies]) => holds(policies))))
