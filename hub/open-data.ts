/** Everything a hub keeps in its data folder, opened: the database with all its stores, and the hub's own key. */
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { Clock } from './ports/clock.ts'
import type { FeedbackStore } from './ports/feedback-store.ts'
import type { HubKeys } from './ports/hub-keys.ts'
import type { OrderStore, QuoteStore } from './ports/quotes.ts'
import type { Random } from './ports/random.ts'
import type { HubStores } from './ports/stores.ts'
import { openHubKeys } from './stores/keys/hub-key-file.ts'
import { sqliteFeedbackStore } from './stores/sqlite/feedback-store.ts'
import { beginRun, openDatabase, type DatabaseRefused } from './stores/sqlite/open-database.ts'
import { sqliteOrderStore } from './stores/sqlite/order-store.ts'
import { sqliteQuoteStore } from './stores/sqlite/quote-store.ts'
import { sqliteStores } from './stores/sqlite/stores.ts'

export type HubData = HubStores & {
  /** Name of this run: new at every start, also after the database was put back from a copy. */
  readonly hubEpoch: string
  readonly feedback: FeedbackStore
  readonly quotes: QuoteStore
  readonly orders: OrderStore
  readonly keys: HubKeys
  close(): void
}

export const openData = (folder: string, clock: Clock, random: Random): Result<HubData, DatabaseRefused> => {
  const database = openDatabase(folder, clock.now())
  if (!database.ok) return database
  const sql = database.value
  return ok({
    ...sqliteStores(sql),
    hubEpoch: beginRun(sql, bytesToHex(random.bytes(8)), bytesToHex(random.bytes(8))),
    feedback: sqliteFeedbackStore(sql),
    quotes: sqliteQuoteStore(sql),
    orders: sqliteOrderStore(sql),
    keys: openHubKeys(folder),
    close: () => sql.close(),
  })
}
