import { describe, expect, it } from 'vitest'
import type { MedusaApplicationMethod, MedusaPromotion, MedusaRule } from '#hub/shops/medusa/medusa-records.ts'
import { tiedPromotions } from '#hub/shops/medusa/medusa-ties.ts'

type Change = Partial<Omit<MedusaPromotion, 'application_method'>> & { readonly method?: Partial<MedusaApplicationMethod> }
const promotion = (id: string, { method, ...change }: Change = {}): MedusaPromotion => ({
  id, code: id.toUpperCase(), type: 'standard', status: 'active', is_automatic: true, is_tax_inclusive: true, limit: null, used: 0, rules: [], campaign: null, ...change,
  application_method: { type: 'percentage', target_type: 'items', allocation: 'across', value: 10, max_quantity: null, buy_rules_min_quantity: null, apply_to_quantity: null, target_rules: [], buy_rules: [], ...method },
})
const red: MedusaRule = { attribute: 'items.product.tags.id', operator: 'in', values: [{ value: 'red' }] }
const blue: MedusaRule = { attribute: 'items.product.tags.id', operator: 'in', values: [{ value: 'blue' }] }
const many: MedusaRule = { attribute: 'items.quantity', operator: 'gte', values: [{ value: '9' }] }
const unreadable: MedusaRule = { attribute: 'items.metadata.colour', operator: 'eq', values: [{ value: 'blue' }] }
const ARTICLES = [{ sku: 'cup', product: 'cup', taxons: ['tag:red'] }, { sku: 'jug', product: 'jug', taxons: ['tag:blue'] }]
const tied = (...promotions: readonly MedusaPromotion[]): readonly string[] => [...tiedPromotions(promotions, { currencyCode: 'eur', taxInclusive: true }, ARTICLES)]
const euros: Change = { method: { type: 'fixed', value: 1 } }

describe('promotions of the same value', () => {
  it.each<[string, MedusaPromotion, readonly string[]]>([
    ['one percent and one euro', promotion('b', { method: { value: 1 } }), ['a', 'b']],
    ['a euro and a euro', promotion('b', euros), ['a', 'b']],
    ['a percentage of so many pieces', promotion('b', { method: { value: 1, allocation: 'each', max_quantity: 2 } }), ['a', 'b']],
    ['another value', promotion('b', { method: { type: 'fixed', value: 2 } }), []],
    ['one that is not active', promotion('b', { ...euros, status: 'draft' }), []],
    ['one of delivery', promotion('b', { method: { type: 'fixed', value: 1, target_type: 'shipping_methods' } }), []],
    ['buy and get, which always comes first', promotion('b', { ...euros, type: 'buyget' }), []],
  ])('beside a euro: %s', (_, other, expected) => {
    expect(tied(promotion('a', euros), other)).toEqual(expected)
  })
  it('that are plain percentages are no tie: their order changes nothing', () => {
    expect(tied(promotion('a'), promotion('b'))).toEqual([])
  })
  it.each<[string, MedusaRule[], MedusaRule[], readonly string[]]>([
    ['that never meet in an article', [red], [blue], []],
    ['that may meet in one', [red], [], ['a', 'b']],
    ['whatever the number of pieces, which is another in each cart', [red, many], [red], ['a', 'b']],
    ['of which one cannot be read', [red], [unreadable], ['a', 'b']],
    ['of articles that the shop does not sell', [red, blue], [], []],
  ])('%s', (_, one, other, expected) => {
    expect(tied(promotion('a', { method: { ...euros.method, target_rules: one } }), promotion('b', { method: { ...euros.method, target_rules: other } }))).toEqual(expected)
  })
  it('of buy and get: more pieces come first, so only with the same numbers of pieces', () => {
    const given = (id: string, bought: number, rule: MedusaRule): MedusaPromotion => promotion(id, { type: 'buyget', method: { value: 100, max_quantity: 1, buy_rules_min_quantity: bought, apply_to_quantity: 1, buy_rules: [rule], target_rules: [rule] } })
    expect(tied(given('a', 2, red), given('b', 3, red))).toEqual([])
    expect(tied(given('a', 2, red), given('b', 2, red))).toEqual(['a', 'b'])
    expect(tied(given('a', 2, red), given('b', 2, blue))).toEqual([])
  })
  it('of delivery are one, unless both are percentages', () => {
    const delivery = (id: string, type: 'fixed' | 'percentage'): MedusaPromotion => promotion(id, { method: { type, value: 2, target_type: 'shipping_methods' } })
    expect(tied(delivery('a', 'fixed'), delivery('b', 'percentage'))).toEqual(['a', 'b'])
    expect(tied(delivery('a', 'percentage'), delivery('b', 'percentage'))).toEqual([])
  })
})
