/** The way into a web shop's own checkout, and its orders on their way back. */
import type { Millis } from '#shared/kernel/time.ts'

/** Where a basket came from, told to the shop with the link, without cookies. No person is in it. */
export type Attribution = {
  readonly store: string
  readonly device: string
  /** Hand-off it belongs to. */
  readonly handoff: string
}

/** `url` puts basket and codes into the shop's own checkout. `leaves`: what it cannot carry, for the shopper to do there. */
export type OpenedCheckout = { readonly url: string; readonly leaves: readonly ('delivery' | 'several codes')[] }

/** An order of the shop that began as one of our baskets. */
export type ReturnedOrder = {
  readonly number: string
  readonly placedAt: Millis
  readonly handoff: string
  readonly totalMinor: number
  /** Cancelled orders come back too, once more. */
  readonly state: 'placed' | 'cancelled'
}

/** `cursor` is opaque: what to ask with next time. Orders may come twice, never not at all. */
export type OrderPage = { readonly orders: readonly ReturnedOrder[]; readonly cursor: string }

/** A call that came in at the hub's address for the shop, as bytes and headers (lower-case names). */
export type WebhookCall = { readonly headers: { readonly [name: string]: string }; readonly body: Uint8Array }

/** changed: read again · nothing: genuine, of no concern · forged: not the shop's. */
export type WebhookVerdict = 'changed' | 'nothing' | 'forged'
