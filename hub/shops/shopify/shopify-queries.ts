/** What is asked of the shop's interfaces, and the shape that is expected back. Sizes of lists are kept so small that no question costs more than its limit of 1000 points. */
import * as v from 'valibot'

const id = v.string()
const withId = v.object({ id })
const money = v.object({ amount: v.string(), currencyCode: v.string() })
const pageInfo = v.object({ hasNextPage: v.boolean(), endCursor: v.nullish(v.string(), null) })
const list = <T extends v.GenericSchema>(item: T) => v.object({ nodes: v.array(item), pageInfo: v.object({ hasNextPage: v.boolean() }) })
const page = <T extends v.GenericSchema>(item: T) => v.object({ page: v.object({ nodes: v.array(item), pageInfo }) })

export const shopReply = v.object({ shop: v.object({ name: v.string(), currencyCode: v.string(), taxesIncluded: v.boolean() }) })
export const SHOP = '{shop{name currencyCode taxesIncluded}}'

export const variantsReply = page(v.object({
  id,
  sku: v.nullable(v.string()),
  title: v.string(),
  barcode: v.nullable(v.string()),
  taxable: v.boolean(),
  inventoryQuantity: v.nullable(v.number()),
  inventoryPolicy: v.string(),
  inventoryItem: v.object({ tracked: v.boolean() }),
  contextualPricing: v.object({
    price: money,
    quantityRule: v.object({ minimum: v.number(), increment: v.number() }),
    quantityPriceBreaks: v.object({ nodes: v.array(v.object({ minimumQuantity: v.number() })) }),
  }),
  product: v.object({ id, title: v.string(), status: v.string(), isGiftCard: v.boolean(), requiresSellingPlan: v.boolean(), collections: list(withId) }),
}))
/** Without a filter: the store's search finds an article only some time after its status changed. */
export const VARIANTS = `query($first:Int!,$after:String,$country:CountryCode!){page:productVariants(first:$first,after:$after,sortKey:ID){nodes{
  id sku title barcode taxable inventoryQuantity inventoryPolicy inventoryItem{tracked}
  contextualPricing(context:{country:$country}){price{amount currencyCode} quantityRule{minimum increment} quantityPriceBreaks(first:1){nodes{minimumQuantity}}}
  product{id title status isGiftCard requiresSellingPlan collections(first:5){nodes{id} pageInfo{hasNextPage}}}} pageInfo{hasNextPage endCursor}}}`

/** All collections of one article that is in more than a few. */
export const membershipReply = v.object({ product: v.nullable(v.object({ collections: list(withId) })) })
export const MEMBERSHIP = 'query($id:ID!){product(id:$id){collections(first:250){nodes{id} pageInfo{hasNextPage}}}}'

export const collectionsReply = page(v.object({ id, title: v.string() }))
export const COLLECTIONS = 'query($first:Int!,$after:String){page:collections(first:$first,after:$after,sortKey:ID){nodes{id title} pageInfo{hasNextPage endCursor}}}'

const items = v.object({ kind: v.string(), products: v.optional(list(withId)), productVariants: v.optional(list(withId)), collections: v.optional(list(withId)) })
const simpleValue = { percentage: v.optional(v.number()), amount: v.optional(money), appliesOnEachItem: v.optional(v.boolean()) }
const effect = v.object({ kind: v.string(), ...simpleValue })
const discount = v.object({
  kind: v.string(),
  title: v.optional(v.string(), ''),
  status: v.optional(v.string(), ''),
  startsAt: v.optional(v.nullable(v.string()), null),
  endsAt: v.optional(v.nullable(v.string()), null),
  discountClasses: v.optional(v.array(v.string()), []),
  combinesWith: v.optional(v.object({ productDiscounts: v.boolean(), orderDiscounts: v.boolean(), shippingDiscounts: v.boolean(), productDiscountsWithTagsOnSameCartLine: v.nullish(v.array(v.string()), null) })),
  context: v.optional(v.object({ kind: v.string() })),
  codes: v.optional(list(v.object({ code: v.string() }))),
  usageLimit: v.nullish(v.number(), null),
  appliesOncePerCustomer: v.optional(v.boolean(), false),
  minimumRequirement: v.nullish(v.object({ kind: v.string(), greaterThanOrEqualToSubtotal: v.optional(money), greaterThanOrEqualToQuantity: v.optional(v.union([v.string(), v.number()])) }), null),
  customerBuys: v.optional(v.object({ value: v.object({ kind: v.string(), quantity: v.optional(v.union([v.string(), v.number()])), amount: v.optional(v.unknown()) }), items })),
  customerGets: v.optional(v.object({
    appliesOnOneTimePurchase: v.boolean(),
    value: v.object({ kind: v.string(), ...simpleValue, quantity: v.optional(v.object({ quantity: v.union([v.string(), v.number()]) })), effect: v.optional(effect) }),
    items,
  })),
  usesPerOrderLimit: v.nullish(v.union([v.string(), v.number()]), null),
})
const discountNode = v.object({ id, discount })
export const discountsReply = page(discountNode)
export const discountReply = v.object({ node: v.nullable(discountNode) })

const ITEMS = `items{kind:__typename ...on DiscountProducts{products(first:$named){nodes{id} pageInfo{hasNextPage}} productVariants(first:$named){nodes{id} pageInfo{hasNextPage}}}
  ...on DiscountCollections{collections(first:$named){nodes{id} pageInfo{hasNextPage}}}}`
const SIMPLE_VALUE = '...on DiscountPercentage{percentage} ...on DiscountAmount{amount{amount currencyCode} appliesOnEachItem}'
const COMMON = `title status startsAt endsAt discountClasses combinesWith{productDiscounts orderDiscounts shippingDiscounts productDiscountsWithTagsOnSameCartLine} context{kind:__typename}`
const OF_CODES = 'codes(first:10){nodes{code} pageInfo{hasNextPage}} usageLimit appliesOncePerCustomer'
const MINIMUM = 'minimumRequirement{kind:__typename ...on DiscountMinimumSubtotal{greaterThanOrEqualToSubtotal{amount currencyCode}} ...on DiscountMinimumQuantity{greaterThanOrEqualToQuantity}}'
const BASIC = `${MINIMUM} customerGets{appliesOnOneTimePurchase value{kind:__typename ${SIMPLE_VALUE}} ${ITEMS}}`
const BXGY = `usesPerOrderLimit customerBuys{value{kind:__typename ...on DiscountQuantity{quantity} ...on DiscountPurchaseAmount{amount}} ${ITEMS}}
  customerGets{appliesOnOneTimePurchase value{kind:__typename ...on DiscountOnQuantity{quantity{quantity} effect{kind:__typename ${SIMPLE_VALUE}}}} ${ITEMS}}`
const DISCOUNT_FIELDS = `id discount{kind:__typename
  ...on DiscountAutomaticBasic{${COMMON} ${BASIC}} ...on DiscountCodeBasic{${COMMON} ${OF_CODES} ${BASIC}}
  ...on DiscountAutomaticBxgy{${COMMON} ${BXGY}} ...on DiscountCodeBxgy{${COMMON} ${OF_CODES} ${BXGY}}
  ...on DiscountAutomaticFreeShipping{${COMMON} ${MINIMUM}} ...on DiscountCodeFreeShipping{${COMMON} ${OF_CODES} ${MINIMUM}}
  ...on DiscountAutomaticApp{${COMMON}} ...on DiscountCodeApp{${COMMON} ${OF_CODES}}}`
export const DISCOUNTS = `query($first:Int!,$after:String,$named:Int!){page:discountNodes(first:$first,after:$after,sortKey:ID){nodes{${DISCOUNT_FIELDS}} pageInfo{hasNextPage endCursor}}}`
export const DISCOUNT = `query($id:ID!,$named:Int!){node:discountNode(id:$id){${DISCOUNT_FIELDS}}}`

export const ordersReply = page(v.object({
  name: v.string(),
  createdAt: v.string(),
  updatedAt: v.string(),
  cancelledAt: v.nullable(v.string()),
  customAttributes: v.array(v.object({ key: v.string(), value: v.nullable(v.string()) })),
  totalPriceSet: v.object({ shopMoney: money }),
}))
export const ORDERS = `query($first:Int!,$after:String,$query:String){page:orders(first:$first,after:$after,sortKey:UPDATED_AT,query:$query){nodes{
  name createdAt updatedAt cancelledAt customAttributes{key value} totalPriceSet{shopMoney{amount currencyCode}}} pageInfo{hasNextPage endCursor}}}`

const allocation = v.object({ kind: v.string(), discountedAmount: money, title: v.optional(v.string()), code: v.optional(v.string()) })
const cart = v.object({
  checkoutUrl: v.string(),
  discountCodes: v.array(v.object({ code: v.string(), applicable: v.boolean() })),
  cost: v.object({ totalAmount: money }),
  lines: list(v.object({
    quantity: v.number(),
    merchandise: v.object({ id: v.optional(v.string()) }),
    cost: v.object({ subtotalAmount: money }),
    discountAllocations: v.array(allocation),
  })),
})
export const cartReply = v.object({
  made: v.object({
    cart: v.nullable(cart),
    userErrors: v.array(v.object({ code: v.nullish(v.string(), null), message: v.string() })),
    warnings: v.array(v.object({ code: v.string(), message: v.string(), target: v.string() })),
  }),
})
/** `lineLevelOnly:false`: what comes off the whole cart is in the lines too. */
export const CREATE_CART = `mutation($input:CartInput!){made:cartCreate(input:$input){cart{checkoutUrl discountCodes{code applicable} cost{totalAmount{amount currencyCode}}
  lines(first:250){nodes{quantity merchandise{...on ProductVariant{id}} cost{subtotalAmount{amount currencyCode}}
  discountAllocations(lineLevelOnly:false){kind:__typename discountedAmount{amount currencyCode} ...on CartAutomaticDiscountAllocation{title} ...on CartCodeDiscountAllocation{code} ...on CartCustomDiscountAllocation{title}}}
  pageInfo{hasNextPage}}} userErrors{code message} warnings{code message target}}}`

export type ShopifyShopRecord = v.InferOutput<typeof shopReply>['shop']
export type ShopifyVariantRecord = v.InferOutput<typeof variantsReply>['page']['nodes'][number]
export type ShopifyCollectionRecord = v.InferOutput<typeof collectionsReply>['page']['nodes'][number]
export type ShopifyDiscountNode = v.InferOutput<typeof discountNode>
export type ShopifyDiscountRecord = ShopifyDiscountNode['discount']
export type ShopifyItemsRecord = v.InferOutput<typeof items>
export type ShopifyMoney = v.InferOutput<typeof money>
export type ShopifyCartRecord = v.InferOutput<typeof cart>
export type ShopifyOrderRecord = v.InferOutput<typeof ordersReply>['page']['nodes'][number]
