import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offerJsonSchema } from '#hub/tools/pack-engine/offer-json-schema.ts'
import { readOffers } from '#shared/offers/read-offers.ts'
import { anyOffers, damagedOffers } from '../../../shared/offers/offer-arbitraries.ts'
import { isValid } from './json-schema.ts'

const schema = offerJsonSchema('0.1.0')
const offer = (more: object = {}, effect: object = { value: { percent: '10' } }): object => ({ id: 'o', effects: [{ type: 'cheapest', ...effect }], ...more })
const isLetIn = (one: unknown): boolean => readOffers([one]).refused.length === 0
/** What both say; they must say the same. */
const both = (one: unknown): boolean => {
  const [engine, description] = [isLetIn(one), isValid(one, schema)]
  expect({ one: JSON.stringify(one), description }).toEqual({ one: JSON.stringify(one), description: engine })
  return engine
}

describe('the offer format as JSON Schema lets in what the engine lets in', () => {
  it('an offer as it stands', () => {
    expect([offer(), offer({ when: { type: 'all', of: [{ type: 'not', of: { type: 'never' } }] } }), offer({ trigger: { type: 'code', codes: ['X'] } })].map(both)).toEqual([true, true, true])
  })
  it.each([
    ['an unknown key', offer({ colour: 'red' })],
    ['an unknown condition, deep inside', offer({ when: { type: 'any', of: [{ type: 'not', of: { type: 'fullMoon' } }] } })],
    ['an unknown key of a filter in a filter', offer({}, { value: { percent: '10' }, select: { any: [{ colour: 'red' }] } })],
    ['an empty id', offer({ id: ' ' })],
    ['no effects', { id: 'o' }],
    ['a code without codes', offer({ trigger: { type: 'code', codes: [] } })],
    ['more than a million of priority', offer({ priority: 1_000_001 })],
    ['half a piece', offer({ when: { type: 'quantity', value: 1.5 } })],
    ['the eighth day', offer({ when: { type: 'weekday', days: [8] } })],
    ['two values at once', offer({}, { value: { percent: '10', amountMinor: 5 } })],
    ['a list where an object belongs: as filter', offer({}, { value: { percent: '10' }, select: [] })],
    ['as window', offer({ window: [] })],
    ['as limits', offer({ limits: [] })],
    ['null', null],
    ['a list', []],
  ])('and refuses %s', (_, one) => {
    expect(both(one)).toBe(false)
  })
  it('percentages up to 100', () => {
    const percents = ['0', '00', '9', '100', '100.0', '100.000000', '099.5', '99.999999', '12.5'] as const
    const refused = ['100.000001', '101', '200', '1000', '-1', '', '1.', '.5', '5%', '1e1', '12.1234567', ' 5'] as const
    expect(percents.filter((percent) => !both(offer({}, { value: { percent } })))).toEqual([])
    expect(refused.filter((percent) => both(offer({}, { value: { percent } })))).toEqual([])
  })
  it('instants that every machine reads alike: days that the calendar has, in UTC', () => {
    const read = ['2026-11-22T10:00Z', '2026-11-22T10:00:00Z', '2026-11-22T23:59:59.999Z', '2024-02-29T00:00Z', '2000-02-29T00:00Z', '2026-12-31T00:00Z', '2026-04-30T00:00Z']
    const refused = ['2026-02-29T00:00Z', '1900-02-29T00:00Z', '2026-04-31T00:00Z', '2026-13-01T00:00Z', '2026-00-10T00:00Z', '2026-11-00T00:00Z', '2026-11-22T24:00Z', '2026-11-22T10:60Z', '2026-11-22', '2026-11-22T10:00', '2026-11-22T10:00+01:00', '22.11.2026', '2026-11-22T10:00:00.1234Z', '2026-11-22T Z', '']
    expect(read.filter((from) => !both(offer({ window: { from } })))).toEqual([])
    expect(refused.filter((from) => both(offer({ window: { from } })))).toEqual([])
  })
  it('every text that names a day of some year has the day that was named', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const real = new Date(Date.UTC(2000, month - 1, day))
        real.setUTCFullYear(year, month - 1, day)
        const exists = real.toISOString().startsWith(text)
        return both(offer({ window: { until: `${text}T10:00:00Z` } })) === exists
      }),
      { numRuns: 2000 },
    )
  })
  it('amounts in at most 32 currencies, each named by three capitals', () => {
    const inAll = (n: number): object => offer({}, { value: { amountMinor: 1, byCurrency: Object.fromEntries(Array.from({ length: n }, (_, i) => [`A${String.fromCodePoint(65 + (i % 26), 65 + Math.floor(i / 26))}`, 5])) } })
    expect([both(inAll(32)), both(inAll(33)), both(offer({}, { value: { amountMinor: 1, byCurrency: { eur: 5 } } }))]).toEqual([true, false, false])
  })
  it('whatever comes, sound or damaged', () => {
    fc.assert(fc.property(anyOffers, (all) => all.forEach(both)), { numRuns: 300 })
    let [sound, damaged] = [0, 0]
    fc.assert(
      fc.property(damagedOffers, (all) => {
        for (const one of JSON.parse(JSON.stringify(all)) as readonly unknown[]) {
          if (both(one)) sound++
          else damaged++
        }
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(sound, damaged)).toBeGreaterThan(200)
  })
})
