/** What a device says. Events are appended, numbered per device life, stored once, never changed. */
import type { EventId, VisitId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Millis } from '../kernel/time.ts'

/** Before the outbox has numbered it. */
export type EventDraft = {
  readonly id: EventId
  /** Type, `noun.verb-in-past-tense`, e.g. `feedback.answered`. */
  readonly t: string
  /** Schema version of that type. */
  readonly v: number
  /** Device wall clock. */
  readonly at: Millis
  /** Hub clock minus device clock as known at capture; null if unknown. */
  readonly off: number | null
  /** Random per page load, with `mono` (ms since that load) as the clock that cannot jump. */
  readonly boot: string
  readonly mono: number
  readonly sid: VisitId | null
  readonly p: Json
  /** Sealed part, base64url: readable by the hub only. */
  readonly x?: string
}

/** Stored and sent form. `seq` is 1, 2, 3 … without gaps within (device, epoch). */
export type OutboxEvent = EventDraft & { readonly seq: number }
