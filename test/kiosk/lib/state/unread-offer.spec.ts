import { describe, expect, it } from 'vitest'
import { Asking } from '#kiosk/lib/state/asking.svelte.ts'
import { FeedbackFlow } from '#kiosk/lib/state/feedback-flow.svelte.ts'
import { Shopper } from '#kiosk/lib/state/shopper.svelte.ts'
import { Trade } from '#kiosk/lib/state/trade.svelte.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'
import { fakeKept } from '../../fake-kept.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const JUICE = 'juice' as Sku

/** A kiosk whose juice offer comes from a newer shop: an effect that it does not know. */
const kiosk = () => {
  const { 'offer/juice-10': body } = SMALL_SHOP
  const { clock } = fakeClock()
  const documents = { ...SMALL_SHOP, 'offer/juice-10': { ...(body as object), offer: { id: 'juice-10', effects: [{ type: 'moonlight' }] } } as Json }
  const { device } = fakeDevice({ documents })
  const shopper = new Shopper({ device, clock, random: (count) => new Uint8Array(count).fill(1), host: 'markt.example', protocol: 'https:', keep: () => undefined, counts: fakeKept(), forget: () => undefined })
  shopper.equip({ openTrade: (parts) => new Trade(parts), openFlow: (...args) => new FeedbackFlow(...args), openAsking: (kept) => new Asking(kept) })
  shopper.start('de')
  return shopper
}

describe('a kiosk that does not understand an offer', () => {
  it('asks the full price, says nothing of a reduction on the shelf, and leaves the offer to the checkout by its title', () => {
    const shopper = kiosk()
    shopper.basket.run({ type: 'add', sku: JUICE, quantity: 2 })
    expect(shopper.basket.quote?.itemsCents).toBe(400)
    expect(shopper.basket.quote?.atCheckout.map(({ offer, why }) => [offer.title.de, why])).toContainEqual(['juice-10 de', 'not understood'])
    expect(shopper.prices.of(shopper.store.product(JUICE)!)).toMatchObject({ nowCents: 200, isReduced: false, badge: null })
    shopper.leave()
  })
  it('lists it last among the offers, opens it, and goes on with the others', () => {
    const shopper = kiosk()
    shopper.basket.run({ type: 'add', sku: 'cheese' as Sku, quantity: 2 })
    const all = shopper.trade!.standings
    expect(all.map(({ offer, status }) => [offer.offer.id, status])).toEqual([['five-from-20', 'applied'], ['code', 'open'], ['members', 'checkout'], ['juice-10', 'checkout']])
    expect(shopper.trade!.words(all.at(-1)!)).toEqual([])
    shopper.sawOffer('juice-10' as OfferId)
    shopper.leave()
  })
})
