import { describe, expect, it } from 'vitest'
import { Asking } from '#kiosk/lib/state/asking.svelte.ts'
import { confirmedWords, limitWords } from '#kiosk/lib/i18n/limits.ts'
import { locale } from '#kiosk/lib/i18n/locale.svelte.ts'
import { Shopper } from '#kiosk/lib/state/shopper.svelte.ts'
import { Trade } from '#kiosk/lib/state/trade.svelte.ts'
import { decodeHandoff, digitsIn } from '#shared/handoff/decode-handoff.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'
import { fakeKept } from '../../fake-kept.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const FIRST = 'first' as OfferId
const first: Json = {
  offer: { id: FIRST, limits: { total: 200 }, effects: [{ type: 'orderDiscount', value: { amountMinor: 150 } }] },
  number: 20, title: { de: 'Die Ersten', en: 'The first' }, summary: { de: 'a', en: 'a' }, badge: { de: '−', en: '−' }, picture: '/pictures/milk.svg', certainty: 'exact',
}

/** A visit with a cheese at 10.00 € in the basket; 1.50 € off for the first 200. */
const visit = (held: number) => {
  const time = fakeClock()
  const fake = fakeDevice({ documents: { ...SMALL_SHOP, 'offer/first': first } })
  fake.holds({ [FIRST]: held })
  let next = 0
  const random = (count: number): Uint8Array => new Uint8Array(count).fill(++next)
  const shopper = new Shopper({ device: fake.device, clock: time.clock, random, host: 'markt.example', protocol: 'https:', keep: () => undefined, counts: fakeKept(), forget: () => undefined })
  shopper.equip({ openTrade: (parts) => new Trade(parts), openFlow: () => { throw new Error('no survey') }, openAsking: (kept) => new Asking(kept) })
  shopper.start()
  shopper.basket.add('cheese' as Sku)
  return { ...fake, shopper }
}
const handoffOf = (shopper: Shopper) => {
  const decoded = decodeHandoff(digitsIn(shopper.handoff.code!.url)!)
  if (!decoded.ok) throw new Error(decoded.error.type)
  return decoded.value.handoff
}

describe('a limited offer at the kiosk', () => {
  it('is in the price where a use is held: 8.50 €, and the code names it', async () => {
    const { shopper, device } = visit(1)
    expect(shopper.basket.quote!.totalCents).toBe(850)
    await shopper.takeToPhone()
    expect(shopper.handoff.code).toMatchObject({ totalCents: 850, leftToCheckout: false })
    expect(handoffOf(shopper)).toMatchObject({ totalCents: 850, reserved: [{ number: 20, lease: 7 }] })
    expect(device.allotments.units()).toEqual({ [FIRST]: 0 })
    shopper.leave()
  })
  it('is left to the checkout where none is: 10.00 €, named with the age of what is known', async () => {
    const { shopper } = visit(0)
    expect(shopper.basket.quote).toMatchObject({ totalCents: 1000, atCheckout: [{ why: 'customer', asOf: null }, { why: 'limit', asOf: Date.UTC(2026, 10, 24, 11) }] })
    expect(shopper.trade!.standings.find(({ offer }) => offer.offer.id === FIRST)).toMatchObject({ status: 'checkout', left: { why: 'limit' } })
    await shopper.takeToPhone()
    expect(handoffOf(shopper).reserved).toEqual([])
    shopper.leave()
  })
  it('that is gone between price and code is never promised: the code says 10.00 €, and so does the screen', async () => {
    const { shopper, holds } = visit(1)
    expect(shopper.basket.quote!.totalCents).toBe(850)
    holds({})
    await shopper.takeToPhone()
    expect(shopper.handoff.code).toMatchObject({ totalCents: 1000, leftToCheckout: true })
    expect(handoffOf(shopper)).toMatchObject({ totalCents: 1000, reserved: [] })
    shopper.leave()
  })
  it('is not promised either when the device cannot write down that it gave it away', async () => {
    const { shopper, refuse } = visit(1)
    refuse('storage full')
    await shopper.takeToPhone()
    expect(shopper.handoff.code).toMatchObject({ totalCents: 1000, recorded: false, leftToCheckout: true })
    shopper.leave()
  })
})

describe('words about limits', () => {
  const limited = (limits: PublishedOffer['offer']['limits']): readonly string[] =>
    limitWords({ ...(first as object as PublishedOffer), offer: { id: FIRST, effects: [], ...(limits && { limits }) } })
  it('say how many there are, never how many are left', () => {
    locale.language = 'de'
    expect(limited({ total: 200, used: 150 })).toEqual(['begrenzt: 200 Einkäufe im Aktionszeitraum'])
    expect(limited({ perCustomer: 1 })).toEqual(['einmal je Kunde'])
    expect(limited({ total: 50, perCustomer: 2 })).toEqual(['begrenzt: 50 Einkäufe im Aktionszeitraum', 'höchstens 2-mal je Kunde'])
    expect(limited({ budget: { type: 'spend', limitMinor: 100 } })).toEqual(['solange der Vorrat für die Aktion reicht'])
    expect(limited(undefined)).toEqual([])
  })
  it('and who has the last word, with the age of what is known', () => {
    locale.language = 'de'
    expect(confirmedWords(null)).toBe('wird an der Kasse bestätigt')
    expect(confirmedWords(Date.UTC(2026, 10, 24, 13, 5))).toMatch(/^wird an der Kasse bestätigt \(Stand 14:05( Uhr)?\)$/)
    locale.language = 'en'
    expect(confirmedWords(null)).toBe('confirmed at checkout')
    locale.language = 'de'
  })
})
