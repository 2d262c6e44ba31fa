/** Publishes a set of documents for all devices: signed, and in force at once or from an instant on, everywhere at the same time. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { OutgoingEvents } from '#hub/ports/outgoing-events.ts'
import type { PublisherKey } from '#hub/ports/publisher.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { documentsToStore, findDamage, isRefusedOffer, publishableDocuments, type DamagedDocument } from '#shared/protocol/documents.ts'
import type { ToldData } from '#shared/protocol/told-calls.ts'
import { makeRelease, releaseHash } from '#shared/sync/release-hash.ts'
import { DEFAULT_MAX_OFFLINE_MS, headOf, type Documents, type ReleaseHead } from '#shared/sync/release.ts'
import { inForceAt, MAX_PENDING_RELEASES } from '#shared/sync/release-plan.ts'

export type PublishParts = {
  readonly transactions: Transactions
  readonly documents: DocumentStore
  readonly publisher: PublisherKey
  readonly clock: Clock
  readonly hints: Pick<HintSender, 'release'>
  readonly log: Log
  /** Absent: nobody keeps a book of it. */
  readonly audit?: AuditBook
  /** Absent: no other program is told. */
  readonly outgoing?: OutgoingEvents
}

export type PublishTerms = {
  /** Hub time from which it is in force; absent or past: at once. */
  readonly activeFrom?: Millis
}

export type PublishRefused =
  | { readonly type: 'ReleaseDamaged'; readonly damaged: readonly DamagedDocument[] }
  /** So many wait already that devices would not keep one more. */
  | { readonly type: 'TooManyPending'; readonly most: number }
  /** Devices are bound to the store they were paired with and would refuse it. */
  | { readonly type: 'OtherStore'; readonly store: string; readonly given: string }

export type Publish = (items: Documents, terms?: PublishTerms) => Result<ReleaseHead, PublishRefused>

/** The release that holds at `activeFrom` afterwards: the one planned before if nothing would change. Errors  PublishRefused; then nothing is published. A refused offer alone is logged with path and reason, and the rest goes on. */
export const publishRelease =
  (parts: PublishParts): Publish =>
  (given, { activeFrom } = {}) => {
    const items = publishableDocuments(given)
    const damaged = findDamage(given)
    if (!damaged.every(isRefusedOffer)) return err({ type: 'ReleaseDamaged', damaged })
    const hash = releaseHash(items)
    const store = storeOf(items)
    return parts.transactions.run((tx) => {
      const now = parts.clock.now()
      const from = millis(Math.max(now, activeFrom ?? now))
      const head = parts.documents.head()
      const upcoming = parts.documents.upcoming()
      if (head && head.store !== '' && head.store !== store.id) return err({ type: 'OtherStore', store: head.store, given: store.id })
      const planned = inForceAt([...(head ? [head] : []), ...upcoming], from)
      if (planned?.hash === hash) return ok(planned)
      if (from > now && upcoming.filter((other) => other.activeFrom !== from).length >= MAX_PENDING_RELEASES) return err({ type: 'TooManyPending', most: MAX_PENDING_RELEASES })
      const said = { rev: parts.documents.nextRev(), publishedAt: now, activeFrom: from, maxOfflineMs: store.maxOfflineMs, store: store.id }
      const release = makeRelease(items, said, (terms) => parts.publisher.sign(terms))
      parts.documents.publish(release)
      parts.audit?.record({ who: 'hub', what: 'release.published', device: null, object: hash.slice(0, 32), count: release.rev })
      parts.outgoing?.tell('release.published', { rev: release.rev, hash, activeFrom: new Date(from).toISOString(), documents: Object.keys(items).length } satisfies ToldData['release.published'])
      tx.afterCommit(() => {
        parts.log.info('release published', { rev: release.rev, hash, activeFrom: from })
        parts.hints.release({ rev: release.rev, hash })
        for (const { id, reason } of damaged) parts.log.warn('offer refused, shown as one that cannot be computed', { id, reason })
      })
      return ok(headOf(release))
    })
  }

const HOUR_MS = 3_600_000

const storeOf = (items: Documents): { readonly id: string; readonly maxOfflineMs: number } => {
  const store = documentsToStore(items)
  return store.ok ? { id: store.value.id, maxOfflineMs: store.value.maxOfflineHours * HOUR_MS } : { id: '', maxOfflineMs: DEFAULT_MAX_OFFLINE_MS }
}

/** Signs the release in force if it is from before there were signatures: devices that learn the publisher's key take it without a change. */
export const signOldRelease = ({ transactions, documents, publisher, log }: Omit<PublishParts, 'hints' | 'clock'>): void => {
  const release = documents.current()
  if (!release || release.signature !== '') return
  const { id, maxOfflineMs } = storeOf(release.items)
  const { signature: _, ...old } = headOf(release)
  const terms = { ...old, maxOfflineMs, store: id }
  transactions.run(() => documents.sign({ ...terms, signature: publisher.sign(terms) }))
  log.info('release signed', { rev: release.rev, hash: release.hash })
}
