import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookedBaskets, countAtOnce, countingSteps, countPatiently, givenBaskets, MOST_KEPT } from '#hub/use-cases/bought/count-baskets.ts'
import { sqliteBasketBook } from '#hub/stores/sqlite/baskets/basket-book.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import type { BoughtRules } from '#hub/ports/bought-store.ts'
import { shelfOf } from '#hub/use-cases/bought/shelf-of.ts'
import { MOST_PAIRED } from '#shared/insights/baskets/pair-table.ts'
import { recommendationsFor } from '#shared/insights/baskets/also-bought.ts'
import { pairCountsOf } from '#shared/insights/baskets/pair-counts.ts'
import { millis } from '#shared/kernel/time.ts'
import { product } from '../../../shared/catalogue/product-builder.ts'
import { shelf, times } from './bought-shelf.ts'

const count = (baskets: readonly (readonly string[])[], at = shelf()) => countAtOnce(countingSteps(givenBaskets(baskets), at, { demo: false }))

describe('baskets are counted', () => {
  it('by the articles of the assortment, whatever the source calls them; what it does not have is told', () => {
    const rules = count([...times(10, ['bread', 'Butter']), ...times(10, ['brot', 'BUTTER EN', 'plumbus']), ...times(10, ['4006381333931']), ['plumbus']])
    expect(rules).toEqual({ baskets: 30, demo: false, unknown: 1, unpaired: 1, items: { bread: 20, butter: 20, tea: 10 }, beside: { bread: [['butter', 20]], butter: [['bread', 20]] } })
  })
  it('without pairs of sensitive articles, by category or by name', () => {
    expect(count([...times(30, ['bread', 'red']), ...times(30, ['tea'])]).beside).toEqual({})
    expect(count([...times(30, ['bread', 'salt']), ...times(30, ['tea'])], shelf({ salt: { name: { de: 'Weißbier', en: 'Beer' } } })).beside).toEqual({})
  })
  it('with the strongest first, and some of what is left out behind it for the figures', () => {
    const rules = count([...times(40, ['bread', 'butter']), ...times(20, ['bread', 'jam']), ...times(14, ['bread', 'eggs']), ...times(4, ['bread', 'tea']), ...times(60, ['salt'])])
    expect(rules.beside['bread']!.map(([sku]) => sku)).toEqual(['butter', 'jam'])
    expect(count([...times(40, ['bread', 'butter']), ...times(10, ['bread', 'jam', 'eggs']), ...times(40, ['jam']), ...times(40, ['eggs'])]).beside['bread']).toEqual([['butter', 40], ['eggs', 10], ['jam', 10]])
  })
  it('a step at a time, and no further when the hub ends', async () => {
    let pauses = 0
    const steps = () => countingSteps(givenBaskets(times(1_200, ['bread', 'butter'])), shelf(), { demo: false })
    const pause = async () => void (pauses += 1)
    expect(await countPatiently(steps(), { pause, isOver: () => false })).toMatchObject({ baskets: 1_200 })
    expect(pauses).toBe(12)
    expect(await countPatiently(steps(), { pause, isOver: () => true })).toBeNull()
  })
  it('with those that were told last time before others that are bought as often, when there are too many', () => {
    const names = Array.from({ length: MOST_PAIRED + 2 }, (_, i) => `a${i + 1000}`)
    const products = names.map((sku, i) => product({ sku, number: i + 1, name: { de: sku, en: sku }, category: 'food', taxons: ['food'], ean: '' }))
    const many = shelfOf({ products, productsBySku: new Map(products.map((one) => [one.sku, one])), categories: [] })
    const [last, other] = [names.slice(-2), names.slice(0, 2)]
    const pairs = names.flatMap((sku, i) => (i % 2 === 0 ? times(20, [sku, names[i + 1]!]) : []))
    const toldOf = (baskets: readonly (readonly string[])[], before: BoughtRules | null) => countAtOnce(countingSteps(givenBaskets(baskets), many, { demo: false, before })).beside
    const before = { ...count([]), beside: { [last[0]!]: [[last[1]!, 20]] } } as BoughtRules
    expect([toldOf(pairs, null)[last[0]!], toldOf(pairs, before)[last[0]!], toldOf(pairs, before)[names.at(-4)!]]).toEqual([undefined, [[last[1], 20]], undefined])
    const grown = [...pairs, ...names.slice(0, -2).flatMap((sku, i, all) => (i % 2 === 0 ? times(3, [sku, all[i + 1]!]) : []))]
    expect([toldOf(grown, before)[last[0]!], toldOf(grown, before)[other[0]!]]).toEqual([undefined, [[other[1], 23]]])
  })
  it('out of the book as they were put in', () => {
    const opened = openDatabase(':memory:', millis(0))
    if (!opened.ok) throw new Error('no database')
    const book = sqliteBasketBook(opened.value)
    const baskets = [...times(20, ['bread', 'butter']), ...times(20, ['jam'])]
    for (const [i, basket] of baskets.entries()) book.add({ id: `${i}`, source: 'till', at: null, receivedAt: millis(0), currency: null, country: '', cancelled: false, ordered: false, turn: null, lines: basket.map((item) => ({ item, name: item, quantity: 1, priceMicros: null, goods: true, afterMs: 0 })) })
    expect(countAtOnce(countingSteps(bookedBaskets(book), shelf(), { demo: false }))).toEqual(count(baskets))
  })
  it('to the rules of the plain way, whatever lies in them', () => {
    const names = ['bread', 'butter', 'jam', 'eggs', 'salt', 'tea']
    const basket = fc.subarray(names, { minLength: 1 })
    fc.assert(fc.property(fc.array(basket, { minLength: 20, maxLength: 200 }), (drawn) => {
      const baskets = [...times(20, ['bread', 'butter']), ...drawn]
      const rules = count(baskets)
      const plain = pairCountsOf(baskets)
      for (const sku of names) {
        const wanted = recommendationsFor(plain, sku, { limit: MOST_KEPT }).map(({ item, evidence }) => [item, evidence!.nAB])
        expect((rules.beside[sku] ?? []).slice(0, wanted.length)).toEqual(wanted)
      }
    }), { numRuns: 30 })
  })
})
