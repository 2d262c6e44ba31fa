/** Visits as kiosks tell of them, one row each, for the funnel. */
import * as v from 'valibot'
import type { ReturnedOrderStore } from '#hub/ports/checkout-links.ts'
import type { FunnelStore } from '#hub/ports/funnel-store.ts'
import type { Projector, StoredEvent } from '#hub/ports/projector.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import type { QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { ok } from '#shared/kernel/result.ts'
import { BasketHandedOver } from '#shared/protocol/handoff-events.ts'
import { VisitStarted } from '#shared/protocol/visit-events.ts'

export type VisitParts = { readonly funnel: Pick<FunnelStore, 'visitStarted' | 'basketBegun' | 'codeShown' | 'handoffMoved'>; readonly returned: Pick<ReturnedOrderStore, 'settle'> }

/** Refuses nothing: a visit whose words are odd was a visit all the same, and whether a code is sound is judged where it is kept. */
export const projectVisits = (parts: VisitParts): Projector => {
  const note = (stored: StoredEvent): void => {
    const { dev, event, atHub } = stored
    const sid = event.sid as VisitId | null
    if (event.t === 'basket.handed-over') noteCode(stored, parts)
    else if (sid === null) return
    else if (event.t === 'basket.begun') parts.funnel.basketBegun({ dev, sid }, atHub)
    else parts.funnel.visitStarted({ dev, sid }, atHub, v.is(VisitStarted, event.p) && event.p.basket === true)
  }
  return {
    types: ['visit.started', 'basket.begun', 'basket.handed-over'],
    apply: (_tx, stored) => {
      note(stored)
      return ok(undefined)
    },
    applyAll: (_tx, events) => {
      for (const stored of events) note(stored)
      return events.map(() => ok(undefined))
    },
  }
}

/** A code of the training mode is nobody's basket. */
const noteCode = ({ dev, event, atHub }: StoredEvent, { funnel, returned }: VisitParts): void => {
  const payload = v.safeParse(BasketHandedOver, event.p)
  const decoded = payload.success ? decodeHandoff(payload.output.digits) : null
  if (!payload.success || !decoded?.ok || decoded.value.handoff.training) return
  const qid = payload.output.qid as QuoteId
  funnel.codeShown({ qid, dev, sid: event.sid, at: atHub })
  if (returned.settle(qid)) funnel.handoffMoved(qid, dev)
}
