import type { Category, Product } from '#shared/catalogue/product.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

/** A price history, newest first, from `['2026-03-01', 499]` pairs. */
export const history = (...entries: readonly (readonly [string, number])[]): Product['priceHistory'] =>
  entries.map(([from, price]) => ({ from: from as Day, cents: cents(price) }))

/** A fresh article; only what the case is about needs to be said. */
export const product = (given: Partial<Omit<Product, 'sku'>> & { readonly sku?: string } = {}): Product => ({
  number: 1,
  name: { de: 'Apfel', en: 'Apple' },
  brand: null,
  category: 'fruit',
  taxons: ['fruit'],
  priceCents: cents(100),
  priceHistory: history(['2026-01-01', 100]),
  taxRateBps: 700,
  contents: { amount: 500, unit: 'g' },
  depositCents: cents(0),
  ean: '',
  picture: '/pictures/apple.svg',
  stock: { pieces: 5, at: millis(0) },
  shelf: { aisle: 1, name: { de: 'Obst', en: 'Fruit' } },
  perishable: false,
  synonyms: [],
  alsoBought: [],
  ...given,
  sku: (given.sku ?? `sku-${given.number ?? 1}`) as Sku,
})

export const category = (id: string, parent: string | null, de: string, en: string, order = 1): Category => ({
  id,
  parent,
  name: { de, en },
  picture: `/pictures/${id}.svg`,
  order,
})
