/** Predicates of promotion rules as lists of articles and as conditions. Pure. What is not one of the shop's plain forms says why it cannot be computed. */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { Condition, Filter } from '#shared/offers/offer.ts'

export type Why = { readonly why: string }
export const isWhy = (one: object): one is Why => 'why' in one

/** The facts of an article that predicates and vouchers name. */
export type NamedArticle = { readonly sku: string; readonly variant: string; readonly product: string; readonly category: string | null; readonly collections: readonly string[] }

type Fields = { readonly [name: string]: unknown }
const fieldsOf = (value: unknown): Fields | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null)
const listOf = (value: unknown): readonly unknown[] | null => (Array.isArray(value) ? value : null)

/** Ids of groups are parts of document ids, which hold no padding. */
export const groupId = (id: string): string => id.replace(/=+$/, '')

const LEAVES: { readonly [name: string]: (article: NamedArticle) => readonly string[] } = {
  variantPredicate: ({ variant }) => [variant],
  productPredicate: ({ product }) => [product],
  categoryPredicate: ({ category }) => (category === null ? [] : [category]),
  collectionPredicate: ({ collections }) => collections,
}
/** Longest list of articles that an offer may name. */
const MAX_ARTICLES = 500
const ODD: Why = { why: 'its predicate is not one that can be decided outside of the shop' }

/** The articles of a catalogue rule. */
export const selectOf = (predicate: unknown, articles: readonly NamedArticle[]): Filter | Why => {
  const groups = plainGroups(predicate)
  if (groups) return { taxons: groups.map(groupId), taxonMode: 'direct' }
  const found = articles.filter((article) => matches(predicate, article) === true)
  if (articles.some((article) => matches(predicate, article) === null)) return ODD
  return named(found)
}

const named = (found: readonly NamedArticle[]): Filter | Why => (found.length > MAX_ARTICLES ? { why: `it is for ${found.length} articles, more than ${MAX_ARTICLES} that an offer may name` } : { skus: found.map(({ sku }) => sku) })

/** Nothing but categories or collections: lists that new articles join by themselves. */
const plainGroups = (predicate: unknown): readonly string[] | null => {
  const entries = Object.entries(fieldsOf(predicate) ?? {})
  const [first] = entries
  if (!first || entries.length > 1) return null
  const [name, value] = first
  if (name === 'OR' && listOf(value)) {
    const inner = listOf(value)!.map(plainGroups)
    return inner.length > 0 && inner.every((ids) => ids !== null) ? inner.flat() : null
  }
  return name === 'categoryPredicate' || name === 'collectionPredicate' ? idsOf(value) : null
}

/** Only lists of ids; the interface also takes filters by name, price, metadata. */
const idsOf = (value: unknown): readonly string[] | null => {
  const fields = fieldsOf(value)
  const ids = fields && listOf(fields['ids'])
  return ids && Object.keys(fields).length === 1 && ids.every((one) => typeof one === 'string') ? ids : null
}

/** Null: nobody can tell. All parts of one predicate must hold. */
const matches = (predicate: unknown, article: NamedArticle): boolean | null => {
  const entries = Object.entries(fieldsOf(predicate) ?? {})
  return entries.length === 0 ? null : allHold(entries.map(([name, value]) => partMatches(name, value, article)))
}

const partMatches = (name: string, value: unknown, article: NamedArticle): boolean | null => {
  if (name === 'AND' || name === 'OR') {
    const parts = listOf(value) ?? []
    // Of one alternative with several parts, or none at all, the shop makes something else.
    if (name === 'OR' && (parts.length === 0 || parts.some((one) => Object.keys(fieldsOf(one) ?? {}).length !== 1))) return null
    const inner = parts.map((one) => matches(one, article))
    return name === 'AND' || inner.includes(null) ? allHold(inner) : inner.includes(true)
  }
  const ids = idsOf(value)
  return ids && Object.hasOwn(LEAVES, name) ? LEAVES[name]!(article).some((id) => ids.includes(id)) : null
}

const allHold = (verdicts: readonly (boolean | null)[]): boolean | null => (verdicts.includes(null) ? null : !verdicts.includes(false))

/** The condition of an order rule: its prices are those after the catalogue's rules. */
export const conditionOf = (predicate: unknown): Condition | Why => {
  const entries = Object.entries(fieldsOf(predicate) ?? {})
  if (entries.length === 0) return ODD
  return joined('all', entries.map(([name, value]) => {
    if (name === 'OR' || name === 'AND') return joined(name === 'OR' ? 'any' : 'all', (listOf(value) ?? [null]).map(conditionOf))
    return name === 'discountedObjectPredicate' ? objectCondition(value) : ODD
  }))
}

const joined = (type: 'all' | 'any', parts: readonly (Condition | Why)[]): Condition | Why => parts.find(isWhy) ?? (parts.length === 1 ? parts[0]! : { type, of: parts as readonly Condition[] })

const SUMS: { readonly [name: string]: 'subtotal' | 'grandTotal' } = { baseSubtotalPrice: 'subtotal', baseTotalPrice: 'grandTotal' }

const objectCondition = (value: unknown): Condition | Why => {
  const entries = Object.entries(fieldsOf(value) ?? {})
  if (entries.length === 0) return ODD
  return joined('all', entries.map(([name, bound]) => {
    if (name === 'OR' || name === 'AND') return joined(name === 'OR' ? 'any' : 'all', (listOf(bound) ?? [null]).map(objectCondition))
    return Object.hasOwn(SUMS, name) ? sumCondition(SUMS[name]!, bound) : ODD
  }))
}

const sumCondition = (type: 'subtotal' | 'grandTotal', bound: unknown): Condition | Why => {
  const parts = Object.entries(fieldsOf(bound) ?? {}).flatMap(([name, value]): readonly (Condition | Why)[] => {
    switch (name) {
      case 'range':
        return Object.entries(fieldsOf(value) ?? { odd: null }).filter(([, limit]) => limit !== null).map(([op, limit]) => (op === 'gte' || op === 'lte' ? compared(type, op, limit) : ODD))
      case 'eq':
        return [compared(type, 'eq', value)]
      case 'oneOf':
        return [joined('any', (listOf(value) ?? [null]).map((one) => compared(type, 'eq', one)))]
      default:
        return [ODD]
    }
  })
  return parts.length === 0 ? ODD : joined('all', parts)
}

const compared = (type: 'subtotal' | 'grandTotal', op: 'gte' | 'lte' | 'eq', limit: unknown): Condition | Why => {
  const amountMinor = typeof limit === 'string' || typeof limit === 'number' ? minorOf(limit) : null
  return amountMinor === null || amountMinor < 0 ? ODD : { type, op, amountMinor, basis: 'initial' }
}
