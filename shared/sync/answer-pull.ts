/** The hub's side of REPLICA/1: the smallest true answer to "what do I lack?". */
import { utf8 } from '../kernel/bytes.ts'
import type { Json } from '../kernel/json.ts'
import type { DocumentId, DocumentOp, Documents, Release, ReleaseHead } from './release.ts'
import type { Pull, PullReply } from './wire.ts'

/** The releases a hub has published, as far back as it keeps them. */
export interface ReleaseShelf {
  /** The active release; null before the first. */
  current(): Release | null
  /** Operations from exactly this release to the current one; null if this hub never published it or no longer remembers. */
  opsSince(rev: number, hash: string): readonly DocumentOp[] | null
  /** Documents of a release still kept, for snapshots that were begun before the current one came. */
  items(hash: string): { readonly head: ReleaseHead; readonly items: Documents } | null
}

/** One piece of a snapshot: a slow line gets it within the 4 s of an acknowledgement. */
const MAX_PART_BYTES = 256 * 1024

export const answerPull = (shelf: ReleaseShelf, pull: Pull, facts: { readonly hubEpoch: string; readonly now: number }): PullReply => {
  const common = { hubEpoch: facts.hubEpoch, now: facts.now }
  const current = shelf.current()
  if (!current) return { type: 'none', ...common }
  const head = headOf(current)
  if (pull.part) return snapshotPart(shelf.items(pull.part.hash) ?? { head, items: current.items }, pull.part, common)
  if (pull.have?.hash === current.hash) return { type: 'same', ...common, head }
  const ops = pull.have && shelf.opsSince(pull.have.rev, pull.have.hash)
  if (pull.have && ops && sizeOf(ops) <= MAX_PART_BYTES) return { type: 'delta', ...common, fromHash: pull.have.hash, head, ops }
  return snapshotPart({ head, items: current.items }, { hash: current.hash, index: 0 }, common)
}

export const headOf = ({ rev, hash, publishedAt }: ReleaseHead): ReleaseHead => ({ rev, hash, publishedAt })

/** The asked piece, or the first one of this release if the asked release is gone. */
const snapshotPart = (
  release: { readonly head: ReleaseHead; readonly items: Documents },
  part: { readonly hash: string; readonly index: number },
  common: { readonly hubEpoch: string; readonly now: number },
): PullReply => {
  const parts = splitItems(release.items)
  const index = part.hash === release.head.hash && part.index < parts.length ? part.index : 0
  return { type: 'snapshot', ...common, head: release.head, index, parts: parts.length, items: parts[index]! }
}

const splitItems = (items: Documents): readonly (readonly (readonly [DocumentId, Json])[])[] => {
  const parts: (readonly [DocumentId, Json])[][] = [[]]
  let size = 0
  for (const id of Object.keys(items).sort()) {
    const bytes = sizeOf([id, items[id]!])
    if (size + bytes > MAX_PART_BYTES && parts.at(-1)!.length > 0) {
      parts.push([])
      size = 0
    }
    parts.at(-1)!.push([id, items[id]!])
    size += bytes
  }
  return parts
}

const sizeOf = (value: Json | readonly DocumentOp[]): number => utf8(JSON.stringify(value)).length
