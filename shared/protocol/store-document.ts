/** Documents `store/main` and `brand/main`. */
import * as v from 'valibot'
import type { Brand, BrandColours, Store } from '../catalogue/store.ts'
import { amount, key, localised, MAX_NAME, rateBps, text, whole } from './document-fields.ts'

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const domain = v.pipe(v.string(), v.regex(/^(|[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?)$/), v.maxLength(253))

export const storeSchema: v.GenericSchema<unknown, Store> = v.strictObject({
  id: key,
  number: whole(0, 65_535),
  name: text(MAX_NAME),
  address: text(MAX_NAME),
  timeZone: v.pipe(v.string(), v.maxLength(64), v.check(isTimeZone, 'unknown time zone')),
  currency: v.literal('EUR'),
  country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
  checkoutDomain: domain,
  shipping: v.pipe(
    v.array(v.strictObject({ id: v.picklist(['pickup', 'home']), name: localised, priceCents: amount, taxRateBps: rateBps })),
    v.maxLength(8),
  ),
  handoffHours: whole(1, 24 * 31),
  honourHours: whole(0, 24 * 31),
  maxOfflineHours: whole(1, 24 * 90),
})

/** Hexadecimal or functional colour; nothing that could load or run anything. */
const colour = v.pipe(v.string(), v.maxLength(64), v.regex(/^(#[0-9a-fA-F]{3,8}|(rgb|hsl|oklch|oklab|lab|lch)\([0-9a-z.,%/\s+-]+\))$/))
const colours: v.GenericSchema<unknown, BrandColours> = v.strictObject({
  ground: v.exactOptional(colour),
  ink: v.exactOptional(colour),
  brand: v.exactOptional(colour),
  'brand-ink': v.exactOptional(colour),
  offer: v.exactOptional(colour),
  'offer-ink': v.exactOptional(colour),
})

export const brandSchema: v.GenericSchema<unknown, Brand> = v.strictObject({ name: text(80), claim: localised, light: colours, dark: colours })
