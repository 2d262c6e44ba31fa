/** Orders that our own checkout page takes: the built-in shop keeps them itself. */
import type { Basket } from '#shared/basket/basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { Address } from '#shared/protocol/checkout.ts'

/** No release is published, so nothing has a price. */
export type ShopClosed = { readonly type: 'ShopClosed' }

/** Somebody else took the last use of a limited offer; nothing was ordered. */
export type UsesGone = { readonly type: 'UsesGone' }

export type OrderPerson = { readonly name: string; readonly email: string | null; readonly address: Address | null }

export type NewOrder = {
  /** Chosen by the customer's page: the same id is the same order, however often it is sent. */
  readonly id: string
  readonly basket: Basket
  /** The quote that was agreed on; its trace is kept with the order. */
  readonly quote: Quote
  /** Taken off the quote's total, because the kiosk had shown less for the very same basket; 0 or absent: nothing. */
  readonly loweredCents?: Cents
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

export interface OwnOrders {
  /** Idempotent by `id`. Pay on pickup or delivery. Uses of limited offers are settled with it, all or nothing. */
  place(order: NewOrder): Promise<Result<PlacedOrder, ShopClosed | UsesGone>>
  find(id: string): Promise<PlacedOrder | null>
}
