/** Everything that prices depend on, all pages, in one channel of the shop. */
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { SaleorClient } from './saleor-client.ts'
import { CATEGORIES, categoryRecord, CHANNELS, channelsReply, PROMOTIONS, promotionRecord, SHIPPING, TAXES, taxesReply, VARIANTS, variantRecord, voucherRecord, VOUCHERS, zoneRecord, type ChannelRecord } from './saleor-queries.ts'
import type { SaleorRecords } from './saleor-snapshot.ts'

/** Where the store stands in the shop. */
export type SaleorCounter = { readonly shopName: string; readonly channel: ChannelRecord }

/** `wanted`: slug; null where there is only one. */
export const findCounter = async (client: SaleorClient, wanted: string | null): Promise<Result<SaleorCounter, ShopTrouble>> => {
  const said = await client.ask({ query: CHANNELS, reply: channelsReply, repeatable: true })
  if (!said.ok) return said
  const active = said.value.channels.filter(({ isActive }) => isActive)
  const found = active.filter(({ slug }) => wanted === null || slug === wanted)
  const [channel] = found
  if (!channel || found.length > 1) return err({ type: 'Refused', why: `name one of its channels: ${active.map(({ slug }) => slug).join(', ').slice(0, 150)}` })
  const why = whyNoTax(channel)
  return why === null ? ok({ shopName: said.value.shop.name, channel }) : err({ type: 'Refused', why })
}

/** Under other settings nobody outside knows its tax. */
const whyNoTax = ({ taxConfiguration, defaultCountry }: ChannelRecord): string | null => {
  const { chargeTaxes, taxCalculationStrategy, countries } = taxConfiguration
  if (countries.some(({ country }) => country.code === defaultCountry.code)) return `its tax in ${defaultCountry.code} is an exception of the channel`
  if (!chargeTaxes) return 'it charges no tax'
  return taxCalculationStrategy === 'FLAT_RATES' ? null : 'its tax is made by an app'
}

/** Each may bring five lists along, and the shop bounds what a question may cost. */
const VOUCHERS_OF_A_PAGE = 20

export const readRecords = async (client: SaleorClient, { shopName, channel }: SaleorCounter, pageSize: number): Promise<Result<SaleorRecords, ShopTrouble>> => {
  const taxes = await client.ask({ query: TAXES, variables: { country: channel.defaultCountry.code }, reply: taxesReply, repeatable: true })
  if (!taxes.ok) return taxes
  const categories = await client.all(CATEGORIES, categoryRecord, pageSize)
  if (!categories.ok) return categories
  const variants = await client.all(VARIANTS, variantRecord, pageSize, { channel: channel.slug })
  if (!variants.ok) return variants
  const promotions = await client.all(PROMOTIONS, promotionRecord, pageSize)
  if (!promotions.ok) return promotions
  const vouchers = await client.all(VOUCHERS, voucherRecord, Math.min(pageSize, VOUCHERS_OF_A_PAGE))
  if (!vouchers.ok) return vouchers
  const zones = await client.all(SHIPPING, zoneRecord, pageSize, { channel: channel.slug })
  if (!zones.ok) return zones
  return ok({ shopName, channel, rates: taxes.value.taxCountryConfiguration?.taxClassCountryRates ?? [], categories: categories.value, variants: variants.value, promotions: promotions.value, vouchers: vouchers.value, zones: zones.value })
}
