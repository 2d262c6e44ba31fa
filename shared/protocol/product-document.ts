/** Documents `product/<sku>` and `category/<id>`. */
import * as v from 'valibot'
import type { Category, Product } from '../catalogue/product.ts'
import { amount, day, instant, key, localised, picture, price, rateBps, shortNumber, sku, text, whole } from './document-fields.ts'

/** Prices kept per article: ten years of weekly changes. */
export const MAX_PRICE_ENTRIES = 520
/** Categories and labels of one article. */
export const MAX_TAXONS = 32
export const MAX_SYNONYMS = 40
export const MAX_ALSO_BOUGHT = 24

const priceEntry = v.strictObject({ from: day, cents: price, step: v.exactOptional(v.literal(true)) })

const contents = v.variant('unit', [
  v.strictObject({ amount: v.pipe(v.number(), v.minValue(0.001), v.maxValue(1_000_000)), unit: v.picklist(['g', 'ml']) }),
  v.strictObject({ amount: whole(1, 100_000), unit: v.literal('piece') }),
])

/**
 * One article.
 * Errors  a price that is not positive, a history that is not newest first, or whose first entry is not the price in force.
 */
export const productSchema: v.GenericSchema<unknown, Product> = v.pipe(
  v.strictObject({
    sku,
    number: shortNumber,
    name: localised,
    brand: v.nullable(text(80)),
    category: key,
    taxons: v.pipe(v.array(key), v.maxLength(MAX_TAXONS)),
    priceCents: price,
    priceHistory: v.pipe(v.array(priceEntry), v.minLength(1), v.maxLength(MAX_PRICE_ENTRIES)),
    taxRateBps: rateBps,
    contents,
    depositCents: amount,
    ean: v.pipe(v.string(), v.regex(/^(|\d{8}|\d{12,14})$/)),
    picture,
    stock: v.strictObject({ pieces: whole(0, 10_000_000), at: instant }),
    shelf: v.strictObject({ aisle: whole(0, 10_000), name: localised }),
    perishable: v.boolean(),
    synonyms: v.pipe(v.array(text(80)), v.maxLength(MAX_SYNONYMS)),
    alsoBought: v.pipe(v.array(sku), v.maxLength(MAX_ALSO_BOUGHT)),
  }),
  v.check((p) => p.priceHistory.every((entry, i) => i === 0 || entry.from < p.priceHistory[i - 1]!.from), 'price history is not newest first'),
  v.check((p) => p.priceHistory[0]!.cents === p.priceCents, 'price in force is not the newest of the history'),
)

export const categorySchema: v.GenericSchema<unknown, Category> = v.strictObject({
  id: key,
  parent: v.nullable(key),
  name: localised,
  picture,
  order: whole(0, 100_000),
})
