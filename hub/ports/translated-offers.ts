/** What a connector makes of a shop's own promotions: offers that the engine computes to the cent, and the rest with the reason. */
import type { Offer } from '#shared/offers/offer.ts'

/** Shown as "applied at checkout", never guessed. */
export type NotComputable = { readonly offerId: string; readonly why: string }

/** Computable, but the shop itself does not always charge the same: for the manager. */
export type OfferWarning = {
  readonly offerId: string
  readonly what: string
  /** Nobody can promise what it comes to, so a store leaves it to the checkout: the shop has two prices for one basket, or one below nothing. */
  readonly leave?: true
}

/** Shape  `offers` in the order in which the shop applies them. Every promotion of the shop is an offer or not computable. */
export type TranslatedOffers = {
  readonly offers: readonly Offer[]
  readonly notComputable: readonly NotComputable[]
  readonly warnings: readonly OfferWarning[]
}
