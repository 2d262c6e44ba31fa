/** What a device knows: numbered, immutable sets of documents. Identity is the hash; the number only means something to the hub that gave it. */
import type { Json } from '../kernel/json.ts'
import type { Millis } from '../kernel/time.ts'

/** `kind/id`, e.g. `product/00-416079`. */
export type DocumentId = string
export type Documents = { readonly [id: DocumentId]: Json }

export type ReleaseHead = {
  readonly rev: number
  /** SHA-256 over the sorted (id, SHA-256 of the canonical document), 64 hex digits. */
  readonly hash: string
  readonly publishedAt: Millis
}

export type Release = ReleaseHead & { readonly items: Documents }

export type DocumentOp = { readonly op: 'put'; readonly id: DocumentId; readonly body: Json } | { readonly op: 'delete'; readonly id: DocumentId }
