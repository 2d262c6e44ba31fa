/** Today's price of a basket by the release in force, as every surface computes it; with what only the hub knows, the uses of limited offers. */
import type { Basket } from '#shared/basket/basket.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { countedOffer, isLimited, oneUnitOf } from '#shared/basket/limited-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Channel, OfferUnits, Quote } from '#shared/basket/quote.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import { mayUse, type Buyer } from '#shared/sync/allotment-hub.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { Clock } from '#hub/ports/clock.ts'

export type PriceQuestion = {
  readonly basket: Basket
  readonly channel: Channel
  /** Facts of a known customer; offers that need them are then computed. */
  readonly customer: PricingCustomer | null
  /** Id of the hand-off, for which uses of limited offers may be held; null without one. */
  readonly handoff: string | null
}

export const priceToday = ({ basket, channel, customer, handoff }: PriceQuestion, assortment: Assortment, { allotments, clock }: { readonly allotments: AllotmentLedger; readonly clock: Clock }): Quote => {
  const now = clock.now()
  const buyer: Buyer = { holder: handoff ?? '', customer: customer?.id ?? null }
  const units: OfferUnits = oneUnitOf(assortment.offers.flatMap(({ offer }) => (isLimited(offer) && mayUse(allotments, countedOffer(offer), buyer, now) ? [offer.id] : [])))
  return quoteBasket(basket, assortment, { now, channel, clockVerified: true, units, ...(customer && { customer }) })
}
