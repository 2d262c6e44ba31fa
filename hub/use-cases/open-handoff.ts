/** A phone opens a code: the first session owns it, the kiosk that made it learns of it. The page that ordered sees its order again. */
import type { OpenReply } from '#shared/protocol/checkout.ts'
import { placedOrder } from './place-order.ts'
import { settleHandoff, verifyHandoff, type CheckoutParts, type CheckoutQuestion, type VerifiedHandoff } from './settle-handoff.ts'

export const openHandoff = async (question: CheckoutQuestion & { readonly orderId: string }, parts: CheckoutParts): Promise<OpenReply> => {
  const verified = await verifyHandoff(question, parts)
  if (!verified.ok) return verified.error
  const placed = await placedOrder(question.orderId, verified.value.handoff.qid, parts)
  if (placed) return placed
  claimFor(verified.value, question.session, parts)
  const settled = await settleHandoff(verified.value, question.session, null, parts)
  return settled.ok ? { type: 'open', view: settled.value.view } : settled.error
}

const claimFor = ({ handoff, device }: VerifiedHandoff, session: string, { quotes, transactions, clock, hints }: CheckoutParts): void => {
  const { qid } = handoff
  transactions.run((tx) => {
    const { first } = quotes.claimFirst(qid, session, clock.now())
    if (first) tx.afterCommit(() => hints.handoff(device.dev, { qid, state: 'opened' }))
  })
}
