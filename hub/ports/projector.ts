/** What the hub derives from events (feedback rows, quotes) in the same transaction that stores them. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { OutboxEvent } from '#shared/sync/event.ts'
import type { Transaction } from './transaction.ts'

/** An event as the hub stored it, with its sealed part opened. */
export type StoredEvent = {
  readonly dev: DeviceId
  readonly ep: EpochId
  readonly event: OutboxEvent
  readonly receivedAt: Millis
  /** When it happened by the hub's clock: device time plus offset, never later than `receivedAt`. */
  readonly atHub: Millis
  /** The opened sealed part `x`; null if there is none. */
  readonly secret: Json | null
}

/** The payload is not what its type promises: the event is kept raw in quarantine and the stream goes on. */
export type PayloadRefused = { readonly type: 'PayloadRefused'; readonly why: string }

/**
 * Derives rows from the events of some types. Made by a factory that is given its store; it writes there synchronously.
 * Errors  PayloadRefused puts the event in quarantine; a throw does the same, and what this projector wrote for the event is undone.
 */
export type Projector = {
  readonly types: readonly string[]
  apply(tx: Transaction, event: StoredEvent): Result<void, PayloadRefused>
  /**
   * The same for many events at once, as one after the other would have it; a refused event has written nothing then. Absent: they come one by one.
   * Shape   an answer for each, in their order.
   */
  applyAll?(tx: Transaction, events: readonly StoredEvent[]): readonly Result<void, PayloadRefused>[]
}
