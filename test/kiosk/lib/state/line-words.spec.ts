import { afterEach, describe, expect, it } from 'vitest'
import { locale } from '#kiosk/lib/i18n/locale.svelte.ts'
import { pieceWords } from '#kiosk/lib/state/line-words.ts'
import { demoProducts } from '#hub/shops/builtin/demo/demo-products.ts'
import type { Day } from '#shared/kernel/time.ts'

const piece = (number: number): string => {
  const product = demoProducts('2026-11-22' as Day).find((one) => one.number === number)!
  return pieceWords({ product, unitCents: product.priceCents }).replaceAll('\u00a0', ' ')
}
afterEach(() => {
  locale.language = 'de'
})

describe('the phrase beside a basket line', () => {
  it('names price and deposit of one bottle', () => {
    expect(piece(43)).toBe('1 l, je 1,19 € zzgl. 0,25 € Pfand')
  })
  it('says that the price of a salami is that of a kilogram', () => {
    expect(piece(9)).toBe('1 kg, je 29,90 €')
  })
  it('in English too', () => {
    locale.language = 'en'
    expect([piece(43), piece(84)]).toEqual(['1 l, €1.19 each plus €0.25 deposit', '6 pieces, €3.79 each'])
  })
})
