/** What the hub must remember of every device's stream, as a synchronous interface: all calls of one push run inside one transaction of the hub's database. */
import type { DeviceId, EpochId } from '../kernel/ids.ts'
import type { Chain } from './chain.ts'
import type { OutboxEvent } from './event.ts'
import type { ReceivedEvent } from './wire.ts'

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

/** An event that was not here before, as it came and as what it is; `event` null: it is none. */
export type NewEvent = { readonly raw: ReceivedEvent; readonly event: OutboxEvent | null }

/** What became of it. `parked`: its type or version is newer than this hub; `quarantined`: it is not what it claims to be. Both are kept raw. */
export type Kept = 'stored' | 'parked' | 'quarantined'

/** `held`: stored, quarantined or parked, of whatever device and epoch. `erased`: at a person's request; it must not come back. */
export type KnownId = 'held' | 'erased'

export interface HubLedger {
  /** Null before the first push of this epoch. */
  producer(dev: DeviceId, ep: EpochId): Producer | null
  /** The event at a number this stream has reached; null beyond. */
  numbered(dev: DeviceId, ep: EpochId, seq: number): Pick<NumberedId, 'id'> | null
  /** The chain at a number this stream has reached; null beyond. */
  chainAt(dev: DeviceId, ep: EpochId, seq: number): Chain | null
  /** Those of these ids that are not new. */
  known(ids: readonly string[]): ReadonlyMap<string, KnownId>
  /**
   * Keeps new events with whatever is derived from them, in this transaction.
   * Shape   what became of each, in their order.
   */
  store(dev: DeviceId, ep: EpochId, events: readonly NewEvent[]): readonly Kept[]
  /** Moves the stream on by these numbers, the first of them `first`, which is the one behind the highest it holds; called once a batch, after `store`. */
  advance(dev: DeviceId, ep: EpochId, first: number, numbers: readonly NumberedId[]): void
}
