/** An outbox of its own for the self-test, beside the device's own, which it never touches: the same store on a database that can be told that its disk is full. */
import { OutboxStore } from './outbox-store.ts'
import type { DatabaseFactory } from './open-stores.ts'
import { StorageHealth } from './storage-health.ts'

export type ScratchOutbox = {
  readonly outbox: OutboxStore
  readonly health: StorageHealth
  /** From now on every write is refused, as a browser does on a full disk. */
  setFull(full: boolean): void
  /** Nothing of it stays. */
  remove(): Promise<void>
}

export const openScratchOutbox = (name: string, factory: DatabaseFactory = {}): ScratchOutbox => {
  const indexedDB = (factory.indexedDB as IDBFactory | undefined) ?? globalThis.indexedDB
  const disk = { full: false }
  const health = new StorageHealth()
  const outbox = new OutboxStore(name, health, { ...factory, indexedDB: fillable(indexedDB, disk) })
  return {
    outbox,
    health,
    setFull: (full) => void (disk.full = full),
    remove: async () => {
      await outbox.close()
      return new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(name)
        request.addEventListener('success', () => resolve())
        request.addEventListener('error', () => resolve())
        request.addEventListener('blocked', () => resolve())
      })
    },
  }
}

type Disk = { readonly full: boolean }

/** The same databases, whose object stores ask the disk before each write. */
const fillable = (indexedDB: IDBFactory, disk: Disk): IDBFactory => {
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    const request = indexedDB.open(name, version)
    const guard = (): void => guardDatabase(request.result, disk)
    request.addEventListener('upgradeneeded', guard)
    request.addEventListener('success', guard)
    return request
  }
  return { open, deleteDatabase: (name) => indexedDB.deleteDatabase(name), cmp: (a, b) => indexedDB.cmp(a, b), databases: () => indexedDB.databases() }
}

const guarded = new WeakSet<IDBDatabase>()

const guardDatabase = (db: IDBDatabase, disk: Disk): void => {
  if (guarded.has(db)) return
  guarded.add(db)
  const transaction = db.transaction.bind(db)
  db.transaction = (...args) => {
    const opened = transaction(...args)
    const objectStore = opened.objectStore.bind(opened)
    opened.objectStore = (name) => guardStore(objectStore(name), disk)
    return opened
  }
}

const guardStore = (store: IDBObjectStore, disk: Disk): IDBObjectStore => {
  const put = store.put.bind(store)
  store.put = (value, key) => {
    if (disk.full) throw new DOMException('the disk of the self-test is full', 'QuotaExceededError')
    return key === undefined ? put(value) : put(value, key)
  }
  return store
}
