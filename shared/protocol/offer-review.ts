/** The review of a store's offers, as the manager sees it. */
import type { Finding } from '../basket/review/finding.ts'
import type { Rehearsal } from '../basket/review/rehearsal-tally.ts'
import type { Localised } from '../kernel/language.ts'

/**
 * set      the offers in force, or those that wait for their time
 * against  `none`: what they do at all. `previous`: what changes with them, against the last set that was another one; for those that wait the one in force
 */
export type OfferReviewRequest = { readonly set: 'current' | 'next'; readonly against: 'none' | 'previous' }

export type OfferReviewReply = {
  readonly asOf: number
  readonly rev: number
  readonly publishedAt: number
  /** `current` also where nothing waits. */
  readonly set: 'current' | 'next'
  /** When the set that waits begins; null if none does. */
  readonly nextAt: number | null
  readonly offers: number
  readonly findings: readonly Finding[]
  /** Who published in spite of errors, and why. */
  readonly override: { readonly by: string; readonly reason: string } | null
  readonly against: 'none' | 'previous'
  /** When the set compared with was published; null for `none`, or where there was no other one: then against none. */
  readonly previousAt: number | null
  /** On the store's own handed-over baskets; its articles are only those that change most. */
  readonly rehearsal: Rehearsal
  /** What offers and articles of this answer are called. */
  readonly names: { readonly [id: string]: Localised }
}
