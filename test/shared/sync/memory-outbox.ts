/** An outbox in memory: runs the same steps as the browser's database. */
import type { EpochId, VisitId } from '#shared/kernel/ids.ts'
import { uuidV7, type EventId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { appendEvent, type EventClass } from '#shared/sync/append-event.ts'
import { cutBatch, type Batch } from '#shared/sync/batch.ts'
import type { EventDraft } from '#shared/sync/event.ts'
import { readAhead } from '#shared/sync/outbox-steps.ts'
import type { OutboxMakers, OutboxRow, OutboxState, OutboxStep } from '#shared/sync/outbox.ts'

export const eventId = (n: number): EventId => uuidV7(n, new Uint8Array(10))

export const draft = (n: number, p: Json = { n }): EventDraft => ({ id: eventId(n), t: 'visit.started', v: 1, at: millis(n), off: null, boot: 'b', mono: n, sid: 'v' as VisitId, p })

/** The first batch that waits; null if none does. */
export const takeBatch = (most = { events: 100, bytes: 64 * 1024 }): OutboxStep<Batch | null> => {
  const ahead = readAhead(null)
  const decide: OutboxStep<Batch | null>['decide'] = (state, rows) => {
    const { result } = ahead.decide(state, rows)
    return { change: null, result: typeof result === 'string' ? null : cutBatch(result, most, 1).batch }
  }
  return { ...ahead, decide }
}

export const memoryOutbox = () => {
  let state: OutboxState | null = null
  let rows: OutboxRow[] = []
  let epochs = 0
  let notices = 0
  const makers: OutboxMakers = {
    epoch: () => `${++epochs}`.padStart(16, 'e') as EpochId,
    notice: (t, p) => ({ ...draft(900_000 + notices++), t, p }),
  }
  const run = <T>(step: OutboxStep<T>): T => {
    const range = state && step.need(state)
    const seen = range ? rows.filter(({ seq }) => seq >= range.from && seq <= range.to).slice(0, range.limit) : []
    const { change, result } = step.decide(state, seen)
    if (change) {
      const { deleteUpTo } = change
      if (deleteUpTo !== undefined) rows = rows.filter(({ seq }) => seq > deleteUpTo)
      rows = [...rows, ...(change.put ?? [])]
      state = change.state
    }
    return result
  }
  return {
    makers,
    run,
    add: (n: number, kind: EventClass = 'durable', p?: Json) => run(appendEvent(draft(n, p), kind, makers)),
    addMany: (count: number, from = 1) => {
      for (let n = from; n < from + count; n++) run(appendEvent(draft(n), 'durable', makers))
    },
    get state() {
      return state!
    },
    set state(next: OutboxState) {
      state = next
    },
    get rows() {
      return rows
    },
  }
}
