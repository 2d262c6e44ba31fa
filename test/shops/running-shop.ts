/** A running shop with goods, promotions and a storefront, used over its own interfaces as its administrator and its shoppers would: for acceptance and for stories in a browser. */
import type { ShopAccess } from '#hub/config-shop.ts'
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Storefront } from './storefront.ts'

export type RunningShop = {
  /** How a hub is connected to it. */
  readonly access: ShopAccess
  /** Numbers and keys of what it sells. */
  readonly articles: readonly { readonly sku: string; readonly key: string }[]
  /** Ids by name, or by code. */
  readonly promotions: { readonly [name: string]: string }
  /** Where links lead. A browser that followed one holds the session in the cookie SESSION; `follow` does the same without a browser. */
  readonly storefront: Storefront
  /** The cart of a session. */
  readonly readCart: (session: string) => Promise<ShopQuote>
  /** Orders the cart of a session as a guest who pays with the shop's own test payment. */
  readonly order: (session: string) => Promise<{ readonly number: string; readonly totalMinor: number }>
  /** As the administrator. */
  readonly cancel: (number: string) => Promise<void>
  /** Whichever promotion the acceptance changes, to so many percent. */
  readonly setPercent: (percent: number) => Promise<void>
  readonly stop: () => Promise<void>
}
