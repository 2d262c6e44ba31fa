import { describe, expect, it } from 'vitest'
import { taxPercentOf } from '#hub/shops/medusa/medusa-tax.ts'

const rate = (percent: number, ...rules: readonly (readonly [string, string])[]) => ({ rate: percent, is_default: rules.length === 0, rules: rules.map(([reference, id]) => ({ reference, reference_id: id })) })
const germany = { province_code: null, provider_id: 'tp_system', tax_rates: [rate(19), rate(7, ['product_type', 'food']), rate(0, ['product', 'stamp'])] }
const named = (product: string, type: string | null) => [{ reference: 'product', id: product }, { reference: 'product_type', id: type }]

describe('the tax of an article', () => {
  it.each([
    ['chair', null, 19],
    ['bread', 'food', 7],
    ['stamp', 'food', 0],
  ])('of %s, type %s, is %d %%', (product, type, percent) => {
    expect(taxPercentOf([germany], named(product, type))).toBe(percent)
  })
  it('never comes from a province: carts here have none', () => {
    expect(taxPercentOf([{ ...germany, province_code: 'de-by', tax_rates: [rate(5)] }, germany], named('chair', null))).toBe(19)
  })
  it('is unknown where another service works it out, or several rates speak of it', () => {
    expect(taxPercentOf([{ ...germany, provider_id: 'tp_avalara' }], named('chair', null))).toBeNull()
    expect(taxPercentOf([{ ...germany, tax_rates: [rate(7, ['product', 'x']), rate(0, ['product', 'x'])] }], named('x', null))).toBeNull()
  })
  it('is nothing in a country without taxes', () => {
    expect(taxPercentOf([], named('chair', null))).toBe(0)
  })
})
