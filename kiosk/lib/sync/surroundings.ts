/** Everything of the browser that syncing touches, in one place, so that tests can pass in their own. */
import type { DatabaseFactory } from '../store/open-stores.ts'
import type { RoomProbe } from '../store/storage-health.ts'

export type Surroundings = {
  /** Where the hub is: the page's own origin, since the hub serves the page. */
  readonly origin: string
  readonly subtle: SubtleCrypto
  randomBytes(length: number): Uint8Array<ArrayBuffer>
  /** Device wall clock, ms. */
  wall(): number
  /** Ms since the page began; never jumps. */
  mono(): number
  after(delayMs: number, task: () => void): () => void
  fetch(path: string, init: RequestInit): Promise<Response>
  /** Null where the browser has none. */
  readonly locks: LockManager | null
  isVisible(): boolean
  onVisible(listener: () => void): void
  readonly probeRoom: RoomProbe
  /** Replaces the browser's IndexedDB. */
  readonly database: DatabaseFactory
}

export const browserSurroundings = (): Surroundings => ({
  origin: location.origin,
  subtle: crypto.subtle,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  wall: () => Date.now(),
  mono: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
  fetch: (path, init) => fetch(path, init),
  locks: 'locks' in navigator ? navigator.locks : null,
  isVisible: () => document.visibilityState === 'visible',
  onVisible: (listener) => document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener()),
  probeRoom,
  database: {},
})

const PROBE_BYTES = 8 * 1024 * 1024
const PROBE_FILE = 'room-probe'

/** Room is believed in only when it was used: the browser's own estimate has been wrong by a factor of 25. */
const probeRoom: RoomProbe = async () => {
  try {
    const folder = await navigator.storage.getDirectory()
    const file = await folder.getFileHandle(PROBE_FILE, { create: true })
    const writer = await file.createWritable()
    await writer.write(new Uint8Array(PROBE_BYTES))
    await writer.close()
    await folder.removeEntry(PROBE_FILE)
    return true
  } catch {
    return false
  }
}
