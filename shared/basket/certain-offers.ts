/** Which offers a surface may compute, and which it must leave to the checkout because it cannot know enough. */
import { localTime, type Millis } from '../kernel/time.ts'
import { isExhausted } from '../offers/compile-offers.ts'
import type { Condition, PublishedOffer } from '../offers/offer.ts'
import { oncePer } from '../offers/once.ts'
import { isLimited } from './limited-offers.ts'
import type { CheckoutOffer, QuoteFacts } from './quote.ts'

/** How far an unverified device clock is trusted. */
export const CLOCK_DOUBT_MS = 2 * 3_600_000
const CLOCK_DOUBT_MINUTES = CLOCK_DOUBT_MS / 60_000
const DAY_MINUTES = 1440

/** The offers of a release, parted into those that are computed here and those applied at checkout. */
export const certainOffers = (
  offers: readonly PublishedOffer[],
  facts: QuoteFacts,
  timeZone: string,
  /** Codes of the basket, as the merchant spells them. */
  codes: readonly string[] = [],
): { readonly computed: readonly PublishedOffer[]; readonly atCheckout: readonly CheckoutOffer[] } => {
  const doubts = doubtsOf(facts)(offers, timeZone)
  const atCheckout: CheckoutOffer[] = []
  for (const [offer, why] of doubts) if (isOpenFor(offer, facts, codes)) atCheckout.push({ offer, why, asOf: snapshotBehind(why, facts) })
  return { computed: without(offers, doubts), atCheckout }
}

type Doubts = ReadonlyMap<PublishedOffer, CheckoutOffer['why']>

/** One shelf of labels asks with the same facts again and again. */
const doubtsOf = oncePer((facts: QuoteFacts) => {
  const known = new Map<readonly PublishedOffer[], { readonly timeZone: string; readonly doubts: Doubts }>()
  return (offers: readonly PublishedOffer[], timeZone: string): Doubts => {
    const found = known.get(offers)
    if (found?.timeZone === timeZone) return found.doubts
    const mayBeInDoubt = facts.clockVerified && !facts.stale && !facts.switchInDoubt ? doubtful(offers) : offers
    const made = new Map(mayBeInDoubt.flatMap((offer): readonly (readonly [PublishedOffer, CheckoutOffer['why']])[] => {
      const why = doubtOf(offer, facts, timeZone)
      return why === null ? [] : [[offer, why]]
    }))
    known.set(offers, { timeZone, doubts: made })
    return made
  }
})

/** Those that can be in doubt although the hub's time is known; of thousands of offers they are few. */
const doubtful = oncePer((offers: readonly PublishedOffer[]): readonly PublishedOffer[] =>
  offers.filter((published) => published.certainty === 'checkout' || countsOrders(published.offer.when) || isLimited(published.offer)),
)

/** The last answer of each release: as long as the same offers are left out, the same list is handed over, and nobody has to index it anew. */
const lastWithout = oncePer((_offers: readonly PublishedOffer[]) => ({ left: new Map() as Doubts, kept: null as readonly PublishedOffer[] | null }))

const without = (offers: readonly PublishedOffer[], left: Doubts): readonly PublishedOffer[] => {
  const last = lastWithout(offers)
  if (last.kept && last.left.size === left.size && [...left.keys()].every((offer) => last.left.has(offer))) return last.kept
  last.left = left
  last.kept = offers.filter((offer) => !left.has(offer))
  return last.kept
}

const doubtOf = (published: PublishedOffer, facts: QuoteFacts, timeZone: string): CheckoutOffer['why'] | null => {
  if (facts.stale) return 'stale'
  if (facts.switchInDoubt) return 'clock'
  if ((published.certainty === 'checkout' || countsOrders(published.offer.when)) && (!facts.customer || facts.snapshotAt !== undefined)) return 'customer'
  if (isLimited(published.offer) && !isExhausted(published.offer) && !(facts.units?.[published.offer.id] ?? 0)) return 'limit'
  if (!facts.clockVerified && isNearBorder(published, facts.now, timeZone)) return 'clock'
  return null
}

/** Uses are known as they were, and so is a customer whom the device was told of. */
const snapshotBehind = (why: CheckoutOffer['why'], { customer, snapshotAt }: QuoteFacts): Millis | null =>
  why === 'limit' || (why === 'customer' && customer) ? (snapshotAt ?? null) : null

/** Whether it matters how many orders the customer has placed: only the shop counts them. */
const countsOrders = (when: Condition | undefined): boolean => {
  if (when?.type === 'all' || when?.type === 'any') return when.of.some(countsOrders)
  return when?.type === 'not' ? countsOrders(when.of) : when?.type === 'nthOrder'
}

/** Worth mentioning: enabled, on this channel, automatic or with its code entered, and not clearly outside its time. */
export const isOpenFor = ({ offer }: PublishedOffer, { now, channel, clockVerified }: QuoteFacts, codes: readonly string[]): boolean => {
  const slack = clockVerified ? 0 : CLOCK_DOUBT_MS
  const { from, until } = offer.window ?? {}
  return (
    offer.enabled !== false &&
    (offer.channels?.includes(channel) ?? true) &&
    (offer.trigger?.type !== 'code' || offer.trigger.codes.some((code) => codes.includes(code))) &&
    (from === undefined || now >= Date.parse(from) - slack) &&
    (until === undefined || now <= Date.parse(until) + slack)
  )
}

const isNearBorder = ({ offer }: PublishedOffer, now: Millis, timeZone: string): boolean => {
  const borders = [offer.window?.from, offer.window?.until].filter((border) => border !== undefined)
  return borders.some((border) => Math.abs(now - Date.parse(border)) <= CLOCK_DOUBT_MS) || minuteBorders(offer.when).some(isNearMinute(now, timeZone))
}

const isNearMinute = (now: Millis, timeZone: string): ((border: number) => boolean) => {
  const { hour, minute } = localTime(now, timeZone)
  const at = 60 * hour + minute
  return (border) => {
    const away = Math.abs(at - (border % DAY_MINUTES))
    return Math.min(away, DAY_MINUTES - away) <= CLOCK_DOUBT_MINUTES
  }
}

/** Local minutes at which the condition can change by the clock alone. */
const minuteBorders = (when: Condition | undefined): readonly number[] => {
  switch (when?.type) {
    case 'all':
    case 'any':
      return when.of.flatMap(minuteBorders)
    case 'not':
      return minuteBorders(when.of)
    case 'timeOfDay':
      return [when.fromMinute, when.untilMinute]
    case 'weekday':
    case 'birthday':
      return [0]
    default:
      return []
  }
}
