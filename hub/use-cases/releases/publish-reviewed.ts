/** Publishes only what the review of the offers lets through, and keeps with each release what it said. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ReviewOverride, ReviewStore } from '#hub/ports/reviews.ts'
import { findingKey, type Finding, type Rule } from '#shared/basket/review/finding.ts'
import { lintOffers } from '#shared/basket/review/lint-offers.ts'
import { err, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { AboutPerson } from '#shared/privacy/about-persons.ts'
import { documentsToAssortment, publishableDocuments } from '#shared/protocol/documents.ts'
import type { Documents, ReleaseHead } from '#shared/sync/release.ts'
import type { Publish, PublishRefused, PublishTerms } from './publish-release.ts'

export type ReviewParts = { readonly documents: Pick<DocumentStore, 'current' | 'head' | 'nextRev'>; readonly reviews: ReviewStore; readonly clock: Clock; readonly log: Log }

/** The errors that hold it back; nothing was published. */
export type OffersRefused = { readonly type: 'OffersRefused'; readonly findings: readonly Finding[] }

/** The questions about single persons that hold it back, each with the words that give it away; nothing was published, and no override lifts it. */
export type SurveysRefused = { readonly type: 'SurveysRefused'; readonly aboutPersons: readonly AboutPerson[] }

/** In force at once, or from an instant on. */
export type PublishReviewed = (items: Documents, override?: ReviewOverride | null, terms?: PublishTerms) => Result<ReleaseHead, PublishRefused | OffersRefused | SurveysRefused>

/** Kept with a release: more is read by nobody. */
const MAX_KEPT = 500

/** Words that promise too much are replaced when publishing, so what the law forbids is never shown; the finding is kept for the merchant. */
const HEALED = new Set<Rule>(['reference-lower', 'reference-missing', 'percent-overstated'])

/**
 * As `publish`, after a review.
 * Errors  OffersRefused with every error that the release in force does not have already; `override` publishes all the same and is recorded.
 */
export const publishReviewed =
  (parts: ReviewParts, publish: Publish): PublishReviewed =>
  (items, override, terms) => {
    const findings = reviewDocuments(items, parts, terms)
    const blocking = newErrors(findings, parts)
    if (blocking.length > 0 && !override) {
      for (const finding of blocking) parts.log.warn('release refused by the review of its offers', { rule: finding.rule, offers: finding.offers.join(', '), why: finding.sentence.en })
      return err({ type: 'OffersRefused', findings: blocking })
    }
    const rev = parts.documents.nextRev()
    const published = publish(items, terms)
    if (published.ok && published.value.rev === rev) {
      const recorded = blocking.length > 0 ? (override ?? null) : null
      parts.reviews.keep({ rev: published.value.rev, at: parts.clock.now(), findings: findings.slice(0, MAX_KEPT), override: recorded })
      if (recorded) parts.log.warn('release published in spite of its review', { rev: published.value.rev, by: recorded.by, reason: recorded.reason, errors: blocking.length })
    }
    return published
  }

/** What the review says about these documents now; nothing about those that cannot be read, publishing refuses them by itself. */
export const reviewDocuments = (items: Documents, { documents, clock }: { readonly documents: Pick<DocumentStore, 'current'>; readonly clock: Clock }, terms: PublishTerms = {}): readonly Finding[] => {
  const records = Object.entries(documents.current()?.items ?? {}).filter(([id]) => id.startsWith('prices/'))
  const read = documentsToAssortment({ hash: '', items: { ...Object.fromEntries(records), ...publishableDocuments(items) } })
  return read.ok ? lintOffers(read.value.offers, read.value, { now: millis(Math.max(clock.now(), terms.activeFrom ?? 0)) }) : []
}

/** A change of something else is not held up by what is in force already. */
const newErrors = (findings: readonly Finding[], parts: ReviewParts): readonly Finding[] => {
  const errors = findings.filter(({ severity, rule }) => severity === 'error' && !HEALED.has(rule))
  const current = errors.length > 0 ? parts.documents.current() : null
  if (!current) return errors
  const known = new Set(reviewDocuments(current.items, parts).map(findingKey))
  return errors.filter((finding) => !known.has(findingKey(finding)))
}
