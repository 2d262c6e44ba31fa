import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { shopifyOffers } from '#hub/shops/shopify/shopify-offers.ts'
import { discountsReply, type ShopifyDiscountNode } from '#hub/shops/shopify/shopify-queries.ts'
import { percentIn } from '#hub/shops/shopify/shopify-values.ts'
import { readOffers } from '#shared/offers/read-offers.ts'

const ARTICLES = [
  { key: '101', sku: 'KAFFEE', product: '11', taxons: ['collection:31'] },
  { key: '103', sku: 'BLAU', product: '13', taxons: ['collection:32'] },
  { key: '104', sku: 'ROT', product: '13', taxons: ['collection:32'] },
]
const AROUND = { currency: 'EUR', articles: ARTICLES }
const euros = (amount: string) => ({ amount, currencyCode: 'EUR' })
const list = (...ids: readonly string[]) => ({ nodes: ids.map((id) => ({ id })), pageInfo: { hasNextPage: false } })
const ALL = { kind: 'AllDiscountItems' }
const COFFEE = { kind: 'DiscountProducts', products: list(), productVariants: list('gid://shopify/ProductVariant/101') }
const MUGS = { kind: 'DiscountProducts', products: list('gid://shopify/Product/13'), productVariants: list() }
const SHARE = { kind: 'DiscountPercentage', percentage: 0.125 }
const EACH = { kind: 'DiscountAmount', amount: euros('2.50'), appliesOnEachItem: true }
const ONCE = { kind: 'DiscountAmount', amount: euros('2.5'), appliesOnEachItem: false }
const BASE = {
  kind: 'DiscountAutomaticBasic', title: 'Angebot', status: 'ACTIVE', startsAt: '2026-01-01T00:00:00Z', endsAt: null, discountClasses: ['PRODUCT'],
  combinesWith: { productDiscounts: true, orderDiscounts: false, shippingDiscounts: true, productDiscountsWithTagsOnSameCartLine: null },
  context: { kind: 'DiscountBuyerSelectionAll' }, minimumRequirement: null,
}
type Fields = { readonly [field: string]: unknown }
const gets = (value: Fields, items: Fields, more: Fields = {}): Fields => ({ customerGets: { appliesOnOneTimePurchase: true, value, items, ...more } })
const codes = (...all: readonly string[]): Fields => ({ codes: { nodes: all.map((code) => ({ code })), pageInfo: { hasNextPage: false } }, usageLimit: null, appliesOncePerCustomer: false })
const buyGet = (buys: Fields, from: Fields, given: string, to: Fields, more: Fields = {}): Fields => ({
  kind: 'DiscountAutomaticBxgy', usesPerOrderLimit: null, customerBuys: { value: buys, items: from },
  ...gets({ kind: 'DiscountOnQuantity', quantity: { quantity: given }, effect: { kind: 'DiscountPercentage', percentage: 1 } }, to), ...more,
})
const TWO = { kind: 'DiscountQuantity', quantity: '2' }

const node = (fields: Fields, id = 'gid://shopify/DiscountAutomaticNode/7'): ShopifyDiscountNode =>
  v.parse(discountsReply, { page: { nodes: [{ id, discount: { ...BASE, ...fields } }], pageInfo: { hasNextPage: false } } }).page.nodes[0]!
const translated = (fields: Fields) => shopifyOffers([node(fields)], AROUND)
const why = (fields: Fields): string | undefined => translated(fields).notComputable[0]?.why

describe('discounts of a Shopify store', () => {
  it('are offers with their window, their code, and what they go together with', () => {
    const one = node({ kind: 'DiscountCodeBasic', discountClasses: ['ORDER'], endsAt: '2026-12-01T00:00:00Z', ...codes('Sommer ', 'SONNE'), ...gets(SHARE, ALL) }, 'gid://shopify/DiscountCodeNode/9')
    expect(shopifyOffers([one], AROUND)).toEqual({
      notComputable: [], warnings: [],
      offers: [{
        id: 'code:9', name: 'Angebot', enabled: true, window: { from: '2026-01-01T00:00:00Z', until: '2026-12-01T00:00:00Z' }, trigger: { type: 'code', codes: ['SOMMER', 'SONNE'] },
        combinesWith: { item: true, order: false, shipping: true }, effects: [{ type: 'orderDiscount', value: { percent: '12.5' } }],
      }],
    })
  })
  it.each([
    ['a share of articles', gets(SHARE, MUGS), { effects: [{ type: 'unitDiscount', value: { percent: '12.5' }, select: { products: ['13'] } }] }],
    ['a share of what a collection holds', gets(SHARE, { kind: 'DiscountCollections', collections: list('gid://shopify/Collection/32') }), { effects: [{ type: 'unitDiscount', value: { percent: '12.5' }, select: { taxons: ['collection:32'] } }] }],
    ['a share of every article', gets(SHARE, ALL), { effects: [{ type: 'unitDiscount', value: { percent: '12.5' }, select: {} }] }],
    ['products and single variants', gets(SHARE, { ...MUGS, productVariants: COFFEE.productVariants }), { effects: [{ type: 'unitDiscount', value: { percent: '12.5' }, select: { any: [{ products: ['13'] }, { skus: ['KAFFEE'] }] } }] }],
    ['an amount off each piece', gets(EACH, MUGS), { effects: [{ type: 'unitDiscount', value: { amountMinor: 250 }, select: { products: ['13'] } }] }],
    ['an amount once, off the only article that it means', gets(ONCE, COFFEE), { effects: [{ type: 'lineDiscount', value: { amountMinor: 250 }, select: { skus: ['KAFFEE'] } }] }],
    ['an amount off the basket', { discountClasses: ['ORDER'], ...gets(ONCE, ALL) }, { effects: [{ type: 'orderDiscount', value: { amountMinor: 250 } }] }],
    ['a minimum of the articles themselves, at list prices', { minimumRequirement: { kind: 'DiscountMinimumSubtotal', greaterThanOrEqualToSubtotal: euros('40.0') }, ...gets(SHARE, MUGS) }, { when: { type: 'subtotal', op: 'gte', amountMinor: 4000, select: { products: ['13'] }, basis: 'initial' } }],
    ['a minimum of the basket, after discounts of articles', { discountClasses: ['ORDER'], minimumRequirement: { kind: 'DiscountMinimumSubtotal', greaterThanOrEqualToSubtotal: euros('40') }, ...gets(SHARE, ALL) }, { when: { type: 'subtotal', op: 'gte', amountMinor: 4000 } }],
    ['a minimum number of pieces', { minimumRequirement: { kind: 'DiscountMinimumQuantity', greaterThanOrEqualToQuantity: '3' }, ...gets(SHARE, MUGS) }, { when: { type: 'quantity', op: 'gte', value: 3, select: { products: ['13'] } } }],
    ['buy two, get a third one of the same', buyGet(TWO, COFFEE, '1', COFFEE), { effects: [{ type: 'buyGet', mode: 'apart', repeat: 999, buy: { quantity: 2, select: { skus: ['KAFFEE'] } }, get: { quantity: 1, value: { percent: '100' }, select: { skus: ['KAFFEE'] } } }] }],
    ['buy some, get another one, twice at most', buyGet(TWO, MUGS, '1', COFFEE, { usesPerOrderLimit: 2 }), { effects: [{ type: 'buyGet', repeat: 2, buy: { select: { products: ['13'] } }, get: { select: { skus: ['KAFFEE'] } } }] }],
    ['one that is over', { status: 'EXPIRED', ...gets(SHARE, ALL) }, { enabled: false }],
  ])('can be %s', (_, fields, offer) => {
    const { offers, notComputable } = translated(fields)
    expect(notComputable).toEqual([])
    expect(offers).toMatchObject([offer])
    expect(readOffers(JSON.parse(JSON.stringify(offers)))).toMatchObject({ refused: [] })
  })
  it.each([
    ['an app does the rest', { kind: 'DiscountAutomaticApp' }, 'it belongs to an app of the shop, and nobody outside knows what that does'],
    ['its kind is a new one', { kind: 'DiscountCodeFuture' }, '"DiscountCodeFuture" is a kind of discount that is not known here'],
    ['delivery is free', { kind: 'DiscountAutomaticFreeShipping', discountClasses: ['SHIPPING'] }, 'delivery is chosen and priced in the checkout of the shop'],
    ['it is for a segment', { context: { kind: 'DiscountCustomerSegments' }, ...gets(SHARE, ALL) }, 'it is for certain customers, whom the shop alone knows'],
    ['it is for named customers', { context: { kind: 'DiscountCustomers' }, ...gets(SHARE, ALL) }, 'it is for certain customers, whom the shop alone knows'],
    ['it is for a market', { context: { kind: 'DiscountMarkets' }, ...gets(SHARE, ALL) }, 'it holds in certain markets only, and the shop tells in its checkout which one that is'],
    ['its uses are limited', { usageLimit: 5, ...gets(SHARE, ALL) }, 'its uses are limited, and only the shop knows how many are left'],
    ['each customer has it once', { appliesOncePerCustomer: true, ...gets(SHARE, ALL) }, 'each customer may use it once, and only the shop knows who did'],
    ['it shares lines by tags', { combinesWith: { ...BASE.combinesWith, productDiscountsWithTagsOnSameCartLine: ['TREUE'] }, ...gets(SHARE, ALL) }, 'it may share a line with other discounts, in an order that the shop does not tell'],
    ['it is for subscriptions', gets(SHARE, ALL, { appliesOnOneTimePurchase: false }), 'it is for subscriptions only'],
    ['it has too many codes', { kind: 'DiscountCodeBasic', ...codes('A'), codes: { nodes: [{ code: 'A' }], pageInfo: { hasNextPage: true } }, ...gets(SHARE, ALL) }, 'it has more than ten codes'],
    ['it has no code', { kind: 'DiscountCodeBasic', ...codes(), ...gets(SHARE, ALL) }, 'it has no code'],
    ['it names more than is told', gets(SHARE, { ...MUGS, products: { ...MUGS.products, pageInfo: { hasNextPage: true } } }), 'it names more articles than the shop tells at once'],
    ['several articles share an amount', gets(ONCE, MUGS), 'one amount for several articles: the shop does not tell how it splits its cents'],
    ['an amount is in another currency', gets({ ...EACH, amount: { amount: '2.5', currencyCode: 'CHF' } }, MUGS), 'its amount is in CHF'],
    ['a share is none', gets({ kind: 'DiscountPercentage', percentage: 1.5 }, MUGS), '"1.5" is no percentage'],
    ['its minimum is in another currency', { minimumRequirement: { kind: 'DiscountMinimumSubtotal', greaterThanOrEqualToSubtotal: { amount: '4', currencyCode: 'CHF' } }, ...gets(SHARE, MUGS) }, 'its minimum cannot be read, or is in another currency'],
    ['it is of the basket and of some articles', { discountClasses: ['ORDER'], ...gets(SHARE, MUGS) }, 'a discount of the whole basket on some articles only'],
    ['it is of two classes', { discountClasses: ['ORDER', 'PRODUCT'], ...gets(SHARE, ALL) }, 'a discount of the classes ORDER and PRODUCT'],
    ['an amount has to be spent for a gift', buyGet({ kind: 'DiscountPurchaseAmount', amount: '50.0' }, ALL, '1', COFFEE), 'it begins at an amount spent, and the shop does not tell how it counts that a second time'],
    ['several pieces are given', buyGet(TWO, MUGS, '2', COFFEE), 'it gives several pieces at once, and the shop does not tell what it gives when there are fewer'],
    ['one of several articles is given', buyGet(TWO, COFFEE, '1', MUGS), 'it gives one of several articles, and the shop does not tell which'],
    ['what is given may be what is bought', buyGet(TWO, ALL, '1', COFFEE), 'what it gives may also be bought for it, and the shop does not tell which pieces it counts as bought'],
  ])('are left to the checkout where %s', (_, fields, sentence) => {
    expect(why(fields)).toBe(sentence)
  })
  it('are left to the checkout where a cart could not tell them apart', () => {
    const [one, two] = [node(gets(SHARE, MUGS), 'gid://shopify/DiscountAutomaticNode/1'), node(gets(EACH, MUGS), 'gid://shopify/DiscountAutomaticNode/2')]
    expect(shopifyOffers([one, two], AROUND).notComputable.map(({ offerId }) => offerId)).toEqual(['automatic:1', 'automatic:2'])
    expect(shopifyOffers([one, { ...two, discount: { ...two.discount, status: 'EXPIRED' } }], AROUND).notComputable).toEqual([])
  })
  it('are each an offer or have a reason, whatever the shop sends', () => {
    const word = fc.constantFrom('DiscountAutomaticBasic', 'DiscountCodeBasic', 'DiscountCodeBxgy', 'DiscountCodeFreeShipping', 'DiscountCodeApp', 'Other')
    const value = fc.constantFrom<Fields>(SHARE, EACH, ONCE, { kind: 'DiscountPercentage' }, { kind: 'Other' }, { kind: 'DiscountOnQuantity', quantity: { quantity: '1' } })
    const items = fc.constantFrom<Fields>(ALL, COFFEE, MUGS, { kind: 'Other' }, { kind: 'DiscountCollections' })
    const fields = fc.record({ kind: word, discountClasses: fc.subarray(['ORDER', 'PRODUCT', 'SHIPPING']), usageLimit: fc.option(fc.nat()), value, items, buys: items, hasBuys: fc.boolean(), hasCodes: fc.boolean() })
    fc.assert(fc.property(fc.array(fields, { maxLength: 5 }), (all) => {
      const nodes = all.map(({ value: of, items: some, buys, hasBuys, hasCodes, ...rest }, i) =>
        node({ ...rest, title: `${i}`, ...gets(of, some), ...(hasBuys && { customerBuys: { value: TWO, items: buys } }), ...(hasCodes && codes(`C${i}`)) }, `gid://shopify/DiscountAutomaticNode/${i}`))
      const { offers, notComputable } = shopifyOffers(nodes, AROUND)
      expect([...offers.map(({ id }) => String(id)), ...notComputable.map(({ offerId }) => offerId)].toSorted()).toEqual(nodes.map((_, i) => `automatic:${i}`).toSorted())
      expect(readOffers(JSON.parse(JSON.stringify(offers)))).toMatchObject({ refused: [] })
    }))
  })
})

describe('a share from 0 to 1', () => {
  it.each([[0.15, '15'], [0.07, '7'], [0.075, '7.5'], [1, '100'], [0.001, '0.1'], [0.29, '29'], [0, '0']])('%d is %s percent', (percentage, percent) => {
    expect(percentIn({ percentage })).toEqual({ percent })
  })
  it('is the percentage that was written, to the digit', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (bps) => {
      expect(percentIn({ percentage: bps / 10_000 })).toEqual({ percent: String(bps / 100) })
    }))
  })
})
