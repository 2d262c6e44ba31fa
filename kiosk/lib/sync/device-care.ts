/** What a device does for itself behind the first screen: watches its storage, keeps the time for a cold start, and writes its log. */
import type { Millis } from '#shared/kernel/time.ts'
import type { HubClock } from '#shared/sync/hub-clock.ts'
import { pruneOld } from '#shared/sync/outbox-steps.ts'
import type { Stores } from '../store/open-stores.ts'
import { DeviceLog } from './device-log.ts'
import type { OutboxMakers } from '#shared/sync/outbox.ts'
import { CopyKeeper } from './copy-keeper.ts'
import type { DeviceLogEntry, DeviceStorage, SyncStatus } from './device.ts'
import type { Paired } from './pair-device.ts'
import { StorageKeeper } from './storage-keeper.ts'
import type { Surroundings } from './surroundings.ts'
import { TimeNotes } from './time-notes.ts'

export type CareParts = {
  readonly around: Surroundings
  readonly stores: Stores
  readonly clock: HubClock
  readonly app: string
  readonly makers: OutboxMakers
  /** Build of the app. */
  readonly version: string
  /** As the page began, before anybody was here to write it down. */
  readonly began: SyncStatus
  status(): SyncStatus
  now(): Millis
  changed(change: Partial<SyncStatus>): void
  paired(): Paired | null
  adopt(paired: Paired): Promise<void>
  refilled(): void
  /** The device's clock was set, or it slept. */
  jumped(): void
}

export class DeviceCare {
  readonly #parts: CareParts
  readonly #log: DeviceLog
  readonly #storage: StorageKeeper
  readonly #notes: TimeNotes
  readonly #copy: CopyKeeper

  constructor(parts: CareParts) {
    this.#parts = parts
    const { around, stores, clock, version, began, status, now, changed, jumped } = parts
    this.#log = new DeviceLog(now)
    this.#log.note('started', version)
    this.#log.noteChange(began, status())
    this.#storage = new StorageKeeper({ around, health: stores.health, log: this.#log, now, changed })
    this.#copy = new CopyKeeper({ ...parts, outbox: stores.outbox, health: stores.health, log: this.#log })
    this.#notes = new TimeNotes({ clock, outbox: stores.outbox, around, log: this.#log, isOnline: () => status().phase === 'online', jumped })
  }

  get log(): readonly DeviceLogEntry[] {
    return this.#log.entries
  }

  get storage(): DeviceStorage {
    return { ...this.#storage.state, copy: this.#copy.state }
  }

  note(what: DeviceLogEntry['what'], detail?: string): void {
    this.#log.note(what, detail)
    if (what === 'paired') this.#copy.paired()
  }

  noteChange(was: SyncStatus, is: SyncStatus): void {
    this.#log.noteChange(was, is)
  }

  /** Something is being said: the page stays until it is. */
  during<T>(said: Promise<T>): Promise<T> {
    return this.#storage.during(said)
  }

  /** The hub has answered. */
  async heard(): Promise<void> {
    const { stores, clock } = this.#parts
    if (await this.#notes.heard()) await stores.outbox.run(pruneOld(clock.now().at))
  }

  close(): void {
    this.#copy.close()
    this.#notes.close()
    this.#storage.close()
  }
}
