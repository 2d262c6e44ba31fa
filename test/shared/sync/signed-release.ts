/** Releases as a publisher makes them, with a signature that only looks like one. */
import { millis } from '#shared/kernel/time.ts'
import { makeRelease } from '#shared/sync/release-hash.ts'
import { DEFAULT_MAX_OFFLINE_MS, type Documents, type Release, type ReleaseTerms } from '#shared/sync/release.ts'

export const SIGNATURE = 's'.repeat(86)

/** The release after `previous`, in force at once unless said otherwise. */
export const releaseOf = (items: Documents, previous: { readonly rev: number } | null = null, said: Partial<Omit<ReleaseTerms, 'hash'>> = {}, sign: (terms: ReleaseTerms) => string = () => SIGNATURE): Release => {
  const publishedAt = said.publishedAt ?? millis(1)
  return makeRelease(items, { rev: (previous?.rev ?? 0) + 1, publishedAt, activeFrom: publishedAt, maxOfflineMs: DEFAULT_MAX_OFFLINE_MS, store: 'lindenkorb', ...said }, sign)
}
