/** Offers that are out before the basket is even looked at. */
import { isExhausted } from './compile-offers.ts'
import type { Offer } from './offer.ts'
import type { PricingContext } from './pricing-context.ts'
import type { Verdict } from './priced-basket.ts'

/** The verdict on an offer that is not valid here and now. */
export type Inactive = Extract<Verdict, { status: 'inactive' }>

/** Why an offer is not valid here and now; null if it is. Facts that are missing count against the offer. */
export const whyInactive = (offer: Offer, context: PricingContext): Inactive | null => {
  const out = (why: Inactive['why'], more: Pick<Inactive, 'at' | 'in' | 'byCustomer'> = {}): Inactive => ({ offerId: offer.id, status: 'inactive', why, ...more })
  if (offer.enabled === false) return out('disabled')
  if (offer.channels && !(context.channel !== undefined && offer.channels.includes(context.channel))) return out('channel', { in: offer.channels })
  if (offer.currencies && !offer.currencies.includes(context.currency)) return out('currency', { in: offer.currencies })
  const { from, until } = offer.window ?? {}
  if (from !== undefined && !(context.now !== undefined && Date.parse(context.now) >= Date.parse(from))) return out('not yet', { at: from })
  if (until !== undefined && !(context.now !== undefined && Date.parse(context.now) <= Date.parse(until))) return out('over', { at: until })
  return isExhausted(offer) ? out('exhausted', isUsedByCustomer(offer) ? { byCustomer: true } : {}) : null
}

const isUsedByCustomer = ({ limits: { perCustomer, usedByCustomer = 0, total, used = 0 } = {} }: Offer): boolean =>
  perCustomer !== undefined && usedByCustomer >= perCustomer && !(total !== undefined && used >= total)

/** Whether one of the offer's codes was entered; codes are compared exactly. */
export const isTriggered = (offer: Offer, context: PricingContext): boolean =>
  offer.trigger?.type !== 'code' || offer.trigger.codes.some((code) => context.couponCodes?.includes(code))
