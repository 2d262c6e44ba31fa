/** What is asked of the shop's interfaces, and the shape that is expected back. Amounts are in major units, as decimal numbers. */
import * as v from 'valibot'

const id = v.string()
const withId = v.object({ id })
const amount = v.pipe(v.number(), v.finite())
const many = <T extends v.GenericSchema>(item: T) => v.array(item)
const orNone = <T extends v.GenericSchema>(schema: T) => v.nullish(schema, null)


export const keysReply = v.object({ api_keys: many(v.object({ token: v.string(), revoked_at: orNone(v.string()), sales_channels: orNone(many(withId)) })) })
export const KEYS = '/admin/api-keys?type=publishable&limit=100&fields=id,token,revoked_at,*sales_channels'

export const regionsReply = v.object({
  regions: many(v.object({ id, name: v.string(), currency_code: v.string(), automatic_taxes: v.boolean(), countries: many(v.object({ iso_2: v.string() })) })),
})
export const REGIONS = '/admin/regions?limit=100&fields=id,name,currency_code,automatic_taxes,countries.iso_2'

export const preferencesReply = v.object({ price_preferences: many(v.object({ attribute: v.string(), value: orNone(v.string()), is_tax_inclusive: v.boolean() })) })
export const PREFERENCES = '/admin/price-preferences?limit=300'

export const taxesReply = v.object({
  tax_regions: many(v.object({
    province_code: orNone(v.string()),
    provider_id: orNone(v.string()),
    tax_rates: many(v.object({ rate: orNone(v.number()), is_default: v.boolean(), rules: orNone(many(v.object({ reference: v.string(), reference_id: v.string() }))) })),
  })),
})
export const taxesOf = (country: string): string => `/admin/tax-regions?limit=200&country_code=${country}&fields=id,province_code,provider_id,*tax_rates,*tax_rates.rules`

export const PRODUCT_FIELDS = 'fields=id,status,collection_id,type_id,discountable,tags.id,categories.id,variants.id,variants.prices.*'
const price = v.object({ currency_code: orNone(v.string()), min_quantity: orNone(v.number()), max_quantity: orNone(v.number()) })
export const productRecord = v.object({
  id, collection_id: orNone(id), type_id: orNone(id), discountable: v.boolean(), tags: orNone(many(withId)), categories: orNone(many(withId)),
  variants: orNone(many(v.object({ id, prices: orNone(many(price)) }))),
})

/** What the store sells, at the price of today: reduced price lists are in it. */
export const onSale = (region: string, country: string): string =>
  `/store/products?region_id=${region}&country_code=${country}&fields=id,title,variants.id,variants.title,variants.sku,variants.ean,variants.manage_inventory,variants.allow_backorder,+variants.inventory_quantity,*variants.calculated_price`
export const saleRecord = v.object({
  id,
  title: v.string(),
  variants: orNone(many(v.object({
    id, title: orNone(v.string()), sku: orNone(v.string()), ean: orNone(v.string()), manage_inventory: orNone(v.boolean()), allow_backorder: orNone(v.boolean()), inventory_quantity: orNone(v.number()),
    calculated_price: orNone(v.object({ calculated_amount: orNone(amount), is_calculated_price_tax_inclusive: orNone(v.boolean()), currency_code: orNone(v.string()) })),
  }))),
})

export const CATEGORY_FIELDS = 'fields=id,name,parent_category_id'
export const categoryRecord = v.object({ id, name: v.string(), parent_category_id: orNone(id) })

export const PRICE_LIST_FIELDS = 'fields=id,status,*prices'
export const priceListRecord = v.object({ id, prices: orNone(many(v.object({ variant_id: orNone(id), ...price.entries }))) })

export const SHIPPING_FIELDS = 'fields=id,name,price_type,*prices,*prices.price_rules,*rules,service_zone.geo_zones.*,service_zone.fulfillment_set.type,service_zone.fulfillment_set.location.sales_channels.id'
export const shippingRecord = v.object({
  id,
  name: v.string(),
  price_type: v.string(),
  prices: orNone(many(v.object({ amount, currency_code: orNone(v.string()), min_quantity: orNone(v.number()), max_quantity: orNone(v.number()), price_rules: orNone(many(v.object({ attribute: v.string(), value: orNone(v.string()) }))) }))),
  rules: orNone(many(v.object({ attribute: v.string(), operator: v.string(), value: v.unknown() }))),
  service_zone: orNone(v.object({
    geo_zones: orNone(many(v.object({ type: v.string(), country_code: orNone(v.string()) }))),
    fulfillment_set: orNone(v.object({ type: v.string(), location: orNone(v.object({ sales_channels: orNone(many(withId)) })) })),
  })),
})

export const PROMOTION_FIELDS = `order=id&fields=${[
  'id,code,is_automatic,type,status,is_tax_inclusive,limit,used',
  '*campaign,*campaign.budget,*application_method,*application_method.target_rules,*application_method.target_rules.values',
  '*application_method.buy_rules,*application_method.buy_rules.values,*rules,*rules.values',
].join(',')}`
/** What people are told of any promotion; whether it can be computed is seen by `knownPromotion`. */
export const promotionRecord = v.looseObject({
  id, code: v.string(), type: orNone(v.string()), status: v.string(), is_automatic: v.boolean(),
  campaign: orNone(v.looseObject({ starts_at: orNone(v.string()), ends_at: orNone(v.string()), description: orNone(v.string()) })),
})

const rule = v.object({ attribute: v.string(), operator: v.string(), values: many(v.object({ value: v.string() })) })
const rules = v.nullish(many(rule), [])
export const knownPromotion = v.object({
  id, code: v.string(),
  type: v.picklist(['standard', 'buyget']),
  status: v.picklist(['draft', 'active', 'inactive']),
  is_automatic: v.boolean(),
  is_tax_inclusive: v.nullish(v.boolean(), false),
  limit: orNone(v.number()),
  rules,
  campaign: orNone(v.object({ starts_at: orNone(v.string()), ends_at: orNone(v.string()), budget: orNone(v.object({ limit: orNone(v.number()) })) })),
  application_method: v.object({
    type: v.picklist(['fixed', 'percentage']),
    target_type: v.picklist(['order', 'items', 'shipping_methods']),
    allocation: orNone(v.picklist(['each', 'across', 'once'])),
    currency_code: orNone(v.string()),
    value: amount,
    max_quantity: orNone(v.number()),
    buy_rules_min_quantity: orNone(v.number()),
    apply_to_quantity: orNone(v.number()),
    target_rules: rules,
    buy_rules: rules,
  }),
})

const adjustments = orNone(many(v.object({ promotion_id: orNone(id), total: amount })))
export const cartReply = v.object({
  cart: v.object({
    id,
    items: many(v.object({ variant_id: id, quantity: v.number(), original_total: amount, total: amount, adjustments })),
    shipping_methods: orNone(many(v.object({ adjustments }))),
    promotions: orNone(many(v.object({ id, code: orNone(v.string()) }))),
    shipping_total: amount,
    tax_total: amount,
    total: amount,
  }),
})
/** Totals are made of what is asked for: with fewer fields they would be wrong. */
export const CART_FIELDS = 'fields=*items,*items.adjustments,*items.tax_lines,*shipping_methods,*shipping_methods.adjustments,*shipping_methods.tax_lines,*promotions'

export type MedusaKeys = v.InferOutput<typeof keysReply>['api_keys']
export type MedusaRegionRecord = v.InferOutput<typeof regionsReply>['regions'][number]
export type MedusaTaxes = v.InferOutput<typeof taxesReply>['tax_regions']
export type MedusaPreferences = v.InferOutput<typeof preferencesReply>['price_preferences']
export type MedusaProductRecord = v.InferOutput<typeof productRecord>
export type MedusaSaleRecord = v.InferOutput<typeof saleRecord>
export type MedusaCategoryRecord = v.InferOutput<typeof categoryRecord>
export type MedusaPriceListRecord = v.InferOutput<typeof priceListRecord>
export type MedusaShippingRecord = v.InferOutput<typeof shippingRecord>
export type MedusaPromotionRecord = v.InferOutput<typeof promotionRecord>
export type MedusaCartRecord = v.InferOutput<typeof cartReply>['cart']
