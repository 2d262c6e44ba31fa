/** One round of getting current, as a generator: asks, stages, asks on, and ends with what to show. The driver sends and stores. */
import { applyPull, firstPull, type ReleaseCheck, type Staging } from './apply-pull.ts'
import type { Release, ReleaseHead } from './release.ts'
import type { Pull, PullReply, StreamError } from './wire.ts'

/** The driver answers a pull with the reply, an error, or null if none came in time; an activation, once it is stored as a whole, with the release that is active then. */
export type DownloadWish = { readonly do: 'pull'; readonly pull: Pull } | { readonly do: 'activate'; readonly release: Release }

export type DownloadEnd =
  | { readonly type: 'current'; readonly head: ReleaseHead; readonly hubNow: number; readonly mismatches: number }
  | { readonly type: 'failed'; readonly why: 'no answer' | 'error' | 'other hub run' | 'no release' | 'hash' | 'refused' | 'too many replies'; readonly mismatches: number }

/** A snapshot of 256 KiB pieces beyond this would be more than 2.5 GB. */
const MAX_REPLIES = 10_000
/** A hash that keeps not fitting is tried again at the next round, not at once. */
const MAX_MISMATCHES = 2

/** `hubEpoch` is the run of the hub this connection greeted; replies of another run are not believed. */
export function* downloadRelease(pv: number, active: Release | null, hubEpoch: string, isFit: ReleaseCheck): Generator<DownloadWish, DownloadEnd, unknown> {
  let pull = firstPull(pv, active)
  let staging: Staging | null = null
  let mismatches = 0
  const failed = (why: Extract<DownloadEnd, { type: 'failed' }>['why']): DownloadEnd => ({ type: 'failed', why, mismatches })
  for (let replies = 0; replies < MAX_REPLIES; replies++) {
    const reply = (yield { do: 'pull', pull }) as PullReply | StreamError | null
    if (reply === null) return failed('no answer')
    if ('code' in reply) return failed('error')
    if (reply.hubEpoch !== hubEpoch) return failed('other hub run')
    const outcome = applyPull(active, staging, pull, reply, isFit)
    if (outcome.type === 'keep') return failed(outcome.why)
    if (outcome.type === 'current') return { type: 'current', head: outcome.head, hubNow: reply.now, mismatches }
    if (outcome.type === 'activate') {
      yield { do: 'activate', release: outcome.release }
      const { rev, hash, publishedAt } = outcome.release
      return { type: 'current', head: { rev, hash, publishedAt }, hubNow: reply.now, mismatches }
    }
    if (outcome.mismatch && ++mismatches > MAX_MISMATCHES) return failed('hash')
    pull = outcome.pull
    staging = outcome.staging
  }
  return failed('too many replies')
}
