/** Published releases: numbered, immutable sets of documents, with the log that leads from one to the next. */
import type { Millis } from '#shared/kernel/time.ts'
import type { DocumentOp, Documents, Release, ReleaseHead } from '#shared/sync/release.ts'

/** A release that was or is in force. */
export type ReleaseRecord = ReleaseHead & {
  /** When the next one took its place; null for the current one. */
  readonly retiredAt: Millis | null
}

export interface DocumentStore {
  /** The release in force; null before the first. */
  head(): ReleaseHead | null
  current(): Release | null
  /**
   * A release by its whole hash or the first hex digits of it (at least 8), as hand-off codes carry them.
   * Order   the newest, if several match.
   */
  findRelease(hashPrefix: string): { readonly record: ReleaseRecord; readonly release: Release } | null
  /** The record under a number, if its hash is that; null otherwise. */
  record(rev: number, hash: string): ReleaseRecord | null
  /** Newest first. */
  records(limit: number): readonly ReleaseRecord[]
  /** The last operation per document in the releases after `fromRev` up to `toRev`, ordered by id. */
  opsBetween(fromRev: number, toRev: number): readonly DocumentOp[]
  /** Makes `items` the release in force, under the next number. */
  publish(release: { readonly items: Documents; readonly hash: string; readonly publishedAt: Millis }): ReleaseHead
}
