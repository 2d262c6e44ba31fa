import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boughtWith, pairsOf, recommendationsFor } from '#shared/insights/baskets/also-bought.ts'
import { boughtTogether, MOST_KINDS, pairCountsOf } from '#shared/insights/baskets/pair-counts.ts'
import { isSensitive } from '#shared/insights/baskets/sensitive.ts'

const times = (n: number, ...basket: readonly string[]): readonly (readonly string[])[] => Array.from({ length: n }, () => basket)
/** 200 baskets: pasta and sauce go together, bread goes with everything. */
const BASKETS = [...times(30, 'pasta', 'sauce', 'bread'), ...times(10, 'pasta', 'bread'), ...times(5, 'sauce'), ...times(55, 'bread'), ...times(84, 'milk'), ...times(16, 'pasta', 'beer')]
const COUNTS = pairCountsOf(BASKETS)

describe('pairs', () => {
  it('are counted once a basket, whatever the order', () => {
    const counts = pairCountsOf([['b', 'a', 'b'], ['a', 'b'], [], ['a']])
    expect([counts.baskets, [...counts.items], boughtTogether(counts, 'b', 'a'), boughtTogether(counts, 'a', 'c')]).toEqual([3, [['a', 3], ['b', 2]], 2, 0])
  })
  it('of a basket with more than 400 kinds are left out, its articles are not', () => {
    const counts = pairCountsOf([Array.from({ length: MOST_KINDS + 1 }, (_, i) => String(i))])
    expect([counts.items.size, counts.pairs.size]).toEqual([401, 0])
  })
  it('stand in the order of their lift, from 15 baskets up', () => {
    expect(pairsOf(COUNTS).map(({ a, b, nAB, lift }) => [a, b, nAB, lift.toFixed(3)])).toEqual([
      ['beer', 'pasta', 16, '3.571'],
      ['pasta', 'sauce', 30, '3.061'],
      ['bread', 'sauce', 30, '1.805'],
      ['bread', 'pasta', 40, '1.504'],
    ])
  })
  it('do not depend on the order of baskets and lines', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }), { maxLength: 30 }), (baskets) => {
      const turned = baskets.map((basket) => [...basket].reverse()).reverse()
      expect(pairsOf(pairCountsOf(turned), { least: 1 })).toEqual(pairsOf(pairCountsOf(baskets), { least: 1 }))
    }))
  })
})

describe('what others bought too', () => {
  it('with pasta is bread by confidence and sauce by evidence', () => {
    expect(boughtWith(COUNTS, 'pasta', { limit: 1 })).toMatchObject([{ item: 'bread', nAB: 40 }])
    expect(boughtWith(COUNTS, 'pasta', { measure: 'llr', limit: 1 })).toMatchObject([{ item: 'sauce', nAB: 30 }])
  })
  it('names first what the manager put in, never what was struck out, never a sensitive article', () => {
    const beer = (item: string): boolean => item === 'beer'
    expect(recommendationsFor(COUNTS, 'pasta', { isSensitive: beer }).map(({ item, evidence }) => [item, evidence?.nAB ?? null])).toEqual([['sauce', 30], ['bread', 40]])
    const override = { add: ['basil', 'basil', 'pasta'], never: ['sauce'] }
    expect(recommendationsFor(COUNTS, 'pasta', { override, isSensitive: beer }).map(({ item }) => item)).toEqual(['basil', 'bread'])
    expect(recommendationsFor(COUNTS, 'beer', { isSensitive: beer })).toEqual([])
  })
  it('names nothing that is bought together less often than by luck', () => {
    const counts = pairCountsOf([...times(20, 'a', 'b'), ...times(200, 'a'), ...times(200, 'b'), ...times(50, 'c')])
    expect(recommendationsFor(counts, 'a')).toEqual([])
  })
})

describe('sensitive articles', () => {
  it.each([['Bier'], ['Alkohol & Tabak'], ['Damenhygiene'], ['bottled beer'], ['red/blush wine'], ['Apotheke'], ['Schwangerschaft & Baby'], ['Inkontinenz'], ['Weißwein'], ['Weizenbiere'], ['Beerenwein'], ['Trockenbeerenauslese Wein']])('"%s" is in no pair', (category) => expect(isSensitive([category])).toBe(true))
  it.each([['Schweinefleisch'], ['Kühlwaren'], ['soft drinks'], ['Weintrauben'], ['Alkoholfreie Getränke'], ['drum sticks'], ['Ingwer'], ['Grundnahrungsmittel'], ['Apfel-Beerensaft'], ['Beeren-Knuspermüsli'], ['Bierschinken']])('"%s" is', (category) => expect(isSensitive([category])).toBe(false))
})
