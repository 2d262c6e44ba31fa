/** Answers a device that asks what it lacks. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import { isSpoken } from '#shared/protocol/version.ts'
import { answerPull, type ReleaseShelf } from '#shared/sync/answer-pull.ts'
import { headOf, type DocumentOp, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import type { Pull, PullReply, StreamError } from '#shared/sync/wire.ts'

export type DeliverParts = { readonly documents: DocumentStore; readonly clock: Clock; readonly hubEpoch: string }

export const deliverRelease = (parts: DeliverParts): ((pull: Pull) => PullReply | StreamError) => {
  const shelf = releaseShelf(parts.documents)
  return (pull) => {
    if (!isSpoken(pull.pv)) return { code: 'upgrade' }
    return answerPull(shelf, pull, { hubEpoch: parts.hubEpoch, now: parts.clock.now() })
  }
}

/** The releases with the current one held in memory: every device asks for it once a minute, and a release never changes. */
export const releaseShelf = (documents: DocumentStore): ReleaseShelf => {
  let held: Release | null = null
  let lastOps: { readonly way: string; readonly ops: readonly DocumentOp[] } | null = null
  /** After a release thousands of devices ask for the same way within a second; a way once known never changes. */
  const opsOn = (from: { readonly rev: number; readonly hash: string }, to: ReleaseHead): readonly DocumentOp[] | null => {
    const way = `${from.rev} ${from.hash} ${to.rev} ${to.hash}`
    if (lastOps?.way === way) return lastOps.ops
    if (!documents.record(from.rev, from.hash)) return null
    lastOps = { way, ops: documents.opsBetween(from.rev, to.rev) }
    return lastOps.ops
  }
  return {
    current: () => {
      const head = documents.head()
      if (held?.hash !== head?.hash || held?.rev !== head?.rev || held?.signature !== head?.signature) held = documents.current()
      return held
    },
    next: () => documents.upcoming(),
    opsBetween: (from, to) => (from.rev <= to.rev ? opsOn(from, to) : null),
    items: (hash) => {
      if (held?.hash === hash) return { head: headOf(held), items: held.items }
      const found = documents.findRelease(hash)
      return found && { head: headOf(found.record), items: found.release.items }
    },
  }
}
