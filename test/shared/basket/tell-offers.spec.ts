import { describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { whyNot } from '#shared/basket/tell-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import { basket, facts, offer, shop } from './small-shop.ts'

const reasons = (...offers: ReturnType<typeof offer>[]) => {
  const assortment = shop({ offers })
  const { verdicts } = quoteBasket(basket({ juice: 1 }), assortment, facts()).priced
  return offers.map(({ offer: { id } }) => whyNot(id, verdicts, assortment))
}
const pledge = { effects: [{ type: 'orderDiscount' as const, value: { amountMinor: 50 } }] }

describe('why an offer of the kiosk takes nothing off on the phone', () => {
  it('is said in both languages, from the verdict of the engine', () => {
    expect(reasons(offer(1, 'over', { ...pledge, window: { until: '2026-11-19T22:59:59Z' } }))).toEqual([{ de: 'Beendet seit 19. November', en: 'Ended on 19 November' }])
    expect(reasons(offer(1, 'first', { ...pledge, exclusive: true }), offer(2, 'second', pledge))).toEqual([null, { de: 'Durch ‹first› ersetzt', en: 'Replaced by ‹first›' }])
  })
  it('and nobody knows of an offer that the release does not have', () => {
    expect(whyNot('elsewhere' as OfferId, [], shop())).toBeNull()
  })
})
