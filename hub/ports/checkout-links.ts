/** Links into the web shop's own checkout as they were given to phones, and the orders that came back. */
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { OpenedCheckout, ReturnedOrder } from './web-shop/shop-checkout.ts'

/** The same session asks for the same cart: it gets the same link. */
export type LinkName = { readonly qid: QuoteId; readonly session: string; /** Hash of lines, codes and delivery. */ readonly cart: string }

/** `chargedMinor`: what the shop said it charges; null where it could not be asked. */
export type CheckoutLink = LinkName & OpenedCheckout & { readonly chargedMinor: number | null; readonly madeAt: Millis }

/** What an order changed. gone: all orders of its hand-off are cancelled. */
export type OrderMove = { readonly qid: QuoteId; readonly dev: DeviceId; readonly state: 'ordered' | 'gone' }

export interface CheckoutLinkStore {
  link(name: LinkName): CheckoutLink | null
  /** Keeps the first of its name. Links that are older than `before` are forgotten with it. */
  keepLink(link: CheckoutLink, before: Millis): void
  /** When the newest link was given; null: none. */
  lastLinkAt(): Millis | null
}

export interface ReturnedOrderStore {
  /** What to ask the shop with next, and when it was asked last; null before the first answer. */
  cursor(shop: string): { readonly cursor: string; readonly at: Millis } | null
  keepCursor(shop: string, cursor: string, at: Millis): void
  /**
   * Keeps an order and brings the claim of its hand-off up to date. An order that is known, and one whose hand-off nobody knows, moves nothing.
   * Order   cancelled is final, whatever comes after it.
   */
  take(shop: string, order: ReturnedOrder, at: Millis): OrderMove | null
  /** For a hand-off that has just become known: an order of it may have come before. */
  settle(qid: QuoteId): OrderMove | null
  /** The order that stands for a hand-off: the first that is not cancelled. */
  ofHandoff(qid: QuoteId): ReturnedOrder | null
  /** Hand-offs with a returned order of this stretch, all of them cancelled. */
  cancelledHandoffs(from: number, until: number): number
}
