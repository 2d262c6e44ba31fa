/** Copies of the hub's database on another folder or disk, from which it can be put back. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** How far one stream reaches in a copy. */
export type Watermark = { readonly dev: DeviceId; readonly ep: EpochId; readonly hw: number }

/** What a complete reading of a copy found. */
export type CheckedCopy = { readonly events: number; readonly watermarks: readonly Watermark[] }

export type Backup = CheckedCopy & { readonly name: string; readonly at: Millis; readonly bytes: number }

/** A copy is made page by page: what is wrong with it is wrong with the original. */
export type CopyDamaged = {
  readonly type: 'CopyDamaged'
  readonly why: string
  /** What is wrong with pages or indexes; null if only single rows changed. */
  readonly pages: string | null
  /** Rows that do not match their digest, by their key. */
  readonly rows: readonly { readonly table: string; readonly key: readonly (string | number | bigint | null | NodeJS.ArrayBufferView)[] }[]
}

/** `CopyFailed`: it could not be written, e.g. the disk is full. */
export type BackupRefused = CopyDamaged | { readonly type: 'CopyFailed'; readonly why: string }

/** How many rows were mended, and how: from an older copy, from the rest of the database, by asking the device again. `lost`: nobody can tell what they were. */
export type Mended = { readonly fromCopy: number; readonly asked: number; readonly derived: number; readonly lost: number }

export interface Backups {
  /**
   * Copies the database while it is in use, flushes the copy to its disk, reads all of it back, and only then gives it its name.
   * Errors  BackupRefused leaves the older copies as they are.
   */
  make(at: Millis): Promise<Result<Backup, BackupRefused>>
  /** Reads the database in use from its first page to its last row, in a thread. */
  check(): Promise<Result<CheckedCopy, BackupRefused>>
  /** Newest first; only copies that were complete once. */
  list(): readonly { readonly name: string; readonly at: Millis }[]
  remove(name: string): void
  /** Mends single rows of the original. */
  mend(damage: CopyDamaged): Mended
}
