import { describe, expect, it } from 'vitest'
import { readShownBasket } from '#kiosk/staff/shown-basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { broughtOf } from '#shared/handoff/bring-basket.ts'
import { broughtDigits } from '#shared/handoff/brought-basket.ts'
import { encodeHandoff, handoffDigits } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { checkWord, shortCode } from '#shared/handoff/short-code.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { basket, facts, NOON, shop } from '../../shared/basket/small-shop.ts'

const held = basket({ juice: 2, tea: 1 }, { codes: ['HERBST-10'], delivery: 'home' })
const quote = quoteBasket(held, shop(), facts())
const body = encodeHandoff(handoffOf(held, quote, shop(), { qid: 'f00dcafe12345678' as QuoteId, keyId: '0a1b2c3d', at: NOON }))
const digits = handoffDigits(body, new Uint8Array(64))

describe('a basket that comes from a phone', () => {
  const made = { id: 'f00dcafe12345678' as QuoteId, at: NOON, totalCents: cents(999) }
  it('is read with no network too: a wish, at the cents of this store', () => {
    const shown = readShownBasket(broughtDigits(broughtOf(held, shop(), made)!), shop())
    expect(shown).toMatchObject({ ok: true, value: { from: 'phone', code: 'Y06WNZ', checkWord: '', basket: held, kioskTotalCents: 999, unknownArticles: 0, unknownCodes: 0, expiresAt: NOON + 86_400_000 } })
    expect(shown.ok && quoteBasket(shown.value.basket, shop(), facts()).totalCents).toBe(quote.totalCents)
  })
  it('says what does not count here, and is refused when damaged or of another store', () => {
    const digitsOfPhone = broughtDigits(broughtOf(held, shop(), made)!)
    expect(readShownBasket(digitsOfPhone, shop({ offers: [], products: shop().products.filter(({ sku }) => sku !== 'tea') }))).toMatchObject({ value: { unknownArticles: 1, unknownCodes: 1 } })
    expect(readShownBasket(digitsOfPhone.slice(1), shop()).ok).toBe(false)
    expect(readShownBasket(digitsOfPhone, shop({ store: { ...shop().store, number: 18 } })).ok).toBe(false)
  })
})

describe('a shopper’s code read with no network', () => {
  it('is the whole basket with its offers, at the kiosk’s cents', () => {
    const shown = readShownBasket(digits, shop())
    expect(shown).toMatchObject({ ok: true, value: { basket: held, kioskTotalCents: quote.totalCents, state: null, unknownArticles: 0, issuedAt: NOON, expiresAt: NOON + 86_400_000 } })
    expect(shown.ok && quoteBasket(shown.value.basket, shop(), facts()).totalCents).toBe(quote.totalCents)
  })
  it('shows the code and the check word that kiosk and phone show', () => {
    expect(readShownBasket(digits, shop())).toMatchObject({ value: { code: shortCode('f00dcafe12345678' as QuoteId), checkWord: checkWord(body) } })
  })
  it('counts the articles that this device does not know', () => {
    const without = shop({ products: shop().products.filter(({ sku }) => sku !== 'tea') })
    expect(readShownBasket(digits, without)).toMatchObject({ value: { unknownArticles: 1 } })
  })
  it('is refused when damaged or of another store', () => {
    expect(readShownBasket(digits.slice(1), shop()).ok).toBe(false)
    expect(readShownBasket(digits, shop({ store: { ...shop().store, number: 18 } }))).toEqual({ ok: false, error: { type: 'NotAHandoff' } })
  })
})
