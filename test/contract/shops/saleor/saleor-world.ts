/** What the small Saleor sells and promises, as its interface tells it. */
import type { Data } from '../graphql-answer.ts'

export type Node = { readonly [field: string]: Data }

export const CHANNEL = 'de'
/** Ids as the shop makes them. */
export const id = (type: string, number: number): string => Buffer.from(`${type}:${number}`).toString('base64')
const variantId = (number: number): string => id('ProductVariant', number)
export const [JUICE, BEER, MUG, SHIRT, POSTER, LARGE] = [201, 202, 203, 204, 205, 206].map(variantId) as [string, string, string, string, string, string]
export const DHL = id('ShippingMethodType', 1)

const STANDARD = { id: id('TaxClass', 1) }
const REDUCED = { id: id('TaxClass', 2) }
const DRINKS = id('Category', 7)
const HOME = id('Category', 8)
const SUMMER = id('Collection', 3)
export const JSON_MARK = 'json:'
/** The interface has values without a shape of their own. */
const json = (value: unknown): string => JSON_MARK + JSON.stringify(value)
const german = (name: string | null): Data => ({ languageCode }) => (languageCode === 'DE' && name !== null ? { name } : null)
const listed = (amount: number | null): Data => [{ channel: { slug: CHANNEL }, price: amount === null ? null : { amount } }, { channel: { slug: 'us' }, price: { amount: 99 } }]

type Article = { readonly name: string; readonly own?: string; readonly sku: string | null; readonly price: number | null; readonly category?: string; readonly collections?: readonly string[]; readonly reduced?: boolean; readonly published?: boolean; readonly stock?: number }
const variant = (number: number, { name, own = name, sku, price, category = HOME, collections = [], reduced = false, published = true, stock }: Article): Node => ({
  id: variantId(number), sku, name: own, translation: german(null), trackInventory: stock !== undefined, quantityAvailable: stock ?? 50, channelListings: listed(price),
  product: {
    id: id('Product', number), name, translation: german(`${name} (deutsch)`), category: { id: category }, collections: collections.map((one) => ({ id: one })), taxClass: reduced ? REDUCED : null, productType: { taxClass: STANDARD },
    channelListings: [{ channel: { slug: CHANNEL }, isPublished: published, isAvailableForPurchase: true }],
  },
})

const rule = (number: number, name: string | null, more: Node): Node => ({ id: id('PromotionRule', number), name, translation: german(null), channels: [{ slug: CHANNEL }], rewardType: null, rewardValueType: 'PERCENTAGE', rewardValue: 10, cataloguePredicate: json({}), orderPredicate: json({}), giftIds: [], ...more })
const promotion = (number: number, name: string, type: string, rules: readonly Node[]): Node => ({ id: id('Promotion', number), name, translation: german(name), type, startDate: '2026-01-01T00:00:00+00:00', endDate: null, rules })
const fromSubtotal = (least: string): string => json({ discountedObjectPredicate: { baseSubtotalPrice: { range: { gte: least } } } })

const ends = (nodes: readonly Node[]): Data => ({ edges: nodes.map((node) => ({ node })), pageInfo: { hasNextPage: false } })
const voucher = (number: number, code: string, type: string, value: number, more: Node = {}): Node => ({
  id: id('Voucher', number), name: `Gutschein ${code}`, translation: german(null), type, discountValueType: 'PERCENTAGE', startDate: '2026-01-01T00:00:00+00:00', endDate: '2036-01-01T00:00:00+00:00', usageLimit: null, singleUse: false, applyOncePerOrder: false,
  applyOncePerCustomer: false, onlyForStaff: false, minCheckoutItemsQuantity: 0, countries: [], channelListings: [{ channel: { slug: CHANNEL }, discountValue: value, minSpent: null }], codes: ends([{ code, isActive: true }]), categories: ends([]), collections: ends([]), products: ends([]), variants: ends([]), ...more,
})

export const RULES = { summer: id('PromotionRule', 1), shirt: id('PromotionRule', 2), sixty: id('PromotionRule', 3), hundred: id('PromotionRule', 4) } as const
export const VOUCHERS = { ten: id('Voucher', 1), five: id('Voucher', 2), drinks: id('Voucher', 3), poster: id('Voucher', 4), once: id('Voucher', 5), free: id('Voucher', 6), mug: id('Voucher', 7) } as const
export const NOT_COMPUTABLE = [id('PromotionRule', 5), ...[8, 9, 10, 11].map((number) => id('Voucher', number))]

export type SaleorWorld = { readonly lists: { readonly [name: string]: Node[] }; readonly fixed: Node }

/** Fresh records, so that a test may change them. */
export const saleorWorld = (): SaleorWorld => ({
  fixed: {
    shop: { name: 'Strandladen' },
    channels: [
      { slug: CHANNEL, name: 'Deutschland', isActive: true, currencyCode: 'EUR', defaultCountry: { code: 'DE' }, taxConfiguration: { chargeTaxes: true, taxCalculationStrategy: 'FLAT_RATES', pricesEnteredWithTax: true, displayGrossPrices: true, countries: [] } },
      { slug: 'old', name: 'Früher', isActive: false, currencyCode: 'EUR', defaultCountry: { code: 'DE' }, taxConfiguration: { chargeTaxes: true, taxCalculationStrategy: 'FLAT_RATES', pricesEnteredWithTax: true, displayGrossPrices: true, countries: [] } },
    ],
    taxCountryConfiguration: { taxClassCountryRates: [{ rate: 19, taxClass: STANDARD }, { rate: 7, taxClass: REDUCED }, { rate: 0, taxClass: null }] },
  },
  lists: {
    categories: [{ id: DRINKS, name: 'Drinks', translation: german('Getränke'), parent: null }, { id: HOME, name: 'Home', translation: german('Zuhause'), parent: null }],
    productVariants: [
      variant(201, { name: 'Juice', sku: 'J-1', price: 3.99, category: DRINKS, reduced: true }),
      variant(202, { name: 'Beer', sku: 'B-1', price: 2.49, category: DRINKS }),
      variant(203, { name: 'Mug', sku: 'M-1', price: 12.9, collections: [SUMMER], stock: 4 }),
      variant(204, { name: 'Shirt', own: 'XL', sku: 'S-1', price: 24.95, collections: [SUMMER] }),
      variant(205, { name: 'Poster', sku: 'P-1', price: 1.04 }),
      variant(206, { name: 'Poster', own: 'large', sku: null, price: 5 }),
      variant(207, { name: 'Unpriced', sku: 'U-1', price: null }),
      variant(208, { name: 'Odd', sku: 'O-1', price: 1.005 }),
      variant(209, { name: 'Hidden', sku: 'H-1', price: 1, published: false }),
    ],
    promotions: [
      promotion(1, 'Sommer', 'CATALOGUE', [
        rule(1, '15 %', { rewardValue: 15, cataloguePredicate: json({ collectionPredicate: { ids: [SUMMER] } }) }),
        rule(2, 'Shirt', { rewardValueType: 'FIXED', rewardValue: 5, cataloguePredicate: json({ OR: [{ variantPredicate: { ids: [SHIRT] } }] }) }),
        rule(6, 'Anderswo', { channels: [{ slug: 'us' }], cataloguePredicate: json({ categoryPredicate: { ids: [DRINKS] } }) }),
      ]),
      promotion(2, 'Ab 60', 'ORDER', [rule(3, null, { rewardType: 'SUBTOTAL_DISCOUNT', orderPredicate: fromSubtotal('60.00') })]),
      promotion(3, 'Ab 100', 'ORDER', [rule(4, '12 €', { rewardType: 'SUBTOTAL_DISCOUNT', rewardValueType: 'FIXED', rewardValue: 12, orderPredicate: fromSubtotal('100') })]),
      promotion(4, 'Nach Namen', 'CATALOGUE', [rule(5, null, { cataloguePredicate: json({ productPredicate: { name: { eq: 'Juice' } } }) })]),
    ],
    vouchers: [
      voucher(1, 'ZEHN', 'ENTIRE_ORDER', 10),
      voucher(2, 'FUENF', 'ENTIRE_ORDER', 5, { discountValueType: 'FIXED', channelListings: [{ channel: { slug: CHANNEL }, discountValue: 5, minSpent: { amount: 20 } }] }),
      voucher(3, 'DRINK', 'SPECIFIC_PRODUCT', 10, { categories: ends([{ id: DRINKS }]) }),
      voucher(4, 'POSTER', 'SPECIFIC_PRODUCT', 10, { products: ends([{ id: id('Product', 205) }]) }),
      voucher(5, 'EINS', 'ENTIRE_ORDER', 50, { applyOncePerOrder: true }),
      voucher(6, 'VERSAND', 'SHIPPING', 100, { countries: [{ code: 'DE' }] }),
      voucher(7, 'BECHER', 'SPECIFIC_PRODUCT', 3, { discountValueType: 'FIXED', variants: ends([{ id: MUG }]) }),
      voucher(8, 'HUNDERT', 'ENTIRE_ORDER', 20, { usageLimit: 100 }),
      voucher(9, 'EINMAL', 'ENTIRE_ORDER', 20, { singleUse: true }),
      voucher(10, 'KUNDE', 'ENTIRE_ORDER', 20, { applyOncePerCustomer: true }),
      voucher(11, 'TEAM', 'ENTIRE_ORDER', 20, { onlyForStaff: true }),
      voucher(12, 'USA', 'ENTIRE_ORDER', 20, { channelListings: [{ channel: { slug: 'us' }, discountValue: 20, minSpent: null }] }),
    ],
    shippingZones: [{
      countries: [{ code: 'DE' }, { code: 'AT' }],
      shippingMethods: [
        { id: DHL, name: 'DHL', translation: german('DHL'), type: 'PRICE', taxClass: STANDARD, postalCodeRules: [], excludedProducts: ends([]), channelListings: [{ channel: { slug: CHANNEL }, price: { amount: 4.9 }, minimumOrderPrice: { amount: 0 }, maximumOrderPrice: null }] },
        { id: id('ShippingMethodType', 2), name: 'Express', translation: german(null), type: 'PRICE', taxClass: STANDARD, postalCodeRules: [], excludedProducts: ends([]), channelListings: [{ channel: { slug: CHANNEL }, price: { amount: 9.9 }, minimumOrderPrice: { amount: 50 }, maximumOrderPrice: null }] },
        { id: id('ShippingMethodType', 3), name: 'Freight', translation: german(null), type: 'WEIGHT', taxClass: STANDARD, postalCodeRules: [], excludedProducts: ends([]), channelListings: [{ channel: { slug: CHANNEL }, price: { amount: 29 }, minimumOrderPrice: null, maximumOrderPrice: null }] },
      ],
    }],
  },
})
