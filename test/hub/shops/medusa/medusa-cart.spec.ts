import { describe, expect, it } from 'vitest'
import { quoteOf } from '#hub/shops/medusa/medusa-cart.ts'
import type { MedusaCounter } from '#hub/shops/medusa/medusa-counter.ts'

const counter = { region: { id: 'r', name: 'Germany', currency_code: 'eur', automatic_taxes: true, countries: [] }, country: 'de', publishableKey: 'pk', salesChannels: [] } satisfies MedusaCounter
const given = (promotion: string, total: number) => ({ promotion_id: promotion, total })
const cart = {
  id: 'cart_1',
  items: [
    { variant_id: 'b', quantity: 3, original_total: 9.99, total: 8.991, adjustments: [given('ten', 0.999)] },
    { variant_id: 'a', quantity: 1, original_total: 19.99, total: 17.991, adjustments: [given('ten', 1.999)] },
  ],
  shipping_methods: [{ adjustments: [given('free', 4.9)] }],
  promotions: [],
  shipping_total: 0,
  tax_total: 3.4607,
  total: 26.985,
}

describe('what the shop says of a cart', () => {
  it('is told in cents with their fractions, in the order that was asked for; the total as it is charged', () => {
    expect(quoteOf({ cart, refusedCodes: [] }, { lines: [{ key: 'a', quantity: 1 }, { key: 'b', quantity: 3 }] }, counter)).toEqual({
      lines: [
        { key: 'a', quantity: 1, beforeMinor: 1999, totalMinor: 1799.1 },
        { key: 'b', quantity: 3, beforeMinor: 999, totalMinor: 899.1 },
      ],
      discounts: [{ promotion: 'ten', minor: 299.8 }, { promotion: 'free', minor: 490 }],
      deliveryMinor: 0,
      taxMinor: 346.07,
      totalMinor: 2699,
      refusedCodes: [],
    })
  })
  it('tells amounts that binary numbers miss by a hair as the decimals they are', () => {
    const dusty = { ...cart, items: [], shipping_methods: [], total: 0.1 + 0.2, tax_total: 1e-7 }
    expect(quoteOf({ cart: dusty, refusedCodes: [] }, { lines: [] }, counter)).toMatchObject({ totalMinor: 30, taxMinor: 0.00001 })
  })
})
