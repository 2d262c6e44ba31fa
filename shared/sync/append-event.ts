/** Putting one event into the outbox, within bounds that keep every event sendable. */
import { utf8 } from '../kernel/bytes.ts'
import type { EventId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { EventDraft } from './event.ts'
import { addRow, newOutbox, pruneTo, queuedEvents, type OutboxMakers, type OutboxRow, type OutboxState, type OutboxStep } from './outbox.ts'
import { MAX_EVENT_BYTES, MAX_EVENT_DEPTH, MAX_EVENT_TEXT } from './wire.ts'

/** `durable` is kept at any price; `droppable` (impressions, taps) is thinned to a count when a device is cut off for long. */
export type EventClass = 'durable' | 'droppable'

/** From here on droppable events are counted instead of kept … */
export const THIN_BACKLOG_FROM = 10_000
/** … and here even feedback is refused, honestly: weeks of a busy device. */
export const MAX_KEPT_EVENTS = 50_000
export const MAX_KEPT_BYTES = 32 * 1024 * 1024
/** Confirmed events that make room for a new one when the outbox is full. */
const PRUNE_WHEN_FULL = 1000
/** Room for the number, which is added when the event is sent. */
const SEQ_BYTES = 24

export type NotAppended = { readonly type: 'EventTooLarge' | 'OutboxFull' }

/**
 * Numbers a new event and keeps it.
 * Shape   null if a droppable event was counted instead.
 * Errors  EventTooLarge beyond the bounds of the wire; OutboxFull when 50,000 events or 32 MiB wait and none of them is confirmed.
 */
export const appendEvent = (draft: EventDraft, kind: EventClass, makers: OutboxMakers): OutboxStep<Result<EventId | null, NotAppended>> => ({
  need: (state) => (isFull(state) ? { from: roomAt(state), to: roomAt(state), limit: 1 } : null),
  decide: (known, rows) => {
    const event = encodeDraft(draft)
    if (!event || !isBoundedPayload(draft.p)) return { change: null, result: err({ type: 'EventTooLarge' }) }
    const last = rows[0]
    const state = known && last ? pruneTo(known, last) : (known ?? newOutbox(makers.epoch()))
    if (kind === 'droppable' && queuedEvents(state) >= THIN_BACKLOG_FROM) return { change: { state: { ...known!, dropped: state.dropped + 1 } }, result: ok(null) }
    if (isFull(state)) return { change: null, result: err({ type: 'OutboxFull' }) }
    const added = addAll(state, state.dropped > 0 ? [makers.notice('events.dropped', { n: state.dropped }), draft] : [draft])
    return { change: last ? { ...added, deleteUpTo: last.seq } : added, result: ok(draft.id) }
  },
})

/** Counts a droppable event for which there is no room. */
export const countDropped: OutboxStep<void> = {
  need: () => null,
  decide: (state) => ({ change: state && { state: { ...state, dropped: state.dropped + 1 } }, result: undefined }),
}

/** A draft as it is kept, with the bytes it takes on the wire; null if it is too large to be sent. */
export const encodeDraft = (draft: EventDraft): { readonly id: EventId; readonly at: number; readonly json: string; readonly bytes: number } | null => {
  const json = JSON.stringify(draft)
  const bytes = sizeOfKept(json)
  return bytes > MAX_EVENT_BYTES ? null : { id: draft.id, at: draft.at, json, bytes }
}

/** Bytes that a kept draft takes on the wire. */
export const sizeOfKept = (json: string): number => utf8(json).length + SEQ_BYTES

const addAll = (start: OutboxState, drafts: readonly EventDraft[]): { readonly state: OutboxState; readonly put: readonly OutboxRow[] } => {
  const put: OutboxRow[] = []
  let state: OutboxState = { ...start, dropped: 0 }
  for (const draft of drafts) {
    const added = addRow(state, encodeDraft(draft)!)
    put.push(added.row)
    state = added.state
  }
  return { state, put }
}

const isFull = (state: OutboxState): boolean =>
  state.next - 1 - state.base.seq >= MAX_KEPT_EVENTS || state.bytes - state.base.bytes >= MAX_KEPT_BYTES

/** Last row that may go for a new event; none may if nothing is confirmed, and then no row has this number. */
const roomAt = (state: OutboxState): number => {
  const last = Math.min(state.ack, state.base.seq + PRUNE_WHEN_FULL)
  return last > state.base.seq ? last : 0
}

/** Depth and text bounds of a plain payload. */
const isBoundedPayload = (payload: Json): boolean => {
  const open: { readonly value: Json; readonly depth: number }[] = [{ value: payload, depth: 1 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'string' && (value.length > MAX_EVENT_TEXT || !value.isWellFormed())) return false
    if (typeof value === 'number' && !Number.isFinite(value)) return false
    if (typeof value !== 'object' || value === null) continue
    if (depth > MAX_EVENT_DEPTH) return false
    for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 })
  }
  return true
}
