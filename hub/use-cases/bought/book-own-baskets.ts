/** Takes the baskets that kiosks handed over into the book, once nobody changes them any more: what lay in them and on which day, not whose code it was. */
import type { Assortments } from '#hub/ports/assortments.ts'
import { OWN_BASKETS, type BasketBook } from '#hub/ports/basket-book.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { HandedOver, HandedOverBaskets } from '#hub/ports/handed-over.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Digest } from '../feedback/feedback-rows.ts'

export type BookOwnParts = {
  readonly handedOver: HandedOverBaskets
  readonly baskets: Pick<BasketBook, 'add' | 'has'>
  readonly assortments: Pick<Assortments, 'current'>
  readonly transactions: Transactions
  readonly clock: Clock
  readonly digest: Digest
}

/** An order may still come of a code for so long; then its basket is what it is. */
export const SETTLED_AFTER_MS = 24 * 3_600_000
const DAY_MS = 86_400_000

/** How many were taken. Codes of one visit are one basket: what was ordered of them, else the last. */
export const bookOwnBaskets = ({ handedOver, baskets, assortments, transactions, clock, digest }: BookOwnParts): number => {
  const assortment = assortments.current()
  if (!assortment) return 0
  const skus = new Map(assortment.products.map(({ number, sku }) => [number, sku as string]))
  const now = clock.now()
  const settled = lastOfVisits(handedOver.issuedBefore(millis(now - SETTLED_AFTER_MS)))
  return transactions.run(() => settled.filter((one) => {
    const id = digest(JSON.stringify(['basket', OWN_BASKETS, nameOf(one)]))
    if (baskets.has(id)) return false
    const decoded = decodeHandoff(one.digits)
    if (!decoded.ok || decoded.value.handoff.training) return false
    const lines = decoded.value.handoff.lines.flatMap(({ number, quantity }) => {
      const item = skus.get(number)
      return item === undefined ? [] : [{ item, name: '', quantity, priceMicros: null, goods: true, afterMs: 0 }]
    })
    if (lines.length === 0) return false
    const at = millis(Math.floor(one.issuedAt / DAY_MS) * DAY_MS)
    return baskets.add({ id, source: OWN_BASKETS, at, receivedAt: now, currency: null, country: '', cancelled: false, ordered: one.ordered, turn: null, lines })
  }).length)
}

const lastOfVisits = (all: readonly HandedOver[]): readonly HandedOver[] =>
  [...Map.groupBy(all, nameOf).values()].map((own) => own.toSorted((a, b) => Number(a.ordered) - Number(b.ordered) || a.issuedAt - b.issuedAt || (a.qid < b.qid ? -1 : 1)).at(-1)!)

/** A visit is one basket for good, also if another of its codes is ordered later. */
const nameOf = ({ qid, visit }: HandedOver): string => visit ?? `code ${qid}`
