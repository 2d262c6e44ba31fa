/** Which offers a surface may compute, and which it must leave to the checkout because it cannot know enough. */
import { localTime, type Millis } from '../kernel/time.ts'
import type { Condition, PublishedOffer } from '../offers/offer.ts'
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
): { readonly computed: readonly PublishedOffer[]; readonly atCheckout: readonly CheckoutOffer[] } => {
  const computed: PublishedOffer[] = []
  const atCheckout: CheckoutOffer[] = []
  for (const offer of offers) {
    const why = doubtOf(offer, facts, timeZone)
    if (why === null) computed.push(offer)
    else if (isOpenFor(offer, facts)) atCheckout.push({ offer, why })
  }
  return { computed, atCheckout }
}

const doubtOf = (published: PublishedOffer, facts: QuoteFacts, timeZone: string): CheckoutOffer['why'] | null => {
  if (facts.stale) return 'stale'
  if (published.certainty === 'checkout' && !facts.customer) return 'customer'
  if (!facts.clockVerified && isNearBorder(published, facts.now, timeZone)) return 'clock'
  return null
}

/** Worth mentioning: enabled, on this channel, automatic, and not clearly outside its time. */
export const isOpenFor = ({ offer }: PublishedOffer, { now, channel, clockVerified }: QuoteFacts): boolean => {
  const slack = clockVerified ? 0 : CLOCK_DOUBT_MS
  const { from, until } = offer.window ?? {}
  return (
    offer.enabled !== false &&
    (offer.channels?.includes(channel) ?? true) &&
    offer.trigger?.type !== 'code' &&
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
