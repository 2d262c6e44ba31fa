/** Copies of the hub's database on another folder or disk, from which it can be put back. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** How far one stream reaches in a copy. */
export type Watermark = { readonly dev: DeviceId; readonly ep: EpochId; readonly hw: number }

/** What a complete reading of a copy found. */
export type CheckedCopy = { readonly events: number; readonly watermarks: readonly Watermark[] }

export type Backup = CheckedCopy & { readonly name: string; readonly at: Millis; readonly bytes: number }

/** `CopyFailed`: it could not be written, e.g. the disk is full · `CopyDamaged`: it was written and does not hold what it should. */
export type BackupRefused = { readonly type: 'CopyFailed' | 'CopyDamaged'; readonly why: string }

export interface Backups {
  /**
   * Copies the database while it is in use, flushes the copy to its disk, reads all of it back, and only then gives it its name.
   * Errors  BackupRefused leaves the older copies as they are.
   */
  make(at: Millis): Promise<Result<Backup, BackupRefused>>
  /** Newest first; only copies that were complete once. */
  list(): readonly { readonly name: string; readonly at: Millis }[]
  remove(name: string): void
}
