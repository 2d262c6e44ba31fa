/** A web shop as the hub needs it. It owns catalogue, offers and checkout; its answer is the price. */
import type { Basket } from '#shared/basket/basket.ts'
import type { OfferAnswer, OfferQuestion } from '#shared/basket/offer-answers.ts'
import type { Channel, Quote } from '#shared/basket/quote.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import type { Address } from '#shared/protocol/checkout.ts'

/** closed: no release is published · unreachable: the shop does not answer. */
export type ShopTrouble = { readonly type: 'ShopTrouble'; readonly why: 'closed' | 'unreachable' }

/** Somebody else took the last use of a limited offer; nothing was ordered. */
export type UsesGone = { readonly type: 'UsesGone' }

export type ShopQuestion = {
  readonly basket: Basket
  readonly channel: Channel
  /** Facts of a known customer; offers that need them are then computed. */
  readonly customer: PricingCustomer | null
  /** Id of the hand-off, for which uses of limited offers may be held; null without one. */
  readonly handoff: string | null
}

export type OrderPerson = { readonly name: string; readonly email: string | null; readonly address: Address | null }

export type NewOrder = {
  /** Chosen by the customer's page: the same id is the same order, however often it is sent. */
  readonly id: string
  readonly basket: Basket
  /** The quote that was agreed on; its trace is kept with the order. */
  readonly quote: Quote
  readonly person: OrderPerson
  /** Hand-off that it came from; null for an order of the shop's own pages. */
  readonly qid: string | null
  readonly placedAt: Millis
}

export type PlacedOrder = {
  readonly id: string
  readonly number: string
  readonly qid: string | null
  readonly placedAt: Millis
  readonly delivery: Basket['delivery']
  readonly totalCents: Cents
}

export interface WebShop {
  readonly name: string
  /** Today's price. */
  quote(question: ShopQuestion): Promise<Result<Quote, ShopTrouble>>
  /** The facts behind a customer card number; null if there is no such card. */
  findMember(card: string): Promise<PricingCustomer | null>
  /** The shop's own verdicts: valid now? where? what is missing? */
  checkOffers(question: OfferQuestion): Promise<Result<readonly OfferAnswer[], ShopTrouble>>
  /** Idempotent by `id`. Pay on pickup or delivery. Uses of limited offers are settled with it, all or nothing. */
  placeOrder(order: NewOrder): Promise<Result<PlacedOrder, ShopTrouble | UsesGone>>
  findOrder(id: string): Promise<PlacedOrder | null>
}
