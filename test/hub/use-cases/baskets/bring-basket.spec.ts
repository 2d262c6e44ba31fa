import { describe, expect, it } from 'vitest'
import { fetchBasket, phoneToKiosk, webToKiosk } from '#hub/use-cases/baskets/bring-basket.ts'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { placeOrder } from '#hub/use-cases/baskets/place-order.ts'
import { projectQuotes } from '#hub/use-cases/baskets/project-quotes.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { takeBrought } from '#shared/handoff/bring-basket.ts'
import { readBrought } from '#shared/handoff/brought-basket.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import type { ToKioskReply } from '#shared/protocol/bring.ts'
import { sqliteBroughtBaskets } from '#hub/stores/sqlite/baskets/brought-baskets.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { basket, facts, NOON, offer, shop } from '../../../shared/basket/small-shop.ts'
import { checkoutBench } from '../../checkout/checkout-bench.ts'

const PICKUP = { delivery: 'pickup', card: null, codes: [] as readonly string[] } as const
const person = { name: 'Anna', email: null, address: null }

const bringBench = async () => {
  const bench = await checkoutBench()
  const opened = openDatabase(':memory:', NOON)
  if (!opened.ok) throw new Error('no database')
  const parts = { ...bench.parts, brought: sqliteBroughtBaskets(opened.value) }
  const caller = { dev: bench.kiosk.dev, role: 'kiosk', touchpoint: null, person: null, connection: 'c' } as const
  const fetch = (code: string) => fetchBasket(parts)({ code }, caller) as { readonly ok: boolean; readonly value: { readonly digits: string }; readonly error: { readonly code: string } }
  const current = () => parts.assortments.current()!
  /** What a kiosk makes of these digits, and what it costs there. */
  const onKiosk = (digits: string): { readonly basket: Basket; readonly totalCents: number } => {
    const brought = readBrought(digits)
    if (!brought.ok) throw new Error(brought.error.type)
    const taken = takeBrought(brought.value, current())
    expect(taken.left).toEqual([])
    return { basket: taken.basket, totalCents: quoteBasket(taken.basket, current(), facts({ now: bench.parts.clock.now() })).totalCents }
  }
  return { ...bench, parts, fetch, onKiosk, current }
}
const sent = (reply: ToKioskReply): Extract<ToKioskReply, { type: 'to kiosk' }> => {
  if (reply.type !== 'to kiosk') throw new Error(JSON.stringify(reply))
  return reply
}

describe('a basket goes from the phone onto a kiosk', () => {
  it('at the same cents on phone, hub and kiosk, with its codes, none of them written', async () => {
    const bench = await bringBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 2, juice: 3 }, { codes: ['HERBST-10'] }))
    const reply = sent(await phoneToKiosk(bench.question(digits), { ...PICKUP }, bench.parts))
    const kiosk = bench.onKiosk(reply.digits)
    expect([reply.totalCents, kiosk.totalCents]).toEqual([totalCents, totalCents])
    expect(kiosk.basket.codes).toEqual(['HERBST-10'])
    expect(JSON.stringify(reply)).not.toContain('HERBST')
  })
  it('with what was chosen on the phone: a code and the way home', async () => {
    const bench = await bringBench()
    const { digits } = await bench.show(basket({ cheese: 1 }))
    const reply = sent(await phoneToKiosk(bench.question(digits), { delivery: 'home', card: null, codes: ['herbst 10', 'NOPE'] }, bench.parts))
    expect(bench.onKiosk(reply.digits)).toEqual({ basket: basket({ cheese: 1 }, { codes: ['HERBST-10'], delivery: 'home' }), totalCents: reply.totalCents })
    expect(reply).toMatchObject({ totalCents: 1299 - 130 + 490, unknownCodes: ['NOPE'] })
  })
  it('by six characters for a day, as they are typed', async () => {
    const bench = await bringBench()
    const { digits } = await bench.show(basket({ cheese: 1 }))
    const reply = sent(await phoneToKiosk(bench.question(digits), PICKUP, bench.parts))
    expect(bench.fetch(`${reply.code.slice(0, 3)} ${reply.code.slice(3).toLowerCase()}`)).toEqual({ ok: true, value: { digits: reply.digits } })
    bench.later(24)
    expect(bench.fetch(reply.code).ok).toBe(true)
    bench.later(0.1)
    expect(bench.fetch(reply.code)).toEqual({ ok: false, error: { code: 'not_found' } })
    sent(await phoneToKiosk(bench.question((await bench.show(basket({ tea: 1 }))).digits), PICKUP, bench.parts))
    bench.later(-24)
    expect(bench.fetch(reply.code).ok).toBe(false)
  })
  it('not by anything else: another code, no code', async () => {
    const bench = await bringBench()
    expect(bench.fetch('7777PP')).toEqual({ ok: false, error: { code: 'not_found' } })
    expect(bench.fetch('nonsense')).toEqual({ ok: false, error: { code: 'bad_request' } })
  })
  it('claims nothing: whoever opens the code first is still the first', async () => {
    const bench = await bringBench()
    const { digits, qid } = await bench.show(basket({ cheese: 1 }))
    await phoneToKiosk(bench.question(digits, '7'), PICKUP, bench.parts)
    expect(bench.quotes.claim(qid)).toBeNull()
  })
  it('is refused with its reason: ordered already, altered, nothing left of it', async () => {
    const bench = await bringBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    const altered = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`
    expect(await phoneToKiosk(bench.question(altered), PICKUP, bench.parts)).toMatchObject({ type: 'refused' })
    await placeOrder({ ...bench.question(digits), wishes: PICKUP, person, totalCents: 349 }, bench.parts)
    expect(await phoneToKiosk(bench.question(digits), PICKUP, bench.parts)).toEqual({ type: 'refused', why: 'used' })
    const other = await bench.show(basket({ tea: 1 }))
    bench.publish(shop({ products: shop().products.filter(({ sku }) => sku !== 'tea') }))
    expect(await phoneToKiosk(bench.question(other.digits), PICKUP, bench.parts)).toEqual({ type: 'refused', why: 'nothing left' })
  })
})

describe('the code under the QR of one kiosk', () => {
  it('fetches its basket onto another, at the same cents, until somebody has ordered it', async () => {
    const bench = await bringBench()
    const shown = await bench.show(basket({ cheese: 2 }, { codes: ['HERBST-10'] }))
    const p = { qid: shown.qid, code: shortCode(shown.qid), digits: shown.digits, totalCents: shown.totalCents, releaseHash: bench.current().hash, lines: 1 }
    projectQuotes({ quotes: bench.quotes, allotments: bench.stores.allotments, assortments: bench.parts.assortments }).apply({ afterCommit: () => undefined }, { dev: bench.kiosk.dev, event: { p }, receivedAt: bench.parts.clock.now() } as never)
    const fetched = bench.fetch(p.code)
    expect(bench.onKiosk(fetched.value.digits)).toEqual({ basket: basket({ cheese: 2 }, { codes: ['HERBST-10'] }), totalCents: shown.totalCents })
    await placeOrder({ ...bench.question(shown.digits), wishes: PICKUP, person, totalCents: shown.totalCents }, bench.parts)
    expect(bench.fetch(p.code)).toEqual({ ok: false, error: { code: 'not_found' } })
  })
})

describe('a benefit that exists once', () => {
  it('is had once, also when its basket went phone, kiosk, phone: 2.49 € for the first order, 3.49 € for the other', async () => {
    const bench = await bringBench()
    bench.publish(shop({ offers: [offer(9, 'once', { trigger: { type: 'code', codes: ['ONCE'] }, limits: { total: 1, used: 0 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })] }))
    const first = await bench.show(basket({ bread: 1 }, { codes: ['ONCE'] }))
    expect(await openHandoff(bench.question(first.digits, 'a'), bench.parts)).toMatchObject({ view: { totalCents: 249 } })
    const reply = sent(await phoneToKiosk(bench.question(first.digits, 'a'), PICKUP, bench.parts))
    const again = bench.onKiosk(reply.digits)
    expect(again).toEqual({ basket: basket({ bread: 1 }, { codes: ['ONCE'] }), totalCents: 349 })
    const second = await bench.show(again.basket)
    expect(await openHandoff(bench.question(second.digits, 'b'), bench.parts)).toMatchObject({ view: { totalCents: 249 } })
    const order = (digits: string, who: string, totalCents: number) => placeOrder({ ...bench.question(digits, who), wishes: PICKUP, person, totalCents }, bench.parts)
    expect(await order(second.digits, 'b', 249)).toMatchObject({ type: 'ordered' })
    expect(await order(first.digits, 'a', 249)).toMatchObject({ type: 'price changed', view: { totalCents: 349 } })
  })
})

describe('the cart of a web page', () => {
  it('goes onto a kiosk at the same cents: articles by key, codes as people type them', async () => {
    const bench = await bringBench()
    const reply = sent(webToKiosk({ lines: [{ sku: 'cheese', quantity: 2 }, { sku: 'juice', quantity: 1 }, { sku: 'juice', quantity: 1 }], codes: ['herbst10'], delivery: 'pickup' }, bench.parts))
    const expected = basket({ juice: 2, cheese: 2 }, { codes: ['HERBST-10'] })
    expect(bench.onKiosk(reply.digits)).toEqual({ basket: expected, totalCents: reply.totalCents })
    expect(reply).toMatchObject({ totalCents: quoteBasket(expected, bench.current(), facts()).totalCents, unknownSkus: [], unknownCodes: [] })
    expect(bench.fetch(reply.code).value.digits).toBe(reply.digits)
  })
  it('without what the store does not have, which is named; nothing left is refused', async () => {
    const bench = await bringBench()
    expect(sent(webToKiosk({ lines: [{ sku: 'cheese', quantity: 1 }, { sku: 'caviar', quantity: 1 }], codes: ['NOPE'], delivery: 'pickup' }, bench.parts))).toMatchObject({ totalCents: 1299, unknownSkus: ['caviar'], unknownCodes: ['NOPE'] })
    expect(webToKiosk({ lines: [{ sku: 'caviar', quantity: 1 }], codes: [], delivery: 'pickup' }, bench.parts)).toEqual({ type: 'refused', why: 'nothing left' })
  })
  it('sent twice within a second is one basket', async () => {
    const bench = await bringBench()
    const ask = () => sent(webToKiosk({ lines: [{ sku: 'cheese', quantity: 1 }], codes: [], delivery: 'pickup' }, bench.parts)).code
    expect(ask()).toBe(ask())
    const before = ask()
    bench.later(2 / 3600)
    expect(ask()).not.toBe(before)
  })
})
