/** A phone opens a code: the first session owns it, the kiosk that made it learns of it. The page that ordered sees its order again, also one that came back from the web shop. */
import type { OpenReply } from '#shared/protocol/checkout.ts'
import { checkoutStore } from './checkout-view.ts'
import { claimHandoff } from './claim-handoff.ts'
import { placedOrder } from './place-order.ts'
import { settleHandoff, verifyHandoff, type CheckoutParts, type CheckoutQuestion, type VerifiedHandoff } from './settle-handoff.ts'

export const openHandoff = async (question: CheckoutQuestion & { readonly orderId: string }, parts: CheckoutParts): Promise<OpenReply> => {
  const verified = await verifyHandoff(question, parts)
  if (!verified.ok) return verified.error
  const placed = (await placedOrder(question.orderId, verified.value.handoff.qid, parts)) ?? orderedThere(verified.value, question.session, parts)
  if (placed) return placed
  claimHandoff(verified.value, question.session, parts)
  const settled = await settleHandoff(verified.value, question.session, null, parts)
  return settled.ok ? { type: 'open', view: settled.value.view } : settled.error
}

/** Its number is told to nobody but the page that went to the shop. */
const orderedThere = ({ handoff: { qid } }: VerifiedHandoff, session: string, { foreign, quotes, assortments }: CheckoutParts): OpenReply | null => {
  const current = assortments.current()
  const order = foreign?.returned.ofHandoff(qid) ?? null
  if (!order || !current || quotes.claim(qid)?.session !== session) return null
  return { type: 'ordered there', order: { number: order.number, placedAt: order.placedAt, totalCents: order.totalMinor, store: checkoutStore(current, assortments.brand()) } }
}
