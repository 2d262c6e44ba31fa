/** What a visit leaves for a reload of the page, read back with care: it may come from another version. */
import { MAX_CODES, MAX_LINES, MAX_QUANTITY, type BasketLine } from '#shared/basket/basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { LANGUAGES } from '#shared/kernel/language.ts'
import type { Kept } from '../lib/state/shopper.svelte.ts'

export const VISIT = 'visit'

/** Null if there is nothing to take up again, or it is not what this version wrote. */
export const readKept = (saved: Json | null): Kept | null => {
  const language = LANGUAGES.find((one) => one === field(saved, 'language'))
  const basket = field(saved, 'basket')
  const delivery = (['pickup', 'home'] as const).find((one) => one === field(basket, 'delivery'))
  const lines = listOf(field(basket, 'lines'), MAX_LINES, readLine)
  const codes = listOf(field(basket, 'codes'), MAX_CODES, (code) => (typeof code === 'string' ? code : null))
  return language && delivery && lines && codes && lines.length > 0 ? { language, basket: { lines, codes, delivery } } : null
}

const readLine = (line: Json): BasketLine | null => {
  const sku = field(line, 'sku')
  const quantity = field(line, 'quantity')
  const isCount = typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY
  return typeof sku === 'string' && isCount ? { sku: sku as Sku, quantity } : null
}

const field = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json })[name] : undefined

/** All or nothing. */
const listOf = <T>(value: Json | undefined, most: number, read: (item: Json) => T | null): readonly T[] | null => {
  if (!Array.isArray(value) || value.length > most) return null
  const items = value.map((item: Json) => read(item)).filter((item) => item !== null)
  return items.length === value.length ? items : null
}
