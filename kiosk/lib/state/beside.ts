/** What other customers bought too: of the release on this device, of what is here, and of nothing that this visitor does. */
import type { BasketView } from './basket-view.svelte.ts'
import type { StoreView } from './store-view.svelte.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { oncePer } from '#shared/offers/once.ts'
import { boughtGroupOf, boughtId } from '#shared/protocol/bought-document.ts'
import { readDocument } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

/** `of` is the article that it stands beside. Shape  `counted` null: the store put it there by hand; `asOf` the day of its counts. */
export type BesideProduct = { readonly product: Product; readonly of: Product; readonly counted: { readonly n: number; readonly both: number; readonly asOf: string } | null; readonly demo: boolean }

type Shelf = { readonly items: Documents; readonly byNumber: ReadonlyMap<number, Product>; /** Pieces of an article in the basket. */ quantityOf(product: Product): number }

/** Of the release that the visit is shown. */
export const besideShelf = ({ release, assortment }: StoreView, basket: BasketView): Shelf => ({
  items: release?.items ?? {},
  byNumber: assortment ? productsByNumber(assortment) : new Map(),
  quantityOf: ({ sku }) => basket.quantityOf(sku),
})

const productsByNumber = oncePer(({ products }: Assortment): ReadonlyMap<number, Product> => new Map(products.map((product) => [product.number, product])))

/** Beside one article. Shape  nothing that is in the basket already or not on the shelf. */
export const besideArticle = (of: Product, { items, byNumber, quantityOf }: Shelf): readonly BesideProduct[] => {
  const id = boughtId(boughtGroupOf(of.number))
  const read = items[id] === undefined ? null : readDocument('bought', id, items[id])
  const entry = read?.ok ? read.value.beside.find(([number]) => number === of.number) : undefined
  if (!read?.ok || !entry) return []
  const [, n, beside] = entry
  return beside.flatMap(([number, both]) => {
    const product = byNumber.get(number)
    return product && product.stock.pieces > 0 && quantityOf(product) === 0 ? [{ product, of, counted: both === null ? null : { n, both, asOf: read.value.asOf }, demo: read.value.demo }] : []
  })
}

/**
 * Beside everything in a basket.
 * Order   what lies in the largest share of baskets with one of its articles first, then what the store put there; each article once.
 */
export const besideBasket = (inBasket: readonly Product[], shelf: Shelf): readonly BesideProduct[] => {
  const all = inBasket.flatMap((of) => besideArticle(of, shelf)).sort((a, b) => shareOf(b) - shareOf(a))
  return [...new Map(all.toReversed().map((one) => [one.product.sku, one])).values()].toReversed()
}

const shareOf = ({ counted }: BesideProduct): number => (counted ? counted.both / counted.n : -1)
