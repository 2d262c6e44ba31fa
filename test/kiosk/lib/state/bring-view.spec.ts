import { describe, expect, it } from 'vitest'
import { BasketView } from '#kiosk/lib/state/basket-view.svelte.ts'
import { BringView, longDigits } from '#kiosk/lib/state/bring-view.svelte.ts'
import type { Device } from '#kiosk/lib/sync/device.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { broughtOf } from '#shared/handoff/bring-basket.ts'
import { broughtDigits } from '#shared/handoff/brought-basket.ts'
import { encodeHandoff, handoffDigits, handoffUrl } from '#shared/handoff/encode-handoff.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { basket, facts, NOON, shop } from '../../../shared/basket/small-shop.ts'
import { handoffOfLines } from '../../../shared/handoff/random-handoff.ts'

const assortment = shop()
const digitsOf = (held = basket({ cheese: 2, juice: 1 }, { codes: ['HERBST-10'] }), under = assortment): string =>
  broughtDigits(broughtOf(held, under, { id: 'f00dcafe12345678' as QuoteId, at: NOON, totalCents: cents(1234) })!)

/** `hub`: what it knows by six characters; null: it cannot be reached. */
const kiosk = (hub: Readonly<Record<string, string>> | null = null) => {
  const asked: string[] = []
  const call = (async (_name: string, { code }: { readonly code: string }) => {
    asked.push(code)
    if (hub === null) return { ok: false, error: { code: 'offline' } }
    const digits = hub[code]
    return digits === undefined ? { ok: false, error: { code: 'not_found' } } : { ok: true, value: { digits } }
  }) as Device['call']
  const view = new BasketView({ assortment: () => assortment, now: () => ({ at: NOON, verified: true }), checkedAt: () => NOON, maxOfflineMs: () => null, switchInDoubt: () => false, uses: () => ({ units: {}, asOf: null }) })
  return { asked, view, bring: new BringView({ device: { call }, basket: view, assortment: () => assortment }) }
}

describe('a kiosk is given a basket', () => {
  it('by a scanner, without asking anybody: 2 cheeses, a juice, a code', async () => {
    const { bring, view, asked } = kiosk()
    await bring.enter(digitsOf())
    expect(asked).toEqual([])
    const owed = quoteBasket(basket({ cheese: 2, juice: 1 }, { codes: ['HERBST-10'] }), assortment, facts()).totalCents
    expect(bring.quote!.totalCents).toBe(owed)
    bring.take('instead')
    expect([view.quote!.totalCents, view.basket.codes]).toEqual([owed, ['HERBST-10']])
  })
  it('by six characters from the hub, as people type them', async () => {
    const { bring, asked } = kiosk({ Y06WNZ: digitsOf() })
    await bring.enter(' yo6 wnz')
    expect([asked, bring.trouble, bring.quote?.lines.length]).toEqual([['Y06WNZ'], null, 2])
  })
  it('by the code of another kiosk: the hub says whether it is one', async () => {
    const handoff = handoffOfLines(3)
    const url = handoffUrl('shop.example.de', handoffDigits(encodeHandoff(handoff), new Uint8Array(64)))
    const known = kiosk({ [shortCode(handoff.qid)]: digitsOf() })
    await known.bring.enter(url)
    expect([known.asked, known.bring.brought?.lines.length]).toEqual([[shortCode(handoff.qid)], 2])
    const alone = kiosk()
    await alone.bring.enter(url)
    expect([alone.bring.trouble, alone.bring.brought]).toEqual(['elsewhere', null])
  })
  it('by a scanner that types with another keyboard: the digits of an address are the same on all', () => {
    expect(longDigits(`httpsÖ--shop.example.de-checkout-§${digitsOf()}\n`)).toBe(digitsOf())
    expect([longDigits('4006381333931'), longDigits('Y06WNZ'), longDigits('')]).toEqual([null, null, null])
  })
  it('added to what lies there, or in its place', async () => {
    const { bring, view } = kiosk()
    view.restore(basket({ bread: 1, cheese: 98 }))
    await bring.enter(digitsOf())
    expect(bring.take('added')?.left).toEqual([{ type: 'too many pieces', sku: 'cheese', most: 99 }])
    expect(view.basket.lines).toEqual([{ sku: 'bread', quantity: 1 }, { sku: 'cheese', quantity: 99 }, { sku: 'juice', quantity: 1 }])
    bring.take('instead')
    expect(view.basket.lines.map(({ sku }) => sku)).toEqual(['juice', 'cheese'])
  })
})

describe('a kiosk says why no basket came', () => {
  it.each([
    ['four characters', 'Y06W', null, 'spelling'],
    ['a code that nobody knows', 'Y06WNZ', {}, 'not found'],
    ['a code while the hub is away', 'Y06WNZ', null, 'offline'],
    ['a digit that the scanner swallowed', digitsOf().slice(1), null, 'damaged'],
    ['another store’s basket', digitsOf(undefined, { ...assortment, store: { ...assortment.store, number: 18 } }), null, 'other store'],
    ['articles that nobody here has', digitsOf(basket({ caviar: 1 }), shop({ products: [{ ...assortment.products[0]!, sku: 'caviar' as never, number: 99 }] })), null, 'nothing here'],
  ] as const)('%s', async (_, typed, hub, why) => {
    const { bring, view } = kiosk(hub)
    await bring.enter(typed)
    expect([bring.trouble, bring.brought, view.isEmpty]).toEqual([why, null, true])
  })
})
