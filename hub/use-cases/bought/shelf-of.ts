/** The assortment as recommendations see it: what can be sold, where it stands, and what nobody wants to see recommended on a screen in public. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { readEan } from '#shared/catalogue/ean.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { isSensitive } from '#shared/insights/baskets/sensitive.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { oncePer } from '#shared/offers/once.ts'

export type Shelf = {
  readonly articles: number
  product(sku: string): Product | null
  hasCategory(id: string): boolean
  /** The article that a source means: by its number, the number on its pack, or its name. */
  find(item: string): string | null
  /** The categories of an article, the nearest first. */
  categories(sku: string): readonly string[]
  isSensitive(sku: string): boolean
  /** All articles. Order  by item number. */
  all(): readonly Product[]
}

/** Worked out once per assortment. */
export const shelfOf: (assortment: Pick<Assortment, 'products' | 'productsBySku' | 'categories'>) => Shelf = oncePer((assortment: Pick<Assortment, 'products' | 'productsBySku' | 'categories'>): Shelf => {
  const parents = new Map(assortment.categories.map(({ id, parent }) => [id, parent]))
  const names = new Map(assortment.categories.map(({ id, name }) => [id, name]))
  const product = (sku: string): Product | null => assortment.productsBySku.get(sku as Sku) ?? null
  const chain = (sku: string): readonly string[] => {
    const all: string[] = []
    for (let at: string | null = product(sku)?.category ?? null; at !== null && !all.includes(at); at = parents.get(at) ?? null) all.push(at)
    return all
  }
  const sensitive = new Set(assortment.products.filter((one) => isSensitive([...wordsOf(one.name), ...one.taxons, ...chain(one.sku).flatMap((id) => wordsOf(names.get(id)))])).map(({ sku }) => sku as string))
  const bySource = sourceNames(assortment.products)
  return {
    articles: assortment.products.length,
    product,
    hasCategory: (id) => parents.has(id),
    find: (item) => product(item)?.sku ?? bySource(item),
    categories: chain,
    isSensitive: (sku) => sensitive.has(sku),
    all: () => assortment.products,
  }
})

const wordsOf = (name: Localised | undefined): readonly string[] => (name ? [name.de, name.en] : [])

/** A name that two articles have says nothing. */
const sourceNames = (products: readonly Product[]): ((item: string) => string | null) => {
  const byEan = new Map(products.map(({ ean, sku }) => [ean, sku as string]))
  const byName = new Map<string, string | null>()
  for (const { name, sku } of products) for (const word of new Set(wordsOf(name).map(folded))) byName.set(word, byName.has(word) ? null : sku)
  return (item) => {
    const ean = readEan(item)
    return (ean && byEan.get(ean)) || byName.get(folded(item)) || null
  }
}

const folded = (name: string): string => name.trim().toLowerCase()
