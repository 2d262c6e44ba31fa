/** Questions to the shop and the shapes of their answers, for reading. */
import * as v from 'valibot'

const named = v.object({ id: v.string() })
const money = v.object({ amount: v.number() })
const inChannel = v.object({ channel: v.object({ slug: v.string() }) })
const told = v.nullable(v.object({ name: v.nullable(v.string()) }))
const NAMES = 'name de:translation(languageCode:DE){name} en:translation(languageCode:EN){name}'
const PAGE = 'pageInfo{hasNextPage endCursor}'

export const CHANNELS = `{shop{name} channels{slug name isActive currencyCode defaultCountry{code} taxConfiguration{chargeTaxes taxCalculationStrategy pricesEnteredWithTax displayGrossPrices countries{country{code}}}}}`
export const channelRecord = v.object({
  slug: v.string(),
  name: v.string(),
  isActive: v.boolean(),
  currencyCode: v.string(),
  defaultCountry: v.object({ code: v.string() }),
  taxConfiguration: v.object({ chargeTaxes: v.boolean(), taxCalculationStrategy: v.nullable(v.string()), pricesEnteredWithTax: v.boolean(), displayGrossPrices: v.boolean(), countries: v.array(v.object({ country: v.object({ code: v.string() }) })) }),
})
export const channelsReply = v.object({ shop: v.object({ name: v.string() }), channels: v.array(channelRecord) })

export const TAXES = 'query($country:CountryCode!){taxCountryConfiguration(countryCode:$country){taxClassCountryRates{rate taxClass{id}}}}'
export const taxesReply = v.object({ taxCountryConfiguration: v.nullable(v.object({ taxClassCountryRates: v.array(v.object({ rate: v.number(), taxClass: v.nullable(named) })) })) })

export const CATEGORIES = `query($first:Int!,$after:String){page:categories(first:$first,after:$after){edges{node{id ${NAMES} parent{id}}} ${PAGE}}}`
export const categoryRecord = v.object({ id: v.string(), name: v.string(), de: told, en: told, parent: v.nullable(named) })

export const VARIANTS = `query($first:Int!,$after:String,$channel:String!){page:productVariants(first:$first,after:$after,channel:$channel){edges{node{id sku ${NAMES} trackInventory quantityAvailable channelListings{channel{slug} price{amount}} product{id ${NAMES} category{id} collections{id} taxClass{id} productType{taxClass{id}} channelListings{channel{slug} isPublished isAvailableForPurchase}}}} ${PAGE}}}`
export const variantRecord = v.object({
  id: v.string(),
  sku: v.nullable(v.string()),
  name: v.string(),
  de: told,
  en: told,
  trackInventory: v.boolean(),
  quantityAvailable: v.nullable(v.number()),
  channelListings: v.nullable(v.array(v.object({ ...inChannel.entries, price: v.nullable(money) }))),
  product: v.object({
    id: v.string(),
    name: v.string(),
    de: told,
    en: told,
    category: v.nullable(named),
    collections: v.nullable(v.array(named)),
    taxClass: v.nullable(named),
    productType: v.object({ taxClass: v.nullable(named) }),
    channelListings: v.nullable(v.array(v.object({ ...inChannel.entries, isPublished: v.boolean(), isAvailableForPurchase: v.nullable(v.boolean()) }))),
  }),
})

export const PROMOTIONS = `query($first:Int!,$after:String){page:promotions(first:$first,after:$after){edges{node{id ${NAMES} type startDate endDate rules{id ${NAMES} channels{slug} rewardType rewardValueType rewardValue cataloguePredicate orderPredicate giftIds}}} ${PAGE}}}`
const ruleRecord = v.object({
  id: v.string(),
  name: v.nullable(v.string()),
  de: told,
  en: told,
  channels: v.nullable(v.array(v.object({ slug: v.string() }))),
  rewardType: v.nullable(v.string()),
  rewardValueType: v.nullable(v.string()),
  rewardValue: v.nullable(v.number()),
  cataloguePredicate: v.unknown(),
  orderPredicate: v.unknown(),
  giftIds: v.nullable(v.array(v.string())),
})
export const promotionRecord = v.object({ id: v.string(), name: v.string(), de: told, en: told, type: v.nullable(v.string()), startDate: v.string(), endDate: v.nullable(v.string()), rules: v.nullable(v.array(ruleRecord)) })

/** Parts of a voucher are lists of their own; one longer than this is not read, and the voucher is left to the checkout. */
export const VOUCHER_PARTS = 100
const part = (name: string, of = 'id'): string => `${name}(first:${VOUCHER_PARTS}){edges{node{${of}}} pageInfo{hasNextPage}}`
const parts = <T extends v.GenericSchema>(node: T) => v.nullable(v.object({ edges: v.array(v.object({ node })), pageInfo: v.object({ hasNextPage: v.boolean() }) }))
export const VOUCHERS = `query($first:Int!,$after:String){page:vouchers(first:$first,after:$after){edges{node{id ${NAMES} type discountValueType startDate endDate usageLimit singleUse applyOncePerOrder applyOncePerCustomer onlyForStaff minCheckoutItemsQuantity countries{code} channelListings{channel{slug} discountValue minSpent{amount}} ${part('codes', 'code isActive')} ${part('categories')} ${part('collections')} ${part('products')} ${part('variants')}}} ${PAGE}}}`
export const voucherRecord = v.object({
  id: v.string(),
  name: v.nullable(v.string()),
  de: told,
  en: told,
  type: v.string(),
  discountValueType: v.string(),
  startDate: v.string(),
  endDate: v.nullable(v.string()),
  usageLimit: v.nullable(v.number()),
  singleUse: v.boolean(),
  applyOncePerOrder: v.boolean(),
  applyOncePerCustomer: v.boolean(),
  onlyForStaff: v.boolean(),
  minCheckoutItemsQuantity: v.nullable(v.number()),
  countries: v.nullable(v.array(v.object({ code: v.string() }))),
  channelListings: v.nullable(v.array(v.object({ ...inChannel.entries, discountValue: v.number(), minSpent: v.nullable(money) }))),
  codes: parts(v.object({ code: v.nullable(v.string()), isActive: v.nullable(v.boolean()) })),
  categories: parts(named),
  collections: parts(named),
  products: parts(named),
  variants: parts(named),
})

export const SHIPPING = `query($first:Int!,$after:String,$channel:String){page:shippingZones(first:$first,after:$after,channel:$channel){edges{node{countries{code} shippingMethods{id ${NAMES} type taxClass{id} postalCodeRules{id} excludedProducts(first:1){edges{node{id}}} channelListings{channel{slug} price{amount} minimumOrderPrice{amount} maximumOrderPrice{amount}}}}} ${PAGE}}}`
const shippingRecord = v.object({
  id: v.string(),
  name: v.string(),
  de: told,
  en: told,
  type: v.nullable(v.string()),
  taxClass: v.nullable(named),
  postalCodeRules: v.nullable(v.array(named)),
  excludedProducts: v.nullable(v.object({ edges: v.array(v.object({ node: named })) })),
  channelListings: v.nullable(v.array(v.object({ ...inChannel.entries, price: v.nullable(money), minimumOrderPrice: v.nullable(money), maximumOrderPrice: v.nullable(money) }))),
})
export const zoneRecord = v.object({ countries: v.array(v.object({ code: v.string() })), shippingMethods: v.nullable(v.array(shippingRecord)) })

export type ChannelRecord = v.InferOutput<typeof channelRecord>
export type CategoryRecord = v.InferOutput<typeof categoryRecord>
export type VariantRecord = v.InferOutput<typeof variantRecord>
export type RuleRecord = v.InferOutput<typeof ruleRecord>
export type PromotionRecord = v.InferOutput<typeof promotionRecord>
export type VoucherRecord = v.InferOutput<typeof voucherRecord>
export type ShippingRecord = v.InferOutput<typeof shippingRecord>
export type ZoneRecord = v.InferOutput<typeof zoneRecord>
export type RateRecord = NonNullable<v.InferOutput<typeof taxesReply>['taxCountryConfiguration']>['taxClassCountryRates'][number]
