/** Whether an offer took off the most it allows. */
import type { PublishedOffer } from '#shared/offers/offer.ts'

/** The most that the offer takes off, in cents, where it took off exactly that; null where it would have allowed more. */
export const reachedCap = ({ offer }: PublishedOffer, takenCents: number): number | null => {
  const caps = offer.effects.map((effect) => ('capMinor' in effect ? (effect.capMinor ?? Infinity) : Infinity))
  const most = caps.reduce((sum, cap) => sum + cap, 0)
  return caps.length > 0 && takenCents === most ? most : null
}
