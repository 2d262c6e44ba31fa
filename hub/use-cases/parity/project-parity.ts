/** Every basket that a kiosk handed over waits for its comparison from the moment it is stored. */
import * as v from 'valibot'
import type { ParityLedger } from '#hub/ports/parity-ledger.ts'
import type { Projector } from '#hub/ports/projector.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { cents } from '#shared/kernel/money.ts'
import { ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { BasketHandedOver } from '#shared/protocol/handoff-events.ts'

/** What cannot be read is refused by who keeps the baskets; practice is not compared. */
export const projectParity = (ledger: Pick<ParityLedger, 'await'>): Projector => ({
  types: ['basket.handed-over'],
  apply: (_tx, { dev, event, receivedAt }) => {
    const payload = v.safeParse(BasketHandedOver, event.p)
    const decoded = payload.success ? decodeHandoff(payload.output.digits) : null
    if (!payload.success || !decoded?.ok || decoded.value.handoff.training) return ok(undefined)
    const { qid, issuedAtS } = decoded.value.handoff
    ledger.await({ qid, dev, digits: payload.output.digits, totalCents: cents(payload.output.totalCents), issuedAt: millis(issuedAtS * 1000), receivedAt })
    return ok(undefined)
  },
})
