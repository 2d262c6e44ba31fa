import { describe, expect, it } from 'vitest'
import { compareQuotes } from '#shared/basket/compare-quotes.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { basket, facts, offer, shop } from './small-shop.ts'

describe('what changed between two quotes', () => {
  it('adds up to the change of the total: an article gone at its price and deposit, its offer at the offer', () => {
    const held = basket({ juice: 2, cheese: 2, salt: 1 })
    const before = quoteBasket(held, shop(), facts())
    const after = quoteBasket(held, shop({ products: shop().products.filter(({ sku }) => sku !== 'juice') }), facts())
    // Two juices of 1.99 € and 0.25 € deposit, less 20 % of 3.98 €: 25.16 − 4.48 + 0.80 is 21.48.
    expect(compareQuotes(before, after)).toMatchObject([
      { type: 'line gone', sku: 'juice', beforeCents: 448 },
      { type: 'offer ended', beforeCents: 80 },
      { type: 'total', beforeCents: 2516, afterCents: 2148 },
    ])
    expect(compareQuotes(after, before)).toMatchObject([{ type: 'line new', sku: 'juice', afterCents: 448 }, { type: 'offer new', afterCents: 80 }, { type: 'total' }])
  })
  it('tells a gift that is gone, and one that is new', () => {
    const gift = offer(1, 'salt-free', { when: { type: 'contains', select: { skus: ['bread'] } }, effects: [{ type: 'gift', sku: 'salt' as Sku, quantity: 1 }] })
    const before = quoteBasket(basket({ bread: 1 }), shop({ offers: [gift] }), facts())
    const after = quoteBasket(basket({ bread: 1 }), shop({ offers: [] }), facts())
    expect(compareQuotes(before, after)).toMatchObject([{ type: 'offer ended', offer: { number: 1 }, beforeCents: 0 }])
    expect(compareQuotes(after, before)).toMatchObject([{ type: 'offer new', afterCents: 0 }])
    expect(compareQuotes(before, before)).toEqual([])
  })
})
