import { describe, expect, it } from 'vitest'
import type { MedusaApplicationMethod, MedusaPromotion } from '#hub/shops/medusa/medusa-records.ts'
import { tiedPromotions } from '#hub/shops/medusa/medusa-ties.ts'

type Change = Partial<Omit<MedusaPromotion, 'application_method'>> & { readonly method?: Partial<MedusaApplicationMethod> }
const promotion = (id: string, { method, ...change }: Change = {}): MedusaPromotion => ({
  id, code: id.toUpperCase(), type: 'standard', status: 'active', is_automatic: true, is_tax_inclusive: true, limit: null, used: 0, rules: [], campaign: null, ...change,
  application_method: { type: 'percentage', target_type: 'items', allocation: 'across', value: 10, max_quantity: null, buy_rules_min_quantity: null, apply_to_quantity: null, target_rules: [], buy_rules: [], ...method },
})
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
  ])('beside a euro: %s', (_, other, tied) => {
    expect([...tiedPromotions([promotion('a', euros), other])]).toEqual(tied)
  })
  it('that are plain percentages are no tie: their order changes nothing', () => {
    expect([...tiedPromotions([promotion('a'), promotion('b')])]).toEqual([])
  })
})
