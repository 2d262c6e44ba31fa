import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { tellReasons } from '#shared/basket/told-reasons.ts'
import { MAX_QUANTITY } from '#shared/basket/basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import { basket, facts, shop } from './small-shop.ts'

const quoteOf = (...lines: Parameters<typeof basket>): Quote => quoteBasket(basket(...lines), shop(), facts())

describe('the reasons of a priced basket', () => {
  it('stand at their line, or once at the sum: 5 € off the whole basket is not repeated on cheese and juice', () => {
    const quote = quoteOf({ cheese: 2, juice: 1 })
    const told = tellReasons(quote)
    expect(quote.lines.map((line) => [line.sku, told.lineOf(line).totalCents, told.lineOf(line).reasons.map((reason) => [reason.offer.offer.id, reason.cents])])).toEqual([
      ['cheese', 2598, []],
      ['juice', 159, [['juice-20', 40]]],
    ])
    expect(told.ofBasket.map((reason) => [reason.offer.offer.id, reason.cents])).toEqual([['basket-5', 500]])
    expect(told.linesCents).toBe(2757)
    expect(quote.itemsCents).toBe(2257)
  })

  it('leave nothing at the sum where no offer is for the whole basket', () => {
    const quote = quoteOf({ juice: 1 })
    expect(tellReasons(quote).ofBasket).toEqual([])
    expect(tellReasons(quote).linesCents).toBe(quote.itemsCents)
  })

  it('lose no cent, whatever is in the basket', () => {
    const counts = fc.record({ bread: count(), juice: count(), cheese: count(), salt: count(), tea: count() })
    fc.assert(
      fc.property(counts, fc.boolean(), (held, withCode) => {
        const quote = quoteOf(held, withCode ? { codes: ['HERBST-10'] } : {})
        const told = tellReasons(quote)
        return told.linesCents - told.ofBasket.reduce((sum, reason) => sum + reason.cents, 0) === quote.itemsCents
      }),
    )
  })
})

const count = () => fc.integer({ min: 0, max: Math.min(12, MAX_QUANTITY) })
