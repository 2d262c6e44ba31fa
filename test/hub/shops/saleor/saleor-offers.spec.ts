import { describe, expect, it } from 'vitest'
import { saleorOffers } from '#hub/shops/saleor/saleor-offers.ts'
import { conditionOf, selectOf, type NamedArticle } from '#hub/shops/saleor/saleor-predicates.ts'
import type { PromotionRecord, RuleRecord, VoucherRecord } from '#hub/shops/saleor/saleor-queries.ts'

const ARTICLES: readonly NamedArticle[] = [
  { sku: 'A', variant: 'v1', product: 'p1', category: 'c1', collections: ['k1'] },
  { sku: 'B', variant: 'v2', product: 'p1', category: 'c1', collections: [] },
  { sku: 'C', variant: 'v3', product: 'p2', category: 'c2==', collections: ['k1', 'k2'] },
]
const ODD = { why: 'its predicate is not one that can be decided outside of the shop' }

describe('a predicate of the catalogue', () => {
  it.each([
    ['variants', { variantPredicate: { ids: ['v2', 'v9'] } }, { skus: ['B'] }],
    ['products', { productPredicate: { ids: ['p1'] } }, { skus: ['A', 'B'] }],
    ['a category stays one', { categoryPredicate: { ids: ['c2=='] } }, { taxons: ['c2'], taxonMode: 'direct' }],
    ['categories or collections', { OR: [{ categoryPredicate: { ids: ['c1'] } }, { collectionPredicate: { ids: ['k2'] } }] }, { taxons: ['c1', 'k2'], taxonMode: 'direct' }],
    ['a category and a collection', { AND: [{ categoryPredicate: { ids: ['c1'] } }, { collectionPredicate: { ids: ['k1'] } }] }, { skus: ['A'] }],
    ['two parts at once', { productPredicate: { ids: ['p1'] }, collectionPredicate: { ids: ['k1'] } }, { skus: ['A'] }],
    ['one within another', { OR: [{ variantPredicate: { ids: ['v3'] } }, { AND: [{ productPredicate: { ids: ['p1'] } }, { OR: [{ variantPredicate: { ids: ['v1'] } }] }] }] }, { skus: ['A', 'C'] }],
    ['nothing', {}, ODD],
    ['no predicate', null, ODD],
    ['a filter by name', { productPredicate: { name: { eq: 'x' } } }, ODD],
    ['ids beside a filter', { productPredicate: { ids: ['p1'], name: { eq: 'x' } } }, ODD],
    ['an alternative of two parts', { OR: [{ variantPredicate: { ids: ['v1'] }, productPredicate: { ids: ['p2'] } }] }, ODD],
    ['no alternative', { OR: [] }, ODD],
    ['something new', { brandPredicate: { ids: ['b1'] } }, ODD],
    ['something new in one of several', { OR: [{ variantPredicate: { ids: ['v1'] } }, { brandPredicate: { ids: ['b1'] } }] }, ODD],
  ])('of %s', (_, predicate, select) => {
    expect(selectOf(predicate, ARTICLES)).toEqual(select)
  })
  it('of too many articles is told', () => {
    const articles = Array.from({ length: 501 }, (_, i) => ({ sku: `S${i}`, variant: `v${i}`, product: 'p', category: null, collections: [] }))
    expect(selectOf({ productPredicate: { ids: ['p'] } }, articles)).toEqual({ why: 'it is for 501 articles, more than 500 that an offer may name' })
  })
})

describe('a predicate of the order', () => {
  const of = (bound: object): object => ({ discountedObjectPredicate: { baseSubtotalPrice: bound } })
  it.each([
    ['from a worth', of({ range: { gte: '60' } }), { type: 'subtotal', op: 'gte', amountMinor: 6000, basis: 'initial' }],
    ['between two', of({ range: { gte: 20.5, lte: '40.00' } }), { type: 'all', of: [{ type: 'subtotal', op: 'gte', amountMinor: 2050, basis: 'initial' }, { type: 'subtotal', op: 'lte', amountMinor: 4000, basis: 'initial' }] }],
    ['with an open end', of({ range: { gte: '20', lte: null } }), { type: 'subtotal', op: 'gte', amountMinor: 2000, basis: 'initial' }],
    ['of exactly', of({ eq: '21' }), { type: 'subtotal', op: 'eq', amountMinor: 2100, basis: 'initial' }],
    ['of one of', of({ oneOf: ['21', '22'] }), { type: 'any', of: [{ type: 'subtotal', op: 'eq', amountMinor: 2100, basis: 'initial' }, { type: 'subtotal', op: 'eq', amountMinor: 2200, basis: 'initial' }] }],
    ['with its delivery', { discountedObjectPredicate: { baseTotalPrice: { range: { lte: '90' } } } }, { type: 'grandTotal', op: 'lte', amountMinor: 9000, basis: 'initial' }],
    ['either way', { OR: [of({ eq: '1' }), of({ eq: '2' })] }, { type: 'any', of: [{ type: 'subtotal', op: 'eq', amountMinor: 100, basis: 'initial' }, { type: 'subtotal', op: 'eq', amountMinor: 200, basis: 'initial' }] }],
    ['of nothing', {}, ODD],
    ['on the buyer', { buyerPredicate: { groups: ['x'] } }, ODD],
    ['on something else of it', { discountedObjectPredicate: { weight: { eq: 1 } } }, ODD],
    ['in another comparison', of({ range: { gt: '1' } }), ODD],
    ['with parts of a cent', of({ eq: '0.005' }), ODD],
    ['without a bound', of({}), ODD],
  ])('%s', (_, predicate, condition) => {
    expect(conditionOf(predicate)).toEqual(condition)
  })
})

const rule = (more: Partial<RuleRecord> = {}): RuleRecord => ({ id: 'r', name: null, de: null, en: null, channels: [{ slug: 'de' }], rewardType: null, rewardValueType: 'PERCENTAGE', rewardValue: 10, cataloguePredicate: { variantPredicate: { ids: ['v1'] } }, orderPredicate: {}, giftIds: [], ...more })
const promotion = (rules: RuleRecord[], more: Partial<PromotionRecord> = {}): PromotionRecord => ({ id: 'p', name: 'Aktion', de: null, en: null, type: 'CATALOGUE', startDate: '2026-06-01T00:00:00+02:00', endDate: null, rules, ...more })
const none: VoucherRecord['products'] = { edges: [], pageInfo: { hasNextPage: false } }
const list = (...ids: readonly string[]): VoucherRecord['products'] => ({ edges: ids.map((one) => ({ node: { id: one } })), pageInfo: { hasNextPage: false } })
const voucher = (more: Partial<VoucherRecord> = {}): VoucherRecord => ({
  id: 'v', name: 'Gutschein', de: null, en: null, type: 'ENTIRE_ORDER', discountValueType: 'PERCENTAGE', startDate: '2026-01-01T00:00:00Z', endDate: '2026-12-31T23:59:59Z', usageLimit: null, singleUse: false, applyOncePerOrder: false, applyOncePerCustomer: false, onlyForStaff: false,
  minCheckoutItemsQuantity: null, countries: [], channelListings: [{ channel: { slug: 'de' }, discountValue: 10, minSpent: null }], codes: { edges: [{ node: { code: 'Eins', isActive: true } }, { node: { code: 'Zwei', isActive: false } }], pageInfo: { hasNextPage: false } }, categories: none, collections: none, products: none, variants: none, ...more,
})
const WORLD = { channel: 'de', articles: ARTICLES }
const made = (promotions: readonly PromotionRecord[], vouchers: readonly VoucherRecord[] = []): unknown => {
  const { offers, notComputable } = saleorOffers(promotions, vouchers, WORLD)
  return notComputable[0]?.why ?? offers[0]
}

describe('a rule of a promotion', () => {
  it('of the catalogue changes the price of an article', () => {
    expect(made([promotion([rule({ name: 'Zehn', rewardValueType: 'FIXED', rewardValue: 2.5 })], { endDate: '2026-06-30T22:00:00Z' })])).toEqual({
      id: 'r', name: 'Aktion: Zehn', window: { from: '2026-05-31T22:00:00.000Z', until: '2026-06-30T22:00:00.000Z' }, stage: 'catalog', effects: [{ type: 'unitPrice', value: { amountMinor: 250 }, select: { skus: ['A'] } }],
    })
  })
  it('of the order takes something off the whole', () => {
    expect(made([promotion([rule({ rewardType: 'SUBTOTAL_DISCOUNT', orderPredicate: { discountedObjectPredicate: { baseSubtotalPrice: { range: { gte: '60' } } } } })], { type: 'ORDER' })])).toMatchObject({ name: 'Aktion', when: { type: 'subtotal', amountMinor: 6000 }, effects: [{ type: 'orderDiscount', value: { percent: '10' } }] })
  })
  it('of another channel is none', () => {
    expect(made([promotion([rule({ channels: [{ slug: 'us' }] })])])).toBeUndefined()
  })
  it.each([
    [rule({ rewardValueType: 'POINTS' }), 'CATALOGUE', 'value type "POINTS" is not known'],
    [rule({ rewardValue: 101 }), 'CATALOGUE', '101 is no percentage'],
    [rule({ rewardValue: null }), 'CATALOGUE', 'value type "PERCENTAGE" is not known'],
    [rule({ rewardValueType: 'FIXED', rewardValue: 0.005 }), 'CATALOGUE', '0.005 has parts of a cent'],
    [rule({ rewardType: 'GIFT', rewardValueType: null, rewardValue: null }), 'ORDER', 'which of its gifts is put in depends on what is in stock'],
    [rule({ rewardType: 'TOTAL_DISCOUNT' }), 'ORDER', 'reward "TOTAL_DISCOUNT" is not known'],
    [rule(), 'LOYALTY', 'promotion type "LOYALTY" is not known'],
    [rule({ rewardType: 'SUBTOTAL_DISCOUNT' }), 'ORDER', ODD.why],
  ])('%j of type %s is left to the checkout: %s', (one, type, why) => {
    expect(made([promotion([one], { type })])).toBe(why)
  })
})

describe('a voucher', () => {
  it.each([
    ['for the order', {}, { effects: [{ type: 'orderDiscount', value: { percent: '10' } }], exclusive: true, trigger: { type: 'code', codes: ['Eins'] } }],
    ['of an amount from a minimum and a number of pieces on', { discountValueType: 'FIXED', minCheckoutItemsQuantity: 3, channelListings: [{ channel: { slug: 'de' }, discountValue: 5, minSpent: { amount: 20 } }] }, { when: { type: 'all', of: [{ type: 'subtotal', op: 'gte', amountMinor: 2000, basis: 'initial' }, { type: 'quantity', op: 'gte', value: 3 }] }, effects: [{ type: 'orderDiscount', value: { amountMinor: 500 } }] }],
    ['once per order', { applyOncePerOrder: true }, { effects: [{ type: 'cheapest', value: { percent: '10' } }] }],
    ['for a category and a variant', { type: 'SPECIFIC_PRODUCT', categories: list('c2=='), variants: list('v1') }, { effects: [{ type: 'unitDiscount', value: { percent: '10' }, select: { any: [{ taxons: ['c2'], taxonMode: 'direct' }, { skus: ['A'] }] } }] }],
    ['for all articles', { type: 'SPECIFIC_PRODUCT' }, { effects: [{ type: 'unitDiscount', value: { percent: '10' } }] }],
    ['for the cheapest of a product', { type: 'SPECIFIC_PRODUCT', products: list('p1'), applyOncePerOrder: true }, { when: { type: 'all', of: [{ type: 'contains', select: { skus: ['A', 'B'] } }] }, effects: [{ type: 'cheapest', value: { percent: '10' }, select: { skus: ['A', 'B'] } }] }],
    ['for the delivery in some countries', { type: 'SHIPPING', countries: [{ code: 'DE' }] }, { when: { type: 'all', of: [{ type: 'shippingMethod', in: ['home'] }, { type: 'country', in: ['DE'] }] }, effects: [{ type: 'shippingDiscount', value: { percent: '10' } }] }],
  ] as const)('%s', (_, more, offer) => {
    expect(made([], [voucher(more as Partial<VoucherRecord>)])).toMatchObject(offer)
  })
  it.each([
    [{ usageLimit: 5 }, 'its uses are limited, and the shop counts them'],
    [{ singleUse: true }, 'its uses are limited, and the shop counts them'],
    [{ applyOncePerCustomer: true }, 'its uses are limited, and the shop counts them'],
    [{ onlyForStaff: true }, 'it is for the staff of the shop'],
    [{ codes: none as never }, 'none of its codes is active'],
    [{ variants: { edges: [], pageInfo: { hasNextPage: true } } }, 'it has more codes or articles than are read'],
    [{ type: 'LOTTERY' }, 'voucher type "LOTTERY" is not known'],
    [{ channelListings: [{ channel: { slug: 'de' }, discountValue: 10, minSpent: { amount: 0.005 } }] }, 'its minimum has parts of a cent'],
  ] as const)('%j is left to the checkout: %s', (more, why) => {
    expect(made([], [voucher(more as Partial<VoucherRecord>)])).toBe(why)
  })
})
