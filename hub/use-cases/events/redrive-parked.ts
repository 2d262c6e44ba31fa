/** Events that were kept as they came are read once more: at a start of the hub those an older version had to park, and when a manager asks for it also those in quarantine. */
import { isKnownEvent } from '#shared/protocol/event-types.ts'
import type { RedriveReply } from '#shared/protocol/hub-health.ts'
import { readEnvelope } from '#shared/sync/envelope.ts'
import type { ReceivedEvent } from '#shared/sync/wire.ts'
import type { EventRow } from '#hub/ports/event-ledger.ts'
import { hubTimeAfter, lastWord, project, type KeepEventParts } from './keep-event.ts'

/** More than one hub start can digest at once is left to the next. */
const MAX_ROWS = 50_000
/** What a person waits for, and every device with them. */
const MAX_ROWS_ASKED = 5000

/** How many events left the parking. */
export const redriveParked = (parts: KeepEventParts): number => redrive(parts, 'parked', MAX_ROWS)

/** Order  those in quarantine first. An event that still cannot be read stays where it is. */
export const redriveAll = (parts: KeepEventParts) => (): RedriveReply => {
  const before = parts.events.countByState().stored
  redrive(parts, 'quarantined', MAX_ROWS_ASKED)
  redrive(parts, 'parked', MAX_ROWS_ASKED)
  const { stored, parked, quarantined } = parts.events.countByState()
  return { understood: stored - before, left: parked + quarantined }
}

const redrive = (parts: KeepEventParts, state: 'parked' | 'quarantined', limit: number): number =>
  parts.transactions.run((tx) => {
    let settled = 0
    for (const row of parts.events.rowsIn(state, limit)) {
      const event = readEnvelope(row.body as ReceivedEvent)
      if (!event || !isKnownEvent(event.t, event.v, parts.knowledge)) continue
      const secret = event.x === undefined ? null : parts.keys.open(event.x)
      const why = project(parts, tx, { dev: row.dev, ep: row.ep, event, receivedAt: row.receivedAt, atHub: momentOf(parts, row, event), secret })
      if (why !== null && why === row.why) continue
      parts.events.settle(row.id, why === null ? 'stored' : 'quarantined', why)
      settled += 1
    }
    return settled
  })

/** Nobody could read when an unreadable event happened. */
const momentOf = (parts: KeepEventParts, row: EventRow, event: NonNullable<ReturnType<typeof readEnvelope>>): EventRow['atHub'] =>
  row.type === 'unreadable' ? hubTimeAfter(lastWord(parts, row.dev, row.ep), event, row.receivedAt) : row.atHub
