import { describe, expect, it } from 'vitest'
import { Asking } from '#kiosk/lib/state/asking.svelte.ts'
import { FeedbackFlow } from '#kiosk/lib/state/feedback-flow.svelte.ts'
import { Shopper } from '#kiosk/lib/state/shopper.svelte.ts'
import { QUIET_MS, Trade } from '#kiosk/lib/state/trade.svelte.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Documents } from '#shared/sync/release.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'
import { fakeKept } from '../../fake-kept.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const MILK = 'milk' as Sku
const JUICE = 'juice' as Sku
const milkAt = (priceCents: number): Documents => ({
  ...SMALL_SHOP,
  'product/milk': { ...(SMALL_SHOP['product/milk'] as { readonly [key: string]: Json }), priceCents, priceHistory: [{ from: '2026-11-24', cents: priceCents }, { from: '2026-01-01', cents: 100 }] },
})

const visit = () => {
  const time = fakeClock()
  const fake = fakeDevice({ documents: SMALL_SHOP })
  let next = 0
  const shopper = new Shopper({ device: fake.device, clock: time.clock, random: (count) => new Uint8Array(count).fill(++next), host: 'markt.example', protocol: 'https:', keep: () => undefined, counts: fakeKept(), forget: () => undefined })
  shopper.equip({ openTrade: (parts) => new Trade(parts), openFlow: (...args) => new FeedbackFlow(...args), openAsking: (kept) => new Asking(kept) })
  shopper.start()
  return { ...time, ...fake, shopper }
}
const total = (shopper: Shopper): number | undefined => shopper.basket.quote?.totalCents
const labelOf = (shopper: Shopper): number | undefined => shopper.prices.of(shopper.store.product(MILK)!)?.nowCents

describe('a release that takes over while somebody fills a basket', () => {
  it('waits: basket and labels stay with the release of the first line while a hand is at work', () => {
    const { shopper, switchTo, pass } = visit()
    shopper.basket.add(MILK)
    const before = shopper.basket.quote!.releaseHash
    switchTo(milkAt(120))
    for (let second = 0; second < 30; second++) {
      pass(1000)
      shopper.idle.activity()
    }
    shopper.basket.add(MILK)
    expect([total(shopper), labelOf(shopper), shopper.basket.quote!.releaseHash, shopper.trade!.repriced]).toEqual([200, 100, before, []])
    shopper.leave()
  })
  it('is told line by line once the hand rests, and basket and labels change together', () => {
    const { shopper, switchTo, pass } = visit()
    shopper.basket.add(MILK)
    shopper.basket.add(JUICE)
    switchTo(milkAt(120))
    pass(QUIET_MS + 1000)
    expect([total(shopper), labelOf(shopper)]).toEqual([325, 120])
    expect(shopper.trade!.repriced).toMatchObject([
      { type: 'unit price', sku: 'milk', beforeCents: 100, afterCents: 120 },
      { type: 'total', beforeCents: 305, afterCents: 325 },
    ])
    expect(shopper.notice).toEqual({ text: 'Preise in Ihrem Korb haben sich geändert.', tone: 'warning' })
    shopper.trade!.dismissRepriced()
    expect(shopper.trade!.repriced).toEqual([])
    shopper.leave()
  })
  it('tells the way from what was seen first, if two take over before anybody looks', () => {
    const { shopper, switchTo, pass } = visit()
    shopper.basket.add(MILK)
    switchTo(milkAt(120))
    pass(10_000)
    switchTo(milkAt(130))
    pass(10_000)
    expect(shopper.trade!.repriced).toMatchObject([{ beforeCents: 100, afterCents: 130 }, { type: 'total', beforeCents: 100, afterCents: 130 }])
    shopper.leave()
  })
  it('says nothing if nothing in the basket costs something else', () => {
    const { shopper, switchTo, pass } = visit()
    shopper.basket.add(JUICE)
    switchTo(milkAt(120))
    pass(10_000)
    expect([shopper.trade!.repriced, shopper.notice, labelOf(shopper)]).toEqual([[], null, 120])
    shopper.leave()
  })
  it('leaves the code alone that a phone is about to scan', async () => {
    const { shopper, switchTo, pass } = visit()
    shopper.basket.add(MILK)
    await shopper.takeToPhone()
    switchTo(milkAt(120))
    pass(20_000)
    expect([shopper.handoff.code?.totalCents, total(shopper), shopper.trade!.repriced]).toEqual([100, 100, []])
    shopper.back()
    pass(10_000)
    expect(total(shopper)).toBe(120)
    shopper.leave()
  })
  it('is shown at once where nothing is in the basket, also when the last line was taken out', () => {
    const { shopper, switchTo } = visit()
    shopper.basket.add(MILK)
    switchTo(milkAt(120))
    expect(labelOf(shopper)).toBe(100)
    shopper.basket.run({ type: 'setQuantity', sku: MILK, quantity: 0 })
    expect(labelOf(shopper)).toBe(120)
    shopper.leave()
  })
})

describe('a device that cannot tell whether a release has taken over', () => {
  it('leaves every offer to the checkout and says so', () => {
    const { shopper, setStatus } = visit()
    shopper.basket.add(JUICE)
    expect(total(shopper)).toBe(205)
    setStatus({ switchInDoubt: true })
    shopper.basket.refresh()
    expect(total(shopper)).toBe(225)
    expect(shopper.basket.quote!.atCheckout.find(({ offer }) => offer.offer.id === 'juice-10')?.why).toBe('clock')
    shopper.leave()
  })
})
