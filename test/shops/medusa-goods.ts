/** What the test shop sells and promises: articles with two rates of tax, tags, a collection, a category, two ways of delivery. */
import type { MedusaAdmin } from './medusa-admin.ts'

type WithId = { readonly id: string }
export type MedusaArticle = { readonly id: string; readonly sku: string; readonly product: string }
export type MedusaGoods = {
  readonly articles: readonly MedusaArticle[]
  readonly tags: { readonly red: string; readonly organic: string }
  readonly collection: string
  readonly category: string
  /** Of the articles with the lower tax. */
  readonly type: string
  readonly region: string
  readonly key: string
  readonly salesChannel: string
}

const PRICES = [19.99, 3.33, 12.95, 0.99, 2.5, 49.9, 7.49, 0.01, 123.45, 8.99, 1.79, 24.99, 0.66, 10.49]
const EUR = 'eur'

/** A shop that can be sold from: region, two rates of tax, delivery and counter, 24 articles of 12 products. */
export const seedMedusa = async (admin: MedusaAdmin): Promise<MedusaGoods> => {
  const { api_keys: keys } = await admin<{ readonly api_keys: readonly { readonly token: string; readonly sales_channels: readonly WithId[] }[] }>('GET', '/api-keys?type=publishable')
  const { token: key, sales_channels: [channel] } = keys[0]!
  const salesChannel = channel!.id
  const { region } = await admin<{ readonly region: WithId }>('POST', '/regions', { name: 'Germany', currency_code: EUR, countries: ['de'], payment_providers: ['pp_system_default'], automatic_taxes: true, is_tax_inclusive: true })
  // A price of a currency, not of a region, is with tax where its currency says so.
  const { price_preferences: preferences } = await admin<{ readonly price_preferences: readonly (WithId & { readonly attribute: string; readonly value: string })[] }>('GET', '/price-preferences')
  const ofEuro = preferences.find(({ attribute, value }) => attribute === 'currency_code' && value === EUR)!
  await admin('POST', `/price-preferences/${ofEuro.id}`, { is_tax_inclusive: true })
  const { product_type: type } = await admin<{ readonly product_type: WithId }>('POST', '/product-types', { value: 'food' })
  const { tax_region: taxes } = await admin<{ readonly tax_region: WithId }>('POST', '/tax-regions', { country_code: 'de', provider_id: 'tp_system', default_tax_rate: { name: 'standard', code: 'standard', rate: 19 } })
  await admin('POST', '/tax-rates', { tax_region_id: taxes.id, name: 'reduced', code: 'reduced', rate: 7, rules: [{ reference: 'product_type', reference_id: type.id }] })
  const profile = await seedDelivery(admin, salesChannel)
  const tagged = async (value: string): Promise<string> => (await admin<{ readonly product_tag: WithId }>('POST', '/product-tags', { value })).product_tag.id
  const tags = { red: await tagged('red'), organic: await tagged('organic') }
  const { collection } = await admin<{ readonly collection: WithId }>('POST', '/collections', { title: 'Summer' })
  const { product_category: category } = await admin<{ readonly product_category: WithId }>('POST', '/product-categories', { name: 'Kitchen', is_active: true })
  const create = Array.from({ length: 12 }, (_, i) => ({
    title: `Product ${i}`,
    handle: `product-${i}`,
    status: 'published',
    shipping_profile_id: profile,
    sales_channels: [{ id: salesChannel }],
    discountable: i !== 6,
    tags: [...(i % 3 === 0 ? [{ id: tags.organic }] : []), ...(i % 4 === 2 ? [{ id: tags.red }] : [])],
    ...(i % 4 === 1 ? { type_id: type.id } : {}),
    ...(i % 5 === 0 ? { collection_id: collection.id } : {}),
    ...(i % 6 === 3 ? { categories: [{ id: category.id }] } : {}),
    options: [{ title: 'Size', values: ['s', 'l'] }],
    variants: ['s', 'l'].map((size, j) => ({
      title: size, sku: skuOf(2 * i + j), manage_inventory: false, options: { Size: size },
      prices: [{ currency_code: EUR, amount: Math.round(PRICES[(2 * i + j) % PRICES.length]! * 100 + 7 * i) / 100 }],
    })),
  }))
  const { created } = await admin<{ readonly created: readonly (WithId & { readonly variants: readonly (WithId & { readonly sku: string })[] })[] }>('POST', '/products/batch?fields=id,*variants', { create })
  const articles = created.flatMap((product) => product.variants.map(({ id, sku }) => ({ id, sku, product: product.id }))).toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
  return { articles, tags, collection: collection.id, category: category.id, type: type.id, region: region.id, key, salesChannel }
}

/** One number holds a blank: the house gives that article another name. */
const skuOf = (i: number): string => (i === 5 ? 'ART 05' : `ART-${String(i).padStart(2, '0')}`)

/** A way home for 4.90 and one to the counter for nothing; the profile that articles need. */
const seedDelivery = async (admin: MedusaAdmin, salesChannel: string): Promise<string> => {
  const { stock_location: location } = await admin<{ readonly stock_location: WithId }>('POST', '/stock-locations', { name: 'Store' })
  await admin('POST', `/stock-locations/${location.id}/sales-channels`, { add: [salesChannel] })
  await admin('POST', `/stock-locations/${location.id}/fulfillment-providers`, { add: ['manual_manual'] })
  const { shipping_profile: profile } = await admin<{ readonly shipping_profile: WithId }>('POST', '/shipping-profiles', { name: 'Default', type: 'default' })
  for (const type of ['shipping', 'pickup']) await admin('POST', `/stock-locations/${location.id}/fulfillment-sets`, { name: type, type })
  const { stock_location: full } = await admin<{ readonly stock_location: { readonly fulfillment_sets: readonly (WithId & { readonly type: string })[] } }>('GET', `/stock-locations/${location.id}?fields=*fulfillment_sets`)
  for (const { id, type } of full.fulfillment_sets) {
    const { fulfillment_set: set } = await admin<{ readonly fulfillment_set: { readonly service_zones: readonly WithId[] } }>('POST', `/fulfillment-sets/${id}/service-zones`, { name: type, geo_zones: [{ type: 'country', country_code: 'de' }] })
    await admin('POST', '/shipping-options', {
      name: type === 'pickup' ? 'Counter' : 'Parcel',
      service_zone_id: set.service_zones[0]!.id,
      shipping_profile_id: profile.id,
      provider_id: 'manual_manual',
      price_type: 'flat',
      type: { label: type, description: type, code: type },
      prices: [{ currency_code: EUR, amount: type === 'pickup' ? 0 : 4.9 }],
      rules: [],
    })
  }
  return profile.id
}

/** In the form of the Admin API. */
export type NewMedusaPromotion = { readonly code: string; readonly application_method: object; readonly [field: string]: unknown }

export const addMedusaPromotion = async (admin: MedusaAdmin, promotion: NewMedusaPromotion): Promise<string> => {
  const { promotion: made } = await admin<{ readonly promotion: WithId }>('POST', '/promotions', { type: 'standard', status: 'active', is_automatic: true, is_tax_inclusive: true, ...promotion })
  return made.id
}

const across = (more: object): object => ({ type: 'percentage', target_type: 'items', allocation: 'across', target_rules: [], ...more })
const rule = (attribute: string, operator: string, ...values: readonly string[]): object => ({ attribute, operator, values })

/** Of every kind that the shop brings along; one that only the shop can count, one on what nobody outside knows, one with two prices. */
export const medusaPromotions = ({ tags, collection, category, articles }: MedusaGoods): readonly NewMedusaPromotion[] => [
  { code: 'TEN', is_automatic: false, application_method: across({ value: 10 }) },
  { code: 'FIVE', is_automatic: false, application_method: across({ type: 'fixed', currency_code: EUR, value: 5 }) },
  { code: 'organic', application_method: across({ value: 15, target_rules: [rule('items.product.tags.id', 'in', tags.organic)] }) },
  { code: 'summer', application_method: across({ type: 'fixed', currency_code: EUR, value: 1, allocation: 'each', max_quantity: 2, target_rules: [rule('items.product.collection_id', 'in', collection)] }) },
  { code: 'from-thirty', application_method: across({ type: 'fixed', currency_code: EUR, value: 3 }), rules: [rule('original_item_total', 'gte', '30')] },
  { code: 'TWO-PRICES', is_automatic: false, application_method: across({ value: 10 }), rules: [rule('item_total', 'gte', '60')] },
  { code: 'SHIP', is_automatic: false, application_method: across({ target_type: 'shipping_methods', value: 100 }) },
  {
    code: 'two-and-one', type: 'buyget', is_tax_inclusive: false,
    application_method: { type: 'percentage', target_type: 'items', allocation: 'each', value: 100, max_quantity: 1, apply_to_quantity: 1, buy_rules_min_quantity: 2, buy_rules: [rule('items.product.categories.id', 'in', category)], target_rules: [rule('items.product.categories.id', 'in', category)] },
  },
  { code: 'net-two', is_tax_inclusive: false, application_method: across({ type: 'fixed', currency_code: EUR, value: 2, target_rules: [rule('items.product.tags.id', 'in', tags.red)] }) },
  { code: 'one-product', application_method: across({ value: 20, target_rules: [rule('items.product.id', 'in', articles[8]!.product)] }) },
  { code: 'germany', application_method: across({ value: 4 }), rules: [rule('shipping_address.country_code', 'in', 'de')] },
  { code: 'austria', application_method: across({ value: 50 }), rules: [rule('shipping_address.country_code', 'in', 'at')] },
  { code: 'switched-off', status: 'inactive', application_method: across({ value: 50 }) },
  { code: 'over', application_method: across({ value: 50 }), campaign: { name: 'over', campaign_identifier: 'over', starts_at: '2019-01-01T00:00:00.000Z', ends_at: '2020-01-01T00:00:00.000Z' } },
  { code: 'not-yet', application_method: across({ value: 50 }), campaign: { name: 'not yet', campaign_identifier: 'not-yet', starts_at: '2099-01-01T00:00:00.000Z' } },
  { code: 'HUNDRED', is_automatic: false, limit: 100, application_method: across({ value: 5 }) },
  { code: 'blue', application_method: across({ value: 5, target_rules: [rule('items.metadata.colour', 'eq', 'blue')] }) },
]

export const addMedusaPromotions = async (admin: MedusaAdmin, goods: MedusaGoods): Promise<{ readonly [code: string]: string }> => {
  const ids: Record<string, string> = {}
  for (const one of medusaPromotions(goods)) ids[one.code] = await addMedusaPromotion(admin, one)
  return ids
}
