/** A shelf of a few articles in three categories, one of them sensitive. */
import { shelfOf, type Shelf } from '#hub/use-cases/bought/shelf-of.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { millis } from '#shared/kernel/time.ts'
import { category, product } from '../../../shared/catalogue/product-builder.ts'

const CATEGORIES = [category('food', null, 'Lebensmittel', 'Food'), category('bakery', 'food', 'Backwaren', 'Bakery'), category('cellar', null, 'Wein und Sekt', 'Wine')]
const NAMES: { readonly [sku: string]: string } = { bread: 'Brot', butter: 'Butter', jam: 'Marmelade', eggs: 'Eier', salt: 'Salz', tea: 'Tee', red: 'Rotwein' }
export const soldOut = { stock: { pieces: 0, at: millis(0) } }

export const articles = (changes: { readonly [sku: string]: Partial<Omit<Product, 'sku'>> | null } = {}): readonly Product[] =>
  Object.entries(NAMES).flatMap(([sku, name], i) => {
    const change = changes[sku]
    if (change === null) return []
    const stands = sku === 'bread' ? 'bakery' : sku === 'red' ? 'cellar' : 'food'
    return [product({ sku, number: i + 1, name: { de: name, en: `${name} en` }, category: stands, taxons: [stands], ean: sku === 'tea' ? '4006381333931' : '', ...change })]
  })

export const shelf = (changes: Parameters<typeof articles>[0] = {}): Shelf => {
  const products = articles(changes)
  return shelfOf({ products, productsBySku: new Map(products.map((one) => [one.sku, one])), categories: CATEGORIES })
}

export const times = (n: number, basket: readonly string[]): (readonly string[])[] => Array.from({ length: n }, () => basket)
