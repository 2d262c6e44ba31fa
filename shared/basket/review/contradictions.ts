/** Conditions of which each can hold alone, but never all of them together. */
import { canonicalJson, type Json } from '../../kernel/json.ts'
import type { Language } from '../../kernel/language.ts'
import type { Comparison, Condition, Filter } from '../../offers/offer.ts'
import type { Impossible } from './impossible.ts'
import { hoursOf, isClosed } from './open-hours.ts'
import { both, money } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'

type All = Extract<Condition, { type: 'all' | 'any' }>

/** Why the parts of an `all` exclude one another; null if nothing is known against them. */
export const contradictionIn = (condition: All, shop: ReviewedShop, path: string): Impossible | null => {
  const parts = conjuncts(condition)
  const against = (de: string, en: string): Impossible => ({ rule: 'contradiction', path, why: both(de, en) })
  if (isClosed(hoursOf(parts))) return { rule: 'time-never', path, why: both('Wochentage und Uhrzeiten lassen zusammen keinen Augenblick übrig', 'weekdays and times of day together leave no moment') }
  if (negatesItself(parts)) return against('sie verlangt etwas und zugleich sein Gegenteil', 'it asks for something and its opposite at once')
  const range = emptyRange(parts)
  if (range) return against(`${range.de} soll zugleich mindestens ${told(range, range.low, 'de')} und höchstens ${told(range, range.high, 'de')} sein`, `${range.en} is to be at least ${told(range, range.low, 'en')} and at most ${told(range, range.high, 'en')} at once`)
  const place = noSharedPlace(parts)
  if (place) return against(`zwei Listen (${place}) haben nichts gemeinsam`, `two lists (${place}) have nothing in common`)
  const orders = new Set(parts.flatMap((one) => (one.type === 'nthOrder' ? [one.n] : [])))
  if (orders.size > 1) return against('eine Bestellung kann nicht zugleich zwei Nummern haben', 'an order cannot have two numbers at once')
  return noSharedArticle(parts, shop) ? against('nur bestimmte Artikel sind erlaubt, ein anderer wird verlangt', 'only certain articles are allowed, and another one is asked for') : null
}

/** The parts that must all hold, `all` inside `all` unfolded. */
export const conjuncts = (condition: Condition | undefined): readonly Condition[] => (condition === undefined ? [] : condition.type === 'all' ? condition.of.flatMap(conjuncts) : [condition])

const keyOf = (condition: unknown): string => canonicalJson(condition as Json)

const negatesItself = (parts: readonly Condition[]): boolean => {
  const asked = new Set(parts.map(keyOf))
  return parts.some((one) => one.type === 'not' && asked.has(keyOf(one.of)))
}

type Bounds = { low: number; high: number }
type Scale = 'subtotal' | 'grandTotal' | 'quantity'
const NAMES: { readonly [type in Scale]: { readonly de: string; readonly en: string } } = {
  subtotal: { de: 'der Warenwert', en: 'the value of the goods' },
  grandTotal: { de: 'die Summe', en: 'the total' },
  quantity: { de: 'die Stückzahl', en: 'the number of pieces' },
}

type EmptyRange = Bounds & { readonly type: Scale; readonly de: string; readonly en: string }

/** Pieces are counted, everything else is money. */
const told = ({ type }: EmptyRange, bound: number, language: Language): string => (type === 'quantity' ? String(bound) : money(bound, language))

/** A quantity whose lower bound lies above its upper one. A part of the basket is never worth more than the whole. */
const emptyRange = (parts: readonly Condition[]): EmptyRange | null => {
  const bounds = new Map<string, Bounds & { readonly type: Scale }>()
  for (const one of parts) {
    const sized = sizeOf(one)
    if (!sized) continue
    const { type, scale, select } = sized
    const [low, high] = rangeOf(sized.op, sized.limit)
    meet(bounds, `${scale} ${keyOf(select ?? {})}`, type, low, high)
    // What a part must reach, the whole reaches too.
    if (select !== undefined) meet(bounds, `${scale} {}`, type, low, Infinity)
  }
  const empty = [...bounds.values()].find(({ low, high }) => low > high)
  return empty ? { ...empty, ...NAMES[empty.type] } : null
}

type Sized = { readonly type: Scale; readonly scale: string; readonly op: Comparison | undefined; readonly limit: number; readonly select: Filter | undefined }

const sizeOf = (one: Condition): Sized | null => {
  if (one.type === 'quantity') return { type: 'quantity', scale: 'quantity', op: one.op, limit: one.value, select: one.select }
  if (one.type !== 'subtotal' && one.type !== 'grandTotal') return null
  return { type: one.type, scale: `${one.type} ${one.basis ?? 'current'} ${one.taxBasis ?? 'list'}`, op: one.op, limit: one.amountMinor, select: one.select }
}

const meet = (bounds: Map<string, Bounds & { readonly type: Scale }>, key: string, type: Scale, low: number, high: number): void => {
  const known = bounds.get(key)
  bounds.set(key, { type, low: Math.max(low, known?.low ?? -Infinity), high: Math.min(high, known?.high ?? Infinity) })
}

/** Whole units, as prices and pieces are. */
const rangeOf = (op: Comparison = 'gte', limit: number): readonly [low: number, high: number] => {
  switch (op) {
    case 'gte':
      return [limit, Infinity]
    case 'gt':
      return [limit + 1, Infinity]
    case 'lte':
      return [-Infinity, limit]
    case 'lt':
      return [-Infinity, limit - 1]
    case 'eq':
      return [limit, limit]
  }
}

const noSharedPlace = (parts: readonly Condition[]): string | null => {
  for (const type of ['country', 'store', 'shippingMethod'] as const) {
    const lists = parts.flatMap((one) => (one.type === type ? [one.in] : []))
    if (lists.length > 1 && !lists[0]!.some((place) => lists.every((list) => list.includes(place)))) return lists.map((list) => list.join(', ')).join(' / ')
  }
  return null
}

/** Every line must fit one selection, and one line another: some article must fit both. */
const noSharedArticle = (parts: readonly Condition[], { articles }: ReviewedShop): boolean => {
  const wanted = parts.flatMap((one) => (one.type === 'contains' ? [one.select] : []))
  return parts.some((one) => {
    if (one.type !== 'allLines') return false
    const { examples, count } = articles.select(one.select)
    if (count > examples.length) return false
    return wanted.some((select) => !examples.some((product) => articles.matches(product, select)))
  })
}
