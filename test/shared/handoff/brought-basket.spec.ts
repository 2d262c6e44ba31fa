import * as fc from 'fast-check'
import QRCode from 'qrcode'
import { describe, expect, it } from 'vitest'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { broughtOf, takeBrought } from '#shared/handoff/bring-basket.ts'
import { broughtDigits, proofOfCode, readBrought, type BroughtBasket } from '#shared/handoff/brought-basket.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { bytesToDigits, digitsToBytes } from '#shared/handoff/digit-groups.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { QuoteId, Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import { basket, facts, NOON, offer, shop } from '../basket/small-shop.ts'
import { handoffOfLines, handoffs } from './random-handoff.ts'

const ID = 'f00dcafe12345678' as QuoteId
const made = { id: ID, at: NOON, totalCents: cents(1234) }
const hex = (bytes: number) => fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(bytesToHex)
const brought: fc.Arbitrary<BroughtBasket> = fc.tuple(handoffs, hex(8), hex(6)).map(([{ store, issuedAtS, totalCents, lines, unlocked, delivery }, id, proof]) => ({
  store, id: id as QuoteId, madeAtS: issuedAtS, totalCents, lines, codes: unlocked.map((number) => ({ number, proof })), delivery,
}))
const read = (digits: string): BroughtBasket => {
  const result = readBrought(digits)
  if (!result.ok) throw new Error(result.error.type)
  return result.value
}

describe('a basket on its way onto a kiosk', () => {
  it('is written byte for byte as HB1 says, in digits alone', () => {
    const digits = broughtDigits({ store: 17, id: ID, madeAtS: 0x6afd49c0, totalCents: cents(1234), lines: [{ number: 5, quantity: 2 }, { number: 300, quantity: 99 }], codes: [{ number: 4, proof: '0a1b2c3d4e5f' }], delivery: 'home' })
    expect(digits).toMatch(/^[0-9]+$/)
    const bytes = digitsToBytes(digits)
    expect(bytes.ok && bytesToHex(bytes.value).slice(0, -8)).toBe('81 18 0011 f00dcafe12345678 6afd49c0 8952 02 0502 822763 01 04 0a1b2c3d4e5f'.replaceAll(' ', ''))
  })
  it('is read again as it was, for 2,000 baskets of every size', () => {
    fc.assert(fc.property(brought, (one) => { expect(readBrought(broughtDigits(one))).toEqual({ ok: true, value: one }) }), { numRuns: 2000 })
  })
  it('is never taken for a hand-off, nor a hand-off for it', () => {
    const handoff = handoffDigits(encodeHandoff(handoffOfLines(3)), new Uint8Array(64))
    expect(readBrought(handoff)).toEqual({ ok: false, error: { type: 'NotAHandoff' } })
    expect(decodeHandoff(broughtDigits(broughtOf(basket({ bread: 1 }), shop(), made)!))).toEqual({ ok: false, error: { type: 'NotAHandoff' } })
  })
  it('fits a code that a scanner reads off a phone: version 3 for 5 articles, 4 for 15, 8 for 60', () => {
    const versionOf = (lines: number): number => {
      const one = broughtDigits({ store: 17, id: ID, madeAtS: 1_795_000_000, totalCents: cents(9999), lines: handoffOfLines(lines).lines, codes: [], delivery: 'pickup' })
      return QRCode.create(one, { errorCorrectionLevel: 'M' }).version
    }
    expect([5, 15, 60].map(versionOf)).toEqual([3, 4, 8])
  })
})

describe('what a scanner got wrong', () => {
  const digits = broughtDigits(broughtOf(basket({ bread: 2, cheese: 1 }, { codes: ['HERBST-10'] }), shop(), made)!)
  const outcome = (text: string): string => {
    const result = readBrought(text)
    return result.ok ? 'read' : result.error.type
  }
  it('is found wherever a digit was swallowed, doubled or changed: never another basket', () => {
    for (let i = 0; i < digits.length; i++) {
      expect(outcome(digits.slice(0, i) + digits.slice(i + 1))).not.toBe('read')
      expect(outcome(digits.slice(0, i) + digits[i] + digits.slice(i))).not.toBe('read')
      expect(outcome(digits.slice(0, i) + ((Number(digits[i]) + 1) % 10) + digits.slice(i + 1))).not.toBe('read')
    }
  })
  it('is named: of a later format, too long, damaged, nothing of ours', () => {
    const bytes = digitsToBytes(digits)
    if (!bytes.ok) throw new Error('digits')
    expect(outcome(digits.slice(0, -17))).toBe('Damaged')
    expect(outcome('0'.repeat(2001))).toBe('TooLong')
    expect(outcome('4006381333931')).toBe('NotAHandoff')
    expect(outcome('')).toBe('NotAHandoff')
  })
  it('never throws, whatever the digits or the body behind a right beginning', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{0,400}$/), (text) => { readBrought(text) }), { numRuns: 1000 })
    fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 120 }), (tail) => { readBrought(bytesToDigits(Uint8Array.from([0x81, ...tail]))) }), { numRuns: 3000 })
  })
})

describe('a kiosk takes a brought basket', () => {
  const pack = (held: Parameters<typeof broughtOf>[0], under = shop()): BroughtBasket => read(broughtDigits(broughtOf(held, under, made)!))
  it('at the same cents: articles, pieces, codes and delivery, whatever they are', () => {
    const sku = fc.constantFrom('bread', 'juice', 'cheese', 'salt', 'tea')
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(sku, fc.integer({ min: 1, max: 99 })), { minLength: 1, maxLength: 5, selector: ([one]) => one }), fc.boolean(), fc.boolean(), (lines, code, home) => {
      const held = basket(Object.fromEntries(lines), { codes: code ? ['HERBST-10'] : [], delivery: home ? 'home' : 'pickup' })
      const { basket: taken, left } = takeBrought(pack(held), shop())
      expect(left).toEqual([])
      expect(quoteBasket(taken, shop(), facts()).totalCents).toBe(quoteBasket(held, shop(), facts()).totalCents)
    }))
  })
  it('at its own prices: what the other side showed counts for nothing', () => {
    const dear = shop({ products: shop().products.map((one) => (one.sku === 'bread' ? Object.assign({}, one, { priceCents: cents(400) }) : one)) })
    const { basket: taken } = takeBrought(pack(basket({ bread: 1 })), dear)
    expect(quoteBasket(taken, dear, facts()).totalCents).toBe(400)
  })
  it('without articles that it does not have, and says how many', () => {
    const without = shop({ products: shop().products.filter(({ sku }) => sku !== 'tea') })
    expect(takeBrought(pack(basket({ bread: 1, tea: 2 })), without)).toMatchObject({ basket: { lines: [{ sku: 'bread', quantity: 1 }] }, left: [{ type: 'unknown articles', count: 1 }] })
  })
  it('added to what is there already, up to 99 pieces of one and 60 articles', () => {
    const into = basket({ bread: 98, salt: 1 })
    expect(takeBrought(pack(basket({ bread: 5, salt: 2 })), shop(), into)).toEqual({ basket: basket({ bread: 99, salt: 3 }), left: [{ type: 'too many pieces', sku: 'bread' as Sku, most: 99 }] })
    const many = shop({ products: Array.from({ length: 70 }, (_, i) => ({ ...shop().products[0]!, sku: `a${i}` as Sku, number: 100 + i })) })
    const skus = (from: number, to: number): Record<string, number> => Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`a${from + i}`, 1]))
    const taken = takeBrought(pack(basket(skus(40, 70)), many), many, basket(skus(0, 40)))
    expect([taken.basket.lines.length, taken.left]).toEqual([60, [{ type: 'too many lines', count: 10 }]])
  })
})

describe('codes in a brought basket', () => {
  const carried = (codes: BroughtBasket['codes'], under = shop()) => takeBrought({ ...broughtOf(basket({ bread: 1 }), shop(), made)!, codes }, under)
  it('are proven, not written: no photo shows them', () => {
    const one = broughtOf(basket({ bread: 1 }, { codes: ['herbst10'] }), shop(), made)!
    expect(one.codes).toEqual([{ number: 3, proof: proofOfCode(ID, 3, 'HERBST-10') }])
    expect(takeBrought(one, shop())).toMatchObject({ basket: { codes: ['HERBST-10'] }, left: [] })
  })
  it('count for nothing when they were made up, or proven for another basket or offer', () => {
    for (const code of [{ number: 3, proof: '000000000000' }, { number: 3, proof: proofOfCode('0'.repeat(16) as QuoteId, 3, 'HERBST-10') }, { number: 3, proof: proofOfCode(ID, 4, 'HERBST-10') }, { number: 2, proof: proofOfCode(ID, 2, 'HERBST-10') }])
      expect(carried([code])).toMatchObject({ basket: { codes: [] }, left: [{ type: 'codes', count: 1 }] })
  })
  it('end with their offer', () => expect(carried([{ number: 3, proof: proofOfCode(ID, 3, 'HERBST-10') }], shop({ offers: [] }))).toMatchObject({ basket: { codes: [] }, left: [{ type: 'codes', count: 1 }] }))
  it('are entered once, also where they stand in the basket already', () =>
    expect(takeBrought(broughtOf(basket({ bread: 1 }, { codes: ['HERBST-10'] }), shop(), made)!, shop(), basket({}, { codes: ['HERBST-10'] }))).toMatchObject({ basket: { codes: ['HERBST-10'] }, left: [] }))
  it('that may be used once cost nothing here: a kiosk that holds no use leaves them to the checkout', () => {
    const once = shop({ offers: [offer(9, 'once', { trigger: { type: 'code', codes: ['ONCE'] }, limits: { total: 1, used: 0 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })] })
    const { basket: taken } = takeBrought(broughtOf(basket({ bread: 1 }, { codes: ['ONCE'] }), once, made)!, once)
    const quote = quoteBasket(taken, once, facts({ now: millis(NOON), units: {} }))
    expect([quote.totalCents, quote.atCheckout.map(({ why }) => why)]).toEqual([349, ['limit']])
  })
})
