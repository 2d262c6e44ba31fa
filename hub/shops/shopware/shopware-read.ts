/** Everything that prices depend on, all pages, as one integration sees it in one sales channel. */
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type * as v from 'valibot'
import type { ShopwareClient } from './shopware-client.ts'
import { categoryRecord, currencyRecord, productRecord, promotionRecord, ruleRecord, salesChannelRecord, shippingRecord, taxRecord, type CurrencyRecord, type SalesChannelRecord } from './shopware-replies.ts'
import { roundingOf, type ShopwareRecords } from './shopware-snapshot.ts'

/** Where the store stands in the shop: its sales channel and that one's money. */
export type ShopwareCounter = { readonly channel: SalesChannelRecord; readonly currency: CurrencyRecord; /** Of which totals are a multiple. */ readonly totalMinor: number }

/** Feeds for price comparison are sales channels too. */
const COMPARISON = 'ed535e5722134ac1aa6524f73e26881b'
const TRANSLATED = { translations: { associations: { language: { associations: { locale: {} } } } } }

/** `wanted`: id, name or access key; null where there is only one. */
export const findCounter = async (client: ShopwareClient, wanted: string | null, pageSize: number): Promise<Result<ShopwareCounter, ShopTrouble>> => {
  const filter = [{ type: 'equals', field: 'active', value: true }, { type: 'not', operator: 'and', queries: [{ type: 'equals', field: 'typeId', value: COMPARISON }] }]
  const channels = await client.search({ entity: 'sales-channel', criteria: { filter, associations: { customerGroup: {} } }, record: salesChannelRecord, pageSize })
  if (!channels.ok) return channels
  const found = channels.value.filter(({ id, name, translated, accessKey }) => wanted === null || [id, name, translated?.name, accessKey].includes(wanted))
  const [channel] = found
  if (!channel || found.length > 1) return err({ type: 'Refused', why: `name one of its sales channels: ${channels.value.map(({ id, name, translated }) => translated?.name ?? name ?? id).join(', ').slice(0, 150)}` })
  const currencies = await client.search({ entity: 'currency', criteria: { ids: [channel.currencyId], associations: { countryRoundings: {} } }, record: currencyRecord, pageSize })
  if (!currencies.ok) return currencies
  const currency = currencies.value.find(({ id }) => id === channel.currencyId)
  if (!currency) return err({ type: 'Nonsense', why: 'the currency of the sales channel is not there' })
  const total = roundingOf({ channel, currency })
  return total.ok ? ok({ channel, currency, totalMinor: total.value }) : err({ type: 'Refused', why: total.error })
}

export const readRecords = async (client: ShopwareClient, { channel, currency }: ShopwareCounter, pageSize: number): Promise<Result<ShopwareRecords, ShopTrouble>> => {
  const all = <T>(entity: string, record: v.GenericSchema<unknown, T>, criteria: object = {}): Promise<Result<readonly T[], ShopTrouble>> => client.search({ entity, criteria, record, pageSize })
  const taxes = await all('tax', taxRecord, { associations: { rules: { associations: { type: {} } } } })
  if (!taxes.ok) return taxes
  const rules = await all('rule', ruleRecord, { associations: { conditions: {} } })
  if (!rules.ok) return rules
  const categories = await all('category', categoryRecord, { associations: TRANSLATED })
  if (!categories.ok) return categories
  const products = await all('product', productRecord, { filter: onSaleIn(channel), associations: { prices: {}, options: {}, ...TRANSLATED }, includes: PRODUCT_FIELDS })
  if (!products.ok) return products
  const promotions = await all('promotion', promotionRecord, { filter: [{ type: 'equals', field: 'salesChannels.salesChannelId', value: channel.id }], associations: PROMOTION_PARTS })
  if (!promotions.ok) return promotions
  const shipping = await all('shipping-method', shippingRecord, { filter: [{ type: 'equals', field: 'active', value: true }, { type: 'equals', field: 'salesChannels.id', value: channel.id }], associations: { prices: {}, ...TRANSLATED } })
  if (!shipping.ok) return shipping
  return ok({ channel, currency, taxes: taxes.value, rules: rules.value, categories: categories.value, products: products.value, promotions: promotions.value, shipping: shipping.value })
}

/** What stands for several variants is not sold itself. */
const onSaleIn = ({ id }: SalesChannelRecord): readonly object[] => [
  { type: 'equals', field: 'active', value: true },
  { type: 'equals', field: 'visibilities.salesChannelId', value: id },
  { type: 'multi', operator: 'or', queries: [{ type: 'equals', field: 'childCount', value: 0 }, { type: 'equals', field: 'childCount', value: null }] },
]

/** Descriptions are most of what an article weighs. */
const PRODUCT_FIELDS = {
  product: [
    'id', 'parentId', 'productNumber', 'name', 'translated', 'translations', 'options', 'price', 'prices', 'taxId', 'availableStock', 'stock', 'isCloseout', 'shippingFree', 'minPurchase', 'purchaseSteps', 'ean', 'manufacturerId',
    'categoryIds', 'categoryTree', 'tagIds', 'propertyIds', 'optionIds', 'streamIds',
  ],
  product_translation: ['name', 'language'],
}

const PROMOTION_PARTS = {
  discounts: { associations: { discountRules: {}, promotionDiscountPrices: {} } },
  setgroups: { associations: { setGroupRules: {} } },
  cartRules: {},
  orderRules: {},
  personaRules: {},
  ...TRANSLATED,
}
