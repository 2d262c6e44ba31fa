/** The shop's shipping options as ways of delivery: exact where the price is flat and for everybody, else left to the shop with the reason. */
import type { ShopDelivery } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { MedusaRegion } from './medusa-records.ts'
import type { MedusaShippingRecord } from './medusa-replies.ts'
import { majorToMinor } from './medusa-rules.ts'
import type { MedusaLists } from './medusa-lists.ts'
import { taxPercentOf } from './medusa-tax.ts'

/** Those of other countries and sales channels, and those for staff and returns, are none of a shopper's. */
export const deliveriesOf = (records: MedusaLists, region: MedusaRegion): readonly ShopDelivery[] =>
  records.shipping.filter((one) => isOffered(one, records)).map((one) => deliveryOf(one, records, region))

const isOffered = ({ service_zone: zone, rules }: MedusaShippingRecord, { counter }: MedusaLists): boolean => {
  const channels = zone?.fulfillment_set?.location?.sales_channels?.map(({ id }) => id) ?? []
  const reaches = zone?.geo_zones?.some(({ country_code: country }) => country === counter.country) ?? false
  const isHidden = rules?.some(({ attribute, value }) => (attribute === 'is_return' && String(value) === 'true') || (attribute === 'enabled_in_store' && String(value) === 'false')) ?? false
  return reaches && !isHidden && channels.some((id) => counter.salesChannels.includes(id))
}

const OWN_RULES = new Set(['is_return', 'enabled_in_store'])

const deliveryOf = (option: MedusaShippingRecord, { taxes, preferences, counter }: MedusaLists, region: MedusaRegion): ShopDelivery => {
  const { id, name, price_type: priceType, rules, service_zone: zone } = option
  const told = { key: id, kind: zone?.fulfillment_set?.type === 'pickup' ? 'pickup' : 'home', name: { en: name } } as const
  const only = (why: string): ShopDelivery => ({ ...told, priceMinor: null, taxPercent: 0, why })
  if (priceType !== 'flat') return only('its price is worked out by another service')
  if (rules?.some(({ attribute }) => !OWN_RULES.has(attribute))) return only('who may have it is decided by rules of the shop')
  if (zone?.geo_zones?.every(({ type }) => type !== 'country')) return only('it reaches only parts of the country')
  const prices = (option.prices ?? []).filter(({ currency_code: currency, price_rules: only }) => currency?.toLowerCase() === region.currencyCode.toLowerCase() && ofRegion(only, counter.region.id))
  if (prices.some((one) => one.min_quantity !== null || one.max_quantity !== null || one.price_rules?.some(({ attribute }) => attribute !== 'region_id'))) return only('its price depends on the basket')
  const price = prices.find((one) => (one.price_rules ?? []).length > 0) ?? prices[0]
  if (!price) return only('it has no price in this region')
  const taxPercent = taxPercentOf(taxes, [{ reference: 'shipping_option', id }])
  if (taxPercent === null) return only('its tax is worked out by another service')
  const attribute = (price.price_rules ?? []).length > 0 ? 'region_id' : 'currency_code'
  const value = attribute === 'region_id' ? counter.region.id : region.currencyCode
  const isGross = preferences.some((one) => one.attribute === attribute && one.value?.toLowerCase() === value.toLowerCase() && one.is_tax_inclusive)
  if (isGross !== region.taxInclusive) return only('its price is listed the other way about tax than those of articles')
  const minor = majorToMinor(price.amount, region)
  return { ...told, priceMinor: isGross ? minor : Math.round(minor * (1 + taxPercent / 100)), taxPercent }
}

/** Prices for another region are not for us. */
const ofRegion = (rules: NonNullable<MedusaShippingRecord['prices']>[number]['price_rules'], region: string): boolean =>
  rules?.every(({ attribute, value }) => attribute !== 'region_id' || value === region) ?? true
