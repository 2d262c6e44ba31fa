/** Baskets that were bought or taken along, as the store may keep them: what lay together, for how much, never whose. */
import type { CustomerTurn } from '#shared/insights/baskets/order-figures.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Source of the baskets that this store's own kiosks handed over. */
export const OWN_BASKETS = 'store'

/**
 * One line.
 * Units   `priceMicros` in millionths of the currency, one piece; null: nobody told. `afterMs` behind the basket's own moment.
 * Shape   `item` is the number or name by which the source knows the article; `goods` false: postage, a fee.
 */
export type BookedLine = { readonly item: string; readonly name: string; readonly quantity: number; readonly priceMicros: number | null; readonly goods: boolean; readonly afterMs: number }

/** Shape  `id` names it among all baskets and leads back to nothing; `at` null: nobody noted when; `turn` null: nobody knows the customer; `ordered`: it was paid for, not only taken along. */
export type BookedBasket = {
  readonly id: string
  readonly source: string
  readonly at: Millis | null
  readonly receivedAt: Millis
  readonly currency: string | null
  readonly country: string
  readonly cancelled: boolean
  readonly ordered: boolean
  readonly turn: CustomerTurn | null
  readonly lines: readonly BookedLine[]
}

/** What is counted of a basket: the numbers of the articles in it, each once. Shape  empty for one that was cancelled. */
export type CountedBasket = { readonly n: number; readonly items: readonly number[] }

/** An article of one source under its number in this book. */
export type BookedItem = { readonly n: number; readonly source: string; readonly item: string }

/** Units  hub time of the first and the last arrival. */
export type BookedSource = { readonly source: string; readonly baskets: number; readonly ordered: number; readonly cancelled: number; readonly firstAt: Millis; readonly lastAt: Millis }

export interface BasketBook {
  /** False if its id is known; then nothing changes. */
  add(basket: BookedBasket): boolean
  has(id: string): boolean
  /** Those behind number `after`, in the order they came, at most `limit`. */
  counted(after: number, limit: number): readonly CountedBasket[]
  items(): readonly BookedItem[]
  /** Order  by name. */
  sources(): readonly BookedSource[]
  /** Whole baskets of one source, in the order they came. */
  all(source: string): Iterable<BookedBasket>
  /** Lets go of at most `limit` that arrived before; how many went. */
  forgetBefore(receivedAt: Millis, limit: number): number
}
