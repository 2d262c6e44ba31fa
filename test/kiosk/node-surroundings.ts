/** A browser's surroundings in Node: an IndexedDB in memory that outlives the page, and a network whose hub can be somewhere else tomorrow. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Room } from '#kiosk/lib/store/room-files.ts'
import type { Surroundings } from '#kiosk/lib/sync/surroundings.ts'

/** A disk that never ends. */
const ENDLESS: Room = {
  files: { lay: async () => 'laid', remove: async () => undefined, has: async () => true },
  pictures: { drop: async () => 0, restore: async () => true },
  promise: async () => ({ persisted: true, usedBytes: 0, quotaBytes: null }),
}

export type Disk = IDBFactory
export const newDisk = (): Disk => new IDBFactory()

export const nodeSurroundings = (origin: string, disk: Disk, replaced: Partial<Surroundings> = {}): Surroundings => ({
  origin,
  subtle: crypto.subtle,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  wall: () => Date.now(),
  mono: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
  fetch: (path, init) => fetch(new URL(path, origin), init),
  locks: null,
  isVisible: () => true,
  onVisible: () => undefined,
  room: async () => ENDLESS,
  journal: async () => null,
  words: null,
  page: { reload: () => undefined, reloads: () => null, noteReloads: () => undefined },
  database: { indexedDB: disk, IDBKeyRange },
  ...replaced,
})
