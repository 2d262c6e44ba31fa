/** What holds of every price in every dialect. Each property takes the engine it judges, so that a broken one can be put in its place. */
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Effect, Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import { readOffers } from '#shared/offers/read-offers.ts'
import { offerOf } from './builders.ts'
import { question, questionWhere, type Question } from './price-questions.ts'

export type Engine = (offers: readonly Offer[], policies: Policies, context: PricingContext) => PricedBasket
export type Property = { readonly name: string; readonly of: (engine: Engine) => fc.IProperty<never> }

const NEAR = 1e-6
const near = (a: number, b: number): boolean => Math.abs(a - b) < NEAR
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
const ask = (engine: Engine, { offers, policies, context }: Question): PricedBasket => engine(offers, policies, context)
const property = <T>(name: string, arbitrary: fc.Arbitrary<T>, check: (engine: Engine, value: T) => void): Property => ({ name, of: (engine) => fc.property(arbitrary, (value) => check(engine, value)) as unknown as fc.IProperty<never> })
/** Without what is said about single offers. */
const cents = (basket: PricedBasket): unknown => ({ ...basket, verdicts: null })
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

/** One dialect hands its rounding rest to the first lines, also to free ones: a line may so cost a few cents more. */
const mayAddCents = ({ policies, offers }: Question): boolean => policies.distribute === 'roundThenFirst' || offers.some(({ effects }) => effects.some((one) => 'distribution' in one && one.distribution === 'roundThenFirst'))

export const sums = property('lines, shipping, tax and reductions add up to the totals', question, (engine, one) => {
  const priced = ask(engine, one)
  const ownLines = sum(priced.basketReductions.map(({ amountMinor }) => amountMinor))
  expect(near(sum(priced.lines.map(({ totalMinor }) => totalMinor)) - ownLines, priced.itemsMinor)).toBe(true)
  expect(near(sum(priced.lines.map(({ discountMinor }) => discountMinor)) + ownLines, priced.itemsDiscountMinor)).toBe(true)
  expect(near(sum(priced.shipping.map(({ totalMinor }) => totalMinor)), priced.shippingMinor)).toBe(true)
  for (const line of priced.lines) {
    expect(near(line.unitPriceMinor * line.quantity, line.baseMinor) || one.policies.totalRounding !== undefined).toBe(true)
    expect(near(line.baseMinor - line.discountMinor, line.totalMinor)).toBe(true)
    expect(near(sum(line.reductions.map(({ amountMinor }) => amountMinor)), line.discountMinor)).toBe(true)
    if (line.unitDiscounts) expect(near(sum(line.unitDiscounts), line.discountMinor)).toBe(true)
  }
  for (const charge of priced.shipping) expect(near(charge.amountMinor - sum(charge.reductions.map(({ amountMinor }) => amountMinor)), charge.totalMinor)).toBe(true)
  // What is rounded only in the total has a step of its own in the trace.
  const atLast = sum(priced.trace.flatMap(({ stage, amountMinor }) => (stage === 'rounding' || stage === 'tax' ? [amountMinor] : [])))
  const total = priced.itemsMinor + priced.shippingMinor + priced.taxAddedMinor + atLast
  if (one.context.lines.length > 0) expect(near(Math.max(total, 0), priced.totalMinor)).toBe(true)
  else expect(priced.totalMinor).toBe(0)
})

export const bounds = property('nothing is reduced by more than it costs, nothing costs less than nothing', question, (engine, one) => {
  const priced = ask(engine, one)
  const least = mayAddCents(one) ? -5 * one.offers.length * 2 : 0
  for (const line of priced.lines) {
    expect(line.discountMinor).toBeGreaterThanOrEqual(least)
    expect(line.totalMinor).toBeGreaterThanOrEqual(-NEAR)
  }
  for (const charge of priced.shipping) {
    expect(charge.discountMinor).toBeGreaterThanOrEqual(0)
    if (one.policies.shippingFloor !== 'none') expect(charge.totalMinor).toBeGreaterThanOrEqual(0)
  }
  expect(Math.min(priced.itemsMinor, priced.totalMinor)).toBeGreaterThanOrEqual(-NEAR)
  expect(priced.itemsDiscountMinor).toBeGreaterThanOrEqual(-NEAR)
})

export const minimumPrices = property('no minimum price is undercut where the dialect keeps them', questionWhere(({ minPrice }) => minPrice === true), (engine, one) => {
  const priced = ask(engine, one)
  const list = one.context.lines
  // A price that starts below its minimum is not raised to it.
  for (const [i, line] of priced.lines.entries()) {
    const minimum = Math.min((list[i]!.minUnitPriceMinor ?? 0), list[i]!.unitPriceMinor)
    expect(line.totalMinor).toBeGreaterThanOrEqual(minimum * line.quantity - (mayAddCents(one) ? 0 : NEAR))
  }
})

export const wholeCents = property('whole prices stay whole cents unless nothing is rounded', questionWhere(({ percentRound }) => percentRound?.mode !== 'none'), (engine, one) => {
  const priced = ask(engine, one)
  for (const minor of [priced.totalMinor, priced.itemsMinor, priced.taxIncludedMinor, priced.taxAddedMinor, ...priced.lines.map(({ totalMinor }) => totalMinor), ...priced.shipping.map(({ totalMinor }) => totalMinor)]) expect(Number.isInteger(minor)).toBe(true)
})

export const told = property('verdicts and trace tell the same story as the cents', question, (engine, one) => {
  const priced = ask(engine, one)
  expect(priced.verdicts.map(({ offerId }) => offerId)).toEqual(one.offers.map(({ id }) => id))
  const catalogue = sum(one.context.lines.map(({ unitPriceMinor, quantity }) => unitPriceMinor * quantity)) - sum(priced.lines.map(({ baseMinor }) => baseMinor))
  const saved = sum(priced.verdicts.map((verdict) => (verdict.status === 'applied' ? verdict.amountMinor : 0)))
  if (!one.policies.totalRounding) expect(near(saved, priced.itemsDiscountMinor + priced.shippingDiscountMinor + catalogue)).toBe(true)
  const applied = priced.verdicts.filter(({ status }) => status === 'applied').map(({ offerId }) => offerId)
  expect([...priced.applied].sort()).toEqual([...applied].sort())
  const steps = priced.trace.filter(({ stage }) => stage !== 'rounding' && stage !== 'tax')
  expect(near(sum(steps.map(({ amountMinor }) => amountMinor)), saved)).toBe(true)
})

export const steady = property('the same question has the same answer to the byte, and nothing given is changed', question, (engine, one) => {
  const copy = structuredClone(one)
  expect(JSON.stringify(ask(engine, frozen(one)))).toBe(JSON.stringify(ask(engine, copy)))
})

export const throughText = property('offers, policies and basket give the same cents after a way through text', question, (engine, one) => {
  const there = JSON.parse(JSON.stringify(one)) as Question
  const { offers, refused } = readOffers(there.offers)
  expect(refused).toEqual([])
  expect(engine(offers, there.policies, there.context)).toEqual(ask(engine, one))
})

/** Offers that cannot apply here, each for one reason alone. */
const STRANGERS: readonly (readonly [string, Partial<Offer>])[] = [
  ['disabled', { enabled: false }],
  ['for another channel', { channels: ['phone'] }],
  ['for another currency', { currencies: ['USD'] }],
  ['of tomorrow', { window: { from: '2026-11-22T11:30:00.001Z' } }],
  ['of yesterday', { window: { until: '2026-11-22T11:29:59.999Z' } }],
  ['with a code that nobody entered', { trigger: { type: 'code', codes: ['Z'] } }],
  ['used up', { limits: { total: 3, used: 3 } }],
  ['used up by this customer', { limits: { perCustomer: 1, usedByCustomer: 1 } }],
  ['beyond its budget', { limits: { budget: { type: 'spend', limitMinor: 100, usedMinor: 100 } } }],
  ['of another store', { when: { type: 'store', in: ['elsewhere'] } }],
  ['for more money than anybody has', { when: { type: 'subtotal', amountMinor: 900_000_000 } }],
  ['on Tuesdays', { when: { type: 'weekday', days: [2] } }],
  ['not here', { when: { type: 'not', of: { type: 'store', in: ['s1'] } } }],
]
const strangerEffect = fc.constantFrom<Effect>({ type: 'unitDiscount', value: { percent: '50' } }, { type: 'orderDiscount', value: { amountMinor: 500 } }, { type: 'shippingDiscount', value: { percent: '100' } }, { type: 'cheapest', value: { percent: '100' } })
const stranger = fc.record({ why: fc.constantFrom(...STRANGERS), effect: strangerEffect, demands: fc.constantFrom<Partial<Offer>>({}, { exclusive: true }, { excludes: ['o0', 'o1'] }, { combinesWith: { item: false, order: false, shipping: false } }, { stackingMode: 'StopAfterThisDiscount' }), priority: fc.integer({ min: -1, max: 4 }), at: fc.nat(5) })

export const strangers = property('an offer that cannot apply changes nothing, wherever it stands and whatever it demands', fc.tuple(question, stranger), (engine, [one, { why: [, why], effect, demands, priority, at }]) => {
  const more = offerOf('stranger', effect, { ...demands, priority, ...why })
  const offers = [...one.offers.slice(0, at), more, ...one.offers.slice(at)]
  const before = ask(engine, one)
  const after = engine(offers, one.policies, one.context)
  expect(cents(after)).toEqual(cents(before))
  expect(after.verdicts.filter(({ offerId }) => offerId !== more.id)).toEqual(before.verdicts)
  expect(after.verdicts.find(({ offerId }) => offerId === more.id)!.status).not.toBe('applied')
})

const shuffled = <T>(all: readonly T[], seed: number): readonly T[] =>
  all.map((one, i) => ({ one, rank: ((i + 1) * (seed * 2 + 7919)) % 104_729 })).sort((a, b) => a.rank - b.rank).map(({ one }) => one)

export const priorities = property('where priority decides, the given order of offers of different priority does not; where it does not, priority does not', fc.tuple(question, fc.nat(1000)), (engine, [one, seed]) => {
  if (one.policies.sort === 'priorityDesc') {
    const distinct = one.offers.map((offer, i) => ({ ...offer, priority: (i * 7) % 11 }))
    const [before, after] = [engine(distinct, one.policies, one.context), engine(shuffled(distinct, seed), one.policies, one.context)]
    const { applied: some, ...ours } = cents(before) as { readonly applied: readonly string[] }
    const { applied: others, ...theirs } = cents(after) as { readonly applied: readonly string[] }
    expect(theirs).toEqual(ours)
    expect([...others].sort()).toEqual([...some].sort())
  } else {
    expect(ask(engine, one)).toEqual(engine(one.offers.map((offer, i) => ({ ...offer, priority: (seed + i * 5) % 9 })), one.policies, one.context))
  }
})

export const tiedPriorities = property('offers of one priority have their turns in the given order', questionWhere(({ sort }) => sort === 'priorityDesc'), (engine, one) => {
  const tied = one.offers.map((offer) => ({ ...offer, priority: 5 }))
  const ranked = one.offers.map((offer, i) => ({ ...offer, priority: 100 - i }))
  expect(cents(engine(tied, one.policies, one.context))).toEqual(cents(engine(ranked, one.policies, one.context)))
})

const reorder = (value: unknown, seed: number): unknown => {
  if (Array.isArray(value)) return value.map((one) => reorder(one, seed))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, UNORDERED.has(key) && Array.isArray(one) ? shuffled(one.map((part) => reorder(part, seed)), seed) : reorder(one, seed)]))
}
/** Lists that are sets. */
const UNORDERED = new Set(['skus', 'products', 'taxons', 'notSkus', 'notTaxons', 'any', 'of', 'in', 'days', 'channels', 'currencies', 'codes', 'tiers', 'groups', 'tags', 'couponCodes', 'excludes'])
const hasSets = ({ offers }: Question): boolean => offers.some(({ effects }) => effects.some((one) => one.type === 'set'))

export const unordered = property('the order inside a set of names, conditions, codes or tiers does not matter', fc.tuple(question.filter((one) => !hasSets(one)), fc.nat(1000)), (engine, [one, seed]) => {
  const isTwice = one.offers.some(({ effects }) => effects.some((effect) => 'value' in effect && 'tiers' in effect.value && new Set(effect.value.tiers.map(({ from }) => from)).size < effect.value.tiers.length))
  if (isTwice) return // Two tiers that begin at the same point: the first one holds.
  const there = reorder(one, seed) as Question
  expect(cents(engine(there.offers, one.policies, there.context))).toEqual(cents(ask(engine, one)))
})

export const currencies = property('amounts named for a currency are the amounts in it', question, (engine, one) => {
  const told = one.offers.map((offer) => inOne(offer, one.context.currency) as Offer)
  expect(cents(ask(engine, one))).toEqual(cents(engine(told, one.policies, one.context)))
})
const inOne = (value: unknown, currency: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => inOne(one, currency))
  if (typeof value !== 'object' || value === null) return value
  const { byCurrency, ...rest } = value as { readonly byCurrency?: { readonly [name: string]: number } }
  const there = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, inOne(one, currency)]))
  const amount = byCurrency?.[currency]
  const key = ['amountMinor', 'priceMinor', 'unitPriceMinor', 'spendMinor'].find((name) => name in there)
  return amount !== undefined && key !== undefined ? { ...there, [key]: amount } : there
}

export const EVERYWHERE: readonly Property[] = [sums, bounds, minimumPrices, wholeCents, told, steady, throughText, strangers, priorities, tiedPriorities, unordered, currencies]
