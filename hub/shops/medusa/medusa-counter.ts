/** Where in the shop is bought: its region, the country that is delivered to, and the public key of the sales channel. Found once, told by the configuration where there are several. */
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { MedusaClient } from './medusa-client.ts'
import { KEYS, keysReply, REGIONS, regionsReply, type MedusaKeys, type MedusaRegionRecord } from './medusa-replies.ts'

export type MedusaCounter = { readonly region: MedusaRegionRecord; readonly country: string; readonly publishableKey: string; readonly salesChannels: readonly string[] }

/** Null: the only one there is. */
export type CounterTerms = { readonly region: string | null; readonly country: string | null; readonly publishableKey: string | null }

export const findCounter = async (client: MedusaClient, terms: CounterTerms): Promise<Result<MedusaCounter, ShopTrouble>> => {
  const regions = await client.admin({ path: REGIONS, reply: regionsReply })
  if (!regions.ok) return regions
  const keys = await client.admin({ path: KEYS, reply: keysReply })
  return keys.ok ? counterOf(regions.value.regions, keys.value.api_keys, terms) : keys
}

const counterOf = (regions: readonly MedusaRegionRecord[], keys: MedusaKeys, terms: CounterTerms): Result<MedusaCounter, ShopTrouble> => {
  const region = theOne(regions, terms.region, (one) => one.id)
  if (!region) return err({ type: 'Refused', why: `it has ${regions.length} regions: name one with the option region` })
  const country = theOne(region.countries.map((one) => one.iso_2), terms.country?.toLowerCase() ?? null, (one) => one)
  if (country === null) return err({ type: 'Refused', why: `its region has ${region.countries.length} countries: name one with the option country` })
  const key = theOne(keys.filter((one) => one.revoked_at === null), terms.publishableKey, (one) => one.token)
  if (!key) return err({ type: 'Refused', why: `it has ${keys.length} publishable keys: name one with the option publishable-key` })
  return ok({ region, country, publishableKey: key.token, salesChannels: (key.sales_channels ?? []).map(({ id }) => id) })
}

const theOne = <T>(all: readonly T[], wanted: string | null, nameOf: (one: T) => string): T | null => {
  if (wanted !== null) return all.find((one) => nameOf(one) === wanted) ?? null
  return all.length === 1 ? all[0]! : null
}
