/** The device's side of REPLICA/1: staging what the hub sends until it is a whole release with the right hash, and only then switching. */
import type { Json } from '../kernel/json.ts'
import { applyOps, releaseHash } from './release-hash.ts'
import type { DocumentId, Documents, Release, ReleaseHead } from './release.ts'
import type { Pull, PullReply } from './wire.ts'

/** Pieces of a snapshot so far. */
export type Staging = { readonly head: ReleaseHead; readonly parts: number; readonly items: readonly (readonly [DocumentId, Json])[]; readonly got: number }

export type PullOutcome =
  /** The hub says that what is active is current. */
  | { readonly type: 'current'; readonly head: ReleaseHead }
  /** A whole release, checked: switch to it in one transaction. */
  | { readonly type: 'activate'; readonly release: Release }
  /** More is needed; `mismatch` if the reason is a hash that did not fit. */
  | { readonly type: 'ask'; readonly pull: Pull; readonly staging: Staging | null; readonly mismatch: boolean }
  /** Nothing to do with it; the active release stays. */
  | { readonly type: 'keep'; readonly why: 'no release' | 'hash' | 'refused' }

/** Releases a device keeps; going back is a change of one pointer. */
export const KEPT_RELEASES = 3

/** Is the set fit for the screens: known documents, prices above zero, known tax rates? Passed in, since sync knows no documents. */
export type ReleaseCheck = (items: Documents) => boolean

export const firstPull = (pv: number, active: Release | null): Pull => ({ pv, have: active && { rev: active.rev, hash: active.hash } })

/** Judges one reply to `asked`. Never changes `active`: the outcome says what to switch to. */
export const applyPull = (active: Release | null, staging: Staging | null, asked: Pull, reply: PullReply, isFit: ReleaseCheck): PullOutcome => {
  if (reply.type === 'none') return { type: 'keep', why: 'no release' }
  if (reply.type === 'same') return active?.hash === reply.head.hash ? { type: 'current', head: reply.head } : askSnapshot(asked)
  if (reply.type === 'snapshot') return stagePart(staging, asked, reply, isFit)
  if (!active || reply.fromHash !== active.hash) return askSnapshot(asked)
  const items = applyOps(active.items, reply.ops)
  if (releaseHash(items) !== reply.head.hash) return askSnapshot(asked)
  return isFit(items) ? { type: 'activate', release: { ...reply.head, items } } : { type: 'keep', why: 'refused' }
}

const askSnapshot = (asked: Pull): PullOutcome => ({ type: 'ask', pull: { pv: asked.pv, have: null }, staging: null, mismatch: true })

const stagePart = (staging: Staging | null, asked: Pull, reply: Extract<PullReply, { type: 'snapshot' }>, isFit: ReleaseCheck): PullOutcome => {
  const fresh = reply.index === 0 ? { head: reply.head, parts: reply.parts, items: [], got: 0 } : null
  const before = staging?.head.hash === reply.head.hash && staging.got === reply.index ? staging : fresh
  if (!before) return askSnapshot(asked)
  const now: Staging = { ...before, items: [...before.items, ...reply.items], got: before.got + 1 }
  if (now.got < now.parts)
    return { type: 'ask', pull: { pv: asked.pv, have: asked.have, part: { hash: now.head.hash, index: now.got } }, staging: now, mismatch: false }
  const items = Object.fromEntries(now.items)
  if (releaseHash(items) !== now.head.hash) return { type: 'keep', why: 'hash' }
  return isFit(items) ? { type: 'activate', release: { ...now.head, items } } : { type: 'keep', why: 'refused' }
}
