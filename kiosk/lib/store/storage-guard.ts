/** Watches the room on the disk: notices that it runs short before the database does, keeps a reserve for the moment it is gone, and says when writing may go on. */
import type { Room } from './room-files.ts'
import type { StorageHealth } from './storage-health.ts'

const MIB = 1024 * 1024
/** Rewritten to see whether there is room. */
export const CANARY = { name: 'room-canary', bytes: 4 * MIB } as const
/** Given up when the storage freezes: what is said then needs room, and so does the browser's own tidying. */
export const RESERVE = { name: 'room-reserve', bytes: 8 * MIB } as const
/** So much must fit before anything is written again. */
export const PROBE = { name: 'room-probe', bytes: 8 * MIB } as const

export const LOOK_MS = 600_000
/** While frozen, or while living on the reserve. */
export const LOOK_SOON_MS = 60_000

export type GuardParts = {
  readonly health: StorageHealth
  readonly room: Room
  after(delayMs: number, task: () => void): () => void
  /** Something of `state` has changed; also called when only the figures have. */
  changed(state: GuardState): void
  dropped(pictures: number): void
}

export type GuardState = {
  /** Null until it was tried, or where it cannot be. */
  readonly lowSpace: boolean | null
  readonly reserve: boolean | null
  readonly persisted: boolean | null
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
}

export const NOT_LOOKED: GuardState = { lowSpace: null, reserve: null, persisted: null, usedBytes: null, quotaBytes: null }

export class StorageGuard {
  readonly #parts: GuardParts
  #state: GuardState = NOT_LOOKED
  #stopWaiting: () => void = () => undefined
  #looking: Promise<void> | null = null
  /** Of this freeze. */
  #dropped = false
  /** Until it was looked: an earlier page may have dropped some. */
  #mayLackPictures = true
  #closed = false

  constructor(parts: GuardParts) {
    this.#parts = parts
    // Two pages that try the same disk at the same time would be in each other's way.
    parts.health.onChange((frozen) => frozen && (parts.health.told ? this.#lookLater() : void this.look()))
  }

  /** Looks now, and again by itself; two looks never overlap. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null
      this.#lookLater()
    })
    return this.#looking
  }

  close(): void {
    this.#closed = true
    this.#stopWaiting()
  }

  #lookLater(): void {
    const { health, after } = this.#parts
    this.#stopWaiting()
    if (!this.#closed) this.#stopWaiting = after(health.frozen || health.onReserve ? LOOK_SOON_MS : LOOK_MS, () => void this.look())
  }

  async #lookOnce(): Promise<void> {
    this.#stopWaiting()
    const { health, room } = this.#parts
    if (!health.frozen) await this.#tryRoom()
    if (health.frozen && (await this.#findRoom())) {
      health.onReserve = true
      health.thaw()
      await this.#tryRoom()
    }
    if (!health.frozen) {
      this.#dropped = false
      if (this.#mayLackPictures && !health.onReserve) this.#mayLackPictures = !(await room.pictures.restore())
    }
    this.#become(await room.promise())
  }

  /** Low is said while there is still the reserve. Once that is given up, too little room freezes the storage before the database meets a full disk a second time. */
  async #tryRoom(): Promise<void> {
    const { health, room: { files } } = this.#parts
    const hadReserve = await files.has(RESERVE.name)
    if (!hadReserve && (await files.has(CANARY.name))) health.onReserve = true
    const canary = await files.lay(CANARY.name, CANARY.bytes)
    if (canary === 'unknown') return this.#become({ lowSpace: null, reserve: null })
    if (canary === 'full') {
      this.#become({ lowSpace: true, reserve: hadReserve })
      if (health.onReserve) health.freeze()
      return
    }
    const reserve = hadReserve || (await this.#layReserve())
    health.onReserve = !reserve
    this.#become({ lowSpace: !reserve, reserve })
  }

  /** Laid only where room for more is left beside it. */
  async #layReserve(): Promise<boolean> {
    const { files } = this.#parts.room
    if ((await files.lay(RESERVE.name, RESERVE.bytes)) === 'laid' && (await files.lay(CANARY.name, CANARY.bytes)) === 'laid') return true
    await files.remove(RESERVE.name)
    return false
  }

  /** The reserve goes first: it is worth nothing, and removing such a file on a full disk has been measured to be safe. Pictures go next: the hub has them. */
  async #findRoom(): Promise<boolean> {
    const { room } = this.#parts
    await room.files.remove(RESERVE.name)
    this.#become({ lowSpace: true, reserve: false })
    if (await this.#hasRoom()) return true
    if (this.#dropped) return false
    this.#dropped = true
    const dropped = await room.pictures.drop()
    if (dropped > 0) {
      this.#mayLackPictures = true
      this.#parts.dropped(dropped)
    }
    return dropped > 0 && this.#hasRoom()
  }

  async #hasRoom(): Promise<boolean> {
    const { files } = this.#parts.room
    const laid = await files.lay(PROBE.name, PROBE.bytes)
    await files.remove(PROBE.name)
    return laid === 'laid'
  }

  #become(change: Partial<GuardState>): void {
    this.#state = { ...this.#state, ...change }
    this.#parts.changed(this.#state)
  }
}
