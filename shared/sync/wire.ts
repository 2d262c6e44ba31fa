/** The messages of both streams, OUTBOX/1 up and REPLICA/1 down, as they cross the wire (JSON). `shared/protocol` holds the validators that match them. */
import type { EpochId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Chain } from './chain.ts'
import type { OutboxEvent } from './event.ts'
import type { DocumentId, DocumentOp, ReleaseHead } from './release.ts'
import type { Publisher, RefusalReason } from './release-signature.ts'

/** Largest event, as UTF-8 bytes of its JSON: a full batch always holds several. */
export const MAX_EVENT_BYTES = 16 * 1024
/** Nesting of a payload; answers need 3. */
export const MAX_EVENT_DEPTH = 8
/** Characters of one text in a plain payload. */
export const MAX_EVENT_TEXT = 2000
/** Both bounds of one batch hold, and so many batches may be without an answer. */
export const MAX_BATCH_EVENTS = 500
export const MAX_BATCH_BYTES = 256_000
export const MAX_BATCHES_IN_FLIGHT = 4
/** The hub closes connections that send larger frames: twice a batch, for those of the texts that take more bytes than they have letters. */
export const MAX_FRAME_BYTES = 512 * 1024

/**
 * First words of a connection. The device is known from the authenticated socket, never from the body.
 * Units   `now` device wall clock in ms.
 */
export type Hello = {
  readonly pv: number
  /** Nonce: the reply repeats it. */
  readonly n: number
  readonly ep: EpochId
  /** Number the next event will get. */
  readonly next: number
  /** Events not confirmed by the hub. */
  readonly queued: number
  readonly ack: number
  /** Random per page load: two of them alternating on one device mean a copied storage. */
  readonly boot: string
  readonly app: string
  readonly releaseHash: string | null
  readonly now: number
}

export type HelloReply = {
  readonly n: number
  /** `dbId.bootCounter`: one run of one hub database. */
  readonly hubEpoch: string
  /** Highest number the hub holds of this (device, epoch), and the chain there. */
  readonly hw: number
  readonly hc: Chain
  /** Highest number that is also in a verified backup. */
  readonly safe: number
  readonly now: number
  /** Protocol versions this hub speaks. */
  readonly min: number
  readonly max: number
  /** Who signs this hub's releases; a device that knows nobody yet learns it here. */
  readonly publisher?: Publisher
}

/** An event as it arrives: only `seq` and `id` are relied on before the hub has judged it. */
export type ReceivedEvent = { readonly seq: number; readonly id: string; readonly [field: string]: Json }

export type Push = {
  readonly pv: number
  readonly ep: EpochId
  /** Chain before the first event. */
  readonly prev: Chain
  /** Dense, ascending, 1 … MAX_BATCH_EVENTS. */
  readonly ev: readonly OutboxEvent[]
}
export type ReceivedPush = Omit<Push, 'ev'> & { readonly ev: readonly ReceivedEvent[] }

export type PushNote = { readonly seq: number; readonly code: 'quarantined' | 'parked' | 'dup' }

/** Sent only after the hub's commit is on disk. */
export type Ack = {
  readonly hubEpoch: string
  /** Life of the outbox that it speaks of; hubs before version 3 do not say. */
  readonly ep?: EpochId
  /** Never beyond the last event of this very batch: a copied storage must not see other events confirmed. */
  readonly upto: number
  readonly hw: number
  readonly safe: number
  readonly now: number
  readonly notes?: readonly PushNote[]
}

/** Why nothing was stored, to hello, push, pull or report. */
export type StreamError =
  | { readonly code: 'fork'; readonly at: number }
  | { readonly code: 'gap'; readonly hw: number }
  | { readonly code: 'busy' | 'disk'; readonly retryMs: number }
  | { readonly code: 'auth' | 'revoked' | 'upgrade' | 'bad_request' | 'failed' }

/** What the device holds, and which piece of a snapshot it wants next. */
export type Pull = {
  readonly pv: number
  readonly have: { readonly rev: number; readonly hash: string } | null
  /** Hash of a release that waits for its time; absent, or no longer waiting: the one in force. */
  readonly want?: string
  /** Continue the snapshot of this release at this piece; absent: decide afresh. */
  readonly part?: { readonly hash: string; readonly index: number }
}

/** What every answer to a pull says. `next`: the releases that wait for their time, in order. */
type PullFacts = { readonly hubEpoch: string; readonly now: number; readonly next: readonly ReleaseHead[] }

export type PullReply = PullFacts &
  (
    | { readonly type: 'none' }
    | { readonly type: 'same'; readonly head: ReleaseHead }
    | {
        readonly type: 'delta'
        /** The release the operations start from. */
        readonly fromHash: string
        readonly head: ReleaseHead
        readonly ops: readonly DocumentOp[]
      }
    | {
        readonly type: 'snapshot'
        readonly head: ReleaseHead
        /** 0 … parts − 1 */
        readonly index: number
        readonly parts: number
        readonly items: readonly (readonly [DocumentId, Json])[]
      }
  )

/** A release that a device will not show, and why. */
export type RefusedRelease = { readonly hash: string; readonly why: RefusalReason }

/** How the device is, every minute and on change. */
/** An offer of the release that the device cannot compute, and why. */
export type UnreadNote = { readonly id: string; readonly reason: string }
/** Notes of one report, and characters of one reason: enough to act, small enough for every beat. */
export const MAX_UNREAD_NOTES = 16
export const MAX_UNREAD_REASON = 200

/**
 * Where a device's stream stands, in its own words, beside its report.
 * Units   `settledUntil` hub time in ms as the device knows it: everything recorded before is confirmed.
 */
export type StreamStanding = { readonly ep: EpochId; readonly next: number; readonly settledUntil: number }

export const STORAGE_TROUBLES = ['low', 'full'] as const
export type StorageTrouble = (typeof STORAGE_TROUBLES)[number]

export type Report = {
  readonly app: string
  readonly releaseHash: string | null
  readonly queued: number
  readonly clockOffsetMs: number | null
  /** Offers of the release that it cannot compute, the first few. */
  readonly unread?: readonly UnreadNote[]
  /** The next release that is stored whole and waits; null or absent: none. */
  readonly nextHash?: string | null
  /** The release refused last, until another one is taken. */
  readonly refused?: RefusedRelease | null
  /** Its disk: room runs short, or nothing can be written any more; null or absent: neither. */
  readonly storage?: StorageTrouble | null
  /** How far what was recorded is confirmed; absent: a device that does not tell, or has recorded nothing. */
  readonly stream?: StreamStanding
}
export type ReportReply = { readonly now: number }
