import { describe, expect, it } from 'vitest'
import { medusaContext, rememberedCodes } from '#hub/shops/medusa/medusa-basket.ts'
import { medusaOffers } from '#hub/shops/medusa/medusa-offers.ts'
import type { MedusaPromotion, MedusaVariant } from '#hub/shops/medusa/medusa-records.ts'
import { vendureContext } from '#hub/shops/vendure/vendure-basket.ts'
import { vendureOffers } from '#hub/shops/vendure/vendure-offers.ts'
import type { VendureOperation, VendurePromotion, VendureVariant } from '#hub/shops/vendure/vendure-records.ts'
import { inheritedTaxClass } from '#hub/shops/woocommerce/woocommerce-basket.ts'
import { wooOffers } from '#hub/shops/woocommerce/woocommerce-offers.ts'
import type { WooCoupon, WooSettings } from '#hub/shops/woocommerce/woocommerce-records.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { readOffers } from '#shared/offers/read-offers.ts'

const NOW = '2026-11-21T12:00:00Z'

describe('promotions of a Vendure shop', () => {
  const operation = (code: string, args: { readonly [name: string]: string } = {}): VendureOperation => ({ code, args: Object.entries(args).map(([name, value]) => ({ name, value })) })
  const promotion = (id: string, actions: readonly VendureOperation[], more: Partial<VendurePromotion> = {}): VendurePromotion => ({ id, name: id, enabled: true, couponCode: null, startsAt: null, endsAt: null, usageLimit: null, perCustomerUsageLimit: null, conditions: [], actions, ...more })
  const ten = operation('order_percentage_discount', { discount: '10' })
  const minimum = operation('minimum_order_amount', { amount: '5000', taxInclusive: 'true' })
  const variant = (id: string): VendureVariant => ({ id, sku: `SKU-${id}`, price: 1680, priceWithTax: 1999, taxRateApplied: { value: 19 }, facetValues: [{ id: '7' }], product: { id: 'p', facetValues: [{ id: '8' }, { id: '7' }] } })
  const translate = (...all: readonly VendurePromotion[]) => vendureOffers(all, [variant('1'), variant('2')], {})

  it('come in the order of their priority, then of their number', () => {
    expect(translate(promotion('2', [ten], { conditions: [minimum] }), promotion('10', [ten]), promotion('9', [ten])).offers.map(({ id }) => id)).toEqual(['9', '10', '2'])
  })
  it('name articles, facets and thresholds as offers do', () => {
    const some = promotion('1', [operation('products_percentage_discount', { discount: '12.5', productVariantIds: '["1",2,"404"]' }), operation('facet_based_discount', { discount: '5', facets: '["7","8"]' })], { conditions: [minimum], couponCode: 'Sommer ', usageLimit: 3 })
    expect(translate(some).offers).toEqual([{
      id: '1', name: '1', enabled: true, trigger: { type: 'code', codes: ['SOMMER'] }, limits: { total: 3, used: 0 },
      when: { type: 'all', of: [{ type: 'subtotal', op: 'gte', amountMinor: 5000, taxBasis: 'gross' }] },
      effects: [{ type: 'unitDiscount', value: { percent: '12.5' }, select: { skus: ['SKU-1', 'SKU-2'] } }, { type: 'unitDiscount', value: { percent: '5' }, select: { allTaxons: ['7', '8'] } }],
    }])
  })
  it.each([
    ['a condition of a plugin', promotion('1', [ten], { conditions: [operation('full_moon')] }), 'condition "full_moon" is not one of the shop\'s own'],
    ['an action of a plugin', promotion('1', [operation('double_points')]), 'action "double_points" is not one of the shop\'s own'],
    ['a value that is none', promotion('1', [operation('order_fixed_discount', { discount: 'much' })]), 'action "order_fixed_discount": "much" is no amount (discount)'],
    ['a list that is none', promotion('1', [operation('products_percentage_discount', { discount: '5', productVariantIds: '7' })]), 'action "products_percentage_discount": "7" is no list (productVariantIds)'],
    ['a gift without the condition that counts', promotion('1', [operation('buy_x_get_y_free')]), 'articles are given away without the condition that counts them'],
  ])('are not computed with %s, and say why', (_, one, why) => {
    expect(translate(one)).toEqual({ offers: [], notComputable: [{ offerId: '1', why }], warnings: [] })
  })
  it('warn of what the shop itself charges in two ways', () => {
    const free = operation('free_shipping')
    const { warnings } = translate(promotion('1', [operation('order_line_fixed_discount', { discount: '100' })], { conditions: [minimum] }), promotion('2', [free], { couponCode: 'A' }), promotion('3', [free], { couponCode: 'a' }))
    expect(warnings.map(({ offerId }) => offerId)).toEqual(['2', '2', '3', '3', '1'])
  })
  it('and its carts have one line per variant, priced as the channel lists prices', () => {
    const cart = { lines: [{ variantId: '1', quantity: 1 }, { variantId: '1', quantity: 2 }], couponCodes: ['sommer'], shipping: [], customer: { id: 'c', groupIds: ['g'] } }
    const lines = (pricesIncludeTax: boolean) => vendureContext(cart, [variant('1')], { pricesIncludeTax, defaultCurrencyCode: 'EUR' }, NOW)
    expect(lines(true).lines).toEqual([{ id: '1', sku: 'SKU-1', product: 'p', taxons: ['7', '8'], unitPriceMinor: 1999, quantity: 3, taxCategory: '19' }])
    expect([lines(false).lines[0]!.unitPriceMinor, lines(false).couponCodes, lines(false).customer]).toEqual([1680, ['SOMMER'], { id: 'c', groups: ['g'] }])
  })
})

describe('promotions of a Medusa shop', () => {
  const EUR = { currencyCode: 'eur', taxInclusive: true }
  const method = { type: 'percentage' as const, target_type: 'order' as const, allocation: 'across' as const, value: 10, max_quantity: null, buy_rules_min_quantity: null, apply_to_quantity: null, target_rules: [], buy_rules: [] }
  const promotion = (id: string, more: Partial<MedusaPromotion> = {}, how: Partial<MedusaPromotion['application_method']> = {}): MedusaPromotion => ({ id, code: id, type: 'standard', status: 'active', is_automatic: true, is_tax_inclusive: false, limit: null, used: 0, rules: [], campaign: null, ...more, application_method: { ...method, ...how } })
  const rule = (attribute: string, operator: string, ...values: readonly string[]) => ({ attribute, operator, values: values.map((value) => ({ value })) })
  const variant: MedusaVariant = { id: 'v', sku: 'V', priceMinor: 1999, taxRate: 19, product: { id: 'p', discountable: false, collection_id: 'c', type_id: null, tags: [{ id: 't' }], categories: [] } }

  it('come by the bare number of their value, those of delivery at the end', () => {
    const { offers } = medusaOffers([promotion('ten'), promotion('free', {}, { target_type: 'shipping_methods', value: 100 }), promotion('fifteen', {}, { type: 'fixed', value: 15 })], EUR)
    expect(offers.map(({ id }) => id)).toEqual(['fifteen', 'ten', 'free'])
  })
  it('are told in minor units of their currency, without tax unless they say so', () => {
    const value = (currencyCode: string, more: Partial<MedusaPromotion> = {}) => medusaOffers([promotion('o', more, { type: 'fixed', value: 19.99 })], { currencyCode, taxInclusive: true }).offers[0]!.effects[0]
    expect([value('eur'), value('kwd', { is_tax_inclusive: true })]).toEqual([
      { type: 'orderDiscount', value: { amountMinor: 1999 }, select: { notTaxons: ['not-discountable'] }, taxBasis: 'net' },
      { type: 'orderDiscount', value: { amountMinor: 19990 }, select: { notTaxons: ['not-discountable'] }, taxBasis: 'gross' },
    ])
  })
  it('narrow to articles by every rule together', () => {
    const rules = [rule('items.product.tags.id', 'ne', 't'), rule('items.quantity', 'gt', '2'), rule('items.product.id', 'in', 'p', 'q')]
    expect(medusaOffers([promotion('o', {}, { target_rules: rules })], EUR).offers[0]!.effects[0]).toMatchObject({ select: { notTaxons: ['tag:t', 'not-discountable'], any: [{ quantityMin: 3, any: [{ products: ['p', 'q'] }] }] } })
  })
  it('that leave articles out ask for one that has the attribute at all, unless a code was entered', () => {
    const rules = [rule('items.product.tags.id', 'ne', 't'), rule('items.product.type_id', 'in', 'y')]
    const { offers } = medusaOffers([promotion('o', {}, { target_rules: rules }), promotion('CODE', { is_automatic: false }, { target_rules: rules })], EUR)
    expect(offers.map(({ when }) => when)).toEqual([{ type: 'all', of: [{ type: 'contains', select: { taxons: ['any:tag'] } }] }, undefined])
  })
  it('with all tags named mean articles that have no others', () => {
    const select = (groups?: { readonly tag: readonly string[]; readonly category: readonly string[] }) => medusaOffers([promotion('o', {}, { target_rules: [rule('items.product.tags.id', 'eq', 't')] })], { ...EUR, ...(groups && { groups }) }).offers[0]?.effects[0]
    expect(select({ tag: ['s', 't'], category: ['k'] })).toMatchObject({ select: { taxons: ['tag:t'], notTaxons: ['tag:s', 'not-discountable'] } })
    expect(select()).toBeUndefined()
  })
  it('leave out a product, or a number of pieces, in every alternative', () => {
    const rules = [rule('items.quantity', 'ne', '2'), rule('items.product.id', 'ne', 'p')]
    expect(medusaOffers([promotion('o', {}, { target_rules: rules })], EUR).offers[0]!.effects[0]).toMatchObject({ select: { any: [{ quantityMax: 1, any: [{ notProducts: ['p'] }] }, { quantityMin: 3, any: [{ notProducts: ['p'] }] }] } })
  })
  it('ask for a sum with delivery, without tax, before all promotions', () => {
    expect(medusaOffers([promotion('o', { rules: [rule('subtotal', 'gte', '30')] })], EUR).offers[0]!.when).toEqual({ type: 'all', of: [{ type: 'grandTotal', op: 'gte', amountMinor: 3000, basis: 'initial', taxBasis: 'net' }] })
  })
  it('of another currency never apply', () => {
    expect(medusaOffers([promotion('o', {}, { type: 'fixed', currency_code: 'usd' })], EUR).offers[0]!.when).toEqual({ type: 'all', of: [{ type: 'never' }] })
  })
  it('of buy and get take articles that no other promotion may touch, more pieces first among equals', () => {
    const given = (id: string, bought: number): MedusaPromotion => promotion(id, { type: 'buyget' }, { buy_rules_min_quantity: bought, apply_to_quantity: 1, buy_rules: [rule('items.product.id', 'in', 'p')], target_rules: [] })
    const { offers } = medusaOffers([given('two', 2), given('three', 3)], EUR)
    expect(offers.map(({ id }) => id)).toEqual(['three', 'two'])
    expect(offers[0]!.effects[0]).toMatchObject({ buy: { select: { products: ['p'] } }, get: { select: {} } })
  })
  it.each([
    ['a rule nobody knows', promotion('o', { rules: [rule('weather', 'eq', 'rain')] }), 'rule "weather eq"'],
    ['a total that is no number', promotion('o', { rules: [rule('item_total', 'gte', 'much')] }), 'rule "item_total gte"'],
    ['a rule on articles nobody knows', promotion('o', {}, { target_rules: [rule('items.colour', 'eq', 'red')] }), 'rule "items.colour eq" on articles'],
    ['single articles without a number', promotion('o', {}, { target_type: 'items', allocation: 'each' }), 'a reduction of single articles without a number of pieces'],
    ['a gift without numbers', promotion('o', { type: 'buyget' }), 'buy and get without numbers of pieces, or without what is to be bought'],
    ['rules on ways of delivery', promotion('o', {}, { target_type: 'shipping_methods', target_rules: [rule('shipping_methods.name', 'eq', 'Parcel')] }), 'rules on ways of delivery'],
    ['a sum that is to be met to the cent, which the shop compares letter by letter', promotion('o', { rules: [rule('item_subtotal', 'eq', '30.00')] }), 'rule "item_subtotal eq"'],
  ])('are not computed with %s, and say why', (_, one, why) => {
    expect(medusaOffers([one], EUR).notComputable).toEqual([{ offerId: 'o', why }])
  })
  it('warn of rules on totals that they lower themselves', () => {
    expect(medusaOffers([promotion('o', { rules: [rule('item_total', 'gte', '50')] }), promotion('p', { rules: [rule('original_item_total', 'gte', '50')] })], EUR).warnings.map(({ offerId }) => offerId)).toEqual(['o'])
  })
  it('and codes that change nothing when they are entered are forgotten', () => {
    const { offers } = medusaOffers([promotion('TEN', { is_automatic: false }), promotion('SHIP', { is_automatic: false }, { target_type: 'shipping_methods', value: 100 })], EUR)
    const cart = { lines: [{ variantId: 'v', quantity: 1 }, { variantId: 'v', quantity: 2 }], promoCodes: [], shipping: [], countryCode: 'DE', customer: null }
    const context = medusaContext(cart, [{ ...variant, product: { ...variant.product, discountable: true } }], EUR, NOW)
    expect(context.lines.map(({ id, taxons }) => [id, taxons])).toEqual([['v', ['tag:t', 'any:tag', 'collection:c', 'any:collection']], ['v#2', ['tag:t', 'any:tag', 'collection:c', 'any:collection']]])
    expect(rememberedCodes(['SHIP', 'TEN', 'nope', 'TEN'], offers, DIALECTS['medusa-2.18'], context)).toEqual(['TEN'])
  })
})

describe('coupons of a WooCommerce shop', () => {
  const settings: WooSettings = { currency: 'EUR', decimals: 2, pricesIncludeTax: true, roundAtSubtotal: false, cartShowsTax: true, taxRates: { '': '19' } }
  const coupon = (id: number, more: Partial<WooCoupon> = {}): WooCoupon => ({ id, code: `c${id}`, status: 'publish', discount_type: 'percent', amount: '10.00', date_expires_gmt: null, usage_count: 0, usage_limit: null, usage_limit_per_user: null, limit_usage_to_x_items: null, individual_use: false, free_shipping: false, product_ids: [], excluded_product_ids: [], product_categories: [], excluded_product_categories: [], exclude_sale_items: false, minimum_amount: '0.00', maximum_amount: '', email_restrictions: [], ...more })

  it('come by kind, limit and value, the newest of equals first', () => {
    const all = [coupon(1, { discount_type: 'fixed_cart' }), coupon(2), coupon(3), coupon(4, { amount: '5' }), coupon(5, { limit_usage_to_x_items: 2, amount: '1' }), coupon(6, { discount_type: 'fixed_product' })]
    expect(wooOffers(all, null, settings).offers.map(({ id }) => id)).toEqual(['6', '4', '3', '2', '5', '1'])
  })
  it('of the whole cart hold for every article but beside no excluded one', () => {
    const [offer] = wooOffers([coupon(1, { discount_type: 'fixed_cart', amount: '5.00', excluded_product_ids: [7], exclude_sale_items: true, minimum_amount: '50.00', date_expires_gmt: '2030-01-01T00:00:00' })], null, settings).offers
    expect(offer).toMatchObject({
      window: { until: '2030-01-01T00:00:00Z' },
      when: { type: 'all', of: [{ type: 'subtotal', basis: 'initial', taxBasis: 'gross', op: 'gte', amountMinor: 5000 }, { type: 'not', of: { type: 'contains', select: { products: ['7'] } } }, { type: 'not', of: { type: 'contains', select: { taxons: ['on-sale'] } } }] },
      effects: [{ type: 'orderDiscount', value: { amountMinor: 500 } }],
    })
  })
  it.each([
    ['a kind of a plugin', { discount_type: 'sign_up_fee' }, 'coupon type "sign_up_fee" is not one of the shop\'s own'],
    ['an amount that is none', { amount: 'viel' }, '"viel" is no amount'],
    ['addresses by pattern', { email_restrictions: ['*@example.test'] }, 'addresses by pattern (*@example.test)'],
    ['a limited amount off the cart', { discount_type: 'fixed_cart', limit_usage_to_x_items: 2 }, 'an amount off the whole cart for a limited number of pieces'],
  ])('are not computed with %s, and say why', (_, more, why) => {
    expect(wooOffers([coupon(1, more)], null, settings)).toEqual({ offers: [], notComputable: [{ offerId: '1', why }], warnings: [] })
  })
  it('make delivery free by code, by amount, by either or by both', () => {
    const free = (requires: 'coupon' | 'min_amount' | 'either' | 'both') => wooOffers([coupon(1, { free_shipping: true })], { id: 'flat', price: '4.90', taxPercent: '19', free: { requires, minAmount: '80.00', ignoreDiscounts: false } }, settings).offers.slice(1)
    expect([free('coupon'), free('min_amount'), free('either'), free('both')].map((offers) => offers.map(({ id }) => id))).toEqual([['free-delivery-1'], ['free-delivery'], ['free-delivery-1', 'free-delivery'], ['free-delivery-1']])
    expect(free('both')[0]!.when).toEqual({ type: 'all', of: [{ type: 'subtotal', op: 'gte', amountMinor: 8000, basis: 'current', taxBasis: 'gross' }] })
  })
  it('and delivery bears the first tax class of the shop that an article has', () => {
    expect([inheritedTaxClass(['7', '19'], ['19', '7']), inheritedTaxClass(['7'], ['19', '7']), inheritedTaxClass([], ['19', '7'])]).toEqual(['19', '7', '19'])
  })
  it('are let in by the reader of published offers', () => {
    const { offers } = wooOffers([coupon(1, { product_ids: [1], product_categories: [2], excluded_product_ids: [3], usage_limit: 5, email_restrictions: ['a@b.test'] })], null, settings)
    expect(readOffers(JSON.parse(JSON.stringify(offers)))).toEqual({ offers, refused: [] })
  })
})
