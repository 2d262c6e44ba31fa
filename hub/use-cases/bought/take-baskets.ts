/** Takes baskets and orders of a table into the book: what lay together, for how much. Whose they were is counted here and kept nowhere. */
import type { BasketBook, BookedBasket } from '#hub/ports/basket-book.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { customerTurns } from '#shared/insights/baskets/customer-turns.ts'
import type { CustomerTurn } from '#shared/insights/baskets/order-figures.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { Digest } from '../feedback/feedback-rows.ts'

/**
 * One row of a table.
 * Units   `priceMicros` in millionths of the source's currency, one piece; null: the table tells none.
 * Shape   `basket` is the number of the basket or order; `item` the article as the source calls it; `customer` empty: unknown; `goods` false: postage, a fee.
 */
export type BasketRow = {
  readonly basket: string
  readonly item: string
  readonly name: string
  readonly quantity: number
  readonly priceMicros: number | null
  readonly at: Millis | null
  readonly customer: string
  readonly country: string
  readonly cancelled: boolean
  readonly goods: boolean
}

/** `name` tells one table's baskets from another's: the same number in it is the same basket. `ordered`: they were paid for. */
export type BasketSource = { readonly name: string; readonly currency: string | null; readonly ordered: boolean }

export type TakeBasketsParts = { readonly baskets: Pick<BasketBook, 'add'>; readonly transactions: Transactions; readonly clock: Clock; readonly digest: Digest }

/** How many of the baskets were new, how many were there already. */
export type BasketsTaken = { readonly baskets: number; readonly known: number; readonly lines: number }

/** All or nothing, so that the command that was interrupted is run again. */
export const takeBaskets = (parts: TakeBasketsParts, source: BasketSource, rows: readonly BasketRow[]): BasketsTaken => {
  const turns = customerTurns(rows.map((row) => ({ ...row, order: row.basket, price: BigInt(row.priceMicros ?? 0) })))
  const booked = [...Map.groupBy(rows, ({ basket }) => basket)].map(([number, own]) => bookedOf(number, own, { source, turn: turns.get(number) ?? null, ...parts }))
  const added = parts.transactions.run(() => booked.filter((basket) => parts.baskets.add(basket)))
  return { baskets: added.length, known: booked.length - added.length, lines: added.reduce((sum, { lines }) => sum + lines.length, 0) }
}

type Terms = { readonly source: BasketSource; readonly turn: CustomerTurn | null; readonly digest: Digest; readonly clock: Clock }

const bookedOf = (number: string, rows: readonly BasketRow[], { source, turn, digest, clock }: Terms): BookedBasket => {
  const at = rows[0]!.at
  return {
    // A digest: the number itself is known at the shop, with a name beside it.
    id: digest(JSON.stringify(['basket', source.name, number])),
    source: source.name,
    at,
    receivedAt: clock.now(),
    currency: source.currency,
    country: rows[0]!.country,
    cancelled: rows[0]!.cancelled,
    ordered: source.ordered,
    turn,
    lines: rows.map(({ item, name, quantity, priceMicros, goods, at: own }) => ({ item, name, quantity, priceMicros, goods, afterMs: at === null || own === null ? 0 : own - at })),
  }
}
