/** What a device knows: numbered, immutable sets of documents. Identity is the hash; the number only means something to the hub that gave it. */
import type { Json } from '../kernel/json.ts'
import type { Millis } from '../kernel/time.ts'

/** `kind/id`, e.g. `product/00-416079`. */
export type DocumentId = string
export type Documents = { readonly [id: DocumentId]: Json }

/** All that the publisher signs of a release, and the signature. The documents themselves are bound by the hash. */
export type ReleaseHead = {
  readonly rev: number
  /** SHA-256 over the sorted (id, SHA-256 of the canonical document), 64 hex digits. */
  readonly hash: string
  readonly publishedAt: Millis
  /** Hub time from which it is in force; never before `publishedAt`. */
  readonly activeFrom: Millis
  /** A device that has not heard of the hub for longer shows base prices only. */
  readonly maxOfflineMs: number
  /** Id of the store it is made for. */
  readonly store: string
  /** ECDSA P-256 with SHA-256 over `releaseMessage`, 64 bytes r‖s as base64url; empty for a release from before there were signatures. */
  readonly signature: string
}
/** What is signed. */
export type ReleaseTerms = Omit<ReleaseHead, 'signature'>

export type Release = ReleaseHead & { readonly items: Documents }

export type DocumentOp = { readonly op: 'put'; readonly id: DocumentId; readonly body: Json } | { readonly op: 'delete'; readonly id: DocumentId }

/** Where a publisher says nothing else: three days. */
export const DEFAULT_MAX_OFFLINE_MS = 72 * 3_600_000

/** Everything but the documents. */
export const headOf = ({ rev, hash, publishedAt, activeFrom, maxOfflineMs, store, signature }: ReleaseHead): ReleaseHead => ({
  rev,
  hash,
  publishedAt,
  activeFrom,
  maxOfflineMs,
  store,
  signature,
})

/** How people call a release: the first 8 of its hash's digits, as they stand in hand-off codes. */
export const releaseName = (hash: string): string => hash.slice(0, 8)

/** Whether two heads speak of the same release at the same time: a set of documents may come back later. */
export const isSameHead = (a: ReleaseHead, b: ReleaseHead): boolean => a.hash === b.hash && a.activeFrom === b.activeFrom
