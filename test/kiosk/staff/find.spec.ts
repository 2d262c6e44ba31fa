import { describe, expect, it } from 'vitest'
import { find } from '#kiosk/staff/find.ts'
import { offer, shop } from '../../shared/basket/small-shop.ts'

const withEan = shop({ products: shop().products.map((one) => (one.sku === 'bread' ? Object.assign({}, one, { ean: '4006381333931' }) : one)) })
const named = { ...offer(7, 'evening', {}), title: { de: 'Feierabend: Käse günstiger', en: 'After work: cheese' } }

describe('what staff types is understood', () => {
  it('as a shopper’s code when it is a link or its digits', () => {
    const digits = '1234567890'.repeat(25)
    expect(find(`https://shop.example.de/checkout/#${digits}`, shop()).handoff).toBe(digits)
    expect(find(digits, shop())).toMatchObject({ handoff: digits, code: null, scanned: null })
  })
  it('as an article when it is the code on its pack', () => {
    expect(find(' 4006381333931 ', withEan)).toMatchObject({ scanned: { sku: 'bread' }, code: null, handoff: null })
  })
  it('as a basket code when it is six characters, likelier with a digit in it', () => {
    expect(find('y06 wnz', shop())).toMatchObject({ code: 'Y06WNZ', codeLikely: true })
    expect(find('kaffee', shop())).toMatchObject({ code: 'KAFFEE', codeLikely: false })
    expect(find('brot', shop()).code).toBe(null)
  })
  it('as an offer by words of its name in either language, or by its code', () => {
    const assortment = shop({ offers: [...shop().offers, named] })
    const ids = (query: string) => find(query, assortment).offers.map(({ offer: one }) => one.id)
    expect(ids('kase feierabend')).toEqual(['evening'])
    expect(ids('After work')).toEqual(['evening'])
    expect(ids('HERBST')).toEqual(['code-10'])
    expect(ids('nothing of this')).toEqual([])
  })
  it('as nothing when it is empty', () => {
    expect(find('  ', shop())).toEqual({ handoff: null, scanned: null, code: null, codeLikely: false, offers: [] })
  })
})
