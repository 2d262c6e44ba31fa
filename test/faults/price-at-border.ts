/** Two articles whose prices change at the very instant of a change of summer time: one offer ends there, one begins there by the clock on the wall. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL, type Quote } from '#shared/basket/quote.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'

const BUTTER = '00-435085' as Sku
const DUMPLINGS = '00-343035' as Sku

/** One of each. */
export const BASKET: Basket = { lines: [{ sku: BUTTER, quantity: 1 }, { sku: DUMPLINGS, quantity: 1 }], codes: [], delivery: 'pickup' }
/** 2.75 € and 1.49 € without an offer; before the border 1 € less, after it 0.50 €. */
export const CENTS = { listed: 424, before: 324, after: 374 } as const

export type Season = 'spring' | 'autumn'

/** The next change of summer time in Germany: the last Sunday of March or October, 1:00 UTC. */
export const nextBorder = (season: Season, now: number): number => {
  for (let year = new Date(now).getUTCFullYear(); ; year++) {
    const last = new Date(Date.UTC(year, season === 'spring' ? 3 : 10, 0, 1))
    const sunday = last.getTime() - last.getUTCDay() * 86_400_000
    if (sunday > now) return sunday
  }
}

/** In spring 2:00 becomes 3:00 there, in autumn 3:00 becomes 2:00. */
export const offersAround = (season: Season, border: number): Readonly<Record<string, Json>> => ({
  'offer/ends-there': offer('ends-there', 901, 100, BUTTER, { window: { from: new Date(border - 7 * 86_400_000).toISOString(), until: new Date(border).toISOString() } }),
  'offer/begins-there': offer('begins-there', 902, 50, DUMPLINGS, { when: { type: 'timeOfDay', ...(season === 'spring' ? { fromMinute: 180, untilMinute: 240 } : { fromMinute: 120, untilMinute: 150 }) } }),
})

const offer = (id: string, number: number, amountMinor: number, sku: Sku, rule: Readonly<Record<string, Json>>): Json => ({
  offer: { id, channels: ['store', 'web'], ...rule, effects: [{ type: 'unitDiscount', value: { amountMinor }, select: { skus: [sku] } }] },
  number,
  badge: { de: 'Angebot', en: 'Offer' },
  title: { de: id, en: id },
  summary: { de: id, en: id },
  picture: '/pictures/offer-parmesan-1.svg',
  certainty: 'exact',
})

/** As the basket's screen asks for it. */
export const quoteAt = (assortment: Assortment, { at, verified }: { readonly at: Millis; readonly verified: boolean }): Quote =>
  quoteBasket(BASKET, assortment, { now: at, channel: HANDOFF_CHANNEL, clockVerified: verified, units: {} })
