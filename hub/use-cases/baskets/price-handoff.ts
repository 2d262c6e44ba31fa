/** The shopper chose a delivery, gave a card or entered a code: what is owed now, and what changed since the kiosk. */
import type { OpenReply } from '#shared/protocol/checkout.ts'
import { settleHandoff, verifyHandoff, type CheckoutParts, type CheckoutQuestion, type CheckoutWishes } from './settle-handoff.ts'

export const priceHandoff = async (question: CheckoutQuestion, wishes: CheckoutWishes, parts: CheckoutParts): Promise<OpenReply> => {
  const verified = await verifyHandoff(question, parts)
  if (!verified.ok) return verified.error
  const settled = await settleHandoff(verified.value, question.session, wishes, parts)
  return settled.ok ? { type: 'open', view: settled.value.view } : settled.error
}
