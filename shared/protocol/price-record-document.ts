/** Document `prices/<sku>`: what was asked for an article before this release, as the hub recorded it. Made by the hub, never by a shop. */
import * as v from 'valibot'
import type { PriceRecord } from '../catalogue/price-record.ts'
import type { Sku } from '../kernel/ids.ts'
import { amount, day, sku } from './document-fields.ts'

/** Prices kept per article and channel: daily changes of a year, and the thirty days before. */
export const MAX_RECORDED_PRICES = 520

export type PriceRecordDocument = PriceRecord & { readonly sku: Sku }

const entries = v.pipe(
  v.array(v.strictObject({ from: day, cents: amount })),
  v.maxLength(MAX_RECORDED_PRICES),
  v.check((all) => all.every((entry, i) => i === 0 || entry.from < all[i - 1]!.from), 'not newest first'),
)

export const priceRecordSchema: v.GenericSchema<unknown, PriceRecordDocument> = v.strictObject({ sku, until: day, store: entries, web: entries })
