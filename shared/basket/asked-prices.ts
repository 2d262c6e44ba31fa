/** What everybody could have one piece for, day by day: selling prices, what earlier releases really asked, and the offers of this one. */
import { lowestPerDay, priceOn } from '../catalogue/price-record.ts'
import type { PriceEntry } from '../catalogue/price-entry.ts'
import type { Product } from '../catalogue/product.ts'
import { cents, type Cents } from '../kernel/money.ts'
import { addDays, localTime, millis, type Day, type Millis } from '../kernel/time.ts'
import { candidatesFor, compileOffers } from '../offers/compile-offers.ts'
import { exemptionOf } from '../offers/exemption.ts'
import type { Condition, Offer } from '../offers/offer.ts'
import type { Policies } from '../offers/policies.ts'
import { priceBasket } from '../offers/price-basket.ts'
import type { Assortment } from './assortment.ts'
import { EMPTY_BASKET } from './basket.ts'
import { pricingContext } from './pricing-of-basket.ts'
import type { Channel } from './quote.ts'

/** How far back offers are looked at: a reduction that has run for a year, and the thirty days before it. */
const LOOK_BACK_DAYS = 400
/** Offers of certain weekdays are followed day by day: two periods of the law. */
const WEEKDAYS_BACK_DAYS = 64

/**
 * The lowest price of one piece on each day up to `today`, for everybody, on one channel.
 * Order   newest first; an entry holds until the day before the next one.
 * Source  PAngV § 11 (1): the lowest total price applied; prices of offers to everybody are applied prices like any other.
 */
export const askedPrices = (product: Product, channel: Channel, assortment: Assortment, today: Day): readonly PriceEntry[] => {
  const { touching, prices } = keptOf(product, assortment)
  const key = `${channel} ${today}`
  const found = prices.get(key)
  if (found) return found
  const asked = workOut(product, channel, assortment, { offers: touching.filter(({ channels }) => channels?.includes(channel) ?? true), today })
  prices.set(key, asked)
  return asked
}

/**
 * Whether an offer to everybody on this article claims to run since before `day`, or names no first day at all: then only a record tells when it began.
 * Shape   `day` null: offers with a first day are believed.
 */
export const beganBefore = (product: Product, assortment: Assortment, day: Day | null): boolean =>
  keptOf(product, assortment).touching.some(({ from }) => from === null || (day !== null && from < day))

type Kept = { readonly assortment: Assortment; readonly touching: readonly Running[]; readonly prices: Map<string, readonly PriceEntry[]> }
const kept = new WeakMap<Product, Kept>()
const keptOf = (product: Product, assortment: Assortment): Kept => {
  const known = kept.get(product)
  if (known?.assortment === assortment) return known
  const made = { assortment, touching: offersTouching(product, assortment), prices: new Map<string, readonly PriceEntry[]>() }
  kept.set(product, made)
  return made
}

type Looking = { readonly offers: readonly Running[]; readonly today: Day }

const workOut = (product: Product, channel: Channel, assortment: Assortment, { offers, today }: Looking): readonly PriceEntry[] => {
  const history = product.priceHistory.filter(({ from }) => from <= today)
  if (offers.length === 0 && !product.recorded) return history
  const steps = new Map(history.filter(({ step }) => step).map(({ from }) => [from, true as const]))
  const ownPrice = ownPrices(product, history, channel, assortment, offers)
  const entries: PriceEntry[] = []
  for (const day of changeDays(product, history, offers, today)) {
    const own = ownPrice(day)
    const before = product.recorded && day <= product.recorded.until ? (priceOn(product.recorded[channel], day) ?? priceOn(history, day)) : null
    const low = product.recorded && day < product.recorded.until ? before : before !== null && own !== null && before < own ? before : own
    if (low !== null && (low !== entries[0]?.cents || steps.has(day))) entries.unshift({ from: day, cents: low, ...(steps.has(day) && { step: true as const }) })
  }
  return lowestPerDay(entries)
}

type Running = { readonly offer: Offer; readonly channels: readonly string[] | undefined; readonly from: Day | null; readonly until: Day | null; readonly byWeekday: boolean }

/** The days on which the price may have changed, oldest first. */
const changeDays = ({ recorded }: Product, history: readonly PriceEntry[], offers: readonly Running[], today: Day): readonly Day[] => {
  const first = addDays(today, -LOOK_BACK_DAYS)
  const days = new Set<Day>(history.map(({ from }) => from))
  const add = (day: Day | null): void => void (day !== null && day >= first && day <= today && days.add(day))
  for (const { from, until } of offers) {
    add(from)
    add(until && addDays(until, 1))
  }
  for (const { from } of recorded ? [...recorded.store, ...recorded.web] : []) add(from)
  if (recorded) for (const after of [0, 1]) add(addDays(recorded.until, after))
  if (offers.some(({ byWeekday }) => byWeekday)) for (let back = 0; back <= WEEKDAYS_BACK_DAYS; back++) add(addDays(today, -back))
  const sold = history.at(-1)?.from
  return [...days].filter((day) => sold === undefined || day >= sold || recorded !== undefined).sort()
}

/** The price of a day as this release alone would have it; null before the article was sold. */
const ownPrices = (product: Product, history: readonly PriceEntry[], channel: Channel, assortment: Assortment, offers: readonly Running[]): ((day: Day) => Cents | null) => {
  const { timeZone } = assortment.store
  const { policies } = prepare(assortment)
  const alone: Assortment = { ...assortment, products: [product] }
  return (day) => {
    const base = priceOn(history, day)
    const open = offers.filter(({ from, until }) => (from === null || from <= day) && (until === null || day <= until)).map(({ offer }) => offer)
    if (base === null || open.length === 0) return base
    const lines = [{ product: { ...product, priceCents: base }, quantity: 1 }]
    const context = pricingContext(lines, EMPTY_BASKET, alone, { now: noonOf(day, timeZone), channel, clockVerified: true })
    return cents(Math.round(priceBasket(open, policies, context).itemsMinor))
  }
}

/** Offers to everybody that could take something off one piece, whenever and wherever. */
const offersTouching = (product: Product, assortment: Assortment): readonly Running[] => {
  const { offers, policies, runningOf } = prepare(assortment)
  if (offers.length === 0) return []
  const context = pricingContext([{ product, quantity: 1 }], EMPTY_BASKET, { ...assortment, products: [product] }, { now: millis(0), channel: 'store', clockVerified: true })
  return candidatesFor(compileOffers(offers, policies), context).map(({ offer }) => runningOf(offer))
}

type Prepared = {
  /** Offers to everybody, without their time, channels and limits. */
  readonly offers: readonly Offer[]
  /** A copy: the engine remembers the last offers per policies, and must not forget those of the baskets. */
  readonly policies: Policies
  /** Worked out when an article first asks: most offers of a release touch nothing that is looked at. */
  readonly runningOf: (offer: Offer) => Running
}
const prepared = new WeakMap<Assortment, Prepared>()
const prepare = (assortment: Assortment): Prepared => {
  const known = prepared.get(assortment)
  if (known) return known
  const published = new Map(assortment.offers.filter((one) => one.offer.enabled !== false && exemptionOf(one) === null).map(({ offer }) => [withoutLimits(offer), offer]))
  const running = new Map<Offer, Running>()
  const runningOf = (offer: Offer): Running => {
    const made = running.get(offer) ?? daysOf(offer, published.get(offer)!, assortment.store.timeZone)
    running.set(offer, made)
    return made
  }
  const made = { offers: [...published.keys()], policies: { ...assortment.policies }, runningOf }
  prepared.set(assortment, made)
  return made
}

/** Whole days: a price asked for an hour is asked on that day. */
const withoutLimits = ({ window: _window, limits: _limits, channels: _channels, ...offer }: Offer): Offer => ({ ...offer, ...(offer.when && { when: anyHour(offer.when) }) })

const daysOf = (offer: Offer, { window, when, channels }: Offer, timeZone: string): Running => {
  const dayOf = (instant: string | undefined): Day | null => (instant === undefined ? null : localTime(millis(Date.parse(instant)), timeZone).day)
  return { offer, channels, from: dayOf(window?.from), until: dayOf(window?.until), byWeekday: hasWeekday(when) }
}

const anyHour = (when: Condition): Condition => {
  if (when.type === 'timeOfDay') return { type: 'all', of: [] }
  return when.type === 'all' || when.type === 'any' ? { ...when, of: when.of.map(anyHour) } : when
}

const hasWeekday = (when: Condition | undefined): boolean => {
  if (when?.type === 'all' || when?.type === 'any') return when.of.some(hasWeekday)
  return when?.type === 'not' ? hasWeekday(when.of) : when?.type === 'weekday'
}

/** An instant that lies on that day of the store, wherever it is. */
const noonOf = (day: Day, timeZone: string): Millis => {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const hours = [0, -12, 12, -24, 24].find((shift) => localTime(millis(noon + shift * 3_600_000), timeZone).day === day)
  return millis(noon + (hours ?? 0) * 3_600_000)
}

