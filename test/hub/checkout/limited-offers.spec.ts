import { describe, expect, it } from 'vitest'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { CheckoutView, OpenReply } from '#shared/protocol/checkout.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import type { AllotmentReply } from '#shared/sync/allotment.ts'
import { askAllotments, believeAllotments, chooseUses, noAllotments, spendUses, type HeldAllotments } from '#shared/sync/allotment-device.ts'
import { holdUse, poolOf } from '#shared/sync/allotment-hub.ts'
import { lendUses } from '#hub/use-cases/releases/count-uses.ts'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { placeOrder, type OrderQuestion } from '#hub/use-cases/baskets/place-order.ts'
import { priceHandoff } from '#hub/use-cases/baskets/price-handoff.ts'
import { projectQuotes } from '#hub/use-cases/baskets/project-quotes.ts'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { priceToday } from '#hub/use-cases/baskets/price-today.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { basket, offer, shop } from '../../shared/basket/small-shop.ts'
import { checkoutBench } from './checkout-bench.ts'

const FIRST = 20
const euroOff = (limits: NonNullable<Offer['limits']>) => offer(FIRST, 'first', { limits, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })
const BREAD = basket({ bread: 1 })
const PICKUP = { delivery: 'pickup', card: null, codes: [] } as const
const person = { name: 'Anna', email: null, address: null }
const viewOf = (reply: OpenReply): CheckoutView => {
  if (reply.type !== 'open') throw new Error(`not open: ${JSON.stringify(reply)}`)
  return reply.view
}

/** A checkout that sells bread at 3.49 €, 1 € less for the first `total`. */
const benchOf = async (limits: NonNullable<Offer['limits']>) => {
  const bench = await checkoutBench()
  bench.publish(shop({ offers: [euroOff(limits)] }))
  const { stores, parts } = bench
  const lend = lendUses({ allotments: stores.allotments, transactions: stores.transactions, assortments: parts.assortments, clock: parts.clock })
  const exchange = (held: HeldAllotments, dev: DeviceId = bench.kiosk.dev): HeldAllotments => {
    const now = parts.clock.now()
    const asked = askAllotments(held, now)
    const reply = lend(asked.request, { dev, role: 'kiosk', touchpoint: null, person: null, connection: 'c' }) as { readonly value: AllotmentReply }
    return believeAllotments(asked.held, reply.value)
  }
  const order = (digits: string, session: string, totalCents: number, more: Partial<OrderQuestion> = {}) =>
    placeOrder({ ...bench.question(digits, session), wishes: PICKUP, person, totalCents, ...more }, parts)
  const pool = (): number => poolOf(stores.allotments, { id: euroOff(limits).offer.id, total: limits.total ?? 0 }, parts.clock.now())
  return { ...bench, exchange, order, pool }
}
const LEASED = noAllotments('e'.repeat(16) as EpochId)

describe('a limited offer on the way to the phone', () => {
  it('costs the same where the kiosk held a use: 2.49 €, also when all others are gone', async () => {
    const bench = await benchOf({ total: 8 })
    bench.exchange(LEASED)
    const { digits } = await bench.show(BREAD, { reserved: [{ number: FIRST, lease: 1 }] })
    for (let i = 1; i <= 7; i++) {
      const other = await bench.show(BREAD)
      expect(await bench.order(other.digits, `${i}`, 249)).toMatchObject({ type: 'ordered' })
    }
    expect(bench.pool()).toBe(0)
    const view = viewOf(await openHandoff(bench.question(digits, 'a'), bench.parts))
    expect(view).toMatchObject({ totalCents: 249, kioskTotalCents: 249, changes: [], limited: [] })
    expect(bench.warnings).toEqual([])
    expect(await bench.order(digits, 'a', 249)).toMatchObject({ type: 'ordered', order: { totalCents: 249 } })
  })
  it('is granted by the checkout where the kiosk held none, and marked as confirmed by the order', async () => {
    const bench = await benchOf({ total: 8 })
    const { digits, totalCents } = await bench.show(BREAD)
    expect(totalCents).toBe(349)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 249, limited: [{ de: 'first', en: 'first' }] })
  })
  it('is said to be gone when somebody else orders the last one first; nothing is ordered at another price', async () => {
    const bench = await benchOf({ total: 1 })
    const [one, two] = [await bench.show(BREAD), await bench.show(BREAD)]
    expect(viewOf(await openHandoff(bench.question(two.digits, '2'), bench.parts)).totalCents).toBe(249)
    expect(await bench.order(one.digits, '1', 249)).toMatchObject({ type: 'ordered' })
    expect(await bench.order(two.digits, '2', 249)).toMatchObject({ type: 'price changed', view: { totalCents: 349 } })
    expect(await bench.order(two.digits, '2', 349)).toMatchObject({ type: 'ordered' })
    expect(bench.orders.count()).toBe(2)
  })
  it('is ordered once however often the button is pressed', async () => {
    const bench = await benchOf({ total: 8 })
    const { digits } = await bench.show(BREAD)
    for (let i = 0; i < 3; i++) expect(await bench.order(digits, '1', 249)).toMatchObject({ type: 'ordered' })
    expect(bench.pool()).toBe(7)
  })
  it('names what changed when a copied kiosk gave away more than it held', async () => {
    const bench = await benchOf({ total: 8 })
    bench.exchange(LEASED)
    const reserved = [{ number: FIRST, lease: 1 }]
    const [one, copy] = [await bench.show(BREAD, { reserved }), await bench.show(BREAD, { reserved })]
    expect(viewOf(await openHandoff(bench.question(one.digits, '1'), bench.parts)).totalCents).toBe(249)
    for (let i = 0; i < 7; i++) await bench.order((await bench.show(BREAD)).digits, `${i + 2}`, 249)
    expect(viewOf(await openHandoff(bench.question(copy.digits, 'a'), bench.parts))).toMatchObject({
      totalCents: 349, kioskTotalCents: 249, changes: [{ type: 'offer ended', title: { de: 'first' }, why: null }, { type: 'total', beforeCents: 249, afterCents: 349 }],
    })
  })
  it('keeps its use when the event of the kiosk comes long before the phone, and once', async () => {
    const bench = await benchOf({ total: 16 })
    bench.exchange(LEASED)
    const shown = await bench.show(BREAD, { reserved: [{ number: FIRST, lease: 1 }] })
    const p = { qid: shown.qid, code: shortCode(shown.qid), digits: shown.digits, totalCents: shown.totalCents, releaseHash: bench.parts.assortments.current()!.hash, lines: 1 }
    const project = projectQuotes({ quotes: bench.quotes, allotments: bench.stores.allotments, assortments: bench.parts.assortments })
    for (let i = 0; i < 2; i++) project.apply({ afterCommit: () => undefined }, { dev: bench.kiosk.dev, event: { p }, receivedAt: bench.parts.clock.now() } as never)
    await openHandoff(bench.question(shown.digits), bench.parts)
    expect([bench.stores.allotments.lease(1)!.units, bench.pool()]).toEqual([1, 14])
  })
})

describe('a limited offer that a code unlocks', () => {
  it('is kept for its hand-off for two hours and ten minutes, and is free for others then', async () => {
    const bench = await benchOf({ total: 8 })
    bench.publish(shop({ offers: [offer(FIRST, 'first', { trigger: { type: 'code', codes: ['FIRST'] }, limits: { total: 8 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }] })] }))
    bench.exchange(LEASED)
    const held = basket({ bread: 1 }, { codes: ['FIRST'] })
    const { digits } = await bench.show(held, { reserved: [{ number: FIRST, lease: 1 }] })
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: 249, kioskTotalCents: 249 })
    bench.later(2)
    expect([viewOf(await openHandoff(bench.question(digits), bench.parts)).totalCents, bench.pool()]).toEqual([249, 7])
    bench.later(0.2)
    expect([viewOf(await openHandoff(bench.question(digits), bench.parts)).totalCents, bench.pool()]).toEqual([349, 8])
  })
})

describe('once per customer', () => {
  it('asks for the card, counts it, and gives it no second time', async () => {
    const bench = await benchOf({ perCustomer: 1 })
    const [one, two] = [await bench.show(BREAD), await bench.show(BREAD)]
    expect(viewOf(await openHandoff(bench.question(one.digits, '1'), bench.parts))).toMatchObject({ totalCents: 349, withCard: [{ de: 'first' }] })
    const wishes = { ...PICKUP, card: '10001' }
    expect(viewOf(await priceHandoff(bench.question(one.digits, '1'), wishes, bench.parts)).totalCents).toBe(249)
    expect(await bench.order(one.digits, '1', 249, { wishes })).toMatchObject({ type: 'ordered' })
    expect(viewOf(await priceHandoff(bench.question(two.digits, '2'), wishes, bench.parts))).toMatchObject({ totalCents: 349, withCard: [] })
  })
})

describe('twenty kiosks and the web shop race for 50 uses', () => {
  it.each([1, 2, 3, 4, 5])('and exactly 50 are granted, never 51, none lost for ever (seed %i)', async (seed) => {
    const random = new SeededRandom(seed)
    const bench = await benchOf({ total: 50 })
    const { allotments } = bench.stores
    const kiosks = Array.from({ length: 20 }, (_, i) => ({ dev: `${i}`.padStart(32, '0') as DeviceId, held: noAllotments(random.hex(8) as EpochId) }))
    let granted = 0
    let ids = 0
    /** One order as a page places it: at the price that it was told, and again if that has moved. */
    const buy = async (handoff: string | null): Promise<void> => {
      const id = `order-${ids++}`
      for (;;) {
        const quote = priceToday({ basket: BREAD, channel: 'store', customer: null, handoff }, bench.parts.assortments.current()!, bench.parts)
        const placed = await bench.parts.shop.ownOrders.place({ id, basket: BREAD, quote, person, qid: handoff, placedAt: bench.parts.clock.now() })
        if (!placed.ok) continue
        if (placed.value.totalCents === 249) granted += 1
        return
      }
    }
    for (let round = 0; round < 12; round++) {
      const now = bench.parts.clock.now()
      const rush = kiosks.flatMap((kiosk) => {
        // Some are offline for hours; a few never come back.
        if (random.chance(0.6)) kiosk.held = bench.exchange(kiosk.held, kiosk.dev)
        const uses = chooseUses(kiosk.held, [euroOff({}).offer.id], now)
        const held = uses && random.chance(0.3) ? spendUses(kiosk.held, uses, now) : null
        if (!uses || !held) return []
        kiosk.held = held
        const holder = `qid-${ids++}`
        expect(holdUse(allotments, { offer: uses[0]!.offer, lease: uses[0]!.lease, dev: kiosk.dev, holder, issuedAt: now }, { now, handoffMs: 86_400_000 })).toBe(true)
        return random.chance(0.7) ? [buy(holder)] : []
      })
      await Promise.all([...rush, ...Array.from({ length: random.below(6) }, () => buy(null))])
      expect(granted).toBeLessThanOrEqual(50)
      if (random.chance(0.4)) bench.later(1 + random.below(8))
    }
    bench.later(24 * 4)
    await Promise.all(Array.from({ length: 60 }, () => buy(null)))
    expect(granted).toBe(50)
    expect(bench.pool()).toBe(0)
  })
})
