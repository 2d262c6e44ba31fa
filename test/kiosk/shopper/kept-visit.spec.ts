import { describe, expect, it } from 'vitest'
import { readKept } from '#kiosk/shopper/kept-visit.ts'

const KEPT = { language: 'en', basket: { lines: [{ sku: 'milk', quantity: 2 }], codes: ['A'], delivery: 'home' } }

describe('a visit taken up after a reload', () => {
  it('is what was kept', () => {
    expect(readKept(KEPT)).toEqual(KEPT)
  })
  it('is none when nothing or an empty basket was kept', () => {
    expect([readKept(null), readKept({ ...KEPT, basket: { ...KEPT.basket, lines: [] } })]).toEqual([null, null])
  })
  it('is none rather than half of one when anything is not as this version writes it', () => {
    const baskets = [{ ...KEPT.basket, delivery: 'drone' }, { ...KEPT.basket, lines: [{ sku: 'milk', quantity: 0 }] }, { ...KEPT.basket, lines: [{ sku: 'milk', quantity: 100 }] }, { ...KEPT.basket, codes: [1] }]
    expect(baskets.map((basket) => readKept({ ...KEPT, basket }))).toEqual([null, null, null, null])
    expect([readKept('x'), readKept([]), readKept({ ...KEPT, language: 'fr' })]).toEqual([null, null, null])
  })
})
