/** A Shopify store as its interfaces tell it: articles, collections and one discount of every kind, in the documented fields of version 2026-07. */
import { connection, type Data } from '../graphql-answer.ts'

type Fields = { readonly [field: string]: Data }

export const gid = (kind: string, number: string | number): string => `gid://shopify/${kind}/${number}`
const money = (amount: string, currencyCode = 'EUR'): Data => ({ __typename: 'MoneyV2', amount, currencyCode })
const refs = (kind: string, numbers: readonly (string | number)[]): Data => connection(numbers.map((number) => ({ __typename: kind, id: gid(kind, number) })))

export type Variant = { readonly number: string; readonly price: string }

type Terms = { readonly sku?: string; readonly title?: string; readonly collections?: readonly number[]; readonly product?: number; readonly giftCard?: boolean; readonly breaks?: boolean; readonly stock?: number; readonly currency?: string; readonly taxable?: boolean; readonly subscription?: boolean; readonly barcode?: string; readonly status?: string }

const variant = (number: number, name: string, price: string, terms: Terms = {}): Fields => ({
  __typename: 'ProductVariant',
  id: gid('ProductVariant', number),
  sku: terms.sku ?? null,
  title: terms.title ?? 'Default Title',
  barcode: terms.barcode ?? null,
  price,
  taxable: terms.taxable ?? true,
  inventoryQuantity: terms.stock ?? 0,
  inventoryPolicy: 'DENY',
  inventoryItem: { __typename: 'InventoryItem', tracked: terms.stock !== undefined },
  contextualPricing: {
    __typename: 'ProductVariantContextualPricing',
    price: money(price, terms.currency),
    quantityRule: { __typename: 'QuantityRule', minimum: 1, increment: 1, maximum: null },
    quantityPriceBreaks: connection(terms.breaks === true ? [{ __typename: 'QuantityPriceBreak', minimumQuantity: 10, price: money('1.00') }] : []),
  },
  product: {
    __typename: 'Product',
    id: gid('Product', terms.product ?? number - 90),
    title: name,
    status: terms.status ?? 'ACTIVE',
    isGiftCard: terms.giftCard ?? false,
    requiresSellingPlan: terms.subscription ?? false,
    collections: refs('Collection', terms.collections ?? []),
  },
})

export const VARIANTS: readonly Fields[] = [
  variant(101, 'Kaffee', '9.99', { sku: 'KAFFEE', collections: [31], stock: 120, barcode: '4006381333931' }),
  variant(102, 'Tee', '4.49', { sku: 'TEE', collections: [31] }),
  variant(103, 'Tasse', '12.00', { sku: 'TASSE-BLAU', title: 'blau', product: 13, collections: [32] }),
  variant(104, 'Tasse', '11.80', { sku: 'TASSE-ROT', title: 'rot', product: 13, collections: [32] }),
  // Without a number, and in more collections than fit on a first page.
  variant(105, 'Honig', '6.95', { collections: [33, 34, 35, 36, 37, 31] }),
  variant(106, 'Geschenkkarte', '25.00', { giftCard: true }),
  variant(107, 'Brot', '3.20', { sku: 'BROT', collections: [33] }),
  variant(108, 'Großpackung', '2.00', { sku: 'GROSS', breaks: true }),
  variant(109, 'Abo', '5.00', { sku: 'ABO', subscription: true }),
  variant(110, 'Entwurf', '1.00', { sku: 'ENTWURF', status: 'DRAFT' }),
]
export const COLLECTIONS: readonly Fields[] = [31, 32, 33, 34, 35, 36, 37].map((number) => ({ __typename: 'Collection', id: gid('Collection', number), title: `Sammlung ${number}` }))

type Together = { readonly product?: boolean; readonly order?: boolean; readonly shipping?: boolean; readonly tags?: readonly string[] }
const ALL: Together = { product: true, order: true, shipping: true }

const common = (title: string, classes: readonly string[], together: Together, more: Fields = {}): Fields => ({
  title,
  status: 'ACTIVE',
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: null,
  discountClasses: classes,
  combinesWith: { __typename: 'DiscountCombinesWith', productDiscounts: together.product ?? false, orderDiscounts: together.order ?? false, shippingDiscounts: together.shipping ?? false, productDiscountsWithTagsOnSameCartLine: together.tags ?? null },
  context: { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' },
  minimumRequirement: null,
  ...more,
})
const automatic = (number: number, kind: string, fields: Fields): Fields => ({ __typename: 'DiscountNode', id: gid('DiscountAutomaticNode', number), discount: { __typename: `DiscountAutomatic${kind}`, ...fields } })
const coded = (number: number, kind: string, codes: readonly string[], fields: Fields): Fields => ({
  __typename: 'DiscountNode',
  id: gid('DiscountCodeNode', number),
  discount: { __typename: `DiscountCode${kind}`, usageLimit: null, appliesOncePerCustomer: false, codes: connection(codes.map((code) => ({ __typename: 'DiscountRedeemCode', code }))), ...fields },
})

const everything: Data = { __typename: 'AllDiscountItems', allItems: true }
const inCollections = (...numbers: readonly number[]): Data => ({ __typename: 'DiscountCollections', collections: refs('Collection', numbers) })
const named = (products: readonly number[], variants: readonly number[] = []): Data => ({ __typename: 'DiscountProducts', products: refs('Product', products), productVariants: refs('ProductVariant', variants) })
const share = (percentage: number): Data => ({ __typename: 'DiscountPercentage', percentage })
const amount = (text: string, appliesOnEachItem = false): Data => ({ __typename: 'DiscountAmount', amount: money(text), appliesOnEachItem })
const gets = (value: Data, items: Data): Data => ({ __typename: 'DiscountCustomerGets', appliesOnOneTimePurchase: true, appliesOnSubscription: false, value, items })
const free = (quantity: string, items: Data): Data => gets({ __typename: 'DiscountOnQuantity', quantity: { __typename: 'DiscountQuantity', quantity }, effect: share(1) }, items)
const buys = (value: Data, items: Data): Data => ({ __typename: 'DiscountCustomerBuys', value, items })
const pieces = (quantity: string): Data => ({ __typename: 'DiscountQuantity', quantity })
const from = (subtotal: string): Data => ({ __typename: 'DiscountMinimumSubtotal', greaterThanOrEqualToSubtotal: money(subtotal) })
const atLeast = (quantity: string): Data => ({ __typename: 'DiscountMinimumQuantity', greaterThanOrEqualToQuantity: quantity })

/** More products than the first page of a discount holds; tea is the last one. */
const MANY = [...Array.from({ length: 29 }, (_, i) => 900 + i), 12]

export const DISCOUNTS: readonly Fields[] = [
  automatic(1, 'Basic', common('Tassenwochen', ['PRODUCT'], ALL, { customerGets: gets(share(0.15), inCollections(32)) })),
  automatic(2, 'Basic', common('Ab 40 Euro', ['ORDER'], ALL, { minimumRequirement: from('40.0'), customerGets: gets(share(0.05), everything) })),
  automatic(3, 'Bxgy', common('Tee: 2 + 1', ['PRODUCT'], ALL, { usesPerOrderLimit: null, customerBuys: buys(pieces('2'), named([12])), customerGets: free('1', named([12])) })),
  coded(4, 'Basic', ['Herbst10'], common('Herbst', ['ORDER'], ALL, { customerGets: gets(share(0.1), everything) })),
  coded(5, 'Basic', ['KAFFEE2'], common('Kaffee', ['PRODUCT'], ALL, { customerGets: gets(amount('2.0', true), named([], [101])) })),
  coded(6, 'Basic', ['FUENF'], common('Fünf Euro', ['ORDER'], {}, { customerGets: gets(amount('5.0'), everything) })),
  coded(7, 'Basic', ['REGIONAL20'], common('Regional', ['PRODUCT'], { product: true }, { minimumRequirement: atLeast('4'), customerGets: gets(share(0.2), inCollections(33)) })),
  coded(8, 'Basic', ['LISTE'], common('Liste', ['PRODUCT'], ALL, { customerGets: gets(share(0.1), named(MANY)) })),
  automatic(9, 'Basic', common('Vorbei', ['PRODUCT'], ALL, { status: 'EXPIRED', endsAt: '2026-02-01T00:00:00Z', customerGets: gets(share(0.5), everything) })),
  automatic(10, 'Basic', common('Später', ['PRODUCT'], ALL, { status: 'SCHEDULED', startsAt: '2099-01-01T00:00:00Z', customerGets: gets(share(0.5), everything) })),
  // What nobody outside can compute.
  coded(20, 'Basic', ['GESAMT3'], common('Drei Euro', ['PRODUCT'], {}, { customerGets: gets(amount('3.0'), named([11, 15])) })),
  coded(21, 'Basic', ['BEGRENZT'], common('Begrenzt', ['ORDER'], ALL, { usageLimit: 100, customerGets: gets(share(0.3), everything) })),
  coded(22, 'Basic', ['EINMAL'], common('Einmal', ['ORDER'], ALL, { appliesOncePerCustomer: true, customerGets: gets(share(0.3), everything) })),
  coded(23, 'Basic', ['STAMM'], common('Stammkunden', ['ORDER'], ALL, { context: { __typename: 'DiscountCustomerSegments', segments: [] }, customerGets: gets(share(0.3), everything) })),
  automatic(24, 'Basic', common('Markt', ['ORDER'], ALL, { context: { __typename: 'DiscountMarkets' }, customerGets: gets(share(0.3), everything) })),
  automatic(25, 'FreeShipping', common('Versand frei', ['SHIPPING'], ALL, { minimumRequirement: from('60.0') })),
  coded(26, 'FreeShipping', ['FREI'], common('Versand frei mit Code', ['SHIPPING'], ALL)),
  automatic(27, 'App', common('App', ['PRODUCT'], ALL)),
  coded(28, 'App', ['APP'], common('App mit Code', ['ORDER'], ALL)),
  automatic(29, 'Basic', common('Gestapelt', ['PRODUCT'], { ...ALL, tags: ['TREUE'] }, { customerGets: gets(share(0.3), named([999])) })),
  automatic(30, 'Bxgy', common('Ab 50 Euro ein Tee', ['PRODUCT'], ALL, { usesPerOrderLimit: 1, customerBuys: buys({ __typename: 'DiscountPurchaseAmount', amount: '50.0' }, everything), customerGets: free('1', named([12])) })),
  coded(31, 'Bxgy', ['TASSEDAZU'], common('Tasse dazu', ['PRODUCT'], ALL, { usesPerOrderLimit: 1, customerBuys: buys(pieces('1'), named([11])), customerGets: free('1', named([13])) })),
  coded(32, 'Future', ['MORGEN'], {}),
]

/** Ids as the house calls them. */
export const NOT_COMPUTABLE = ['code:20', 'code:21', 'code:22', 'code:23', 'automatic:24', 'automatic:25', 'code:26', 'automatic:27', 'code:28', 'automatic:29', 'automatic:30', 'code:31', 'code:32'] as const
