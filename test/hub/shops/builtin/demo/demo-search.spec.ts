import { describe, expect, it } from 'vitest'
import { DEMO_CATEGORIES } from '#hub/shops/builtin/demo/demo-categories.ts'
import { demoProducts } from '#hub/shops/builtin/demo/demo-products.ts'
import type { Day } from '#shared/kernel/time.ts'
import { indexProducts, searchProducts } from '#shared/catalogue/search.ts'

/** What people type at the shelf, over the articles of the demo shop. */
const products = demoProducts('2026-11-22' as Day)
const index = indexProducts(products, DEMO_CATEGORIES)
const found = (query: string): readonly string[] => searchProducts(index, query).map(({ product }) => product.name.de)
const categoriesOf = (query: string): readonly string[] => [...new Set(searchProducts(index, query).map(({ product }) => product.category))]

describe('the best answer stands first', () => {
  it.each([
    ['butter', 'Ja! Natürlich Joghurtbutter'],
    ['brot', 'Ja! Natürlich Bio Esterhazybaguette'],
    ['milch', 'BILLA Vanillemilch'],
    ['eier', 'Ja! Natürlich Bio Eier M'],
    ['ei', 'Ja! Natürlich Bio Eier M'],
    ['eggs', 'Ja! Natürlich Bio Eier M'],
    ['eis', 'BILLA Caramel Core Eis'],
    ['sahne', 'Ja! Natürlich Bio Schlagobers 36%'],
    ['quark', 'Ja! Natürlich Speisetopfen 20%'],
    ['reis', 'SPAR Natur*pur Bio-Carnaroli Risotto-Reis'],
    ['nudeln', 'DESPAR Fusilli'],
    ['mehl', 'Ja! Natürlich Dinkelvollkornmehl'],
    ['apfelsaft', 'BILLA Apfelsaft gespritzt'],
    ['zwiebel', 'Ja! Natürlich Zwiebel Rot aus Österreich'],
    ['rote bete', 'Ja! Natürlich Bio Rote Rübe Gekocht'],
    ['schokolade', 'BILLA Kuvertüre Weiß'],
    ['pizza', 'Ja! Natürlich Pizzateig'],
    ['suppe', 'BILLA Bio Gemüsesuppe'],
    ['hähnchen', 'Ja! Natürlich Hühner-Keulensteaks mariniert'],
    ['apple juice', 'BILLA Apfelsaft gespritzt'],
    ['olive oil', 'Ja! Natürlich Natives Olivenöl Extra'],
  ])('%s: %s', (query, name) => {
    expect(found(query)[0]).toBe(name)
  })
  it.each([
    ['mozarella', 'BILLA Mozzarella'],
    ['mozzarela', 'BILLA Mozzarella'],
    ['thunfish', 'BILLA Thunfisch in Olivenöl'],
    ['bannane', 'SPAR Natur*pur Bio-Bananen per kg'],
    ['jogurth', 'SPAR Natur*pur Bio-Jogurt Vanille'],
  ])('in spite of a slip, %s: %s', (query, name) => {
    expect(found(query)[0]).toBe(name)
  })
})

describe('what stands beside it belongs there', () => {
  it('butter before ice cream with peanut butter', () => {
    expect(found('butter').slice(0, 4)).toEqual(['Ja! Natürlich Joghurtbutter', 'SPAR Natur*pur Bio-Jogurtbutter', 'Ja! Natürlich Streichfein', 'SPAR Natur*pur Bio-Streichgold'])
  })
  it('bread before breadsticks, and no sandwich', () => {
    expect(categoriesOf('brot')).toEqual(['bread'])
  })
  it('vegetables before vegetable soup', () => {
    expect(categoriesOf('gemüse')[0]).toBe('vegetables')
  })
  it('ice cream without rice, dairy cream without the whole dairy shelf', () => {
    expect(categoriesOf('eis')).toEqual(['ice-cream'])
    expect(found('sahne')).toEqual(['Ja! Natürlich Bio Schlagobers 36%', 'SPAR Natur*pur Bio-Schlagobers 36% Fett'])
  })
  it('a colour beside a thing narrows, and never replaces it', () => {
    expect(found('rote zwiebel')[0]).toBe('Ja! Natürlich Zwiebel Rot aus Österreich')
    expect(found('weiße schokolade').slice(0, 2)).toEqual(['BILLA Kuvertüre Weiß', 'SPAR Kuvertüre weiss'])
    expect(found('frische milch')[0]).toBe('BILLA Vanillemilch')
  })
  it('all that is organic, for nothing but "bio"', () => {
    expect(searchProducts(index, 'bio', 200)).toHaveLength(products.filter(({ taxons, brand }) => taxons.includes('organic') || brand === 'BILLA Bio').length)
  })
})

describe('what the store has not got is not made up', () => {
  it.each(['bier', 'wein', 'weisswein', 'Weißwein', 'weiss wein', 'rotwein', 'red wine', 'senf', 'sekt', 'salz', 'cola', 'gurke', 'tee', 'kaffee', 'honig', 'buttermilch', 'hafermilch', 'klopapier', 'zahnpasta'])('%s', (query) => {
    expect(found(query)).toEqual([])
  })
})
