/** Offers that may be used a limited number of times: which they are, and which of them a quote gives away. */
import type { OfferId } from '../kernel/ids.ts'
import type { Offer, PublishedOffer } from '../offers/offer.ts'
import type { OfferUnits, Quote } from './quote.ts'

/** Whether uses of this offer have to be counted: one use is one order that it took something off. */
export const isLimited = ({ limits }: Offer): boolean =>
  limits?.total !== undefined || limits?.perCustomer !== undefined || limits?.budget !== undefined

/**
 * Uses that were left when the offer was published, over all shoppers; null if they are not bounded.
 * Shape   of a total and a budget of uses the smaller; a budget of money is not counted in uses.
 */
export const publishedUses = ({ limits }: Offer): number | null => {
  const left: number[] = []
  if (limits?.total !== undefined) left.push(limits.total - (limits.used ?? 0))
  if (limits?.budget?.type === 'usage') left.push(limits.budget.limit - (limits.budget.used ?? 0))
  return left.length === 0 ? null : Math.max(0, Math.min(...left))
}

/** An offer as its uses are counted: over all shoppers and for each, null where that is not bounded. */
export const countedOffer = (offer: Offer): { readonly id: OfferId; readonly total: number | null; readonly perCustomer: number | null } =>
  ({ id: offer.id, total: publishedUses(offer), perCustomer: offer.limits?.perCustomer ?? null })

/** Whether a device may promise this offer with a use it holds: the number of uses is bounded, and nobody's own count matters. */
export const isLeasable = (offer: Offer): boolean =>
  publishedUses(offer) !== null && offer.limits?.perCustomer === undefined && offer.limits?.budget?.type !== 'spend'

/** The limited offers that changed something in this quote: each takes one use. */
export const usedLimited = (quote: Quote, offers: readonly PublishedOffer[]): readonly PublishedOffer[] => {
  const applied = new Set(quote.priced.applied)
  return offers.filter(({ offer }) => isLimited(offer) && applied.has(offer.id)).sort((a, b) => a.number - b.number)
}

/** One use each, as the facts of a quote want them. */
export const oneUnitOf = (offers: readonly OfferId[]): OfferUnits => Object.fromEntries(offers.map((id) => [id, 1]))
