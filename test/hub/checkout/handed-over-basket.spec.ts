import { describe, expect, it } from 'vitest'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import type { Day } from '#shared/kernel/time.ts'
import { millis } from '#shared/kernel/time.ts'
import type { CheckoutView, OpenReply } from '#shared/protocol/checkout.ts'
import { lookupQuote } from '#hub/use-cases/baskets/lookup-quote.ts'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { placeOrder, type OrderQuestion } from '#hub/use-cases/baskets/place-order.ts'
import { priceHandoff } from '#hub/use-cases/baskets/price-handoff.ts'
import { projectQuotes } from '#hub/use-cases/baskets/project-quotes.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import { basket, NOON, offer, shop } from '../../shared/basket/small-shop.ts'
import { checkoutBench } from './checkout-bench.ts'

const viewOf = (reply: OpenReply): CheckoutView => {
  if (reply.type !== 'open') throw new Error(`not open: ${JSON.stringify(reply)}`)
  return reply.view
}
const PICKUP = { delivery: 'pickup', card: null, codes: [] } as const
const person = { name: 'Anna', email: null, address: null }
const cheeseAt = (priceCents: number) =>
  shop({ products: shop().products.map((one) => (one.sku === 'cheese' ? Object.assign({}, one, { priceCents: cents(priceCents), priceHistory: [{ from: '2026-11-20' as Day, cents: cents(priceCents) }] }) : one)) })

describe('a phone opens a code', () => {
  it('at the cents of the kiosk, line by line, with nothing changed', async () => {
    const bench = await checkoutBench()
    const { digits, totalCents } = await bench.show(basket({ juice: 2, cheese: 2 }))
    const view = viewOf(await openHandoff(bench.question(digits), bench.parts))
    expect(view).toMatchObject({ totalCents, kioskTotalCents: totalCents, changes: [], basis: 'today', expired: false, elsewhere: false, card: 'none', delivery: 'pickup' })
    expect(view.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['juice', 2], ['cheese', 2]])
    expect(bench.hints).toEqual([{ qid: expect.any(String), state: 'opened' }])
    expect(bench.warnings).toEqual([])
  })
  it('with the offers of its codes, which it carries as numbers only', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }, { codes: ['HERBST-10'] }))
    const view = viewOf(await openHandoff(bench.question(digits), bench.parts))
    expect(view.basketReasons).toEqual([{ title: { de: 'code-10', en: 'code-10' }, cents: 35 }])
    expect(view.lines).toMatchObject([{ totalCents: 349, reasons: [] }])
    expect(view).toMatchObject({ linesCents: 349, totalCents: 314 })
    expect(JSON.stringify(view)).not.toContain('HERBST')
  })
  it('again from the same session as its owner, from another with a word about it', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    await openHandoff(bench.question(digits, 'a'), bench.parts)
    expect(viewOf(await openHandoff(bench.question(digits, 'a'), bench.parts)).elsewhere).toBe(false)
    expect(viewOf(await openHandoff(bench.question(digits, 'b'), bench.parts)).elsewhere).toBe(true)
    expect(bench.hints).toHaveLength(1)
  })
  it('without benefits that exist once, if another was first', async () => {
    const bench = await checkoutBench()
    const once = offer(9, 'once', { trigger: { type: 'code', codes: ['ONCE'] }, limits: { total: 1, used: 0 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
    bench.publish(shop({ offers: [once] }))
    const { digits } = await bench.show(basket({ bread: 1 }, { codes: ['ONCE'] }))
    expect(viewOf(await openHandoff(bench.question(digits, 'a'), bench.parts)).totalCents).toBe(249)
    expect(viewOf(await openHandoff(bench.question(digits, 'b'), bench.parts)).totalCents).toBe(349)
  })
})

describe('a benefit that exists once', () => {
  const once = offer(9, 'once', { trigger: { type: 'code', codes: ['ONCE'] }, limits: { total: 1, used: 0 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
  const shown = async () => {
    const bench = await checkoutBench()
    bench.publish(shop({ offers: [once, ...shop().offers] }))
    return { bench, ...(await bench.show(basket({ bread: 1 }, { codes: ['ONCE', 'HERBST-10'] }))) }
  }
  it('waits two hours for the phone that opened it, and says so: 2.14 € at 13:00', async () => {
    const { bench, digits } = await shown()
    bench.later(2)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 214, onceUntil: NOON + 2 * 3_600_000, onceOver: false })
  })
  it('ends then, while the basket and every other code stay: 3.14 € a second later', async () => {
    const { bench, digits } = await shown()
    await openHandoff(bench.question(digits), bench.parts)
    bench.later(2 + 1 / 3600)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 314, basis: 'today', expired: false, onceOver: true, changes: [] })
    expect(await placeOrder({ ...bench.question(digits), wishes: PICKUP, person, totalCents: 214 }, bench.parts)).toMatchObject({ type: 'price changed', view: { totalCents: 314 } })
  })
  it('is free for others then, and for whoever types its code again while nobody has used it', async () => {
    const { bench, digits } = await shown()
    bench.later(3)
    expect(viewOf(await priceHandoff(bench.question(digits), { ...PICKUP, codes: ['once'] }, bench.parts)).totalCents).toBe(214)
  })
  it('is not spoken of where the code brings none', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }, { codes: ['HERBST-10'] }))
    bench.later(3)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 314, onceUntil: null, onceOver: false })
  })
})

describe('a price that moved since the kiosk', () => {
  it('is kept when it rose: 2 cheeses promised at 12.99 €, now 13.99 €', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 2 }))
    bench.later(1)
    bench.publish(cheeseAt(1399))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 2098, basis: 'kiosk', changes: [] })
  })
  it('is passed on when it fell, with the change named', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 2 }))
    bench.publish(cheeseAt(1199))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({
      totalCents: 1898, basis: 'today',
      changes: [{ type: 'unit price', beforeCents: 1299, afterCents: 1199 }, { type: 'total', beforeCents: 2098, afterCents: 1898 }],
    })
  })
  it('is today’s after 24 hours, and says so', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 2 }))
    bench.publish(cheeseAt(1399))
    bench.later(24.1)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 2298, basis: 'today', expired: true })
  })
  it('is kept for an offer that ended within the day, under the release in force', async () => {
    const bench = await checkoutBench()
    const hour = offer(1, 'hour', { window: { until: new Date(NOON + 1_800_000).toISOString() }, effects: [{ type: 'unitDiscount', value: { percent: '50' } }] })
    bench.publish(shop({ offers: [hour] }))
    const { digits } = await bench.show(basket({ bread: 2 }))
    bench.later(1)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 349, basis: 'kiosk' })
  })
  it('is kept for a gift whose offer ended within the day, and the loss is told where today costs less', async () => {
    const salt = offer(1, 'salt-free', { effects: [{ type: 'gift', sku: 'salt', quantity: 1 }] })
    const bench = await checkoutBench()
    bench.publish(shop({ offers: [salt] }))
    const { digits } = await bench.show(basket({ cheese: 1 }))
    bench.publish(shop({ offers: [] }))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 1299, basis: 'kiosk', gifts: [{ quantity: 1 }], changes: [] })
    bench.publish(shop({ ...cheeseAt(1199), offers: [] }))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({
      totalCents: 1199, basis: 'today', gifts: [], changes: [{ type: 'unit price' }, { type: 'offer ended', title: { de: 'salt-free' }, beforeCents: 0 }, { type: 'total' }],
    })
  })
  it('leaves out an article that is no longer sold, by name', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1, tea: 1 }))
    bench.publish(shop({ products: shop().products.filter(({ sku }) => sku !== 'tea') }))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({
      totalCents: 349, changes: [{ type: 'line gone', quantity: 1, beforeCents: 333 }, { type: 'total', beforeCents: 682, afterCents: 349 }],
    })
  })
  it('raises an alarm when kiosk and shop computed differently', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }), { totalCents: cents(300) })
    const view = viewOf(await openHandoff(bench.question(digits), bench.parts))
    expect(view).toMatchObject({ totalCents: 349, changes: [{ type: 'total', beforeCents: 300, afterCents: 349 }] })
    expect(bench.warnings).toMatchObject([{ kioskCents: 300, shopCents: 349, differs: 'Total: kiosk €3.00, hub €3.49; difference €0.49' }])
  })
})

describe('two engines that differ on one release', () => {
  it('cost the shop the cents: 17.38 € on the kiosk, 17.45 € here, and 17.38 € is paid, told and ordered', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 5 }), { totalCents: cents(1738) })
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 1738, linesCents: 1745, loweredCents: 7, basis: 'kiosk', changes: [], taxIncludedCents: 114 })
    expect(bench.warnings).toMatchObject([{ kioskCents: 1738, shopCents: 1745 }])
    const placed = await placeOrder({ ...bench.question(digits), wishes: PICKUP, person, totalCents: 1738 }, bench.parts)
    expect(placed).toMatchObject({ type: 'ordered', order: { totalCents: 1738 } })
  })
  it('cost the shopper nothing more where the kiosk showed more: 17.45 €', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 5 }), { totalCents: cents(1760) })
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 1745, loweredCents: 0, changes: [{ type: 'total', beforeCents: 1760, afterCents: 1745 }] })
  })
  it('take the same cents off with other wishes: 4.90 € for the way, 7 cents less', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 5 }), { totalCents: cents(1738) })
    expect(viewOf(await priceHandoff(bench.question(digits), { ...PICKUP, delivery: 'home' }, bench.parts))).toMatchObject({ totalCents: 1738 + 490, loweredCents: 7 })
  })
  it('are believed by a twentieth at most: a stolen key buys no basket for a cent', async () => {
    const bench = await checkoutBench()
    for (const [shown, owed] of [[1658, 1658], [1657, 1745], [1, 1745]] as const) {
      const { digits } = await bench.show(basket({ bread: 5 }), { totalCents: cents(shown) })
      expect([shown, viewOf(await openHandoff(bench.question(digits), bench.parts)).totalCents]).toEqual([shown, owed])
    }
  })
  it('are not looked at where today’s price is lower anyhow, or the promise has ended', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 1 }), { totalCents: cents(1290) })
    bench.publish(cheeseAt(1199))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 1199, loweredCents: 0, basis: 'today' })
    bench.publish(cheeseAt(1299))
    bench.later(25)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 1299, loweredCents: 0, expired: true })
  })
})

describe('the shopper’s wishes', () => {
  it('home delivery and a customer card are priced, and listed as changes', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 1 }))
    const view = viewOf(await priceHandoff(bench.question(digits), { delivery: 'home', card: '10001', codes: [] }, bench.parts))
    expect(view.deliveryOwed).toEqual({ pickup: 0, home: 490 })
    expect(view).toMatchObject({ delivery: 'home', deliveryCents: 490, linesCents: 1299, totalCents: 1724, card: 'known' })
    expect(view.basketReasons).toEqual([{ title: { de: 'member-5', en: 'member-5' }, cents: 65 }])
    expect(view.changes).toEqual([
      { type: 'offer new', title: { de: 'member-5', en: 'member-5' }, afterCents: 65 },
      { type: 'delivery price', beforeCents: 0, afterCents: 490 },
      { type: 'total', beforeCents: 1299, afterCents: 1724 },
    ])
  })
  it('knows what each way home costs now, before one is chosen: free from 30 €', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 6 }))
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ delivery: 'pickup', deliveryCents: 0, deliveryOwed: { pickup: 0, home: 0 } })
  })
  it('an unknown card and an unknown code are named, and nothing else happens', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ cheese: 1 }))
    const view = viewOf(await priceHandoff(bench.question(digits), { delivery: 'pickup', card: '99', codes: ['NOPE'] }, bench.parts))
    expect(view).toMatchObject({ totalCents: 1299, card: 'unknown', unknownCodes: ['NOPE'] })
  })
})

describe('an order', () => {
  const order = (digits: string, more: Partial<OrderQuestion> = {}): OrderQuestion => ({
    digits, session: '1'.repeat(32), host: 'shop.example.de', orderId: 'a'.repeat(32), wishes: PICKUP, person, totalCents: 349, ...more,
  })
  it('is placed at the price beside the button, told to the kiosk, and kept with its trace', async () => {
    const bench = await checkoutBench()
    const { digits, qid } = await bench.show(basket({ bread: 1 }))
    const reply = await placeOrder(order(digits), bench.parts)
    expect(reply).toMatchObject({ type: 'ordered', order: { number: expect.stringMatching(/^1120-[0-9A-Z]{4}$/), totalCents: 349, delivery: 'pickup' } })
    expect(bench.hints).toEqual([{ qid, state: 'ordered' }])
    expect(bench.quotes.claim(qid)).toMatchObject({ state: 'ordered' })
  })
  it('sent again is the same order', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    const first = await placeOrder(order(digits), bench.parts)
    expect(await placeOrder(order(digits), bench.parts)).toEqual(first)
    expect(bench.orders.count()).toBe(1)
  })
  it('of 50 phones at once is one order', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    const ids = Array.from({ length: 50 }, (_, i) => i.toString(16).padStart(2, '0').repeat(16))
    const replies = await Promise.all(ids.map((id) => placeOrder(order(digits, { orderId: id, session: id }), bench.parts)))
    expect(replies.filter(({ type }) => type === 'ordered')).toHaveLength(1)
    expect(bench.orders.count()).toBe(1)
  })
  it('at another price than is owed is not placed', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    expect(await placeOrder(order(digits, { totalCents: 300 }), bench.parts)).toMatchObject({ type: 'price changed', view: { totalCents: 349 } })
    expect(bench.orders.count()).toBe(0)
  })
  it('to a home needs an address', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    expect(await placeOrder(order(digits, { wishes: { ...PICKUP, delivery: 'home' } }), bench.parts)).toEqual({ type: 'refused', why: 'address missing' })
  })
  it('is shown again to the page that ordered, whoever opened the code first, and to no other', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    await openHandoff(bench.question(digits, '9'), bench.parts)
    const placed = await placeOrder(order(digits), bench.parts)
    expect(placed).toMatchObject({ type: 'ordered', order: { totalCents: 349, delivery: 'pickup', store: { name: 'Small', address: 'Weg 1' } } })
    const { orderId } = order(digits)
    expect(await openHandoff({ ...bench.question(digits), orderId }, bench.parts)).toEqual(placed)
    expect(await openHandoff(bench.question(digits, '9'), bench.parts)).toEqual({ type: 'refused', why: 'used' })
    const { digits: next } = await bench.show(basket({ bread: 2 }))
    expect(await openHandoff({ ...bench.question(next), orderId }, bench.parts)).toMatchObject({ type: 'open' })
  })
})

describe('the name a code is bound to', () => {
  it('is that of the release it was made under, also after the shop moved', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    const { store } = shop()
    bench.publish(shop({ store: { ...store, checkoutDomain: 'new.example.de' } }))
    expect(await openHandoff(bench.question(digits), bench.parts)).toMatchObject({ type: 'open' })
    const shown = await bench.show(basket({ bread: 1 }), {}, 'new.example.de')
    expect(await openHandoff(bench.question(shown.digits), bench.parts)).toMatchObject({ type: 'open' })
  })
})

describe('a code that is not right gets an honest answer', () => {
  it('when signed for another shop, by nobody known, or of another store', async () => {
    const bench = await checkoutBench()
    const open = async (shown: { readonly digits: string }) => openHandoff(bench.question(shown.digits), bench.parts)
    expect(await open(await bench.show(basket({ bread: 1 }), {}, 'other.example.de'))).toEqual({ type: 'refused', why: 'altered' })
    expect(await open(await bench.show(basket({ bread: 1 }), { keyId: '00000000' }))).toEqual({ type: 'refused', why: 'altered' })
    expect(await open(await bench.show(basket({ bread: 1 }), { store: 9 }))).toEqual({ type: 'refused', why: 'other store' })
    expect(await open(await bench.show(basket({ bread: 1 }), { training: true }))).toEqual({ type: 'refused', why: 'training' })
    expect(await open({ digits: '123' })).toEqual({ type: 'refused', why: 'damaged' })
  })
  it('when its kiosk was withdrawn', async () => {
    const bench = await checkoutBench()
    const shown = await bench.show(basket({ bread: 1 }))
    bench.stores.devices.revoke(bench.kiosk.dev, millis(NOON))
    expect(await openHandoff(bench.question(shown.digits), bench.parts)).toEqual({ type: 'refused', why: 'withdrawn' })
  })
  it('when one digit was changed, wherever', async () => {
    const bench = await checkoutBench()
    const { digits } = await bench.show(basket({ bread: 1 }))
    for (let at = 0; at < digits.length; at += 7) {
      const changed = digits.slice(0, at) + ((Number(digits[at]) + 1) % 10) + digits.slice(at + 1)
      expect((await openHandoff(bench.question(changed), bench.parts)).type).toBe('refused')
    }
    expect(bench.hints).toEqual([])
  })
  it('when nothing in it is sold any more', async () => {
    const bench = await checkoutBench()
    const shown = await bench.show(basket({ tea: 1 }))
    bench.publish(shop({ products: shop().products.filter(({ sku }) => sku !== 'tea') }))
    expect(await openHandoff(bench.question(shown.digits), bench.parts)).toEqual({ type: 'refused', why: 'nothing left' })
  })
})

describe('staff finds a basket by its six characters', () => {
  it('with its state, once the kiosk has said that it showed it', async () => {
    const bench = await checkoutBench()
    const shown = await bench.show(basket({ bread: 2 }, { codes: ['HERBST-10'], delivery: 'home' }))
    const code = shortCode(shown.qid)
    const event = { id: 'x', t: 'basket.handed-over', v: 1, p: { qid: shown.qid, code, digits: shown.digits, totalCents: shown.totalCents, releaseHash: bench.parts.assortments.current()!.hash, lines: 1 } }
    const project = (p: object) => projectQuotes({ quotes: bench.quotes, allotments: bench.stores.allotments, assortments: bench.parts.assortments }).apply({ afterCommit: () => undefined }, { dev: bench.kiosk.dev, event: { ...event, p } } as never)
    const lookup = lookupQuote({ quotes: bench.quotes, devices: bench.stores.devices, assortments: bench.parts.assortments, clock: bench.parts.clock })
    const ask = (typed: string) => lookup({ code: typed }, { dev: bench.kiosk.dev, role: 'staff', touchpoint: null, person: null, connection: 'c' })
    expect(ask(code)).toEqual({ ok: false, error: { code: 'not_found' } })
    expect(project({ ...event.p, code: '000000' }).ok).toBe(false)
    expect(project(event.p).ok).toBe(true)
    expect(project(event.p).ok).toBe(true)
    const basketShown = { lines: [{ sku: 'bread' as Sku, quantity: 2 }], codes: ['HERBST-10'], delivery: 'home' }
    expect(ask(code.toLowerCase())).toMatchObject({ ok: true, value: { state: 'shown', basket: basketShown, totalCents: shown.totalCents, device: 'Kiosk 1' } })
    await openHandoff(bench.question(shown.digits), bench.parts)
    expect(ask(code)).toMatchObject({ value: { state: 'opened' } })
    bench.later(25)
    expect(ask(code)).toMatchObject({ value: { state: 'expired' } })
    expect(ask('12')).toEqual({ ok: false, error: { code: 'bad_request' } })
  })
})

