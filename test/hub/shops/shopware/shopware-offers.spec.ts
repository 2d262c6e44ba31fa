import { describe, expect, it } from 'vitest'
import type { DiscountWorld } from '#hub/shops/shopware/shopware-discounts.ts'
import { shopwareOffers } from '#hub/shops/shopware/shopware-offers.ts'
import type { DiscountRecord, PromotionRecord } from '#hub/shops/shopware/shopware-replies.ts'
import type { RuledArticle, RuleNode } from '#hub/shops/shopware/shopware-rules.ts'

const article = (sku: string, priceMinor: number, categories: readonly string[] = []): RuledArticle => ({ sku, id: `id-${sku}`, parentId: null, categories, manufacturer: null, tags: [], properties: [], streams: [], priceMinor })
const rule = (type: string, value: RuleNode['value']): RuleNode => ({ type, value, children: [] })
const WORLD: DiscountWorld = {
  salesChannel: 'here',
  currency: 'eur',
  articles: [article('A', 2999), article('B', 749, ['cheap']), article('C', 495, ['cheap'])],
  rules: new Map([
    ['cheap', rule('cartLineItemInCategory', { operator: '=', categoryIds: ['cheap'] })],
    ['a', rule('cartLineItem', { operator: '=', identifiers: ['id-A'] })],
    ['worth', rule('cartGoodsPrice', { operator: '>=', amount: 50 })],
    ['plugin', rule('myPlugin', {})],
    ['always', rule('alwaysValid', {})],
    ['group', rule('customerCustomerGroup', { operator: '=', customerGroupIds: ['b2b'] })],
  ]),
}
const discount = (more: Partial<DiscountRecord> = {}): DiscountRecord => ({
  id: 'd', scope: 'cart', type: 'percentage', value: 10, maxValue: null, considerAdvancedRules: false, sorterKey: 'PRICE_ASC', applierKey: 'ALL', usageKey: 'ALL', pickerKey: 'VERTICAL', discountRules: [], promotionDiscountPrices: [], ...more,
})
const promotion = (discounts: readonly DiscountRecord[], more: Partial<PromotionRecord> = {}): PromotionRecord => ({
  id: 'p', name: 'Aktion', translated: null, translations: [], active: true, validFrom: null, validUntil: null, priority: 1, preventCombination: false, exclusionIds: [], useCodes: false, useIndividualCodes: false, code: null, useSetGroups: false,
  customerRestriction: false, maxRedemptionsGlobal: null, maxRedemptionsPerCustomer: null, orderCount: 0, discounts: [...discounts], setgroups: [], cartRules: [], orderRules: [], personaRules: [], ...more,
})
const only = (one: PromotionRecord): unknown => {
  const { offers, notComputable } = shopwareOffers([one], WORLD)
  return notComputable[0]?.why ?? offers[0]
}
const effectOf = (more: Partial<DiscountRecord>, around: Partial<PromotionRecord> = {}): unknown => {
  const made = only(promotion([discount(more)], around))
  return typeof made === 'string' ? made : (made as { effects: readonly unknown[] }).effects[0]
}
const by = (...names: readonly string[]): { id: string }[] => names.map((id) => ({ id }))
const SET = (more: Partial<PromotionRecord['setgroups'][number]> = {}): Partial<PromotionRecord> => ({ setgroups: [{ id: 'g1', packagerKey: 'COUNT', sorterKey: 'PRICE_ASC', value: 3, setGroupRules: by('cheap'), ...more }] })
const CHEAP = { taxons: ['cheap'], taxonMode: 'direct' }

describe('a discount of the cart', () => {
  it.each([
    ['a percentage', {}, { type: 'orderDiscount', value: { percent: '10' } }],
    ['a percentage with its maximum', { value: 12.5, maxValue: 20 }, { type: 'orderDiscount', value: { percent: '12.5' }, capMinor: 2000 }],
    ['a percentage with its maximum in this currency', { maxValue: 20, promotionDiscountPrices: [{ currencyId: 'usd', price: 30 }, { currencyId: 'eur', price: 25 }] }, { type: 'orderDiscount', value: { percent: '10' }, capMinor: 2500 }],
    ['a percentage on articles', { considerAdvancedRules: true, discountRules: by('cheap') }, { type: 'orderDiscount', value: { percent: '10' }, select: CHEAP }],
    ['rules that are switched off', { discountRules: by('cheap') }, { type: 'orderDiscount', value: { percent: '10' } }],
    ['an amount', { type: 'absolute', value: 5 }, { type: 'orderDiscount', value: { amountMinor: 500 } }],
    ['an amount in this currency', { type: 'absolute', value: 5, promotionDiscountPrices: [{ currencyId: 'eur', price: 4.5 }] }, { type: 'orderDiscount', value: { amountMinor: 450 } }],
    ['an amount below what its articles cost', { type: 'absolute', value: 4.95, considerAdvancedRules: true, discountRules: by('cheap') }, { type: 'orderDiscount', value: { amountMinor: 495 }, select: CHEAP }],
    ['an amount above it', { type: 'absolute', value: 4.96, considerAdvancedRules: true, discountRules: by('cheap') }, 'its amount may be more than the articles that it is for cost, and the shop takes it off all the same'],
    ['a price of the cart', { type: 'fixed', value: 4.95 }, { type: 'orderDiscount', value: { priceMinor: 495 } }],
    ['a price of the cart above its cheapest article', { type: 'fixed', value: 40 }, 'its amount may be more than the articles that it is for cost, and the shop takes it off all the same'],
    ['a price per piece', { type: 'fixed_unit', value: 6, considerAdvancedRules: true, discountRules: by('a') }, { type: 'orderDiscount', value: { unitPriceMinor: 600 }, select: { skus: ['A'] } }],
    ['the cheapest piece', { value: 50, considerAdvancedRules: true, applierKey: '1' }, { type: 'orderDiscount', value: { percent: '50' }, maxUnits: { count: 1, per: 'order', pick: 'cheapest' } }],
    ['another piece', { considerAdvancedRules: true, applierKey: '2' }, 'it picks single pieces of the whole cart'],
    ['the dearest piece', { considerAdvancedRules: true, applierKey: '1', sorterKey: 'PRICE_DESC' }, 'it picks single pieces of the whole cart'],
    ['an odd percentage', { value: 110 }, '110 is no percentage'],
    ['parts of a cent', { type: 'absolute', value: 0.005 }, '0.005 has parts of a cent'],
    ['a type of a plugin', { type: 'lottery' }, 'discount type "lottery" is not one of the shop\'s own'],
    ['a scope of a plugin', { scope: 'galaxy' }, 'discount scope "galaxy" is not one of the shop\'s own'],
    ['a rule of a plugin', { considerAdvancedRules: true, discountRules: by('plugin') }, 'rule "myPlugin" is not one that can be decided outside of the shop'],
    ['a rule that is gone', { considerAdvancedRules: true, discountRules: by('gone') }, 'one of its rules cannot be read'],
  ] as const)('with %s', (_, more, effect) => {
    expect(effectOf(more as Partial<DiscountRecord>)).toEqual(effect)
  })
})

describe('a discount of the delivery', () => {
  it.each([
    ['free', { value: 100 }, { type: 'shippingDiscount', value: { percent: '100' } }],
    ['a percentage with its maximum', { value: 50, maxValue: 2 }, { type: 'shippingDiscount', value: { percent: '50' }, capMinor: 200 }],
    ['an amount', { type: 'absolute', value: 2 }, { type: 'shippingDiscount', value: { amountMinor: 200 } }],
    ['a price', { type: 'fixed_unit', value: 2.9 }, { type: 'shippingDiscount', value: { priceMinor: 290 } }],
    ['a price of a package', { type: 'fixed', value: 2.9 }, 'discount type "fixed" is none for deliveries'],
    ['a rule', { considerAdvancedRules: true, discountRules: by('cheap') }, 'its delivery is narrowed by a rule'],
  ] as const)('with %s', (_, more, effect) => {
    expect(effectOf({ scope: 'delivery', ...more } as Partial<DiscountRecord>)).toEqual(effect)
  })
})

describe('a discount of sets', () => {
  const group = { count: 3, sort: 'priceAsc', select: CHEAP }
  it.each([
    ['a price per set', { scope: 'set', type: 'fixed', value: 12 }, SET(), { type: 'set', groups: [group], value: { priceMinor: 1200 } }],
    ['a price that sets may be below', { scope: 'set', type: 'fixed', value: 15 }, SET(), 'its amount may be more than the articles that it is for cost, and the shop takes it off all the same'],
    ['a percentage of one group', { scope: 'setgroup-g2', value: 20 }, { setgroups: [...SET().setgroups!, ...SET({ id: 'g2', sorterKey: 'PRICE_DESC', value: 2, setGroupRules: [] }).setgroups!] }, { type: 'set', groups: [group, { count: 2, sort: 'priceDesc' }], group: 1, value: { percent: '20' } }],
    ['sets by worth', { scope: 'set', value: 20 }, SET({ packagerKey: 'PRICE_UNIT_GROSS', value: 25 }), { type: 'set', groups: [{ count: 1, amountMinor: 2500, sort: 'priceAsc', select: CHEAP }], value: { percent: '20' } }],
    ['the second of each', { scope: 'set', value: 20, considerAdvancedRules: true, sorterKey: 'PRICE_DESC', applierKey: '2', usageKey: '4' }, SET(), { type: 'set', groups: [group], value: { percent: '20' }, pick: { sort: 'priceDesc', nth: 2, maxUses: 4, across: 'vertical' } }],
    ['the first across all', { scope: 'set', value: 20, considerAdvancedRules: true, applierKey: '1', pickerKey: 'HORIZONTAL' }, SET(), { type: 'set', groups: [group], value: { percent: '20' }, pick: { sort: 'priceAsc', nth: 1, maxUses: 'all', across: 'horizontal' } }],
    ['all of each, but only some', { scope: 'set', value: 20, considerAdvancedRules: true, applierKey: 'ALL', usageKey: '2' }, SET(), 'it picks pieces by "PRICE_ASC", "ALL", "2"'],
    ['no set', { scope: 'set' }, {}, 'it is for sets, and none is named'],
    ['a group that is gone', { scope: 'setgroup-g9' }, SET(), 'the set that it is for is not there'],
    ['sets by net worth', { scope: 'set' }, SET({ packagerKey: 'PRICE_UNIT_NET' }), 'its sets are made by "PRICE_UNIT_NET"'],
    ['sets of half a piece', { scope: 'set' }, SET({ value: 2.5 }), 'its sets are made by "COUNT"'],
    ['sets in another order', { scope: 'set' }, SET({ sorterKey: 'RANDOM' }), 'its sets are sorted by "RANDOM"'],
    ['a rule inside of sets', { scope: 'set', considerAdvancedRules: true, discountRules: by('a') }, SET(), 'a rule picks articles out of its sets'],
  ] as const)('with %s', (_, more, around, effect) => {
    expect(effectOf(more as Partial<DiscountRecord>, around as Partial<PromotionRecord>)).toEqual(effect)
  })
})

describe('a promotion', () => {
  it('keeps its code, period, priority and whom it keeps away', () => {
    const made = promotion([discount()], { useCodes: true, code: ' Sommer10 ', validFrom: '2026-06-01T00:00:00+02:00', validUntil: '2026-08-31T21:59:59.000+00:00', priority: 7, preventCombination: true, exclusionIds: ['q'] })
    expect(only(made)).toEqual({
      id: 'p', name: 'Aktion', enabled: true, priority: 7, exclusive: true, excludes: ['q'], trigger: { type: 'code', codes: ['SOMMER10'] }, window: { from: '2026-05-31T22:00:00.000Z', until: '2026-08-31T21:59:59.000Z' }, effects: [{ type: 'orderDiscount', value: { percent: '10' } }],
    })
  })
  it('holds where one rule of each kind holds, and its sets are there', () => {
    const made = only(promotion([discount()], { cartRules: by('worth', 'a'), orderRules: by('always'), personaRules: by('group'), useSetGroups: true, ...SET() })) as { when: unknown }
    expect(made.when).toEqual({
      type: 'all',
      of: [
        { type: 'customerGroup', in: ['b2b'] },
        { type: 'any', of: [{ type: 'subtotal', op: 'gte', amountMinor: 5000, basis: 'initial' }, { type: 'contains', select: { skus: ['A'] } }] },
        { type: 'quantity', op: 'gte', value: 3, select: CHEAP },
      ],
    })
  })
  it('with several discounts is one offer', () => {
    expect(only(promotion([discount(), discount({ scope: 'delivery', value: 100 })]))).toMatchObject({ effects: [{ type: 'orderDiscount' }, { type: 'shippingDiscount' }] })
  })
  it.each([
    [{ maxRedemptionsGlobal: 10 }, 'its uses are limited, and the shop counts them'],
    [{ maxRedemptionsPerCustomer: 1 }, 'its uses are limited, and the shop counts them'],
    [{ useCodes: true, useIndividualCodes: true }, 'each of its codes holds once, and the shop knows which are used'],
    [{ useCodes: true }, 'it needs a code, and none is set'],
    [{ customerRestriction: true }, 'it is for single customers'],
    [{ validUntil: 'morgen' }, 'its period cannot be read'],
    [{ discounts: [] }, 'it has no discount, so it does nothing'],
    [{ cartRules: by('plugin') }, 'rule "myPlugin" is not one that can be decided outside of the shop'],
    [{ orderRules: by('gone') }, 'one of its rules cannot be read'],
  ] as const)('%j is left to the checkout: %s', (more, why) => {
    expect(only(promotion([discount()], more as Partial<PromotionRecord>))).toBe(why)
  })
  it('is in its turn by priority, highest first', () => {
    const all = [promotion([discount()], { id: 'low', priority: 1 }), promotion([discount()], { id: 'high', priority: 9 }), promotion([discount({ type: 'x' })], { id: 'odd', priority: 5 })]
    const { offers, notComputable } = shopwareOffers(all, WORLD)
    expect([offers.map(({ id }) => id), notComputable.map(({ offerId }) => offerId)]).toEqual([['high', 'low'], ['odd']])
  })
  it('that keeps away another of its priority, and is kept away by it, is left to the checkout', () => {
    const all = [promotion([discount()], { id: 'a', preventCombination: true }), promotion([discount()], { id: 'b', preventCombination: true }), promotion([discount()], { id: 'c', priority: 2, preventCombination: true }), promotion([discount()], { id: 'd' })]
    expect(shopwareOffers(all, WORLD).warnings.map(({ offerId, leave }) => [offerId, leave])).toEqual([['a', true], ['b', true]])
  })
})
