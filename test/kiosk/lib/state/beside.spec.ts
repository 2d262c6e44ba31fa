import { describe, expect, it } from 'vitest'
import { besideArticle, besideBasket } from '#kiosk/lib/state/beside.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Json } from '#shared/kernel/json.ts'
import { product } from '../../../shared/catalogue/product-builder.ts'

const [bread, butter, jam, eggs] = [1, 2, 3, 4].map((number) => product({ number })) as [Product, Product, Product, Product]
const shelf = (beside: readonly Json[], { products = [bread, butter, jam, eggs], inBasket = [] as readonly number[], demo = false } = {}) => ({
  items: { 'bought/0': { id: '0', asOf: '2026-11-22', demo, beside } },
  byNumber: new Map(products.map((one) => [one.number, one])),
  quantityOf: ({ number }: Product) => Number(inBasket.includes(number)),
})
const COUNTED: readonly Json[] = [[1, 120, [[2, 31], [3, 20], [4, null]]], [2, 40, [[3, 30], [1, 31]]]]

describe('beside an article the kiosk shows', () => {
  it('what the release says, in its order, with the counts it rests on and their day', () => {
    expect(besideArticle(bread, shelf(COUNTED))).toEqual([
      { product: butter, of: bread, counted: { n: 120, both: 31, asOf: '2026-11-22' }, demo: false },
      { product: jam, of: bread, counted: { n: 120, both: 20, asOf: '2026-11-22' }, demo: false },
      { product: eggs, of: bread, counted: null, demo: false },
    ])
  })
  it('nothing that is in the basket, not on the shelf or not in the assortment', () => {
    const soldOut = product({ number: 3, stock: { pieces: 0, at: millis(0) } })
    expect(besideArticle(bread, shelf(COUNTED, { products: [bread, butter, soldOut], inBasket: [2] }))).toEqual([])
  })
  it('nothing where nothing was counted, or the document cannot be read', () => {
    expect(besideArticle(jam, shelf(COUNTED))).toEqual([])
    expect(besideArticle(bread, shelf([['?']]))).toEqual([])
    expect(besideArticle(product({ number: 500 }), shelf(COUNTED))).toEqual([])
  })
  it('that the baskets were made up, if they were', () => expect(besideArticle(bread, shelf(COUNTED, { demo: true }))[0]!.demo).toBe(true))
})

describe('beside a basket the kiosk shows', () => {
  it('each article once, the largest share of baskets first, what was put there by hand last', () => {
    expect(besideBasket([bread, butter], shelf(COUNTED, { inBasket: [1, 2] })).map(({ product: { number }, of, counted }) => [number, of.number, counted?.both])).toEqual([[3, 2, 30], [4, 1, undefined]])
  })
})
