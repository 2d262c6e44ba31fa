/** Offers of the release that nobody here can compute: named beside those that are applied at checkout, never priced and never promised. */
import type { Assortment } from './assortment.ts'
import { isOpenFor } from './certain-offers.ts'
import type { CheckoutOffer, QuoteFacts } from './quote.ts'

/** The unread offers worth a mention now: not clearly over, not of another channel, without a code or with their code entered. */
export const unreadAtCheckout = ({ unread }: Assortment, facts: QuoteFacts, codes: readonly string[]): readonly CheckoutOffer[] =>
  (unread ?? []).flatMap(({ told }): readonly CheckoutOffer[] => (isOpenFor(told, facts, codes) ? [{ offer: told, why: 'not understood', asOf: null }] : []))

/** Nobody says that the checkout takes it off: the store did not leave it to its checkout, it only cannot be read here. */
export const isNowhereComputed = ({ offer, why }: CheckoutOffer): boolean => why === 'not understood' && offer.certainty !== 'checkout'
