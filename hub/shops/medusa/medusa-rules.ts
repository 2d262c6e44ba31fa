/** Rules of promotions as filters and conditions. What is not listed here cannot be computed offline. */
import type { Comparison, Condition, Filter } from '#shared/offers/offer.ts'
import { NOT_DISCOUNTABLE, taxonOf, type TaxonKind } from './medusa-basket.ts'
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
const COMPARISONS = new Set<string>(['gte', 'lte', 'gt', 'lt', 'eq'] satisfies Comparison[])

/** All rules must hold; articles that no promotion may touch are left out. */
export const filterOf = (rules: readonly MedusaRule[]): Filter | Why => {
  const filters = rules.map(filterOfRule)
  const faulty = filters.find((one) => 'why' in one)
  if (faulty && 'why' in faulty) return faulty
  const [first, ...others] = filters as readonly Filter[]
  const notTaxons = [...(first?.notTaxons ?? []), NOT_DISCOUNTABLE]
  return { ...first, notTaxons, ...(others.length > 0 ? { any: [allOf(others)] } : {}) }
}

/** Each filter stands in the only alternative of the one before. */
const allOf = (filters: readonly Filter[]): Filter => filters.slice(0, -1).reduceRight((inner, filter) => ({ ...filter, any: [inner] }), filters.at(-1)!)

const filterOfRule = ({ attribute, operator, values }: MedusaRule): Filter | Why => {
  const named = values.map(({ value }) => value)
  const kind = TAXON_KINDS[attribute]
  const isOneOf = operator === 'in' || operator === 'eq'
  // Of several values each must be the one that is named: an article may have more.
  if (operator === 'eq' && (kind === 'tag' || kind === 'category')) return { why: `rule "${attribute} ${operator}" on articles that may have several` }
  if (kind && isOneOf) return { taxons: named.map(taxonOf[kind]) }
  if (kind && operator === 'ne') return { notTaxons: named.map(taxonOf[kind]) }
  if (attribute === 'items.product.id' && isOneOf) return { products: named }
  const quantity = attribute === 'items.quantity' && named.length === 1 ? quantityFilter(operator, Number(named[0])) : null
  return quantity ?? { why: `rule "${attribute} ${operator}" on articles` }
}

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
    default:
      return null
  }
}

/** Totals that rules look at: with tax or without. */
const SUMS: { readonly [attribute: string]: 'gross' | 'net' } = {
  item_total: 'gross',
  original_item_total: 'gross',
  item_subtotal: 'net',
  original_item_subtotal: 'net',
  subtotal: 'net',
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
  const taxBasis = SUMS[attribute]
  if (taxBasis && named.length === 1 && COMPARISONS.has(operator) && DECIMAL.test(named[0]!)) {
    return { type: 'subtotal', op: operator as Comparison, amountMinor: majorToMinor(named[0]!, region), basis: ofDelivery && isUnsteady(rule) ? 'current' : 'initial', taxBasis }
  }
  if (attribute === 'customer.groups.id' && isOneOf) return { type: 'customerGroup', in: named }
  if (attribute === 'shipping_address.country_code' && isOneOf) return { type: 'country', in: named.map((code) => code.toLowerCase()) }
  if (attribute === 'currency_code' && isOneOf) return named.some((code) => code.toLowerCase() === region.currencyCode.toLowerCase()) ? { type: 'all', of: [] } : { type: 'never' }
  return { why: `rule "${attribute} ${operator}"` }
}
