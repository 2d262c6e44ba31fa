/** Which basket lines a filter selects. */
import { compare, rational, type Rational } from '../kernel/rational.ts'
import type { Filter } from './offer.ts'
import type { PricingLine } from './pricing-context.ts'

type TaxonParents = { readonly [taxon: string]: readonly string[] }

/** The facts of a line that a filter looks at. */
export type FilterableLine = { readonly line: PricingLine; readonly unit: Rational; readonly reduced: boolean }

/** True if all given keys hold; without a filter every line is selected. */
export const matchesFilter = (line: FilterableLine, filter: Filter | undefined, taxonParents: TaxonParents = NO_PARENTS): boolean => {
  if (!filter) return true
  const { id, sku, product } = line.line
  const taxons = line.line.taxons ?? NO_TAXONS
  return (
    isOneOf(id, filter.lines) &&
    isOneOf(sku, filter.skus) &&
    isOneOf(product, filter.products) &&
    (!filter.taxons || hasTaxon(taxons, filter.taxons, filter.taxonMode, taxonParents)) &&
    (!filter.allTaxons || filter.allTaxons.every((taxon) => taxons.includes(taxon))) &&
    (filter.quantityMin === undefined || line.line.quantity >= filter.quantityMin) &&
    (filter.quantityMax === undefined || line.line.quantity <= filter.quantityMax) &&
    !filter.notSkus?.includes(sku) &&
    !(product !== undefined && filter.notProducts?.includes(product)) &&
    !(filter.notTaxons && hasTaxon(taxons, filter.notTaxons, filter.taxonMode, taxonParents)) &&
    (filter.priceMinMinor === undefined || compare(line.unit, rational(filter.priceMinMinor)) >= 0) &&
    (filter.priceMaxMinor === undefined || compare(line.unit, rational(filter.priceMaxMinor)) <= 0) &&
    !(filter.excludeReduced && line.reduced) &&
    (!filter.any || filter.any.some((one) => matchesFilter(line, one, taxonParents)))
  )
}

const NO_TAXONS: readonly string[] = []
const NO_PARENTS: TaxonParents = {}

const isOneOf = (value: string | undefined, wanted: readonly string[] | undefined): boolean =>
  !wanted || (value !== undefined && wanted.includes(value))

const hasTaxon = (own: readonly string[], wanted: readonly string[], mode: Filter['taxonMode'], parents: TaxonParents): boolean =>
  own.some((taxon) => wanted.includes(taxon) || (mode === 'subtree' && (parents[taxon] ?? []).some((parent) => wanted.includes(parent))))
