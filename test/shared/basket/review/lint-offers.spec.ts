import { describe, expect, it } from 'vitest'
import { lintOffers } from '#shared/basket/review/lint-offers.ts'
import type { Finding, Rule } from '#shared/basket/review/finding.ts'
import { malformedFindings } from '#shared/basket/review/read-rules.ts'
import type { ReviewFacts } from '#shared/basket/review/reviewed-shop.ts'
import type { Day } from '#shared/kernel/time.ts'
import { cents } from '#shared/kernel/money.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Condition, Effect, Offer, PublishedOffer } from '#shared/offers/offer.ts'
import { readOffers } from '#shared/offers/read-offers.ts'
import { NOON, offer as published, shop } from '../small-shop.ts'

/** Friday noon in Berlin, in the middle of the window. Bread 3.49, juice 1.99, cheese 12.99, salt 0.50, tea 3.33. */
const WINDOW = { from: '2026-11-18T00:00:00Z', until: '2026-11-30T00:00:00Z' }
const OFF_BREAD: Effect = { type: 'unitDiscount', value: { percent: '10' }, select: { skus: ['bread'] } }
const FIVE_OFF: Effect = { type: 'orderDiscount', value: { amountMinor: 500 } }

let number = 0
const one = (id: string, pledge: Partial<Offer> = {}, certainty?: PublishedOffer['certainty']): PublishedOffer => published(++number, id, { window: WINDOW, effects: [OFF_BREAD], ...pledge }, certainty)
const when = (condition: Condition, effect: Effect = FIVE_OFF): PublishedOffer => one('a', { when: condition, effects: [effect] })

const lint = (offers: readonly PublishedOffer[], facts: Partial<ReviewFacts> = {}, assortment = shop({ offers: [] })): readonly Finding[] => lintOffers(offers, assortment, { now: NOON, ...facts })
const rulesOf = (findings: readonly Finding[]): readonly Rule[] => findings.map(({ rule }) => rule)

const FROM_20: Condition = { type: 'subtotal', op: 'gte', amountMinor: 2000, basis: 'initial' }

/** The rule, offers of which exactly that is wrong, their neighbours of which nothing is, and the place. */
const READ: readonly (readonly [rule: Rule, bad: readonly PublishedOffer[], good: readonly PublishedOffer[], path: string])[] = [
  ['window-empty', [one('a', { window: { from: '2026-11-30T00:00:00Z', until: '2026-11-18T00:00:00Z' } })], [one('a')], 'window'],
  ['window-over', [one('a', { window: { from: '2026-11-01T00:00:00Z', until: '2026-11-10T00:00:00Z' } })], [one('a', { window: { from: '2026-11-01T00:00:00Z', until: '2026-11-21T00:00:00Z' } })], 'window.until'],
  ['exhausted', [one('a', { limits: { total: 5, used: 5 } })], [one('a', { limits: { total: 5, used: 4 } })], 'limits'],
  ['channel-none', [one('a', { channels: [] })], [one('a', { channels: ['store'] })], 'channels'],
  ['channel-none', [one('a', { channels: ['app'] })], [one('a', { channels: ['web'] })], 'channels'],
  ['channel-unknown', [one('a', { channels: ['store', 'app'] })], [one('a', { channels: ['store', 'web'] })], 'channels'],
  ['currency-none', [one('a', { currencies: ['CHF'] })], [one('a', { currencies: ['CHF', 'EUR'] })], 'currencies'],
  ['never', [when({ type: 'never' })], [when(FROM_20)], 'when'],
  ['never', [when({ type: 'any', of: [] })], [when({ type: 'any', of: [FROM_20] })], 'when'],
  ['never', [when({ type: 'not', of: { type: 'all', of: [] } })], [when({ type: 'all', of: [FROM_20, { type: 'not', of: { type: 'contains', select: { skus: ['salt'] } } }] })], 'when'],
  ['never', [one('a', { when: { type: 'customerGroup', in: [] }, effects: [FIVE_OFF] }, 'checkout')], [one('a', { when: { type: 'all', of: [FROM_20, { type: 'customerGroup', in: ['club'] }] }, effects: [FIVE_OFF] }, 'checkout')], 'when'],
  ['contradiction', [when({ type: 'all', of: [FROM_20, { type: 'subtotal', op: 'lt', amountMinor: 2000, basis: 'initial' }] })], [when({ type: 'all', of: [FROM_20, { type: 'subtotal', op: 'lte', amountMinor: 2500, basis: 'initial' }] })], 'when'],
  ['contradiction', [when({ type: 'all', of: [{ type: 'subtotal', op: 'gte', amountMinor: 3000, select: { skus: ['tea'] } }, { type: 'subtotal', op: 'lte', amountMinor: 2900 }] })], [when({ type: 'all', of: [{ type: 'subtotal', op: 'gte', amountMinor: 3000, select: { skus: ['tea'] } }, { type: 'subtotal', op: 'lte', amountMinor: 4000 }] })], 'when'],
  ['contradiction', [when({ type: 'all', of: [FROM_20, { type: 'quantity', op: 'gt', value: 3 }, { type: 'quantity', op: 'lt', value: 5 }, { type: 'quantity', op: 'eq', value: 5 }] })], [when({ type: 'all', of: [FROM_20, { type: 'quantity', op: 'gt', value: 3 }] })], 'when'],
  ['contradiction', [when({ type: 'all', of: [FROM_20, { type: 'contains', select: { skus: ['tea'] } }, { type: 'not', of: { type: 'contains', select: { skus: ['tea'] } } }] })], [when({ type: 'all', of: [FROM_20, { type: 'contains', select: { skus: ['tea'] } }] })], 'when'],
  ['contradiction', [when({ type: 'all', of: [FROM_20, { type: 'allLines', select: { skus: ['tea'] } }, { type: 'contains', select: { skus: ['salt'] } }] })], [when({ type: 'all', of: [FROM_20, { type: 'allLines', select: { skus: ['tea'] } }, { type: 'contains', select: { skus: ['tea'] } }] })], 'when'],
  ['out-of-reach', [when({ type: 'subtotal', amountMinor: 200_000, select: { skus: ['tea'] } })], [when({ type: 'subtotal', amountMinor: 30_000, select: { skus: ['tea'] } })], 'when'],
  ['out-of-reach', [when({ type: 'lineQuantity', value: 100, select: { skus: ['tea'] } })], [when({ type: 'lineQuantity', value: 99, select: { skus: ['tea'] } })], 'when'],
  ['out-of-reach', [when({ type: 'quantity', value: 100, select: { skus: ['tea'] } })], [when({ type: 'quantity', value: 100, select: { skus: ['tea', 'salt'] } })], 'when'],
  ['time-never', [when({ type: 'weekday', days: [] })], [when({ type: 'all', of: [FROM_20, { type: 'weekday', days: [5] }] })], 'when'],
  ['time-never', [when({ type: 'timeOfDay', fromMinute: 600, untilMinute: 600 })], [when({ type: 'all', of: [FROM_20, { type: 'timeOfDay', fromMinute: 600, untilMinute: 700 }] })], 'when'],
  ['time-never', [when({ type: 'all', of: [FROM_20, { type: 'weekday', days: [1, 2] }, { type: 'weekday', days: [3] }] })], [when({ type: 'all', of: [FROM_20, { type: 'weekday', days: [1, 2] }, { type: 'weekday', days: [2] }] })], 'when'],
  ['time-never', [one('a', { window: { from: '2026-11-20T06:00:00Z', until: '2026-11-21T18:00:00Z' }, when: { type: 'weekday', days: [1] } })], [one('a', { window: { from: '2026-11-20T06:00:00Z', until: '2026-11-21T18:00:00Z' }, when: { type: 'weekday', days: [6] } })], 'when'],
  ['place-never', [when({ type: 'all', of: [FROM_20, { type: 'country', in: ['AT'] }] })], [when({ type: 'all', of: [FROM_20, { type: 'country', in: ['AT', 'DE'] }] })], 'when.of.1'],
  ['place-never', [when({ type: 'all', of: [FROM_20, { type: 'shippingMethod', in: ['drone'] }] })], [when({ type: 'all', of: [FROM_20, { type: 'shippingMethod', in: ['home'] }] })], 'when.of.1'],
  ['select-empty', [one('a', { effects: [{ ...OFF_BREAD, select: { taxons: ['shoes'] } }] })], [one('a', { effects: [{ ...OFF_BREAD, select: { taxons: ['drinks'], taxonMode: 'subtree' } }] })], 'effects.0.select'],
  ['select-empty', [one('a', { effects: [{ ...OFF_BREAD, select: { priceMinMinor: 500, priceMaxMinor: 400 } }] })], [one('a', { effects: [{ ...OFF_BREAD, select: { priceMinMinor: 300, priceMaxMinor: 400 } }] })], 'effects.0.select'],
  ['select-empty', [when({ type: 'contains', select: { skus: ['bread'], notSkus: ['bread'] } })], [when({ type: 'all', of: [FROM_20, { type: 'contains', select: { skus: ['bread'], notSkus: ['tea'] } }] })], 'when.select'],
  ['article-unknown', [one('a', { effects: [{ ...OFF_BREAD, select: { skus: ['bread', 'roll'] } }] })], [one('a', { effects: [{ ...OFF_BREAD, select: { skus: ['bread', 'tea'] } }] })], 'effects.0.select'],
  ['gift-unknown', [when(FROM_20, { type: 'gift', sku: 'cup', quantity: 1 })], [when(FROM_20, { type: 'gift', sku: 'salt', quantity: 1 })], 'effects.0.sku'],
  ['code-unusable', [one('a', { trigger: { type: 'code', codes: [' - '] } })], [one('a', { trigger: { type: 'code', codes: ['HERBST'] } })], 'trigger.codes'],
  ['code-unusable', [one('a', { trigger: { type: 'code', codes: ['X'.repeat(41)] } })], [one('a', { trigger: { type: 'code', codes: ['X'.repeat(40)] } })], 'trigger.codes'],
  ['code-hidden', [one('b', { trigger: { type: 'code', codes: ['HERBST 10'] } }), one('a', { trigger: { type: 'code', codes: ['herbst-10'] } })], [one('b', { trigger: { type: 'code', codes: ['HERBST 10'] } }), one('a', { trigger: { type: 'code', codes: ['WINTER'] } })], 'trigger.codes'],
  ['code-shared', [one('b', { trigger: { type: 'code', codes: ['HERBST'] } }), one('a', { trigger: { type: 'code', codes: ['HERBST'] } })], [one('b', { trigger: { type: 'code', codes: ['HERBST'] } }), one('a')], 'trigger.codes'],
  ['no-effect', [one('a', { effects: [] })], [one('a')], 'effects'],
  ['no-effect', [one('a', { effects: [{ type: 'unitPrice', value: { priceMinor: 300 }, select: { skus: ['bread'] } }] })], [one('a', { stage: 'catalog', effects: [{ type: 'unitPrice', value: { priceMinor: 300 }, select: { skus: ['bread'] } }] })], 'effects'],
  ['excludes-unknown', [one('a', { excludes: ['gone'] })], [one('a', { excludes: ['b'], when: { type: 'contains', select: { skus: ['bread'] } } }), one('b', { effects: [{ ...OFF_BREAD, select: { skus: ['tea'] } }] })], 'excludes'],
  ['excludes-unknown', [one('a', { excludes: ['a'], when: { type: 'contains', select: { skus: ['bread'] } } })], [one('a', { excludes: [] })], 'excludes'],
  ['unsupported', [one('a', { effects: [{ ...FIVE_OFF, distribution: 'byWeight' } as Effect], when: FROM_20 })], [one('a', { effects: [{ ...FIVE_OFF, distribution: 'lastTakesRest' } as Effect], when: FROM_20 })], ''],
  ['certainty', [one('a', { when: { type: 'all', of: [FROM_20, { type: 'customerGroup', in: ['club'] }] }, effects: [FIVE_OFF] })], [one('a', { when: { type: 'all', of: [FROM_20, { type: 'customerGroup', in: ['club'] }] }, effects: [FIVE_OFF] }, 'checkout')], 'certainty'],
]

describe('reading an offer finds', () => {
  it.each(READ.map(([rule, bad, good, path], i) => ({ rule, bad, good, path, name: `${rule} (${i})` })))('$name at its place, and nothing beside it', ({ rule, bad, good, path }) => {
    const findings = lint(bad)
    expect(findings.map((finding) => [finding.rule, finding.offers[0], finding.path])).toEqual([[rule, 'a', path]])
    expect(findings.every(({ sentence }) => sentence.de !== '' && sentence.en !== '' && sentence.de !== sentence.en)).toBe(true)
    expect(rulesOf(lint(good))).toEqual([])
  })
  it('an id and a number given twice', () => {
    const twice = [published(7, 'a', { window: WINDOW, effects: [OFF_BREAD] }), published(7, 'b', { window: WINDOW, effects: [{ ...OFF_BREAD, select: { skus: ['tea'] } }] })]
    expect(lint(twice).map(({ rule, path, offers }) => [rule, path, offers])).toEqual([['id-twice', 'number', ['a', 'b']]])
    expect(rulesOf(lint([one('a'), one('a', { effects: [{ ...OFF_BREAD, select: { skus: ['tea'] } }] })]))).toEqual(['id-twice'])
  })
  it('a lane that the shop does not serve, and keys that it does not heed', () => {
    const facts = { policies: { ...DIALECTS.solidus } }
    expect(lint([one('a', { lane: 'vip' })], facts).map(({ rule, path }) => [rule, path])).toEqual([['unsupported', 'lane']])
    expect(rulesOf(lint([one('a', { lane: 'pre' })], facts))).toEqual([])
    expect(lint([one('a', { exclusive: true, priority: 3 })], { policies: { ...DIALECTS.vendure, sort: 'asGiven' } }).map(({ rule, path }) => [rule, path])).toEqual([['policy-ignored', 'exclusive']])
    expect(rulesOf(lint([one('a', { exclusive: true, priority: 3 })], { policies: DIALECTS.sylius }))).toEqual([])
  })
  it('nothing in an offer that is switched off', () => {
    expect(lint([one('a', { enabled: false, when: { type: 'never' } })])).toEqual([])
  })
  it('offers of a shape that is not let in', () => {
    const { refused } = readOffers([{ id: 'a', effects: [{ type: 'magic' }] }])
    expect(malformedFindings(refused).map(({ rule, severity, offers }) => [rule, severity, offers])).toEqual([['malformed', 'error', ['a']]])
  })
  it('and tells money as money, pieces as a number', () => {
    const sentenceOf = (...of: readonly Condition[]) => lint([one('a', { when: { type: 'all', of }, effects: [FIVE_OFF] })])[0]!.sentence
    expect(sentenceOf({ type: 'subtotal', amountMinor: 5000 }, { type: 'subtotal', op: 'lt', amountMinor: 4000 })).toEqual({
      de: '„a“ kann nie gelten: der Warenwert soll zugleich mindestens 50,00\u00a0€ und höchstens 39,99\u00a0€ sein.',
      en: '“a” can never hold: the value of the goods is to be at least €50.00 and at most €39.99 at once.',
    })
    expect(sentenceOf(FROM_20, { type: 'quantity', value: 5 }, { type: 'quantity', op: 'lt', value: 4 }).de).toBe('„a“ kann nie gelten: die Stückzahl soll zugleich mindestens 5 und höchstens 3 sein.')
  })
  it('and says it in a sentence', () => {
    expect(lint([one('a', { window: { from: '2026-11-30T00:00:00Z', until: '2026-11-18T00:00:00Z' } })])[0]!.sentence).toEqual({
      de: '„a“ kann nie gelten: es endet (18.11.2026), bevor es beginnt (30.11.2026).',
      en: '“a” can never hold: it ends (18/11/2026) before it begins (30/11/2026).',
    })
  })
})

describe('trying offers in baskets finds', () => {
  const off = (sku: string, amountMinor: number): Effect => ({ type: 'unitDiscount', value: { amountMinor }, select: { skus: [sku] } })

  it('two that together make bread for 3.49 free, with the basket that shows it', () => {
    const findings = lint([one('a', { effects: [off('bread', 200)] }), one('b', { effects: [off('bread', 149)] })])
    expect(rulesOf(findings)).toEqual(['stacks-to-zero'])
    expect(findings[0]).toMatchObject({
      severity: 'error',
      offers: ['a', 'b'],
      evidence: { type: 'basket', lines: [{ sku: 'bread', quantity: 1 }], baseCents: 349, paidCents: 0, shares: [{ offer: 'a', cents: 200 }, { offer: 'b', cents: 149 }] },
    })
  })
  it('not where a cent is left, and not where one excludes the other', () => {
    expect(rulesOf(lint([one('a', { effects: [off('bread', 200)] }), one('b', { effects: [off('bread', 148)] })]))).toEqual(['stacks-deep'])
    expect(rulesOf(lint([one('a', { effects: [off('bread', 200)], excludes: ['b'] }), one('b', { effects: [off('bread', 149)] })]))).toEqual(['displaced'])
  })
  it('two of which one is for the whole basket from a sum on', () => {
    const findings = lint([one('a', { effects: [{ type: 'unitDiscount', value: { percent: '60' }, select: { skus: ['cheese'] } }] }), one('b', { when: { type: 'subtotal', amountMinor: 1000, basis: 'initial' }, effects: [{ type: 'orderDiscount', value: { amountMinor: 900 } }] })])
    expect(findings.filter(({ rule }) => rule === 'stacks-to-zero')).toMatchObject([{ offers: ['a', 'b'], evidence: { lines: [{ sku: 'cheese', quantity: 1 }], baseCents: 1299, paidCents: 0 } }])
  })
  it('two that take half or more, when neither does so alone', () => {
    expect(lint([one('a', { effects: [off('bread', 100)] }), one('b', { effects: [off('bread', 75)] })])).toMatchObject([{ rule: 'stacks-deep', severity: 'warning', evidence: { baseCents: 349, paidCents: 174 } }])
    expect(lint([one('a', { effects: [off('bread', 100)] }), one('b', { effects: [off('bread', 74)] })])).toEqual([])
    expect(rulesOf(lint([one('a', { effects: [off('bread', 180)] }), one('b', { effects: [off('bread', 10)] })]))).toEqual([])
  })
  it('nothing where a window, a channel or an hour keeps them apart', () => {
    const rest: Partial<Offer>[] = [{ window: { from: '2026-12-01T00:00:00Z', until: '2026-12-05T00:00:00Z' } }, { when: { type: 'weekday', days: [6] } }]
    const base = one('a', { effects: [off('bread', 200)], channels: ['store'], when: { type: 'weekday', days: [5] } })
    for (const more of [...rest, { channels: ['web'] }]) expect(rulesOf(lint([base, one('b', { effects: [off('bread', 149)], ...more })]))).toEqual([])
  })
  it('goods below their cost, alone and in pairs', () => {
    const costs = new Map([['bread', cents(250)]])
    expect(lint([one('a', { effects: [off('bread', 100)] })], { costs })).toMatchObject([{ rule: 'below-cost', severity: 'warning', evidence: { paidCents: 249, costCents: 250 } }])
    expect(lint([one('a', { effects: [off('bread', 50)] }), one('b', { effects: [off('bread', 50)] })], { costs })).toMatchObject([{ rule: 'stacks-below-cost', severity: 'error', offers: ['a', 'b'], evidence: { paidCents: 249, costCents: 250 } }])
    expect(lint([one('a', { effects: [off('bread', 49)] }), one('b', { effects: [off('bread', 50)] })], { costs })).toEqual([])
    expect(lint([one('a', { effects: [off('bread', 100)] })])).toEqual([])
  })
  it('one that gives whole baskets away', () => {
    expect(lint([one('a', { effects: [FIVE_OFF], trigger: { type: 'code', codes: ['HALLO'] } })])).toMatchObject([{ rule: 'free', severity: 'warning', evidence: { lines: [{ sku: 'salt', quantity: 1 }], codes: ['HALLO'], baseCents: 50, paidCents: 0 } }])
    expect(lint([when(FROM_20)])).toEqual([])
  })
  it('and tells that once, not again with every partner', () => {
    const hello = one('a', { effects: [{ type: 'orderDiscount', value: { amountMinor: 300 } }], trigger: { type: 'code', codes: ['HALLO'] } })
    expect(lint([hello, one('b', { effects: [off('bread', 49)] })]).map(({ rule, offers }) => [rule, offers])).toEqual([['free', ['a']]])
  })
  it('one that gives nothing: a fixed price above what the article costs', () => {
    const fixed = (priceMinor: number): PublishedOffer => one('a', { effects: [{ type: 'unitDiscount', value: { priceMinor }, select: { skus: ['bread'] } }] })
    expect(lint([fixed(400)])).toMatchObject([{ rule: 'gives-nothing', severity: 'warning' }])
    expect(lint([fixed(300)])).toEqual([])
  })
  it('one that another always displaces, proven by reading or only tried', () => {
    const facts = { policies: DIALECTS.sylius }
    const alone = one('alone', { exclusive: true, priority: 9, effects: [{ ...OFF_BREAD, select: {} }], window: { from: '2026-11-18T00:00:00Z', until: '2026-11-30T00:00:00Z' } })
    expect(lint([alone, one('b', { priority: 1 })], facts).map(({ rule, severity, offers }) => [rule, severity, offers])).toEqual([['displaced', 'error', ['b', 'alone']]])
    const tea = one('alone', { exclusive: true, priority: 9, when: { type: 'contains', select: { skus: ['bread'] } }, effects: [{ ...OFF_BREAD, select: {} }] })
    expect(lint([tea, one('b', { priority: 1 })], facts).map(({ rule, severity }) => [rule, severity])).toEqual([['displaced-in-trials', 'warning']])
    expect(lint([tea, one('b', { priority: 1, effects: [{ ...OFF_BREAD, select: { skus: ['tea'] } }] })], facts)).toEqual([])
    expect(lint([alone, one('b', { priority: 1, window: { from: '2026-11-18T00:00:00Z', until: '2026-12-10T00:00:00Z' } })], facts)).toEqual([])
  })
})

describe('the law finds', () => {
  const breadAsked = (...prices: readonly (readonly [from: string, cents: number])[]) => {
    const priceHistory = prices.map(([from, asked]) => ({ from: from as Day, cents: cents(asked) }))
    return shop({ products: shop().products.map((product) => (product.sku === 'bread' ? Object.assign({}, product, { priceHistory }) : product)), offers: [] })
  }
  const dipped = (lowCents: number) => breadAsked(['2026-11-10', 349], ['2026-11-05', lowCents], ['2026-01-01', 349])
  const fifth = one('a', { effects: [{ ...OFF_BREAD, value: { percent: '20' } }] })
  const plain = shop({ offers: [] })

  it('a reduction that is none: 2.79 after 2.79 within the 30 days before', () => {
    expect(lint([fifth], {}, dipped(279))).toMatchObject([{ rule: 'reference-lower', severity: 'error', evidence: { type: 'price', sku: 'bread', since: '2026-11-18', priceCents: 279, previousCents: 349, lowestCents: 279, articles: 1 } }])
    expect(lint([fifth], {}, plain)).toEqual([])
  })
  it('a percent above what is left of it: 20 % where 3.00 was asked before', () => {
    expect(lint([fifth], {}, dipped(300))).toMatchObject([{ rule: 'percent-overstated', severity: 'error', evidence: { priceCents: 279, lowestCents: 300 } }])
    expect(lint([fifth], {}, dipped(345))).toEqual([])
  })
  it('a reduction of an article that had no price before', () => {
    expect(lint([fifth], {}, breadAsked(['2026-11-19', 349]))).toMatchObject([{ rule: 'reference-missing', severity: 'error' }])
  })
  it('histories that the caller knows better', () => {
    const histories = new Map([['bread', [{ from: '2026-11-01' as Day, cents: cents(250) }]]])
    expect(rulesOf(lint([fifth], { histories }, plain))).toEqual(['reference-lower'])
  })
  it('an offer that ran last month as the price it now has to beat', () => {
    const lastMonth = published(90, 'october', { window: { from: '2026-10-20T00:00:00Z', until: '2026-11-05T00:00:00Z' }, effects: [{ ...OFF_BREAD, value: { percent: '30' } }] })
    expect(rulesOf(lint([fifth], {}, shop({ offers: [lastMonth] })))).toEqual(['reference-lower'])
  })
  it('a sale without an end, and one longer than 30 days', () => {
    const endless = one('a', { window: { from: '2026-11-18T00:00:00Z' } })
    expect(lint([endless], {}, plain)).toMatchObject([{ rule: 'sale-endless', severity: 'warning', path: 'window.until' }])
    const span = (until: string): PublishedOffer => one('a', { window: { from: '2026-11-17T23:00:00Z', until } })
    expect(lint([span('2026-12-18T22:59:59Z')], {}, plain)).toMatchObject([{ rule: 'sale-long', severity: 'warning' }])
    expect(lint([span('2026-12-17T22:59:59Z')], {}, plain)).toEqual([])
  })
  it('nothing in offers that it does not look at: personal, by code, from a quantity or a sum on', () => {
    const window = { from: '2026-11-18T00:00:00Z' }
    const free = [one('a', { window, when: FROM_20, effects: [FIVE_OFF] }), one('a', { window, trigger: { type: 'code', codes: ['HERBST'] } }), one('a', { window, when: { type: 'quantity', value: 2, select: { skus: ['bread'] } } })]
    for (const some of free) expect(rulesOf(lint([some], {}, dipped(279)))).toEqual([])
  })
})

describe('the order of findings', () => {
  it('is errors first, then by place in the set', () => {
    const offers = [one('a', { window: { from: '2026-11-18T00:00:00Z' } }), one('b', { when: { type: 'never' }, effects: [FIVE_OFF] }), one('c', { channels: [] })]
    expect(lint(offers).map(({ rule, offers: [id] }) => [rule, id])).toEqual([['never', 'b'], ['channel-none', 'c'], ['sale-endless', 'a']])
  })
})
