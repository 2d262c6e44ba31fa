/** What the Admin API answers, as far as it is read. */
import * as v from 'valibot'

const text = v.optional(v.nullable(v.string()), null)
const number = v.optional(v.nullable(v.number()), null)
const flag = v.optional(v.nullable(v.boolean()), null)
const many = <T extends v.GenericSchema>(one: T) => v.pipe(v.optional(v.nullable(v.array(one)), null), v.transform((list) => list ?? []))
const named = v.object({ id: v.string() })

/** Names by language: `translations` where they came along, else the one of the shop's own language. */
const translation = v.object({ name: text, description: text, language: v.optional(v.nullable(v.object({ locale: v.optional(v.nullable(v.object({ code: v.string() })), null) })), null) })
const translated = v.optional(v.nullable(v.object({ name: text })), null)

const price = v.object({ currencyId: v.string(), gross: v.number(), net: v.number() })
const rounding = v.object({ decimals: v.number(), interval: v.number() })

export const salesChannelRecord = v.object({
  id: v.string(),
  name: text,
  translated,
  accessKey: v.string(),
  active: v.boolean(),
  currencyId: v.string(),
  countryId: v.string(),
  customerGroupId: v.string(),
  shippingMethodId: v.string(),
  taxCalculationType: v.optional(v.nullable(v.string()), 'horizontal'),
  customerGroup: v.object({ displayGross: v.boolean() }),
})
export const currencyRecord = v.object({
  id: v.string(),
  isoCode: v.string(),
  itemRounding: rounding,
  totalRounding: rounding,
  countryRoundings: many(v.object({ countryId: v.string(), itemRounding: rounding, totalRounding: rounding })),
})
export const taxRecord = v.object({
  id: v.string(),
  taxRate: v.number(),
  rules: many(v.object({ countryId: v.string(), taxRate: v.number(), type: v.optional(v.nullable(v.object({ technicalName: v.string() })), null) })),
})
export const ruleRecord = v.object({
  id: v.string(),
  name: v.string(),
  priority: v.number(),
  conditions: many(v.object({ id: v.string(), type: v.string(), parentId: text, position: v.optional(v.nullable(v.number()), 0), value: v.optional(v.nullable(v.unknown()), null) })),
})
export const categoryRecord = v.object({ id: v.string(), parentId: text, name: text, translated, level: v.optional(v.nullable(v.number()), 1), translations: many(translation) })
export const productRecord = v.object({
  id: v.string(),
  parentId: text,
  productNumber: v.string(),
  name: text,
  translated,
  translations: many(translation),
  options: many(v.object({ name: text, translated })),
  price: many(price),
  prices: many(v.object({ ruleId: v.string(), quantityStart: v.number(), quantityEnd: number, price: many(price) })),
  taxId: text,
  availableStock: number,
  stock: number,
  isCloseout: flag,
  shippingFree: flag,
  minPurchase: number,
  purchaseSteps: number,
  ean: text,
  manufacturerId: text,
  categoryIds: many(v.string()),
  categoryTree: many(v.string()),
  tagIds: many(v.string()),
  propertyIds: many(v.string()),
  optionIds: many(v.string()),
  streamIds: many(v.string()),
})
const discount = v.object({
  id: v.string(),
  scope: v.string(),
  type: v.string(),
  value: v.number(),
  maxValue: number,
  considerAdvancedRules: v.boolean(),
  sorterKey: text,
  applierKey: text,
  usageKey: text,
  pickerKey: text,
  discountRules: many(named),
  promotionDiscountPrices: many(v.object({ currencyId: v.string(), price: v.number() })),
})
export const promotionRecord = v.object({
  id: v.string(),
  name: text,
  translated,
  translations: many(translation),
  active: v.boolean(),
  validFrom: text,
  validUntil: text,
  priority: v.number(),
  preventCombination: v.boolean(),
  exclusionIds: many(v.string()),
  useCodes: v.boolean(),
  useIndividualCodes: v.boolean(),
  code: text,
  useSetGroups: v.boolean(),
  customerRestriction: flag,
  maxRedemptionsGlobal: number,
  maxRedemptionsPerCustomer: number,
  orderCount: number,
  discounts: many(discount),
  setgroups: many(v.object({ id: v.string(), packagerKey: v.string(), sorterKey: v.string(), value: v.number(), setGroupRules: many(named) })),
  cartRules: many(named),
  orderRules: many(named),
  personaRules: many(named),
})
export const shippingRecord = v.object({
  id: v.string(),
  name: text,
  translated,
  translations: many(translation),
  technicalName: text,
  active: v.boolean(),
  taxType: v.optional(v.nullable(v.string()), 'auto'),
  taxId: text,
  availabilityRuleId: text,
  position: v.optional(v.nullable(v.number()), 1),
  prices: many(v.object({ ruleId: text, calculation: number, calculationRuleId: text, quantityStart: number, quantityEnd: number, currencyPrice: many(price) })),
})

export type SalesChannelRecord = v.InferOutput<typeof salesChannelRecord>
export type CurrencyRecord = v.InferOutput<typeof currencyRecord>
export type TaxRecord = v.InferOutput<typeof taxRecord>
export type RuleRecord = v.InferOutput<typeof ruleRecord>
export type CategoryRecord = v.InferOutput<typeof categoryRecord>
export type ProductRecord = v.InferOutput<typeof productRecord>
export type PromotionRecord = v.InferOutput<typeof promotionRecord>
export type DiscountRecord = PromotionRecord['discounts'][number]
export type ShippingRecord = v.InferOutput<typeof shippingRecord>
export type PriceRecord = v.InferOutput<typeof price>
export type TranslationRecord = v.InferOutput<typeof translation>
