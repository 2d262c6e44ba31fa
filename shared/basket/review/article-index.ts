/** The articles of an assortment by what filters ask for, so that thousands of offers are looked up and not tried on every article. */
import type { Product } from '../../catalogue/product.ts'
import { canonicalJson, type Json } from '../../kernel/json.ts'
import { rational } from '../../kernel/rational.ts'
import { matchesFilter } from '../../offers/filter.ts'
import type { Filter } from '../../offers/offer.ts'
import type { Assortment } from '../assortment.ts'
import { MAX_LINES } from '../basket.ts'
import { pricingLineOf, taxonParents } from '../pricing-of-basket.ts'

/** Articles of one filter that are looked at closely: the cheapest ones. */
export const MAX_EXAMPLES = 40

/** What a filter finds. */
export type Selection = {
  /** Cheapest first, `MAX_EXAMPLES` at most. */
  readonly examples: readonly Product[]
  readonly count: number
  readonly dearest: Product | null
  /** The dearest `MAX_LINES` articles together, one piece each: as much as one basket can hold of different articles. */
  readonly reachCents: number
}

/** Looks up articles; every answer is kept, filters repeat. */
export type ArticleIndex = {
  readonly select: (filter: Filter | undefined) => Selection
  readonly matches: (product: Product, filter: Filter | undefined) => boolean
  readonly bySku: ReadonlyMap<string, Product>
}

export const articleIndex = ({ products, categories }: Pick<Assortment, 'products' | 'categories'>): ArticleIndex => {
  const parents = taxonParents(categories)
  const sorted = [...products].sort((a, b) => a.priceCents - b.priceCents || a.number - b.number)
  const bySku = new Map<string, Product>(sorted.map((product) => [product.sku, product]))
  const byTaxon = groupByTaxon(sorted, parents)
  const kept = new Map<string, Selection>()
  const matches = (product: Product, filter: Filter | undefined): boolean => {
    const line = pricingLineOf({ product, quantity: 1 })
    return matchesFilter({ line, unit: rational(product.priceCents), reduced: line.reduced ?? false }, filter, parents)
  }
  const lookUp = (filter: Filter | undefined): Selection => summarise(candidates(filter, sorted, bySku, byTaxon).filter((product) => matches(product, filter)))
  const select = (filter: Filter | undefined): Selection => {
    const key = filter === undefined ? '' : canonicalJson(filter as Json)
    const known = kept.get(key)
    if (known) return known
    const selection = lookUp(filter)
    kept.set(key, selection)
    return selection
  }
  return { select, matches, bySku }
}

const summarise = (products: readonly Product[]): Selection => ({
  examples: products.slice(0, MAX_EXAMPLES),
  count: products.length,
  dearest: products.at(-1) ?? null,
  reachCents: products.slice(-MAX_LINES).reduce((sum, product) => sum + product.priceCents, 0),
})

/** Each article under its own taxons and all above them. */
const groupByTaxon = (sorted: readonly Product[], parents: { readonly [taxon: string]: readonly string[] }): ReadonlyMap<string, readonly Product[]> => {
  const groups = new Map<string, Product[]>()
  for (const product of sorted) {
    for (const taxon of new Set(product.taxons.flatMap((own) => [own, ...(parents[own] ?? [])]))) {
      const group = groups.get(taxon)
      if (group) group.push(product)
      else groups.set(taxon, [product])
    }
  }
  return groups
}

const candidates = (filter: Filter | undefined, sorted: readonly Product[], bySku: ReadonlyMap<string, Product>, byTaxon: ReadonlyMap<string, readonly Product[]>): readonly Product[] => {
  const named = filter?.skus ?? filter?.products ?? filter?.lines
  if (named) return cheapestFirst(new Set(named.flatMap((sku) => bySku.get(sku) ?? [])))
  if (filter?.taxons) return filter.taxons.length === 1 ? (byTaxon.get(filter.taxons[0]!) ?? []) : cheapestFirst(new Set(filter.taxons.flatMap((taxon) => byTaxon.get(taxon) ?? [])))
  return sorted
}

const cheapestFirst = (products: ReadonlySet<Product>): readonly Product[] => [...products].sort((a, b) => a.priceCents - b.priceCents || a.number - b.number)
