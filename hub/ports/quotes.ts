/** Handed-over baskets as the hub knows them, and who claimed them first. */
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import type { Cents } from '#shared/kernel/money.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { OrderPerson, PlacedOrder } from './web-shop/own-orders.ts'

/** What a kiosk said about a code it showed. */
export type ShownQuote = {
  readonly qid: QuoteId
  readonly code: string
  readonly digits: string
  readonly dev: DeviceId
  readonly issuedAt: Millis
  readonly totalCents: Cents
  readonly releaseHash: string
}

/** opened: a phone looks at it · ordering: `orderId` is on its way to the shop · ordered: done. */
export type Claim = {
  readonly qid: QuoteId
  /** Browser session that came first. */
  readonly session: string
  readonly firstAt: Millis
  readonly state: 'opened' | 'ordering' | 'ordered'
  readonly orderId: string | null
  readonly orderingAt: Millis | null
  readonly orderNumber: string | null
}

export interface QuoteStore {
  /** Keeps the first of its id; a second is no error and changes nothing. */
  addShown(quote: ShownQuote): void
  /** The newest quote with this six-character code. */
  findByCode(code: string): ShownQuote | null
  /** Order  newest first. */
  newestShown(limit: number): readonly ShownQuote[]
  claim(qid: QuoteId): Claim | null
  /**
   * The first caller of an id owns it; everybody learns who that is.
   * Shape   the row as it stands afterwards, and whether this call made it.
   */
  claimFirst(qid: QuoteId, session: string, at: Millis): { readonly claim: Claim; readonly first: boolean }
  /** Reserves the claim for one order. False if another order has it; one that began before `staleBefore` and never ended may be replaced. */
  beginOrder(qid: QuoteId, orderId: string, at: Millis, staleBefore: Millis): boolean
  endOrder(qid: QuoteId, orderId: string, orderNumber: string): void
}

/** An order of the built-in shop. */
export type StoredOrder = PlacedOrder & {
  readonly person: OrderPerson
  /** The quote as agreed, with the engine's trace, as canonical JSON. */
  readonly quote: string
}

export interface OrderStore {
  find(id: string): PlacedOrder | null
  /** False if the number is taken; the id must be new. */
  add(order: StoredOrder): boolean
  count(): number
}
