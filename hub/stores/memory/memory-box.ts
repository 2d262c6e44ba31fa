/** What stores in memory share: one state, which a transaction exchanges as a whole. */
import type { DeviceReport, PairedDevice } from '#hub/ports/devices.ts'
import type { EventRow } from '#hub/ports/event-ledger.ts'
import type { AuditPlace, AuditRow } from '#shared/privacy/audit.ts'
import type { AskedPrice, PriceLook } from '#hub/ports/price-ledger.ts'
import type { PairingCode } from '#shared/devices/pairing.ts'
import type { ProfileDraft } from '#shared/devices/profile.ts'
import type { Lease, Use } from '#shared/sync/allotment-ledger.ts'
import type { StreamWord } from '#shared/sync/completeness.ts'
import type { NumberedId, Producer } from '#shared/sync/hub-ledger.ts'
import type { Release } from '#shared/sync/release.ts'

export type MemoryState = {
  readonly producers: Map<string, Producer>
  readonly numbered: Map<string, NumberedId>
  readonly events: Map<string, EventRow>
  readonly erased: Set<string>
  readonly releases: Release[]
  readonly devices: Map<string, PairedDevice>
  readonly reports: Map<string, DeviceReport>
  readonly codes: Map<string, PairingCode>
  readonly profiles: Map<string, ProfileDraft>
  readonly leases: Map<number, Lease>
  readonly uses: Map<string, Use>
  readonly asked: AskedPrice[]
  readonly looks: PriceLook[]
  readonly streams: Map<string, StreamWord>
  readonly audit: AuditRow[]
  readonly auditBase: AuditPlace[]
}
/** The state of now; transactions exchange it as a whole. */
export type MemoryBox = { state: MemoryState }

/** A state that holds nothing yet. */
export const memoryState = (): MemoryState => ({ producers: new Map(), numbered: new Map(), events: new Map(), erased: new Set(), releases: [], devices: new Map(), reports: new Map(), codes: new Map(), profiles: new Map(), leases: new Map(), uses: new Map(), asked: [], looks: [], streams: new Map(), audit: [], auditBase: [] })
