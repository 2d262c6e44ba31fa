import { describe, expect, it } from 'vitest'
import { openHandoff } from '#hub/use-cases/baskets/open-handoff.ts'
import { priceToday } from '#hub/use-cases/baskets/price-today.ts'
import type { Day } from '#shared/kernel/time.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import type { CheckoutView, OpenReply } from '#shared/protocol/checkout.ts'
import { basket, NOON, shop } from '../../shared/basket/small-shop.ts'
import { checkoutBench } from './checkout-bench.ts'

const HOUR = 3_600_000
const cheeseAt = (priceCents: number) =>
  shop({ products: shop().products.map((one) => (one.sku === 'cheese' ? Object.assign({}, one, { priceCents: cents(priceCents), priceHistory: [{ from: '2026-11-20' as Day, cents: cents(priceCents) }] }) : one)) })
const viewOf = (reply: OpenReply): CheckoutView => {
  if (reply.type !== 'open') throw new Error(`not open: ${JSON.stringify(reply)}`)
  return reply.view
}

describe('the checkout prices by a release from the instant on at which devices show it', () => {
  it('not before, though it was published: 10.00 € a millisecond before, 12.00 € then', async () => {
    const bench = await checkoutBench()
    const ask = (): number => priceToday({ basket: basket({ cheese: 1 }), channel: 'store', customer: null, handoff: null }, bench.parts.assortments.current()!, bench.parts).totalCents
    const before = ask()
    bench.publish(cheeseAt(before + 200), millis(NOON + HOUR))
    bench.later(1 - 1 / HOUR)
    expect(ask()).toBe(before)
    bench.later(1 / HOUR)
    expect(ask()).toBe(before + 200)
  })
  it('keeps the kiosk’s lower price of the release before, within the honour window', async () => {
    const bench = await checkoutBench()
    const { digits, totalCents } = await bench.show(basket({ cheese: 1 }))
    bench.publish(cheeseAt(1500), millis(NOON + HOUR))
    bench.later(2)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents, basis: 'kiosk' })
  })
  it('owes nobody the price of a release that has not begun, whatever a kiosk’s clock said', async () => {
    const bench = await checkoutBench()
    const today = await bench.show(basket({ cheese: 1 }))
    bench.publish(cheeseAt(100), millis(NOON + 5 * HOUR))
    const next = bench.stores.documents.upcoming()[0]!
    const { digits } = await bench.show(basket({ cheese: 1 }), { release: next.hash.slice(0, 8), totalCents: cents(100) } as never)
    expect(viewOf(await openHandoff(bench.question(digits), bench.parts))).toMatchObject({ totalCents: today.totalCents, basis: 'today' })
  })
})
