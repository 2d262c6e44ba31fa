/** The hub's side of REPLICA/1: the smallest true answer to "what do I lack?". */
import { utf8 } from '../kernel/bytes.ts'
import type { Json } from '../kernel/json.ts'
import { headOf, type DocumentId, type DocumentOp, type Documents, type Release, type ReleaseHead } from './release.ts'
import type { Pull, PullReply } from './wire.ts'

/** The releases a hub has published, as far back as it keeps them. */
export interface ReleaseShelf {
  /** The release in force; null before the first. */
  current(): Release | null
  /** Those that wait for their time, in order. */
  next(): readonly ReleaseHead[]
  /** Operations from exactly this release to that one; null if this hub never published it, no longer remembers, or published it later. */
  opsBetween(from: { readonly rev: number; readonly hash: string }, to: ReleaseHead): readonly DocumentOp[] | null
  /** Documents of a release still kept: one that waits, or one whose snapshot was begun before the current one came. */
  items(hash: string): { readonly head: ReleaseHead; readonly items: Documents } | null
}

/** One piece of a snapshot: a slow line gets it within the 4 s of an acknowledgement. */
const MAX_PART_BYTES = 256 * 1024

export const answerPull = (shelf: ReleaseShelf, pull: Pull, facts: { readonly hubEpoch: string; readonly now: number }): PullReply => {
  const next = shelf.next().map(headOf)
  const common: PullFacts = { hubEpoch: facts.hubEpoch, now: facts.now, next }
  const waiting = next.find(({ hash }) => hash === pull.want)
  const asked = (waiting && shelf.items(waiting.hash)) ?? wholeOf(shelf.current())
  if (!asked) return { type: 'none', ...common }
  const head = waiting && asked.head.hash === waiting.hash ? waiting : headOf(asked.head)
  if (pull.part) return snapshotPart(pull.part.hash === head.hash ? { head, items: asked.items } : (shelf.items(pull.part.hash) ?? asked), pull.part, common)
  if (pull.have?.hash === head.hash) return { type: 'same', ...common, head }
  const ops = pull.have && shelf.opsBetween(pull.have, head)
  if (pull.have && ops && sizeOfOps(ops) <= MAX_PART_BYTES) return { type: 'delta', ...common, fromHash: pull.have.hash, head, ops }
  return snapshotPart({ head, items: asked.items }, { hash: head.hash, index: 0 }, common)
}

type PullFacts = Pick<PullReply, 'hubEpoch' | 'now' | 'next'>
type Whole = { readonly head: ReleaseHead; readonly items: Documents }

const wholeOf = (release: Release | null): Whole | null => release && { head: release, items: release.items }

/** The asked piece, or the first one of this release if the asked release is gone. */
const snapshotPart = (release: Whole, part: { readonly hash: string; readonly index: number }, common: PullFacts): PullReply => {
  const parts = partsOf(release.items)
  const index = part.hash === release.head.hash && part.index < parts.length ? part.index : 0
  return { type: 'snapshot', ...common, head: headOf(release.head), index, parts: parts.length, items: parts[index]! }
}

/** Neither documents nor operations ever change, and a thousand devices may ask for the same ones: they are measured once. */
const partsOf = (items: Documents): ReturnType<typeof splitItems> => {
  const known = partsByItems.get(items) ?? splitItems(items)
  partsByItems.set(items, known)
  return known
}
const partsByItems = new WeakMap<Documents, ReturnType<typeof splitItems>>()

const sizeOfOps = (ops: readonly DocumentOp[]): number => {
  const known = sizeByOps.get(ops) ?? sizeOf(ops)
  sizeByOps.set(ops, known)
  return known
}
const sizeByOps = new WeakMap<readonly DocumentOp[], number>()

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
