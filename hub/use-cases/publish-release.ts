/** Puts a set of documents in force, for all devices at once. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { findDamage, isRefusedOffer, publishableDocuments, type DamagedDocument } from '#shared/protocol/documents.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import type { Documents, ReleaseHead } from '#shared/sync/release.ts'

export type PublishParts = {
  readonly transactions: Transactions
  readonly documents: DocumentStore
  readonly clock: Clock
  readonly hints: HintSender
  readonly log: Log
}
export type ReleaseDamaged = { readonly type: 'ReleaseDamaged'; readonly damaged: readonly DamagedDocument[] }

/** The release in force afterwards: the old one if nothing would change. Errors  ReleaseDamaged; then nothing is published. A refused offer alone is logged with path and reason, and the rest goes on. */
export const publishRelease =
  (parts: PublishParts) =>
  (given: Documents): Result<ReleaseHead, ReleaseDamaged> => {
    const items = publishableDocuments(given)
    const damaged = findDamage(given)
    if (!damaged.every(isRefusedOffer)) return err({ type: 'ReleaseDamaged', damaged })
    const hash = releaseHash(items)
    return parts.transactions.run((tx) => {
      const head = parts.documents.head()
      if (head?.hash === hash) return ok(head)
      const published = parts.documents.publish({ items, hash, publishedAt: parts.clock.now() })
      tx.afterCommit(() => {
        parts.log.info('release published', { rev: published.rev, hash })
        for (const { id, reason } of damaged) parts.log.warn('offer refused, left to the checkout', { id, reason })
        parts.hints.release({ rev: published.rev, hash })
      })
      return ok(published)
    })
  }
