/** Published releases: numbered, immutable, signed sets of documents, with the log that leads from one to the next. "In force" is by the clock the store was opened with. */
import type { Millis } from '#shared/kernel/time.ts'
import type { DocumentOp, Documents, Release, ReleaseHead } from '#shared/sync/release.ts'

/** A release that was, is or will be in force. */
export type ReleaseRecord = ReleaseHead & {
  /** When the next one took its place; null while it is in force or waits for its time. */
  readonly retiredAt: Millis | null
}

export interface DocumentStore {
  /** The release in force now; null before the first. */
  head(): ReleaseHead | null
  current(): Release | null
  /** The releases that wait for their time, in order. */
  upcoming(): readonly ReleaseHead[]
  /**
   * A release by its whole hash or the first hex digits of it (at least 8), as hand-off codes carry them.
   * Order   the newest that was or is in force; one that waits only if there is no other.
   */
  findRelease(hashPrefix: string): { readonly record: ReleaseRecord; readonly release: Release } | null
  /** The record under a number, if its hash is that; null otherwise. */
  record(rev: number, hash: string): ReleaseRecord | null
  /** The documents under a number. */
  itemsAt(rev: number): Documents
  /** Newest first. */
  records(limit: number): readonly ReleaseRecord[]
  /** The number the next release gets. */
  nextRev(): number
  /** The last operation per document in the releases after `fromRev` up to `toRev`, ordered by id. */
  opsBetween(fromRev: number, toRev: number): readonly DocumentOp[]
  /** Keeps a release under `nextRev()`; it is in force from `activeFrom` on. */
  publish(release: Release): void
  /** Replaces what is said of a release from before there were signatures; its documents stay. */
  sign(head: ReleaseHead): void
}
