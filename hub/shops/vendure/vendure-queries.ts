/** What is asked of the Admin API, and the shape that is expected back. */
import * as v from 'valibot'

const id = v.string()
const minor = v.pipe(v.number(), v.integer())
const withId = v.object({ id })
const translations = v.array(v.object({ languageCode: v.string(), name: v.string(), description: v.optional(v.string(), '') }))
const operation = v.object({ code: v.string(), args: v.array(v.object({ name: v.string(), value: v.string() })) })
const page = <T extends v.GenericSchema>(item: T) => v.object({ totalItems: v.number(), items: v.array(item) })

export const channelReply = v.object({
  activeChannel: v.object({ code: v.string(), pricesIncludeTax: v.boolean(), defaultCurrencyCode: v.string(), defaultLanguageCode: v.string(), defaultTaxZone: v.nullable(v.object({ name: v.string() })) }),
})
export const CHANNEL = '{activeChannel{code pricesIncludeTax defaultCurrencyCode defaultLanguageCode defaultTaxZone{name}}}'

export const variantsReply = v.object({
  page: page(v.object({
    id, sku: v.string(), name: v.string(), enabled: v.boolean(), price: minor, priceWithTax: minor,
    taxRateApplied: v.object({ value: v.number() }),
    trackInventory: v.string(),
    stockLevels: v.array(v.object({ stockOnHand: minor, stockAllocated: minor })),
    facetValues: v.array(withId),
    translations,
    product: v.object({ id, enabled: v.boolean(), facetValues: v.array(withId), collections: v.array(withId) }),
  })),
})
export const VARIANTS = `query($take:Int!,$skip:Int!){page:productVariants(options:{take:$take,skip:$skip,sort:{id:ASC}}){totalItems items{
  id sku name enabled price priceWithTax taxRateApplied{value} trackInventory stockLevels{stockOnHand stockAllocated} facetValues{id}
  translations{languageCode name} product{id enabled facetValues{id} collections{id}}}}}`

export const collectionsReply = v.object({ page: page(v.object({ id, parentId: v.nullable(id), name: v.string(), translations })) })
export const COLLECTIONS = 'query($take:Int!,$skip:Int!){page:collections(options:{take:$take,skip:$skip,sort:{id:ASC}}){totalItems items{id parentId name translations{languageCode name}}}}'

export const promotionsReply = v.object({
  page: page(v.object({
    id, name: v.string(), description: v.string(), enabled: v.boolean(),
    couponCode: v.nullable(v.string()), startsAt: v.nullable(v.string()), endsAt: v.nullable(v.string()),
    usageLimit: v.nullable(v.number()), perCustomerUsageLimit: v.nullable(v.number()),
    conditions: v.array(operation), actions: v.array(operation),
    translations,
  })),
})
export const PROMOTIONS = `query($take:Int!,$skip:Int!){page:promotions(options:{take:$take,skip:$skip,sort:{id:ASC}}){totalItems items{
  id name description enabled couponCode startsAt endsAt usageLimit perCustomerUsageLimit
  conditions{code args{name value}} actions{code args{name value}} translations{languageCode name description}}}}`

export const shippingReply = v.object({ page: page(v.object({ id, code: v.string(), name: v.string(), checker: operation, calculator: operation, translations })) })
export const SHIPPING = `query($take:Int!,$skip:Int!){page:shippingMethods(options:{take:$take,skip:$skip,sort:{id:ASC}}){totalItems items{
  id code name checker{code args{name value}} calculator{code args{name value}} translations{languageCode name}}}}`

export type VendureChannelRecord = v.InferOutput<typeof channelReply>['activeChannel']
export type VendureVariantRecord = v.InferOutput<typeof variantsReply>['page']['items'][number]
export type VendureCollectionRecord = v.InferOutput<typeof collectionsReply>['page']['items'][number]
export type VendurePromotionRecord = v.InferOutput<typeof promotionsReply>['page']['items'][number]
export type VendureShippingRecord = v.InferOutput<typeof shippingReply>['page']['items'][number]

const discount = v.object({ adjustmentSource: v.string(), amountWithTax: minor })
export const orderReply = v.object({
  order: v.nullable(v.object({
    lines: v.array(v.object({ productVariant: withId, quantity: v.number(), linePriceWithTax: minor, proratedLinePriceWithTax: minor })),
    discounts: v.array(discount),
    surcharges: v.array(v.object({ priceWithTax: minor })),
    shippingWithTax: minor,
    total: minor,
    totalWithTax: minor,
  })),
})
export const ORDER = `query($order:ID!){order(id:$order){lines{productVariant{id} quantity linePriceWithTax proratedLinePriceWithTax}
  discounts{adjustmentSource amountWithTax} surcharges{priceWithTax} shippingWithTax total totalWithTax}}`
export type VendureOrderRecord = NonNullable<v.InferOutput<typeof orderReply>['order']>

export const draftReply = v.object({ createDraftOrder: withId })
export const CREATE_DRAFT = 'mutation{createDraftOrder{id}}'
export const deletedReply = v.object({ deleteDraftOrder: v.object({ result: v.string() }) })
export const DELETE_DRAFT = 'mutation($order:ID!){deleteDraftOrder(orderId:$order){result}}'

/** Answers of the steps of a cart by their alias; an error result has a code. */
export const stepsReply = v.record(v.string(), v.object({ kind: v.string(), errorCode: v.optional(v.string()), message: v.optional(v.string()) }))
const RESULT = '{kind:__typename ...on ErrorResult{errorCode message}}'

/** Everything that fills a draft, in one request: the shop runs the steps one after the other. */
export const fillDraft = (lines: number, codes: number, hasDelivery: boolean): string => {
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
  const named = [...range(lines).map((i) => `$v${i}:ID!,$q${i}:Int!`), ...range(codes).map((i) => `$c${i}:String!`), ...(hasDelivery ? ['$s:ID!'] : [])]
  const steps = [
    ...range(lines).map((i) => `l${i}:addItemToDraftOrder(orderId:$order,input:{productVariantId:$v${i},quantity:$q${i}})${RESULT}`),
    ...range(codes).map((i) => `c${i}:applyCouponCodeToDraftOrder(orderId:$order,couponCode:$c${i})${RESULT}`),
    ...(hasDelivery ? [`s:setDraftOrderShippingMethod(orderId:$order,shippingMethodId:$s)${RESULT}`] : []),
  ]
  return `mutation($order:ID!,${named.join(',')}){${steps.join(' ')}}`
}
