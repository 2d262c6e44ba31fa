/** The first page that asks about a code owns it, and the kiosk that made it learns of it. */
import type { VerifiedHandoff, CheckoutParts } from './settle-handoff.ts'

export const claimHandoff = ({ handoff, device }: VerifiedHandoff, session: string, { quotes, funnel, transactions, clock, hints }: CheckoutParts): void => {
  const { qid } = handoff
  transactions.run((tx) => {
    const { first } = quotes.claimFirst(qid, session, clock.now())
    if (!first) return
    funnel.handoffMoved(qid, device.dev)
    tx.afterCommit(() => hints.handoff(device.dev, { qid, state: 'opened' }))
  })
}
