/** What is asked of the shop's interfaces, and the shape that is expected back. */
import * as v from 'valibot'

const id = v.pipe(v.number(), v.integer())
const ids = v.array(id)
const orNone = <T extends v.GenericSchema>(schema: T) => v.nullish(schema, null)
/** WordPress says "nothing" in several ways: not there, null, empty text. */
const textOrNone = v.nullish(v.string(), '')
const stamp = orNone(v.string())

export const SITE = '/?_fields=name'
export const siteReply = v.object({ name: v.string() })

export const SETTINGS = ['general', 'tax'] as const
export const settingRecord = v.object({ id: v.string(), value: v.optional(v.unknown()) })
export const settingsReply = v.array(settingRecord)

export const taxRateRecord = v.object({
  id, country: v.string(), state: v.string(), rate: v.string(), priority: v.number(), compound: v.boolean(), shipping: v.boolean(), class: v.string(),
  postcodes: v.optional(v.array(v.string()), []), cities: v.optional(v.array(v.string()), []),
})
export type WooTaxRate = v.InferOutput<typeof taxRateRecord>

const selling = {
  id, sku: textOrNone, global_unique_id: textOrNone, status: v.string(), price: textOrNone, on_sale: v.boolean(), purchasable: v.boolean(), virtual: v.boolean(),
  tax_status: v.string(), tax_class: textOrNone, manage_stock: v.union([v.boolean(), v.literal('parent')]), stock_quantity: orNone(v.number()), stock_status: v.string(), backorders: v.optional(v.string(), 'no'),
}
const SELLING = 'id,sku,global_unique_id,status,price,on_sale,purchasable,virtual,tax_status,tax_class,manage_stock,stock_quantity,stock_status,backorders'

export const PRODUCTS = `status=publish&_fields=${SELLING},name,type,sold_individually,categories,attributes,variations`
export const productRecord = v.object({
  ...selling, name: v.string(), type: v.string(), sold_individually: v.boolean(), categories: v.array(v.object({ id })), variations: v.optional(ids, []),
  attributes: v.optional(v.array(v.object({ name: v.string(), variation: v.optional(v.boolean(), false) })), []),
})
export type WooProductRecord = v.InferOutput<typeof productRecord>

export const VARIATIONS = `_fields=${SELLING},attributes`
export const variationRecord = v.object({ ...selling, attributes: v.array(v.object({ name: v.string(), option: v.string() })) })
export type WooVariationRecord = v.InferOutput<typeof variationRecord>

export const CATEGORIES = '_fields=id,name,parent'
export const categoryRecord = v.object({ id, name: v.string(), parent: id })
export type WooCategoryRecord = v.InferOutput<typeof categoryRecord>

export const COUPONS = ''
export const couponRecord = v.object({
  id, code: v.string(), status: v.optional(v.string(), 'publish'), description: textOrNone, discount_type: v.string(), amount: v.string(), date_expires_gmt: stamp,
  usage_limit: orNone(v.number()), usage_limit_per_user: orNone(v.number()), limit_usage_to_x_items: orNone(v.number()), individual_use: v.boolean(), free_shipping: v.boolean(),
  product_ids: ids, excluded_product_ids: ids, product_categories: ids, excluded_product_categories: ids, exclude_sale_items: v.boolean(),
  minimum_amount: v.string(), maximum_amount: v.string(), email_restrictions: v.array(v.string()),
})
export type WooCouponRecord = v.InferOutput<typeof couponRecord>

export const zoneRecord = v.object({ id, name: v.string(), order: v.number() })
export const zonesReply = v.array(zoneRecord)
export const locationsReply = v.array(v.object({ code: v.string(), type: v.string() }))
/** Without settings PHP writes a list instead of an object. */
const methodSettings = v.union([v.pipe(v.array(v.unknown()), v.transform((): { readonly [name: string]: { readonly value?: unknown } } => ({}))), v.record(v.string(), v.object({ value: v.optional(v.unknown()) }))])
export const methodsReply = v.array(v.object({ instance_id: id, method_id: v.string(), title: textOrNone, enabled: v.boolean(), order: v.optional(v.number(), 0), settings: methodSettings }))
export type WooMethodRecord = v.InferOutput<typeof methodsReply>[number]
export type WooZone = v.InferOutput<typeof zoneRecord> & { readonly locations: v.InferOutput<typeof locationsReply>; readonly methods: readonly WooMethodRecord[] }

export const SYSTEM = '/wc/v3/system_status?_fields=environment,active_plugins'
export const systemReply = v.object({
  environment: v.object({ version: v.string(), language: v.optional(v.string(), '') }),
  active_plugins: v.array(v.object({ plugin: v.string(), name: textOrNone })),
})
export type WooSystem = v.InferOutput<typeof systemReply>

/** Money of the Store interface: minor units as text. */
const minor = v.pipe(v.string(), v.regex(/^-?\d{1,12}$/), v.transform(Number))
const minorOrNone = v.nullish(minor, '0')
export const cartReply = v.object({
  items: v.array(v.object({ id, quantity: v.number(), totals: v.object({ line_subtotal: minor, line_subtotal_tax: minor, line_total: minor, line_total_tax: minor }) })),
  coupons: v.array(v.object({ code: v.string(), totals: v.object({ total_discount: minor, total_discount_tax: minor }) })),
  fees: v.optional(v.array(v.object({ totals: v.object({ total: minor, total_tax: minor }) })), []),
  shipping_rates: v.array(v.object({ package_id: v.union([v.number(), v.string()]), shipping_rates: v.array(v.object({ rate_id: v.string(), method_id: v.string(), price: minor, taxes: minor, selected: v.boolean() })) })),
  totals: v.object({ total_shipping: minorOrNone, total_shipping_tax: minorOrNone, total_price: minor, total_tax: minor, currency_code: v.string(), currency_minor_unit: v.number() }),
})
export type WooCartRecord = v.InferOutput<typeof cartReply>

export const ORDERS = '_fields=id,number,status,total,currency,date_created_gmt,date_modified_gmt,meta_data'
export const orderRecord = v.object({
  id, number: v.string(), status: v.string(), total: v.string(), date_created_gmt: v.string(), date_modified_gmt: v.string(),
  meta_data: v.array(v.object({ key: v.string(), value: v.unknown() })),
})
export type WooOrderRecord = v.InferOutput<typeof orderRecord>
