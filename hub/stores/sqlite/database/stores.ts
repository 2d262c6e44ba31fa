/** All SQLite stores over one open database. */
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#hub/ports/clock.ts'
import type { HubStores } from '#hub/ports/stores.ts'
import { sqliteAllotmentLedger } from '../events/allotment-ledger.ts'
import { sqliteAuditLog } from '../privacy/audit-log.ts'
import { sqliteDeviceStreams } from '../devices/device-streams.ts'
import { sqliteDeviceStore, sqlitePairingCodeStore } from '../devices/devices.ts'
import { sqliteDocumentStore } from '../releases/documents.ts'
import { sqliteEventLedger } from '../events/event-ledger.ts'
import { sqlitePriceLedger } from '../releases/price-ledger.ts'
import { sqliteTransactions } from './transactions.ts'

/** `witnesses`: folders of the audit log's witnesses. */
export const sqliteStores = (sql: DatabaseSync, clock: Clock, witnesses: readonly string[] = []): HubStores => {
  const transactions = sqliteTransactions(sql)
  return {
    transactions,
    audit: sqliteAuditLog(sql, { transactions, clock, folders: witnesses }),
    events: sqliteEventLedger(sql),
    documents: sqliteDocumentStore(sql, clock),
    devices: sqliteDeviceStore(sql),
    codes: sqlitePairingCodeStore(sql),
    allotments: sqliteAllotmentLedger(sql),
    prices: sqlitePriceLedger(sql),
    streams: sqliteDeviceStreams(sql),
  }
}
