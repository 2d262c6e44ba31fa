/** The connected web shop as the phone's page needs it: its way in, and what is remembered of those who went there. */
import type { CheckoutLinkStore, ReturnedOrderStore } from '#hub/ports/checkout-links.ts'
import type { ParityWatch } from '#hub/ports/parity-watch.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { ToShopReply } from '#shared/protocol/shop-checkout.ts'
import type { CartKeys } from './shop-keys.ts'

export type ForeignShop = {
  readonly shop: Pick<WebShop, 'name' | 'quote' | 'openCheckout' | 'findMember'>
  readonly keysOf: (assortment: Assortment) => CartKeys
  readonly links: CheckoutLinkStore
  readonly returned: Pick<ReturnedOrderStore, 'ofHandoff'>
  readonly parity: ParityWatch
  readonly timer: Timer
  /** Questions that are under way, by the name of their link: a second one waits for the first. */
  readonly underWay: Map<string, Promise<ToShopReply>>
}
