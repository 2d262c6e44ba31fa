/** Orders a handed-over basket: at the price that stood beside the button, or not at all; once, however often the button is pressed. */
import { millis } from '#shared/kernel/time.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import type { CheckoutRefusal, OrderedReply, OrderReply } from '#shared/protocol/checkout.ts'
import type { OrderPerson, PlacedOrder } from '#hub/ports/web-shop/own-orders.ts'
import { checkoutStore } from './checkout-view.ts'
import { settleHandoff, verifyHandoff, type CheckoutParts, type CheckoutQuestion, type CheckoutWishes, type Settled, type VerifiedHandoff } from './settle-handoff.ts'

export type OrderQuestion = CheckoutQuestion & {
  readonly orderId: string
  readonly wishes: CheckoutWishes
  readonly person: OrderPerson
  readonly totalCents: number
}

/** An order that began this long ago and never ended was interrupted; another may take its place. */
const INTERRUPTED_AFTER_MS = 120_000

export const placeOrder = async (question: OrderQuestion, parts: CheckoutParts): Promise<OrderReply> => {
  // An order that the web shop's own people never see is no order.
  if (parts.foreign) return { type: 'refused', why: 'closed' }
  const verified = await verifyHandoff(question, parts)
  if (!verified.ok) return verified.error
  const { handoff } = verified.value
  const known = await placedOrder(question.orderId, handoff.qid, parts)
  if (known) return known
  if (question.wishes.delivery === 'home' && !question.person.address) return { type: 'refused', why: 'address missing' }
  const settled = await settleHandoff(verified.value, question.session, question.wishes, parts)
  if (!settled.ok) return settled.error
  if (settled.value.view.totalCents !== question.totalCents) return { type: 'price changed', view: settled.value.view }
  return reserve(question, settled.value, parts) ? finish(question, settled.value, parts) : { type: 'refused', why: 'used' }
}

/** The order that a page placed under its own name for it; null if it has placed none. */
export const placedOrder = async (orderId: string, qid: QuoteId, parts: CheckoutParts): Promise<OrderedReply | CheckoutRefusal | null> => {
  const known = await parts.shop.ownOrders.find(orderId)
  return known?.qid === qid ? orderedReply(known, parts) : null
}

const reserve = ({ session, orderId }: OrderQuestion, { handoff: { qid } }: Settled, { transactions, quotes, clock }: CheckoutParts): boolean => {
  const now = clock.now()
  return transactions.run(() => {
    quotes.claimFirst(qid, session, now)
    return quotes.beginOrder(qid, orderId, now, millis(now - INTERRUPTED_AFTER_MS))
  })
}

const finish = async (question: OrderQuestion, settled: Settled, parts: CheckoutParts): Promise<OrderReply> => {
  const { orderId, person, wishes } = question
  const { handoff, device, basket, settlement } = settled
  const { qid } = handoff
  const withAddress = { ...person, address: wishes.delivery === 'home' ? person.address : null }
  const placed = await parts.shop.ownOrders.place({ id: orderId, basket, quote: settlement.quote, loweredCents: settlement.loweredCents, person: withAddress, qid, placedAt: parts.clock.now() })
  if (!placed.ok && placed.error.type === 'UsesGone') return priceAgain(question, settled, parts)
  if (!placed.ok) return { type: 'refused', why: 'closed' }
  parts.transactions.run((tx) => {
    parts.quotes.endOrder(qid, orderId, placed.value.number)
    parts.funnel.handoffMoved(qid, device.dev)
    tx.afterCommit(() => parts.hints.handoff(device.dev, { qid, state: 'ordered' }))
  })
  return orderedReply(placed.value, parts)
}

/** A limited offer went to somebody else between the price and the button. */
const priceAgain = async ({ session, wishes }: OrderQuestion, verified: VerifiedHandoff, parts: CheckoutParts): Promise<OrderReply> => {
  const settled = await settleHandoff(verified, session, wishes, parts)
  return settled.ok ? { type: 'price changed', view: settled.value.view } : settled.error
}

const orderedReply = ({ number, placedAt, delivery, totalCents }: PlacedOrder, { assortments }: CheckoutParts): OrderedReply | CheckoutRefusal => {
  const current = assortments.current()
  if (!current) return { type: 'refused', why: 'closed' }
  return { type: 'ordered', order: { number, placedAt, delivery, totalCents, store: checkoutStore(current, assortments.brand()) } }
}
