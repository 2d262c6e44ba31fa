/** What the hub must remember of every device's stream, as a synchronous interface: all calls of one push run inside one transaction of the hub's database. */
import type { DeviceId, EpochId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Chain } from './chain.ts'
import type { OutboxEvent } from './event.ts'

/** Where the stream of one (device, epoch) stands on the hub. */
export type Producer = {
  /** Highest number held; 0 before the first. */
  readonly hw: number
  /** Chain at `hw`. */
  readonly hc: Chain
  /** Highest number that is also in a verified backup; 0 if there is none. */
  readonly safe: number
}

/** One number of one stream and the event it stands for, also when the event itself was already known or erased. */
export type NumberedId = { readonly id: string; readonly c: Chain }

export type Arrival = { readonly dev: DeviceId; readonly ep: EpochId; readonly event: OutboxEvent }

/** Why an event was kept raw instead of being understood. */
export type QuarantineCode = 'envelope' | 'payload'

export interface HubLedger {
  /** Null before the first push of this epoch. */
  producer(dev: DeviceId, ep: EpochId): Producer | null
  /** The event at a number this stream has reached; null beyond. */
  numbered(dev: DeviceId, ep: EpochId, seq: number): NumberedId | null
  /** Is this event held anywhere: stored, quarantined or parked, of whatever device and epoch? */
  holds(id: string): boolean
  /** Was it erased at a person's request? It must not come back. */
  isErased(id: string): boolean
  /**
   * Keeps one new event with whatever is derived from it, in this transaction.
   * Shape   `parked` if its type or version is newer than this hub, `quarantined` if its payload is not what the type promises; both are kept raw.
   */
  store(arrival: Arrival): 'stored' | 'parked' | 'quarantined'
  /** Keeps what is not even an event, as it came. */
  quarantine(raw: { readonly dev: DeviceId; readonly ep: EpochId; readonly seq: number; readonly id: string; readonly body: Json; readonly code: QuarantineCode }): void
  /** Moves the stream on by one number; called once per number, in order, after `store` or `quarantine`. */
  advance(dev: DeviceId, ep: EpochId, seq: number, numbered: NumberedId): void
}
