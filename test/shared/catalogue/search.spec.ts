import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexProducts, searchProducts } from '#shared/catalogue/search.ts'
import { category, product } from './product-builder.ts'

const CATEGORIES = [category('dairy', null, 'Milch, Käse & Eier', 'Dairy'), category('cheese', 'dairy', 'Käse', 'Cheese'), category('oil', null, 'Öl & Essig', 'Oil & vinegar')]
const NAMES: readonly (readonly [de: string, en: string, category?: string])[] = [
  ['Frischkäse natur', 'cream cheese', 'cheese'],
  ['Hafermilch', 'oat drink'],
  ['Dinkel Milch', 'spelt drink'],
  ['Direktsaft aus Trauben', 'grape juice'],
  ['Bio Schlagobers 36%', 'organic whipping cream', 'dairy'],
  ['Speisetopfen', 'curd cheese', 'dairy'],
  ['Marillen', 'apricots'],
  ['Rapsöl', 'rapeseed oil', 'oil'],
  ['Thunfisch in Olivenöl', 'tuna in olive oil'],
  ['Arborio Reis', 'risotto rice'],
  ['Eis Vanille', 'vanilla ice cream'],
  ['Mozzarella', 'mozzarella', 'cheese'],
  ['Weißbrot', 'white bread'],
  ['Zwiebel rot', 'red onion'],
  ['Heurige Erdäpfel', 'new potatoes'],
]
const PRODUCTS = NAMES.map(([de, en, under = 'other'], i) =>
  product({ number: i + 1, sku: `00-${i + 1}`, name: { de, en }, category: under, taxons: under === 'cheese' ? ['cheese', 'dairy'] : [under], ean: i === 0 ? '2400000000433' : '' }),
)
const index = indexProducts(PRODUCTS, CATEGORIES)
const find = (query: string): readonly string[] => searchProducts(index, query).map((hit) => hit.product.name.de)

describe('search finds an article', () => {
  it.each([
    ['Käse', 'Frischkäse natur'],
    ['kaese', 'Frischkäse natur'],
    ['kase', 'Frischkäse natur'],
    ['WEISSBROT', 'Weißbrot'],
    ['weißbr', 'Weißbrot'],
  ])('however the umlaut is typed: %s', (query, name) => {
    expect(find(query)).toContain(name)
  })
  it.each([
    ['Hafer Milch', 'Hafermilch'],
    ['Dinkelmilch', 'Dinkel Milch'],
    ['Traubensaft', 'Direktsaft aus Trauben'],
    ['Milch', 'Hafermilch'],
  ])('in one word or two: %s is %s', (query, name) => {
    expect(find(query)).toContain(name)
  })
  it.each([
    ['Sahne', 'Bio Schlagobers 36%'],
    ['Quark', 'Speisetopfen'],
    ['Aprikose', 'Marillen'],
    ['Kartoffeln', 'Heurige Erdäpfel'],
    ['Aprik', 'Marillen'],
  ])('by what it is called elsewhere: %s is %s', (query, name) => {
    expect(find(query)[0]).toBe(name)
  })
  it.each([
    ['Mozarella', 'Mozzarella'],
    ['Mozzrela', 'Mozzarella'],
    ['Thunfsich', 'Thunfisch in Olivenöl'],
  ])('in spite of a slip: %s', (query, name) => {
    expect(find(query)[0]).toBe(name)
  })
  it('by its English name, a plural, its number or its bar code', () => {
    expect(find('grape juice')).toEqual(['Direktsaft aus Trauben'])
    expect(find('Zwiebeln')).toEqual(['Zwiebel rot'])
    expect(find('00-3')).toEqual(['Dinkel Milch'])
    expect(find('2400000 000433')).toEqual(['Frischkäse natur'])
  })
})

describe('search puts first what is meant', () => {
  it('oil before tuna in oil', () => {
    expect(find('Öl')).toEqual(['Rapsöl', 'Thunfisch in Olivenöl'])
  })
  it('ice cream, and no rice', () => {
    expect(find('Eis')).toEqual(['Eis Vanille'])
  })
  it('all words before some of them', () => {
    expect(find('Milch Dinkel')).toEqual(['Dinkel Milch'])
    expect(find('Mozzarella Käse')).toEqual(['Mozzarella'])
    expect(find('Mozzarella xyzxyz')).toEqual(['Mozzarella'])
  })
  it('nothing for nothing', () => {
    expect(find('')).toEqual([])
    expect(find(' , ')).toEqual([])
    expect(find('xyzxyz')).toEqual([])
  })
})

describe('search is calm', () => {
  it('finds every article by its whole German name, and by every beginning of its first word from three letters on', () => {
    for (const { name } of PRODUCTS) {
      expect(find(name.de)[0]).toBe(name.de)
      const first = name.de.split(' ')[0]!
      for (let end = 3; end <= first.length; end++) expect(find(first.slice(0, end))).toContain(name.de)
    }
  })
  it('answers anything that can be typed, in falling order, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'grapheme' }), (query) => {
        const hits = searchProducts(index, query)
        expect(searchProducts(index, query)).toEqual(hits)
        expect(hits.every((hit, i) => i === 0 || hit.score <= hits[i - 1]!.score)).toBe(true)
      }),
    )
  })
  it('does not depend on the order in which the articles came', () => {
    const reversed = indexProducts(PRODUCTS.toReversed(), CATEGORIES.toReversed())
    for (const query of ['käse', 'milch', 'e', 'dinkelmilch']) expect(searchProducts(reversed, query)).toEqual(searchProducts(index, query))
  })
})
