/** What a visit leaves for a reload of the page, read back with care: it may come from another version. */
import * as v from 'valibot'
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { LANGUAGES } from '#shared/kernel/language.ts'
import type { Kept } from '../lib/state/shopper.svelte.ts'

export const VISIT = 'visit'

const keptSchema = v.object({
  language: v.picklist(LANGUAGES),
  basket: v.object({
    lines: v.pipe(v.array(v.object({ sku: v.custom<Sku>((sku) => typeof sku === 'string'), quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_QUANTITY)) })), v.maxLength(MAX_LINES)),
    codes: v.pipe(v.array(v.string()), v.maxLength(MAX_CODES)),
    delivery: v.picklist(['pickup', 'home']),
  }),
})

/** Null if there is nothing to take up again. */
export const readKept = (saved: Json | null): Kept | null => {
  const kept = v.safeParse(keptSchema, saved)
  return kept.success && kept.output.basket.lines.length > 0 ? kept.output : null
}
