import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { explainVerdict } from '#shared/offers/explain.ts'
import type { Offer } from '#shared/offers/offer.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import { readOffers } from '#shared/offers/read-offers.ts'
import { anyContext, anyOffers, damagedOffers } from './offer-arbitraries.ts'
import { offerOf, orderOff } from './builders.ts'

/** More by hand: FUZZ_RUNS=100000, on a machine where nothing else runs. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3000)
const policies = fc.constantFrom<Policies>(...Object.values(DIALECTS))
const fault = (one: unknown): unknown => readOffers([one]).refused[0]

describe('what is wrong with a value', () => {
  it.each([
    [{ percent: '120' }, 'value.percent', 'more than 100 %'],
    [{ percent: 5 }, 'value.percent', 'Invalid type: Expected string but received 5'],
    [{ amountMinor: -1 }, 'value.amountMinor', 'Invalid value: Expected >=0 but received -1'],
    [{ base: { percent: '101' }, tiers: [], tiersBy: 'lineAmount' }, 'value.base.percent', 'more than 100 %'],
    [{ base: { percent: '10' }, tiers: [{ from: 1, value: { amountMinor: 'x' } }], tiersBy: 'lineAmount' }, 'value.tiers.0.value.amountMinor', 'Invalid type: Expected number but received "x"'],
    [7, 'value', 'Invalid type: Expected Object but received 7'],
  ])('is said where it stands: %j', (value, path, reason) => {
    expect(readOffers([{ id: 'x', effects: [{ type: 'orderDiscount', value }] }]).refused).toEqual([{ path: `0.effects.0.${path}`, reason, id: 'x' }])
  })
})

describe('an offer from outside', () => {
  it('is let in as it stands', () => {
    const offer = offerOf('o', orderOff(500))
    expect(readOffers([offer])).toEqual({ offers: [offer], refused: [] })
  })
  it('is refused with path and reason: an unknown effect, condition, filter, distribution or key', () => {
    expect(fault({ id: 'o', effects: [{ type: 'moonlight' }] })).toMatchObject({ path: '0.effects.0.type', id: 'o' })
    expect(fault({ id: 'o', effects: [], when: { type: 'all', of: [{ type: 'fullMoon' }] } })).toMatchObject({ path: '0.when.of.0.type' })
    expect(fault({ id: 'o', effects: [{ type: 'cheapest', value: { percent: '5' }, select: { colour: 'red' } }] })).toMatchObject({ path: '0.effects.0.select.colour' })
    expect(fault({ ...offerOf('o', { type: 'orderDiscount', value: { percent: '5' }, distribution: 'byMoonlight' }) })).toMatchObject({ path: '0.effects.0.distribution' })
    expect(fault({ id: 'o', effects: [], colour: 'red' })).toMatchObject({ path: '0.colour' })
  })
  it('and with numbers that are none, or out of bounds', () => {
    for (const amountMinor of [-1, Number.NaN, Infinity, '5', 1e12]) expect(fault(offerOf('o', orderOff(amountMinor as number)))).toMatchObject({ path: '0.effects.0.value.amountMinor' })
    for (const percent of ['101', '-1', 'NaN', '1e2', 5]) expect(fault(offerOf('o', { type: 'cheapest', value: { percent: percent as string } }))).toMatchObject({ path: '0.effects.0.value.percent' })
  })
  it('or nested so deeply that nobody could follow', () => {
    let when: unknown = { type: 'never' }
    for (let i = 0; i < 50_000; i++) when = { type: 'not', of: when }
    expect(fault({ id: 'o', effects: [], when })).toEqual({ path: '0', reason: 'too large or too deeply nested', id: 'o' })
  })
  it('or with the id of another one', () => {
    const { offers, refused } = readOffers([offerOf('o', orderOff(1)), offerOf('o', orderOff(2))])
    expect([offers.length, refused]).toEqual([1, [{ path: '1.id', reason: 'id used twice', id: 'o' }]])
  })
  it('while the rest goes on', () => {
    expect(readOffers([null, offerOf('o', orderOff(1)), 7]).offers.map(({ id }) => id)).toEqual(['o'])
    expect(readOffers('offers')).toEqual({ offers: [], refused: [{ path: '', reason: 'not a list of offers' }] })
  })
})

describe('whatever comes', () => {
  it('every offer is either let in or refused, and those that fit the schema are let in', () => {
    fc.assert(
      fc.property(damagedOffers, (all) => {
        const { offers, refused } = readOffers(all)
        return offers.length + refused.length === all.length
      }),
      { numRuns: RUNS },
    )
    fc.assert(fc.property(anyOffers, (all) => readOffers(all).refused.length === 0), { numRuns: RUNS / 10 })
  }, 600_000)
  it('the engine prices it: no throw, no NaN, totals within bounds, a sentence for every verdict', () => {
    fc.assert(fc.property(damagedOffers, policies, anyContext, (all, some, context) => checkPrice(readOffers(all).offers, some, context)), { numRuns: RUNS })
  }, 600_000 + 30 * RUNS)
})

const names = { offer: (id: string): string => id, product: (sku: string): string => sku, taxon: (id: string): string => id }

const checkPrice = (offers: readonly Offer[], some: Policies, context: PricingContext): void => {
  const priced = priceBasket(offers, some, context)
  const numbers = JSON.stringify(priced, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('not a number')
    return value
  })
  expect(numbers).not.toBe('')
  const dearest = context.lines.reduce((sum, line) => sum + Math.max(line.unitPriceMinor, line.listPriceMinor ?? 0) * line.quantity, 0)
  const charges = (context.shipping ?? []).reduce((sum, one) => sum + one.amountMinor, 0)
  const slack = context.lines.length + 2
  expect(priced.itemsMinor).toBeLessThanOrEqual(dearest + slack)
  expect(priced.totalMinor).toBeLessThanOrEqual(1.19 * (dearest + charges) + slack)
  expect(priced.shippingMinor).toBeLessThanOrEqual(charges)
  // One dialect lets delivery fall below nothing; what is to be paid never does.
  if (some.shippingFloor !== 'none') expect(priced.shippingMinor).toBeGreaterThanOrEqual(-1e-6)
  expect(Math.min(priced.totalMinor, ...priced.lines.map((line) => line.totalMinor))).toBeGreaterThanOrEqual(-1e-6)
  for (const verdict of priced.verdicts) for (const language of ['de', 'en'] as const) expect(explainVerdict(verdict, { language, names })).not.toMatch(/undefined|NaN|\[object/)
}
