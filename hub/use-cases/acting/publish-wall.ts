/** What customers have brought about goes to the screens: with whatever is published, and by itself at most once a day. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { CaseStore } from '#hub/ports/case-store.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { wallOf } from '#shared/cx/wall.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import type { Result } from '#shared/kernel/result.ts'
import { WALL_ID } from '#shared/protocol/wall-document.ts'
import type { Documents } from '#shared/sync/release.ts'
import { publishAgain } from '../parity/leave-offer.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'
import { wallEntries } from './read-improvements.ts'

export type PublishWallParts = {
  readonly cases: Pick<CaseStore, 'improvements' | 'wallPublishedAt' | 'noteWallPublished'>
  readonly documents: Pick<DocumentStore, 'current' | 'upcoming' | 'itemsAt'>
  /** Made by `publishWithWall`. */
  readonly publish: PublishReviewed
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly clock: Clock
  readonly log: Log
}

/** A release makes every device fetch: news of this kind can wait for tomorrow. */
export const WALL_EVERY_MS = 86_400_000

/** Whatever is published, the wall goes along as it is approved now. */
export const publishWithWall =
  (cases: Pick<CaseStore, 'improvements'>, publish: PublishReviewed): PublishReviewed =>
  (items, override, terms) =>
    publish(withWall(items, cases), override, terms)

const withWall = (items: Documents, cases: Pick<CaseStore, 'improvements'>): Documents => {
  const wall = wallOf(wallEntries(cases.improvements()))
  if (wall.entries.length > 0) return { ...items, [WALL_ID]: wall as object as Json }
  if (!Object.hasOwn(items, WALL_ID)) return items
  return Object.fromEntries(Object.entries(items).filter(([id]) => id !== WALL_ID))
}

/** Now. Errors  failed: no release could be made of it. */
export const publishWall = (parts: PublishWallParts, { who, device }: { readonly who: string; readonly device: string | null }): Result<{ readonly rev: number }, { readonly code: 'not_found' | 'failed' }> => {
  const published = publishAgain(parts, (items) => items, { by: 'wall', reason: 'what customers have brought about' })
  if (!published.ok) return published
  parts.transactions.run(() => {
    parts.cases.noteWallPublished(parts.clock.now())
    parts.audit.record({ who, what: 'wall.published', device, object: null, count: published.value.rev })
  })
  return published
}

/** If what is approved is not what the screens have, and a day has gone by. */
export const publishWallInTime = (parts: PublishWallParts): void => {
  const items = parts.documents.current()?.items
  if (!items) return
  const isSame = canonicalJson(withWall(items, parts.cases)[WALL_ID] ?? null) === canonicalJson(items[WALL_ID] ?? null)
  const last = parts.cases.wallPublishedAt()
  if (isSame || (last !== null && parts.clock.now() - last < WALL_EVERY_MS)) return
  if (!publishWall(parts, { who: 'hub', device: null }).ok) parts.log.warn('the wall waits for the next release', {})
}

