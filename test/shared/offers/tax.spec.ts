import { describe, expect, it } from 'vitest'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import { lineOf, offerOf, orderOff, percentOff, priced } from './builders.ts'

const net: NonNullable<PricingContext['tax']> = { pricesIncludeTax: false, rates: { standard: '10' } }
const gross: NonNullable<PricingContext['tax']> = { pricesIncludeTax: true, rates: { standard: '20', reduced: '7' } }
const withTax = (tax: Policies['tax'], context: PricingContext['tax'], lines = [lineOf('a', 4595, 2)]) => priced([], lines, { tax: context! }, { ...DIALECTS.einklang, units: true, ...(tax ? { tax } : {}) })

describe('tax on top of 2 × 45.95 € at 10 %', () => {
  it.each([['sylius-lines', 919], ['sylius-units', 920], ['sylius-units-decimal', 919], ['perLine', 919], ['vendure', 919], ['woo', 919], ['shopware', 919]] as const)('%s', (method, wanted) => {
    const basket = withTax(method, net)
    expect([basket.taxAddedMinor, basket.totalMinor]).toEqual([wanted, 9190 + wanted])
  })
})

describe('tax in the price', () => {
  it('is shown per line and per rate and adds nothing', () => {
    const basket = priced([], [lineOf('milk', 107, 1, { taxCategory: 'reduced' }), lineOf('pan', 120), lineOf('stamp', 80, 1, { taxCategory: 'none' })], { tax: gross })
    expect(basket.lines.map((line) => line.tax)).toEqual([{ percent: '7', included: true, minor: 7 }, { percent: '20', included: true, minor: 20 }, undefined])
    expect([basket.totalMinor, basket.taxIncludedMinor, basket.taxAddedMinor]).toEqual([307, 27, 0])
    expect(basket.tax.rates).toEqual([
      { category: 'reduced', percent: '7', netMinor: 100, taxMinor: 7, grossMinor: 107 },
      { category: 'standard', percent: '20', netMinor: 100, taxMinor: 20, grossMinor: 120 },
    ])
  })
  it.each([['woo', 0], ['perLine', 1]] as const)('half a cent of tax in 3 cents at 20 %% goes down with %s', (method, wanted) => {
    expect(withTax(method, gross, [lineOf('a', 3)]).taxIncludedMinor).toBe(wanted)
  })
  it('may be rounded once per rate at the subtotal', () => {
    const lines = [lineOf('a', 3), lineOf('b', 3), lineOf('c', 3)]
    expect(withTax('woo', gross, lines).taxIncludedMinor).toBe(0)
    expect(withTax('woo', { ...gross, roundAtSubtotal: true }, lines).taxIncludedMinor).toBe(1)
    expect(withTax('wooSubtotal', gross, lines).taxIncludedMinor).toBe(1)
  })
  it('one rate may be included while another comes on top', () => {
    const rates = { a: { percent: '10', included: true }, b: { percent: '23', included: false } }
    const basket = priced([], [lineOf('a', 4500, 1, { taxCategory: 'a' }), lineOf('b', 1000, 1, { taxCategory: 'b' })], { tax: { pricesIncludeTax: true, rates } })
    expect([basket.taxIncludedMinor, basket.taxAddedMinor, basket.totalMinor]).toEqual([409, 230, 5730])
  })
})

describe('a reduction on a line of its own', () => {
  it('bears tax like the articles it concerns: 50 % of 100.00 € at 20 % leave 41.66 € net', () => {
    const basket = priced([offerOf('o', { type: 'orderDiscount', value: { percent: '50' } })], [lineOf('a', 10_000)], { tax: gross }, DIALECTS.shopware)
    expect([basket.totalMinor - basket.taxIncludedMinor, basket.tax.discounts]).toEqual([4166, [{ category: 'standard', netMinor: -4167, taxMinor: -833, grossMinor: -5000 }]])
  })
})

describe('rounding of whole baskets', () => {
  const unit = { at: 'unit', mode: 'halfUp' } as const
  it('of unit prices, before everything', () => {
    expect(priced([], [lineOf('a', 1981.2, 3)], { rounding: unit }).totalMinor).toBe(5943)
  })
  it('of lines', () => {
    expect(priced([], [lineOf('a', 1981.2, 3)], { rounding: { at: 'line', mode: 'floor' } }).totalMinor).toBe(5943)
  })
  it('or once at the end', () => {
    expect(priced([], [lineOf('a', 1981.2, 3)], { rounding: { at: 'order', mode: 'halfUp' } }).totalMinor).toBe(5944)
  })
  it('also of fractions that percentages left', () => {
    expect(priced([offerOf('o', { type: 'orderDiscount', value: { percent: '15' } })], [lineOf('a', 1981.2, 3)], { rounding: unit }, DIALECTS.prestashop).totalMinor).toBe(5052)
  })
})

describe('gross and net channels', () => {
  it('round net and gross once per line', () => {
    const basket = priced([offerOf('i', percentOff('10')), offerOf('o', orderOff(500))], [lineOf('a', 3499)], { tax: gross }, DIALECTS.vendure)
    expect(basket.tax.items).toEqual({ netMinor: 2208, taxMinor: 441, grossMinor: 2649 })
  })
})
