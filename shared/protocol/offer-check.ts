/** What the web shop itself says about an offer, now. */
export type { OfferAnswer } from '../basket/offer-answers.ts'
