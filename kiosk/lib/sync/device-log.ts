/** What happened to this device, for whoever stands before it: bounded, in memory, without any word of a person. */
import type { Millis } from '#shared/kernel/time.ts'
import type { DeviceLogEntry, SyncStatus } from './device.ts'

/** A quiet day has a dozen. */
export const MAX_LOG_ENTRIES = 200
/** Enough of a hash to tell two releases apart. */
const HASH_DIGITS = 8

export class DeviceLog {
  readonly #now: () => Millis
  #entries: readonly DeviceLogEntry[] = []

  constructor(now: () => Millis) {
    this.#now = now
  }

  get entries(): readonly DeviceLogEntry[] {
    return this.#entries
  }

  note(what: DeviceLogEntry['what'], detail = ''): void {
    this.#entries = [...this.#entries, { at: this.#now(), what, detail }].slice(-MAX_LOG_ENTRIES)
  }

  /** Writes down what a change of the status means. */
  noteChange(was: SyncStatus, is: SyncStatus): void {
    if (is.phase !== was.phase) {
      if (is.phase === 'online') this.note('connected')
      if (was.phase === 'online') this.note('lost')
      if (is.phase === 'revoked') this.note('revoked')
    }
    if (is.frozen !== was.frozen) this.note(is.frozen ? 'frozen' : 'thawed')
    if (is.lowSpace !== was.lowSpace && (is.lowSpace ?? false) !== (was.lowSpace ?? false)) this.note(is.lowSpace ? 'space-low' : 'space-enough')
    if (is.needsService && !was.needsService) this.note('storage-lost')
    if (is.release && is.release.hash !== was.release?.hash) this.note('release-taken', is.release.hash.slice(0, HASH_DIGITS))
    const refused = is.refusedRelease
    if (refused && (refused.hash !== was.refusedRelease?.hash || refused.why !== was.refusedRelease.why)) this.note('release-refused', `${refused.hash.slice(0, HASH_DIGITS)} ${refused.why}`)
  }
}
