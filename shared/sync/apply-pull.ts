/** The device's side of REPLICA/1: staging what the hub sends until it is a whole release with the right hash. */
import type { Json } from '../kernel/json.ts'
import { applyOps, releaseHash } from './release-hash.ts'
import type { DocumentId, Documents, Release, ReleaseHead } from './release.ts'
import type { Pull, PullReply } from './wire.ts'

/** Pieces of a snapshot so far. */
export type Staging = { readonly head: ReleaseHead; readonly parts: number; readonly items: readonly (readonly [DocumentId, Json])[]; readonly got: number }

export type PullOutcome =
  /** The hub says that the base is what was asked for. */
  | { readonly type: 'current'; readonly head: ReleaseHead }
  /** A whole release whose hash fits. */
  | { readonly type: 'whole'; readonly release: Release }
  /** More is needed; `mismatch` if the reason is a hash that did not fit. */
  | { readonly type: 'ask'; readonly pull: Pull; readonly staging: Staging | null; readonly mismatch: boolean }
  /** Nothing to do with it; the active release stays. moved: the answer is about another release than the one asked for, or about one whose time has not come. */
  | { readonly type: 'keep'; readonly why: 'no release' | 'moved' | 'hash' | 'documents' }

/** Is the set fit for the screens: known documents, prices above zero, known tax rates? Passed in, since sync knows no documents. */
export type ReleaseCheck = (items: Documents) => boolean

/** By how much a device's idea of the hub's time may be off. */
export const CLOCK_ERROR_MS = 2000

/** `want`: a release that waits for its time; absent: the one in force. */
export const firstPull = (pv: number, base: Release | null, want?: string): Pull => ({
  pv,
  have: base && { rev: base.rev, hash: base.hash },
  ...(want !== undefined && { want }),
})

/** Judges one reply to `asked`. Never changes `base`: the outcome says what there is now. */
export const applyPull = (base: Release | null, staging: Staging | null, asked: Pull, reply: PullReply, isFit: ReleaseCheck): PullOutcome => {
  if (reply.type === 'none') return { type: 'keep', why: 'no release' }
  if (asked.want !== undefined ? reply.head.hash !== asked.want : hasNotBegun(reply.head, reply.now)) return { type: 'keep', why: 'moved' }
  if (reply.type === 'same') return base?.hash === reply.head.hash ? { type: 'current', head: reply.head } : askSnapshot(asked)
  if (reply.type === 'snapshot') return stagePart(staging, asked, reply, isFit)
  if (!base || reply.fromHash !== base.hash) return askSnapshot(asked)
  const items = applyOps(base.items, reply.ops)
  if (releaseHash(items) !== reply.head.hash) return askSnapshot(asked)
  return isFit(items) ? { type: 'whole', release: { ...reply.head, items } } : { type: 'keep', why: 'documents' }
}

/** A signed release of tomorrow stays one of tomorrow, whoever calls it current. */
export const hasNotBegun = ({ activeFrom }: ReleaseHead, now: number): boolean => activeFrom > now + CLOCK_ERROR_MS

const askSnapshot = ({ pv, want }: Pull): PullOutcome => ({ type: 'ask', pull: firstPull(pv, null, want), staging: null, mismatch: true })

const stagePart = (staging: Staging | null, asked: Pull, reply: Extract<PullReply, { type: 'snapshot' }>, isFit: ReleaseCheck): PullOutcome => {
  const fresh = reply.index === 0 ? { head: reply.head, parts: reply.parts, items: [], got: 0 } : null
  const before = staging?.head.hash === reply.head.hash && staging.got === reply.index ? staging : fresh
  if (!before) return askSnapshot(asked)
  const now: Staging = { ...before, items: [...before.items, ...reply.items], got: before.got + 1 }
  if (now.got < now.parts) {
    const { part: _, ...rest } = asked
    return { type: 'ask', pull: { ...rest, part: { hash: now.head.hash, index: now.got } }, staging: now, mismatch: false }
  }
  const items = Object.fromEntries(now.items)
  if (releaseHash(items) !== now.head.hash) return { type: 'keep', why: 'hash' }
  return isFit(items) ? { type: 'whole', release: { ...now.head, items } } : { type: 'keep', why: 'documents' }
}
