/** Notices what changes by the clock alone, or by another process on the same data: a release takes over, or a new one waits. Prices follow the clock at every question; this only tells the devices and the log. */
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ReleaseHead } from '#shared/sync/release.ts'

export type WatchParts = { readonly documents: Pick<DocumentStore, 'head' | 'upcoming'>; readonly hints: Pick<HintSender, 'release'>; readonly log: Log }

/** How often to look: devices with a measured clock switch by themselves, to the millisecond. */
export const WATCH_MS = 1000

export const watchReleases = ({ documents, hints, log }: WatchParts): (() => void) => {
  const nameOf = (head: ReleaseHead | null): string => (head ? `${head.rev} ${head.hash}` : '')
  let inForce = nameOf(documents.head())
  let waiting = documents.upcoming().map(nameOf).join()
  return () => {
    const head = documents.head()
    const upcoming = documents.upcoming()
    const [nowInForce, nowWaiting] = [nameOf(head), upcoming.map(nameOf).join()]
    if (head && nowInForce !== inForce) {
      log.info('release in force', { rev: head.rev, hash: head.hash })
      hints.release({ rev: head.rev, hash: head.hash })
    } else if (nowWaiting !== waiting) {
      const last = upcoming.at(-1)
      if (last) hints.release({ rev: last.rev, hash: last.hash })
    }
    inForce = nowInForce
    waiting = nowWaiting
  }
}
