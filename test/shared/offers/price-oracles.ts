/** Cents worked out a second time, with a pencil: simple offers in every dialect against whole-number arithmetic that shares nothing with the engine. */
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Comparison, Condition, Effect, Filter, Offer, SimpleValue } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { PricingContext, PricingLine, RoundingMode } from '#shared/offers/pricing-context.ts'
import { contextOf, lineOf, offerOf } from './builders.ts'
import type { Engine, Property } from './price-properties.ts'
import { filter, lines } from './price-questions.ts'

const property = <T>(name: string, arbitrary: fc.Arbitrary<T>, check: (engine: Engine, value: T) => void): Property => ({ name, of: (engine) => fc.property(arbitrary, (value) => check(engine, value)) as unknown as fc.IProperty<never> })
const ALL = Object.entries(DIALECTS) as [string, Policies][]
const policiesWhere = (holds: (policies: Policies) => boolean): fc.Arbitrary<Policies> => fc.constantFrom(...ALL.map(([, policies]) => policies).filter(holds))
const anyPolicies = policiesWhere(() => true)
/** Their percentages are whole cents, by exact fractions. */
const roundedExactly = ({ percentRound, arithmetic }: Policies): boolean => percentRound !== undefined && percentRound.mode !== 'none' && arithmetic !== 'double'

/** n ÷ d for n ≥ 0, by the words of the mode alone. */
const divided = (n: bigint, d: bigint, mode: RoundingMode): number => {
  const [whole, rest] = [n / d, n % d]
  const up = { floor: false, ceil: rest > 0n, halfUp: 2n * rest >= d, halfDown: 2n * rest > d, halfEven: 2n * rest > d || (2n * rest === d && whole % 2n === 1n), none: false }[mode]
  return Number(whole) + (up ? 1 : 0)
}
/** Tenths of a percent, so that halves of a cent are common. */
const perMille = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(50, 100, 125, 150, 250, 500))
const percentOf = (amount: number, mille: number, mode: RoundingMode): number => divided(BigInt(amount) * BigInt(mille), 1000n, mode)
const text = (mille: number): string => String(mille / 10)
const price = fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 40 }).map((n) => n * 5))
const pieces = fc.integer({ min: 1, max: 6 })
const minor = fc.integer({ min: 0, max: 4000 })
const ask = (engine: Engine, effect: Effect, some: readonly PricingLine[], policies: Policies, more: Partial<PricingContext> = {}): PricedBasket => engine([offerOf('o', effect)], policies, contextOf(some, more))
const off = (basket: PricedBasket): number => basket.itemsDiscountMinor

const percentPerLine = property('a percentage of an article is rounded where and as the dialect says', fc.tuple(policiesWhere(roundedExactly), price, pieces, perMille), (engine, [policies, unit, quantity, mille]) => {
  const { scope, mode } = policies.percentRound!
  const wanted = scope === 'unit' || policies.units ? quantity * percentOf(unit, mille, mode) : percentOf(unit * quantity, mille, mode)
  expect(off(ask(engine, { type: 'unitDiscount', value: { percent: text(mille) } }, [lineOf('a', unit, quantity)], policies))).toBe(Math.min(wanted, unit * quantity))
})

const percentOfOrder = property('a percentage of the basket is rounded once, and its shares add up to it', fc.tuple(policiesWhere((policies) => roundedExactly(policies) && policies.distribute !== 'wooPerUnit' && policies.distribute !== 'roundThenFirst'), fc.array(price, { minLength: 1, maxLength: 5 }), perMille), (engine, [policies, units, mille]) => {
  const total = units.reduce((sum, unit) => sum + unit, 0)
  const some = units.map((unit, i) => lineOf(`${i}`, unit))
  const basket = ask(engine, { type: 'orderDiscount', value: { percent: text(mille) } }, some, policies)
  const wanted = percentOf(total, mille, policies.percentRound!.mode)
  // Where the last line takes the rest, what exceeds its own price is lost.
  const isUsedUp = (policies.distribute === 'lastTakesRest' || policies.distribute === 'ProportionateDistribution') && basket.lines.at(-1)!.totalMinor === 0
  if (isUsedUp) expect(wanted - off(basket)).toBeLessThan(units.length)
  else expect(off(basket)).toBe(wanted)
  expect(off(basket)).toBeLessThanOrEqual(wanted)
  if (basket.basketReductions.length === 0) for (const [i, { discountMinor }] of basket.lines.entries()) expect(Math.abs(discountMinor - (wanted * units[i]!) / total)).toBeLessThan(policies.distribute === 'lastTakesRest' || policies.distribute === 'runningFromLast' || policies.distribute === 'ProportionateDistribution' ? units.length : 1)
})

const amounts = property('an amount is taken off every piece that takes part, and none below nothing', fc.tuple(anyPolicies, price, pieces, minor, pieces), (engine, [policies, unit, quantity, amountMinor, count]) => {
  const some = [lineOf('a', unit, quantity)]
  const taking = Math.min(quantity, count)
  const perPiece = ask(engine, { type: 'unitDiscount', value: { amountMinor }, maxUnits: { count, per: 'line' } }, some, policies)
  expect(off(perPiece)).toBe(policies.perUnitCap === false ? Math.min(amountMinor * taking, unit * quantity) : Math.min(amountMinor, unit) * taking)
  const whole = ask(engine, { type: 'orderDiscount', value: { amountMinor } }, some, policies)
  // One dialect takes the whole amount off every piece.
  expect(off(whole)).toBe(policies.distribute === 'IndividualApplication' ? Math.min(amountMinor, unit) * quantity : Math.min(amountMinor, unit * quantity))
})

const fixedPrices = property('a fixed price never makes dearer', fc.tuple(anyPolicies, price, pieces, minor), (engine, [policies, unit, quantity, priceMinor]) => {
  expect(off(ask(engine, { type: 'unitDiscount', value: { priceMinor } }, [lineOf('a', unit, quantity)], policies))).toBe(Math.max(unit - priceMinor, 0) * quantity)
})

const wholeAgain = property('an amount capped at a piece of a line already reduced is whole cents', fc.tuple(policiesWhere(({ percentRound }) => percentRound?.mode !== 'none'), price, pieces, perMille), (engine, [policies, unit, quantity, mille]) => {
  const two = [offerOf('x', { type: 'unitDiscount', value: { percent: text(mille) } }), offerOf('y', { type: 'unitDiscount', value: { amountMinor: 5000 }, base: 'current', maxUnits: { count: 1, per: 'line' } })]
  expect(Number.isInteger(engine(two, policies, contextOf([lineOf('a', unit, quantity)])).totalMinor)).toBe(true)
})

const delivery = property('a reduction of delivery stops at its cap and at nothing; a second one takes from what the dialect says', fc.tuple(policiesWhere((policies) => roundedExactly(policies) && policies.shippingFloor !== 'none' && policies.select === undefined), fc.integer({ min: 0, max: 900 }), perMille, minor), (engine, [policies, amountMinor, mille, capMinor]) => {
  const shipping = [{ id: 's', method: 'home', amountMinor }]
  const one: Effect = { type: 'shippingDiscount', value: { percent: text(mille) }, capMinor }
  const first = Math.min(percentOf(amountMinor, mille, policies.percentRound!.mode), capMinor)
  expect(ask(engine, one, [lineOf('a', 100)], policies, { shipping }).shippingDiscountMinor).toBe(first)
  const half: Effect = { type: 'shippingDiscount', value: { percent: '50' } }
  const both = engine([offerOf('o', one), offerOf('p', half)], policies, contextOf([lineOf('a', 100)], { shipping }))
  const base = policies.shippingBase === 'list' ? amountMinor : amountMinor - first
  expect(both.shippingDiscountMinor).toBe(Math.min(amountMinor, first + percentOf(base, 500, policies.percentRound!.mode)))
})

const perPieceShares = property('where prices are kept per piece, the first pieces take the odd cents of a share', fc.tuple(policiesWhere(({ units }) => units === true), price, pieces, minor), (engine, [policies, unit, quantity, amountMinor]) => {
  const [line] = ask(engine, { type: 'orderDiscount', value: { amountMinor } }, [lineOf('a', unit, quantity)], policies).lines
  const all = Math.min(amountMinor, unit * quantity)
  expect(line!.unitDiscounts).toEqual(Array.from({ length: quantity }, (_, i) => Math.floor(all / quantity) + (i < all % quantity ? 1 : 0)))
})

const bestOfMany = property('where one offer per target applies, it is the one that saves most, the earlier on a tie', fc.tuple(fc.constantFrom<readonly [Policies, 'unitDiscount' | 'orderDiscount']>([DIALECTS.spree, 'unitDiscount'], [DIALECTS.solidus, 'unitDiscount'], [DIALECTS.shopify, 'unitDiscount'], [DIALECTS.saleor, 'orderDiscount'], [DIALECTS.spree, 'orderDiscount']), price, fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 })), (engine, [[policies, type], unit, some]) => {
  const offers = some.map((n, i): Offer => offerOf(`o${i}`, { type, value: { amountMinor: n } }))
  const basket = engine(offers, policies, contextOf([lineOf('a', unit + 10)]))
  const most = Math.max(...some)
  expect([off(basket), basket.applied]).toEqual([most, [`o${some.indexOf(most)}`]])
  const beaten = basket.verdicts.filter(({ status }) => status === 'displaced')
  expect(beaten.map((verdict) => ('by' in verdict ? verdict.by : ''))).toEqual(beaten.map(() => `o${some.indexOf(most)}`))
  expect(beaten.length).toBe(some.length - 1)
})

const shelfPrices = property('of shelf prices the best holds, or each on the one before, or the first alone', fc.tuple(policiesWhere(({ catalog }) => catalog !== undefined), price, fc.array(perMille, { minLength: 1, maxLength: 3 })), (engine, [policies, unit, milles]) => {
  const { select, roundOn, mode } = policies.catalog!
  const reduced = (from: number, mille: number): number => (roundOn === 'discount' ? from - percentOf(from, mille, mode) : divided(BigInt(from) * BigInt(1000 - mille), 1000n, mode))
  const wanted = select === 'best' ? Math.min(...milles.map((mille) => reduced(unit, mille))) : select === 'first' ? reduced(unit, milles[0]!) : milles.reduce(reduced, unit)
  const offers = milles.map((mille, i) => offerOf(`o${i}`, { type: 'unitPrice', value: { percent: text(mille) } }, { stage: 'catalog' }))
  expect(engine(offers, policies, contextOf([lineOf('a', unit)])).lines[0]!.unitPriceMinor).toBe(wanted)
})

const MEETS: { readonly [op in Comparison]: (value: number, limit: number) => boolean } = { gte: (a, b) => a >= b, lte: (a, b) => a <= b, gt: (a, b) => a > b, lt: (a, b) => a < b, eq: (a, b) => a === b }
const borders = property('a condition holds up to its border and not one cent or piece beyond', fc.tuple(anyPolicies, price, pieces, fc.constantFrom<Comparison>('gte', 'lte', 'gt', 'lt', 'eq'), fc.integer({ min: -1, max: 1 })), (engine, [policies, unit, quantity, op, by]) => {
  const status = (when: Condition, more: Partial<PricingContext> = {}): boolean => engine([offerOf('o', { type: 'shippingDiscount', value: { percent: '100' } }, { when })], policies, contextOf([lineOf('a', unit, quantity)], { shipping: [{ id: 's', method: 'home', amountMinor: 490 }], ...more })).shippingMinor === 0
  const total = unit * quantity
  expect(status({ type: 'subtotal', op, amountMinor: total + by })).toBe(MEETS[op](total, total + by))
  expect(status({ type: 'grandTotal', op, amountMinor: total + 490 + by })).toBe(MEETS[op](total, total + by))
  expect(status({ type: 'quantity', op, value: quantity + by })).toBe(MEETS[op](quantity, quantity + by))
  expect(status({ type: 'lineQuantity', op, value: quantity + by })).toBe(MEETS[op](quantity, quantity + by))
  expect(status({ type: 'not', of: { type: 'subtotal', op, amountMinor: total + by } })).toBe(!MEETS[op](total, total + by))
})

const FROM_MS = Date.parse('2026-11-22T10:00:00.000Z')
const windows = property('a window holds at both its ends and not one millisecond beyond', fc.tuple(anyPolicies, fc.constantFrom(-1, 0, 1, 5000, 9999, 10_000, 10_001)), (engine, [policies, atMs]) => {
  const at = (ms: number): string => new Date(FROM_MS + ms).toISOString()
  const offer = offerOf('o', { type: 'orderDiscount', value: { amountMinor: 10 } }, { window: { from: at(0), until: at(10_000) } })
  expect(off(engine([offer], policies, contextOf([lineOf('a', 100)], { now: at(atMs) })))).toBe(atMs >= 0 && atMs <= 10_000 ? 10 : 0)
})

const hours = property('hours hold from their first minute to before their last, also over midnight, by the clock of the store', fc.tuple(fc.nat(1439), fc.nat(1440), fc.nat(1439)), (engine, [fromMinute, untilMinute, minute]) => {
  const now = new Date(Date.parse('2026-11-22T00:00:00Z') + minute * 60_000 - 3_600_000).toISOString() // Berlin is one hour ahead in winter.
  const offer = offerOf('o', { type: 'orderDiscount', value: { amountMinor: 10 } }, { when: { type: 'timeOfDay', fromMinute, untilMinute } })
  const isOpen = fromMinute <= untilMinute ? minute >= fromMinute && minute < untilMinute : minute >= fromMinute || minute < untilMinute
  expect(off(engine([offer], DIALECTS.einklang, contextOf([lineOf('a', 100)], { now, timeZone: 'Europe/Berlin' })))).toBe(isOpen ? 10 : 0)
})

const codes = property('an offer with a code applies when exactly that code was entered', fc.tuple(anyPolicies, fc.subarray(['A', 'a', 'B', 'AB']), fc.subarray(['A', 'B', 'C'], { minLength: 1 })), (engine, [policies, entered, opening]) => {
  const offer = offerOf('o', { type: 'orderDiscount', value: { amountMinor: 10 } }, { trigger: { type: 'code', codes: opening } })
  expect(off(engine([offer], policies, contextOf([lineOf('a', 100)], { couponCodes: entered })))).toBe(opening.some((code) => entered.includes(code)) ? 10 : 0)
})

const tiers = property('the highest tier reached holds', fc.tuple(anyPolicies, fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 9 })), (engine, [policies, froms, quantity]) => {
  const effect: Effect = { type: 'unitDiscount', value: { base: { amountMinor: 1 }, tiers: froms.map((from) => ({ from, value: { amountMinor: 10 * from } })), tiersBy: 'selectedQuantity' } }
  const reached = Math.max(0, ...froms.filter((from) => from <= quantity))
  expect(off(ask(engine, effect, [lineOf('a', 100, quantity)], policies))).toBe((reached === 0 ? 1 : 10 * reached) * quantity)
})

const cheapest = property('the cheapest is one piece of the line that costs least, the earlier on a tie', fc.tuple(anyPolicies, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })), (engine, [policies, units]) => {
  const basket = ask(engine, { type: 'cheapest', value: { percent: '100' } }, units.map((unit, i) => lineOf(`${i}`, unit * 100, 2)), policies)
  const least = Math.min(...units)
  expect(basket.lines.map(({ discountMinor }) => discountMinor)).toEqual(units.map((unit, i) => (i === units.indexOf(least) ? unit * 100 : 0)))
})

const buyGet = property('of articles at one price so many are free as the mode gives', fc.tuple(fc.constantFrom('flatY' as const, 'apart' as const, 'reserve' as const), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })), (engine, [mode, n, buy, get, repeat]) => {
  const times = Array.from({ length: repeat }, (_, i) => i + 1)
  const free = {
    flatY: Math.min(n, Math.min(repeat, Math.floor(n / buy)) * get),
    // Every further time needs its bought pieces before anything is given.
    apart: Math.max(0, ...times.flatMap((time) => Array.from({ length: get }, (_, i) => (time - 1) * get + i + 1).filter((given) => given <= n && n - given >= time * buy))),
    reserve: Math.max(0, ...times.filter((time) => time * (buy + get) <= n)) * get,
  }[mode]
  expect(off(ask(engine, { type: 'buyGet', mode, repeat, buy: { quantity: buy }, get: { quantity: get, value: { percent: '100' } } }, [lineOf('a', 100, n)], DIALECTS.einklang))).toBe(100 * free)
})

const groups = property('only full groups count, and sets are as many as are complete', fc.tuple(policiesWhere(({ percentRound }) => percentRound?.mode !== 'none'), fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 5 })), (engine, [policies, n, size]) => {
  const value: SimpleValue = { priceMinor: 60 }
  expect(off(ask(engine, { type: 'quantityGroups', groupSize: size, value }, [lineOf('a', 100, n)], policies))).toBe(40 * Math.floor(n / size) * size)
  expect(off(ask(engine, { type: 'set', groups: [{ count: size, sort: 'priceDesc' }], value }, [lineOf('a', 100, n)], policies))).toBe((size * 100 - 60) * Math.floor(n / size))
})

/** In the words of the offer model, without a look at the engine. */
const isSelected = (line: PricingLine, one: Filter, parents: { readonly [taxon: string]: readonly string[] }): boolean => {
  const own = line.taxons ?? []
  const within = (wanted: readonly string[]): boolean => own.some((taxon) => [taxon, ...(one.taxonMode === 'subtree' ? (parents[taxon] ?? []) : [])].some((name) => wanted.includes(name)))
  if (one.skus && !one.skus.includes(line.sku)) return false
  if (one.taxons && !within(one.taxons)) return false
  if (one.notTaxons && within(one.notTaxons)) return false
  if (one.priceMinMinor !== undefined && line.unitPriceMinor < one.priceMinMinor) return false
  if (one.excludeReduced && line.reduced) return false
  return !one.any || one.any.some((part) => isSelected(line, part, parents))
}
const selections = property('a filter selects the lines that it names, and no other', fc.tuple(policiesWhere(({ discountCombinationMode }) => discountCombinationMode !== 'BestDeal'), lines, filter, fc.integer({ min: 0, max: 31 })), (engine, [policies, some, select, mask]) => {
  const marked = some.map((line, i): PricingLine => Object.assign({}, line, { minUnitPriceMinor: 0, reduced: ((mask >> i) & 1) === 1 }))
  const taxonParents = { x: ['root'] }
  const basket = ask(engine, { type: 'unitDiscount', value: { percent: '100' }, select }, marked, policies, { taxonParents })
  expect(basket.lines.map(({ totalMinor }) => totalMinor)).toEqual(marked.map((line) => (isSelected(line, select, taxonParents) ? 0 : line.unitPriceMinor * line.quantity)))
})

const taxes = property('tax per line is rounded half up, contained or on top', fc.tuple(policiesWhere(({ tax }) => tax === 'perLine'), fc.array(price, { minLength: 1, maxLength: 4 }), fc.constantFrom(7, 19, 20), fc.boolean()), (engine, [policies, units, rate, included]) => {
  const basket = engine([], policies, contextOf(units.map((unit, i) => lineOf(`${i}`, unit)), { tax: { pricesIncludeTax: included, rates: { standard: String(rate) } } }))
  const wanted = units.map((unit) => divided(BigInt(unit * rate), included ? BigInt(100 + rate) : 100n, 'halfUp'))
  const sum = wanted.reduce((total, one) => total + one, 0)
  expect(basket.lines.map(({ tax }) => tax!.minor)).toEqual(wanted)
  expect([basket.taxIncludedMinor, basket.taxAddedMinor]).toEqual(included ? [sum, 0] : [0, sum])
})

const cash = property('a total for cash is the nearest multiple of the smallest coin', fc.tuple(anyPolicies, price, fc.constantFrom(5, 10, 100)), (engine, [policies, unit, intervalMinor]) => {
  expect(engine([], policies, contextOf([lineOf('a', unit)], { rounding: { at: 'order', mode: 'halfUp', intervalMinor } })).totalMinor).toBe(divided(BigInt(unit), BigInt(intervalMinor), 'halfUp') * intervalMinor)
})

export const EXACTLY: readonly Property[] = [percentPerLine, percentOfOrder, amounts, fixedPrices, wholeAgain, delivery, perPieceShares, bestOfMany, shelfPrices, borders, windows, hours, codes, tiers, cheapest, buyGet, groups, selections, taxes, cash]
