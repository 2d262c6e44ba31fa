/** The stores of one app. Apps of one origin have databases of their own: a browser may be a kiosk in one tab and the manager in another. */
import type { DexieOptions } from 'dexie'
import { OutboxStore } from './outbox-store.ts'
import { ReplicaStore } from './replica-store.ts'
import { StorageHealth } from './storage-health.ts'

export type AppName = 'shopper' | 'staff' | 'manager'
export type Stores = { readonly outbox: OutboxStore; readonly replica: ReplicaStore; readonly health: StorageHealth; close(): void }

/** Replaces the browser's IndexedDB, in tests. */
export type DatabaseFactory = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>

export const openStores = (app: AppName, factory: DatabaseFactory = {}): Stores => {
  const health = new StorageHealth()
  const outbox = new OutboxStore(`einklang-${app}-outbox`, health, factory)
  const replica = new ReplicaStore(`einklang-${app}-replica`, health, factory)
  return {
    outbox,
    replica,
    health,
    close: () => {
      void outbox.close()
      replica.close()
    },
  }
}
