/** The durable memory of every event the hub ever took. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { UnsettledKind } from '#shared/protocol/hub-health.ts'
import type { HubLedger } from '#shared/sync/hub-ledger.ts'

/** `stored`: understood and projected · `parked`: newer than this hub, kept raw until it knows better · `quarantined`: not what it claims to be, kept raw. */
export type EventState = 'stored' | 'parked' | 'quarantined'

export type EventRow = {
  readonly id: string
  readonly dev: DeviceId
  readonly ep: EpochId
  readonly seq: number
  readonly type: string
  readonly state: EventState
  /** Why it is parked or quarantined; null for stored. */
  readonly why: string | null
  readonly atHub: Millis
  readonly receivedAt: Millis
  /** The event as it came. */
  readonly body: Json
}

/** Rows of the ledger: all of HubLedger but the judging of events, which is a use-case. */
export interface EventLedger extends Omit<HubLedger, 'store'> {
  /** Adds rows in their order; their ids must be new. */
  keep(rows: readonly EventRow[]): void
  /** This stream is in verified backups up to `seq`; a lower number than before changes nothing. */
  markSafe(dev: DeviceId, ep: EpochId, seq: number): void
  /** A parked row that is understood at last, or found to be broken. */
  settle(id: string, state: EventState, why: string | null): void
  /** Oldest first. */
  rowsIn(state: EventState, limit: number): readonly EventRow[]
  row(id: string): EventRow | null
  countByState(): { readonly [S in EventState]: number }
  /** Kinds of parked and quarantined events, commonest first. */
  unsettled(limit: number): readonly UnsettledKind[]
  /** Events held of a device, all epochs. */
  countOf(dev: DeviceId): number
  /** Marks an id as erased: it is swallowed if it is sent again. */
  markErased(id: string): void
}
