/** A web shop as the hub needs it. It owns catalogue, offers and checkout; its answer is the price. */
import type { Result } from '#shared/kernel/result.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import type { OwnOrders } from './own-orders.ts'
import type { ShopCart, ShopQuote } from './shop-cart.ts'
import type { Attribution, OpenedCheckout, OrderPage, WebhookCall, WebhookVerdict } from './shop-checkout.ts'
import type { ShopSnapshot } from './shop-snapshot.ts'
import type { CartRefused, ShopTrouble } from './shop-trouble.ts'

/** Something this shop cannot do, and why, in one English sentence. */
export type Unable = { readonly unable: string }

/** A capability is the thing itself, or the reason why it is not there: what a shop says it can and what it does cannot differ. */
export type Able<T> = T | Unable

/** Shape  one connection to one shop. Every call ends within its own time, tries again a bounded number of times, and throws for bugs only. */
export interface WebShop {
  readonly name: string
  /** Everything at once, all pages. */
  readonly read: Able<() => Promise<Result<ShopSnapshot, ShopTrouble>>>
  /** What the shop charges a guest for this cart now. Leaves no cart, order or customer behind that its people would see. */
  readonly quote: Able<(cart: ShopCart) => Promise<Result<ShopQuote, ShopTrouble | CartRefused>>>
  /** A link into the shop's own checkout with this cart in place. */
  readonly openCheckout: Able<(cart: ShopCart, attribution: Attribution) => Promise<Result<OpenedCheckout, ShopTrouble | CartRefused>>>
  /** Orders that came from our baskets, since a cursor; from the beginning with null. */
  readonly ordersSince: Able<(cursor: string | null) => Promise<Result<OrderPage, ShopTrouble>>>
  /** Whether a call is the shop's own, and what it means. */
  readonly checkWebhook: Able<(call: WebhookCall) => Promise<WebhookVerdict>>
  /** The facts behind a customer card number; null if there is no such card. */
  readonly findMember: Able<(card: string) => Promise<PricingCustomer | null>>
  /** Orders of our own checkout page. */
  readonly ownOrders: Able<OwnOrders>
}

/** Everything beyond its name. */
export type Capability = Exclude<keyof WebShop, 'name'>

/** In the order in which people are told. */
export const CAPABILITIES: readonly Capability[] = ['read', 'quote', 'openCheckout', 'ordersSince', 'checkWebhook', 'findMember', 'ownOrders']

/** Whether it is there. */
export const isAble = <T>(capability: Able<T>): capability is T => !(typeof capability === 'object' && capability !== null && 'unable' in capability)

/** Each capability with null, or the reason why not. */
export const toldCapabilities = (shop: WebShop): { readonly [name in Capability]: string | null } =>
  Object.fromEntries(CAPABILITIES.map((name) => [name, reasonOf(shop[name])])) as { readonly [name in Capability]: string | null }

const reasonOf = (capability: Able<unknown>): string | null => (isAble(capability) ? null : (capability as Unable).unable)
