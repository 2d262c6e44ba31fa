/** Events of a damaged database that no copy holds: understood anew. Their streams stay where the copy left them, so a device's second sending only takes its number. */
import type { EventRow } from '#hub/ports/event-ledger.ts'
import { isKnownEvent } from '#shared/protocol/event-types.ts'
import { readEnvelope } from '#shared/sync/envelope.ts'
import type { ReceivedEvent } from '#shared/sync/wire.ts'
import { project, takeReceipts, type KeepEventParts } from './keep-event.ts'

/** How many were new. All of them become durable together. */
export const keepSalvaged = (parts: KeepEventParts, rows: readonly EventRow[]): number =>
  parts.transactions.run((tx) => {
    let kept = 0
    for (const row of rows) {
      if (parts.events.known([row.id]).size > 0 || takeReceipts(parts, [{ raw: row.body as ReceivedEvent }]).length === 0) continue
      const event = row.state === 'stored' ? readEnvelope(row.body as ReceivedEvent) : null
      const isUnderstood = event !== null && isKnownEvent(event.t, event.v, parts.knowledge)
      const secret = event?.x === undefined ? null : parts.keys.open(event.x)
      const why = isUnderstood ? project(parts, tx, { dev: row.dev, ep: row.ep, event, receivedAt: row.receivedAt, atHub: row.atHub, secret }) : row.why
      parts.events.keep([isUnderstood && why !== null ? { ...row, state: 'quarantined', why } : row])
      kept += 1
    }
    return kept
  })
