/** What a device does about its storage: has the room watched, and begins the page anew when the browser has lost the storage for good. */
import type { Millis } from '#shared/kernel/time.ts'
import type { GuardState, StorageGuard } from '../store/storage-guard.ts'
import type { StorageHealth } from '../store/storage-health.ts'
import type { DeviceLog } from './device-log.ts'
import type { DeviceStorage, SyncStatus } from './device.ts'
import { planReload, reloadsOf } from './page-renewal.ts'
import type { Surroundings } from './surroundings.ts'

/** The room on the disk is looked at behind the first screen. */
const GUARD_AFTER_MS = 10_000
const LOAD_RETRY_MS = 2000
/** Between the pages of one disk. */
const FROZEN = 'storage frozen'
const THAWED = 'storage thawed'
const IS_IT_FROZEN = 'storage frozen?'

export type StorageKeeperParts = {
  readonly around: Surroundings
  readonly health: StorageHealth
  readonly log: DeviceLog
  now(): Millis
  changed(change: Partial<Pick<SyncStatus, 'lowSpace' | 'needsService'>>): void
}

export class StorageKeeper {
  readonly #parts: StorageKeeperParts
  #guard: StorageGuard | null = null
  #room: Omit<DeviceStorage, 'frozen'> = { lowSpace: null, reserve: null, persisted: null, usedBytes: null, quotaBytes: null, triedAt: null }
  #stopWaiting: () => void
  /** What is being said right now. */
  #speaking = 0
  #renewing = false
  #closed = false

  constructor(parts: StorageKeeperParts) {
    this.#parts = parts
    const { around, health, log } = parts
    const reloads = reloadsOf(around.page.reloads()).length
    if (reloads > 0) log.note('page-reloaded', `${reloads}`)
    health.onChange((frozen) => frozen && !health.told && !this.#guard && void this.#watch())
    this.#talk()
    health.onLost(() => this.#renewPage())
    this.#stopWaiting = around.after(health.frozen ? 0 : GUARD_AFTER_MS, () => void this.#watch())
    if (health.lost) around.after(0, () => this.#renewPage())
  }

  get state(): DeviceStorage {
    return { ...this.#room, frozen: this.#parts.health.frozen }
  }

  /** Nobody is cut off in the middle of a word. */
  async during<T>(said: Promise<T>): Promise<T> {
    this.#speaking += 1
    try {
      return await said
    } finally {
      this.#speaking -= 1
      if (this.#parts.health.lost) this.#renewPage()
    }
  }

  close(): void {
    this.#closed = true
    this.#parts.around.words?.close()
    this.#stopWaiting()
    this.#guard?.close()
  }

  /** A row removed by a page that does not know of the full disk would take all others with it. */
  #talk(): void {
    const { around: { words }, health } = this.#parts
    words?.onWord((word) => {
      if (word === FROZEN) health.freezeAsTold()
      if (word === THAWED && health.frozen) void this.#guard?.look()
      if (word === IS_IT_FROZEN && health.frozen) words.say(FROZEN)
    })
    health.onChange((frozen) => !health.told && !this.#closed && words?.say(frozen ? FROZEN : THAWED))
    words?.say(health.frozen ? FROZEN : IS_IT_FROZEN)
  }

  async #watch(): Promise<void> {
    this.#stopWaiting()
    const { around, health, log } = this.#parts
    const [guard, room] = await Promise.all([import('../store/storage-guard.ts'), around.room()]).catch(() => [])
    if (this.#guard || this.#closed) return
    if (!guard || !room) {
      this.#stopWaiting = around.after(LOAD_RETRY_MS, () => void this.#watch())
      return
    }
    this.#guard = new guard.StorageGuard({
      health,
      room,
      after: (delayMs, task) => around.after(delayMs, task),
      changed: (state) => this.#become(state),
      dropped: (pictures) => log.note('pictures-dropped', `${pictures}`),
    })
    await this.#guard.look()
  }

  #become(state: GuardState): void {
    const { lowSpace } = this.#room
    this.#room = { ...state, triedAt: this.#parts.now() }
    if (state.lowSpace !== lowSpace) this.#parts.changed({ lowSpace: state.lowSpace })
  }

  #renewPage(): void {
    if (this.#speaking > 0 || this.#renewing || this.#closed) return
    this.#renewing = true
    const { page, wall } = this.#parts.around
    const times = planReload(reloadsOf(page.reloads()), wall())
    if (!times) return this.#parts.changed({ needsService: true })
    page.noteReloads(times.join(' '))
    page.reload()
  }
}
