/** When an offer ends. */
import type { PublishedOffer } from '#shared/offers/offer.ts'

/** In ms; null if it does not say. */
export const endOf = ({ offer }: PublishedOffer): number | null => (offer.window?.until ? Date.parse(offer.window.until) : null)
