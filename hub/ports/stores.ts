/** All stores of one hub. Their writes inside one `transactions.run` become durable together. */
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { AuditLog } from './audit.ts'
import type { DeviceStreams } from './device-streams.ts'
import type { PairingCodeStore, DeviceStore } from './devices.ts'
import type { DocumentStore } from './documents.ts'
import type { EventLedger } from './event-ledger.ts'
import type { PriceLedger } from './price-ledger.ts'
import type { Transactions } from './transaction.ts'

export type HubStores = {
  readonly transactions: Transactions
  readonly audit: AuditLog
  readonly events: EventLedger
  readonly documents: DocumentStore
  readonly devices: DeviceStore
  readonly codes: PairingCodeStore
  /** Leases and uses of limited offers. */
  readonly allotments: AllotmentLedger
  readonly prices: PriceLedger
  readonly streams: DeviceStreams
}
