/** Where whoever sees a price of the web shop for one of our baskets tells it: it is compared with ours, counted, and an alarm if a cent differs. */
import type { Basket } from '#shared/basket/basket.ts'
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { ShopQuote } from './web-shop/shop-cart.ts'

/** A basket of ours in the shop's own cart. Nothing about a person. */
export type ToldCart = {
  readonly qid: QuoteId
  /** Device that handed it over. */
  readonly dev: DeviceId
  /** As it was put into the cart, lines in any order. */
  readonly basket: Basket
  /** What our own page said is owed for it; null where it said nothing. */
  readonly owedCents: Cents | null
  /** What the cart says; a shop that tells its total alone gives `{ totalMinor }`. */
  readonly cart: ShopQuote | Pick<ShopQuote, 'totalMinor'>
}

export interface ParityWatch {
  /** Neither waits nor throws; what comes faster than it can be kept is dropped and counted as not compared. */
  cartTold(told: ToldCart): void
}

/** For tools and tests that compare nothing. */
export const NO_PARITY_WATCH: ParityWatch = { cartTold: () => undefined }
