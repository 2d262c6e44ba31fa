import { describe, expect, it } from 'vitest'
import { leftToCheckout, standings } from '#kiosk/lib/state/offers-view.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { EMPTY_BASKET } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'

const read = documentsToAssortment({ hash: '', items: demoDocuments('2026-11-22' as Day) })
if (!read.ok) throw new Error('the demo shop is damaged')
const assortment = read.value
const near = (lines: { readonly [sku: string]: number }): readonly (readonly [string, number])[] => {
  const basket = { ...EMPTY_BASKET, lines: Object.entries(lines).map(([sku, quantity]) => ({ sku: sku as Sku, quantity })) }
  const quote = quoteBasket(basket, assortment, { now: millis(Date.parse('2026-11-22T11:00:00Z')), channel: 'store', clockVerified: true })
  return standings(quote, assortment).flatMap(({ offer, status, share }) => (status === 'near' ? [[offer.offer.id, share] as const] : []))
}
const PIZZA_DOUGH = '00-568680'
const SALAMI = assortment.products.find(({ number }) => number === 9)!.sku

describe('left to the checkout', () => {
  it('is a limited offer only where its articles are in the basket', () => {
    const cake = assortment.products.find(({ taxons }) => taxons.includes('cakes'))!.sku
    const left = (sku: Sku): readonly string[] => {
      const quote = quoteBasket({ ...EMPTY_BASKET, lines: [{ sku, quantity: 1 }] }, assortment, { now: millis(Date.parse('2026-11-22T11:00:00Z')), channel: 'store', clockVerified: true })
      return leftToCheckout(quote, assortment).filter(({ why }) => why === 'limit').map(({ offer }) => offer.title.de)
    }
    expect(left(cake)).toEqual(['Kaffeetafel: zu 2 Kuchen 2 € geschenkt'])
    expect(left(SALAMI)).toEqual([])
  })
})

describe('almost reached', () => {
  it('is the other half of a bundle', () => {
    expect(near({ [PIZZA_DOUGH]: 1 })).toEqual([['pizza-evening', 0.5]])
  })
  it('is 50 € from half of it on, not with the first yoghurt', () => {
    expect(near({ [SALAMI]: 1 }).map(([id]) => id)).toContain('basket-50')
    expect(near({ '00-631807': 1 }).map(([id]) => id)).not.toContain('basket-50')
  })
})
