/** At a start of the hub: events that an older version could only park are understood now. */
import { millis } from '#shared/kernel/time.ts'
import { isKnownEvent } from '#shared/protocol/event-types.ts'
import { readEnvelope } from '#shared/sync/envelope.ts'
import type { ReceivedEvent } from '#shared/sync/wire.ts'
import { project, type KeepEventParts } from './keep-event.ts'

/** More than one hub start can digest at once is left to the next. */
const MAX_ROWS = 50_000

/** How many events left the parking. */
export const redriveParked = (parts: KeepEventParts): number =>
  parts.transactions.run((tx) => {
    let settled = 0
    for (const row of parts.events.rowsIn('parked', MAX_ROWS)) {
      const event = readEnvelope(row.body as ReceivedEvent)
      if (!event || !isKnownEvent(event.t, event.v, parts.knowledge)) continue
      const secret = event.x === undefined ? null : parts.keys.open(event.x)
      const why = project(parts, tx, { dev: row.dev, ep: row.ep, event, receivedAt: millis(row.receivedAt), atHub: millis(row.atHub), secret })
      parts.events.settle(row.id, why === null ? 'stored' : 'quarantined', why)
      settled += 1
    }
    return settled
  })
