/** Rules of promotions as filters and conditions. What is not listed here cannot be computed offline. */
import type { Comparison, Condition, Filter } from '#shared/offers/offer.ts'
import { anyOf, NOT_DISCOUNTABLE, taxonOf, type TaxonKind } from './medusa-basket.ts'
import type { MedusaRegion, MedusaRule } from './medusa-records.ts'

type Why = { readonly why: string }

/** Currencies without minor units, and with thousandths; all others have hundredths. Source  ISO 4217. */
const WITHOUT_MINOR = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'])
const WITH_THOUSANDTHS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'])

/** Shifts the point in the decimal text, so that 19.99 is 1999 and nothing beside it. */
export const majorToMinor = (major: number | string, { currencyCode }: MedusaRegion): number => {
  const currency = currencyCode.toUpperCase()
  return Number(`${major}e${WITHOUT_MINOR.has(currency) ? 0 : WITH_THOUSANDTHS.has(currency) ? 3 : 2}`)
}

const TAXON_KINDS: { readonly [attribute: string]: TaxonKind } = {
  'items.product.tags.id': 'tag',
  'items.product.categories.id': 'category',
  'items.product.collection_id': 'collection',
  'items.product.type_id': 'type',
}
const DECIMAL = /^\d{1,10}(\.\d{1,6})?$/
const COMPARISONS = new Set<string>(['gte', 'lte', 'gt', 'lt'] satisfies Comparison[])

/** All rules must hold. `touching`: articles that no promotion may touch are left out; buy and get takes them too. */
export const filterOf = (rules: readonly MedusaRule[], region: MedusaRegion, touching: boolean): Filter | Why => {
  const filters = rules.map((rule) => filterOfRule(rule, region))
  const faulty = filters.find((one) => 'why' in one)
  if (faulty && 'why' in faulty) return faulty
  const all = (filters as readonly Filter[]).reduceRight<Filter | null>((inner, filter) => (inner === null ? filter : both(filter, inner)), null) ?? {}
  return touching ? { ...all, notTaxons: [...(all.notTaxons ?? []), NOT_DISCOUNTABLE] } : all
}

/** The other one stands in every alternative of the one, or in its only one. */
const both = (one: Filter, other: Filter): Filter => ({ ...one, any: one.any ? one.any.map((alternative) => both(alternative, other)) : [other] })

const filterOfRule = ({ attribute, operator, values }: MedusaRule, region: MedusaRegion): Filter | Why => {
  const named = values.map(({ value }) => value)
  const kind = TAXON_KINDS[attribute]
  const isOneOf = operator === 'in' || operator === 'eq'
  if (kind === 'tag' || kind === 'category') return groupFilter(kind, operator, named, region) ?? { why: `rule "${attribute} ${operator}" on articles` }
  if (kind && isOneOf) return { taxons: named.map(taxonOf[kind]) }
  if (kind && operator === 'ne') return { notTaxons: named.map(taxonOf[kind]) }
  if (attribute === 'items.product.id' && isOneOf) return { products: named }
  if (attribute === 'items.product.id' && operator === 'ne') return { notProducts: named }
  const quantity = attribute === 'items.quantity' && named.length === 1 ? quantityFilter(operator, Number(named[0])) : null
  return quantity ?? { why: `rule "${attribute} ${operator}" on articles` }
}

/** An article may have several. `eq` says that it has one at least, and none but the named ones. */
const groupFilter = (kind: 'tag' | 'category', operator: string, named: readonly string[], { groups }: MedusaRegion): Filter | null => {
  const taxons = named.map(taxonOf[kind])
  if (operator === 'in') return { taxons }
  if (operator === 'ne') return { notTaxons: taxons }
  if (operator !== 'eq' || !groups) return null
  const others = groups[kind].filter((id) => !named.includes(id))
  return { taxons, ...(others.length > 0 ? { notTaxons: others.map(taxonOf[kind]) } : {}) }
}

/**
 * What the shop asks before it looks at a promotion without a code: a rule on articles is thought to fail where no article of the cart has the attribute
 * at all. That only matters to rules that leave articles out; all others fail then anyway.
 */
export const presenceOf = (rules: readonly MedusaRule[]): readonly Condition[] =>
  rules.flatMap(({ attribute, operator }) => {
    const kind = TAXON_KINDS[attribute]
    return kind && operator === 'ne' ? [{ type: 'contains', select: { taxons: [anyOf(kind)] } } as const] : []
  })

const quantityFilter = (operator: string, pieces: number): Filter | null => {
  if (!Number.isInteger(pieces)) return null
  switch (operator) {
    case 'gte':
      return { quantityMin: pieces }
    case 'gt':
      return { quantityMin: pieces + 1 }
    case 'lte':
      return { quantityMax: pieces }
    case 'lt':
      return { quantityMax: pieces - 1 }
    case 'eq':
    case 'in':
      return { quantityMin: pieces, quantityMax: pieces }
    case 'ne':
      return { any: [{ quantityMax: pieces - 1 }, { quantityMin: pieces + 1 }] }
    default:
      return null
  }
}

/** Totals of articles that rules look at: with tax or without. */
const SUMS: { readonly [attribute: string]: 'gross' | 'net' } = {
  item_total: 'gross',
  original_item_total: 'gross',
  item_subtotal: 'net',
  original_item_subtotal: 'net',
  total: 'gross',
}

/** Totals after promotions: one that was reached without the promotion may not be reached with it. */
export const isUnsteady = ({ attribute }: MedusaRule): boolean => attribute === 'item_total' || attribute === 'total'

/** A promotion of delivery has its turn when all others are done, and sees what they left; the others see the basket before any of them. */
export const conditionOf = (rule: MedusaRule, ofDelivery: boolean, region: MedusaRegion): Condition | Why => {
  const { attribute, operator, values } = rule
  const named = values.map(({ value }) => value)
  const isOneOf = operator === 'in' || operator === 'eq'
  const fact = region.facts && Object.hasOwn(region.facts, attribute) ? region.facts[attribute]! : null
  if (fact !== null && (isOneOf || operator === 'ne')) return named.some((one) => one.toLowerCase() === fact.toLowerCase()) === isOneOf ? { type: 'all', of: [] } : { type: 'never' }
  // Before all promotions and without tax, of articles and delivery.
  if (attribute === 'subtotal' && named.length === 1 && COMPARISONS.has(operator) && DECIMAL.test(named[0]!)) {
    return { type: 'grandTotal', op: operator as Comparison, amountMinor: majorToMinor(named[0]!, region), basis: 'initial', taxBasis: 'net' }
  }
  const taxBasis = SUMS[attribute]
  if (taxBasis && named.length === 1 && COMPARISONS.has(operator) && DECIMAL.test(named[0]!)) {
    return { type: 'subtotal', op: operator as Comparison, amountMinor: majorToMinor(named[0]!, region), basis: ofDelivery && isUnsteady(rule) ? 'current' : 'initial', taxBasis }
  }
  if (attribute === 'customer.groups.id' && isOneOf) return { type: 'customerGroup', in: named }
  if (attribute === 'shipping_address.country_code' && isOneOf) return { type: 'country', in: named.map((code) => code.toLowerCase()) }
  if (attribute === 'currency_code' && isOneOf) return named.some((code) => code.toLowerCase() === region.currencyCode.toLowerCase()) ? { type: 'all', of: [] } : { type: 'never' }
  return { why: `rule "${attribute} ${operator}"` }
}
