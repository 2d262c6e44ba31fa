/** What the review of the offers said when a release was published. */
import type { Finding } from '#shared/basket/review/finding.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** Who let a release go live in spite of errors, and why. */
export type ReviewOverride = { readonly by: string; readonly reason: string }

export type ReleaseReview = {
  readonly rev: number
  readonly at: Millis
  readonly findings: readonly Finding[]
  /** Null where nothing had to be overridden. */
  readonly override: ReviewOverride | null
}

export interface ReviewStore {
  /** The first of a release stays; a second changes nothing. */
  keep(review: ReleaseReview): void
  find(rev: number): ReleaseReview | null
}
