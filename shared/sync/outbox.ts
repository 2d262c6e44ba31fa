/** The device's outbox as data, and the form of everything that may happen to it: one pure decision per transaction, whoever holds the storage, a browser database or a simulated disk. */
import type { EpochId, EventId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import { extendChain, NO_CHAIN, type Chain } from './chain.ts'
import type { EventDraft } from './event.ts'

/** Where an outbox stands. Numbers count within the epoch `ep`. */
export type OutboxState = {
  readonly ep: EpochId
  /** Number of the next event. */
  readonly next: number
  /** Chain at `next - 1`. */
  readonly chain: Chain
  /** Bytes of all events since the epoch began. */
  readonly bytes: number
  /** Confirmed by the hub up to here … */
  readonly ack: number
  /** … and in a verified backup of it up to here, as it last said. */
  readonly safe: number
  /** The last event no longer kept; 0 if all are. */
  readonly base: { readonly seq: number; readonly chain: Chain; readonly bytes: number }
  /** Droppable events that were counted instead of kept, not yet told. */
  readonly dropped: number
  /** The hub database whose word this outbox goes by; absent until the first. */
  readonly hub?: string
  /** Events of earlier lives that are no longer kept here, by the database that has them. */
  readonly gone?: { readonly [hub: string]: number }
  /** Nonce of the greeting whose answer was believed last: confirmations that a page has not written yet count until somebody greets anew. */
  readonly talk?: number
  /** What was confirmed on each of the last days on which the hub was heard, oldest first; `at`: hub time when the last of them began. */
  readonly days?: { readonly at: number; readonly acks: readonly number[] }
}

/** One kept event. `json` is its draft: the number is added when it is sent, so renumbering changes no text. */
export type OutboxRow = {
  readonly seq: number
  readonly id: EventId
  readonly at: number
  /** Chain and bytes since the epoch began, this event included. */
  readonly chain: Chain
  readonly bytes: number
  readonly json: string
}

/** Rows from `from` to `to`, both inclusive, ascending, at most `limit`. */
export type RowRange = { readonly from: number; readonly to: number; readonly limit: number }

export type OutboxChange = {
  readonly state: OutboxState
  /** First remove these … */
  readonly deleteUpTo?: number
  /** … then write these. */
  readonly put?: readonly OutboxRow[]
}

/**
 * One transaction of an outbox: the storage reads the state (null before the first use) and the rows of `need`, lets `decide` judge, writes `change`, commits, and only then hands on `result`.
 * Order  `decide` is synchronous, so nothing comes between reading and writing.
 */
export type OutboxStep<T> = {
  /**
   * `never`: it only looks. `later`: it only notes what the hub has confirmed, which costs no more than sending again if it is lost:
   * a page may keep it in memory and write it with its next step. Absent: now, and durably.
   */
  readonly writes?: 'never' | 'later'
  readonly need: (state: OutboxState) => RowRange | null
  readonly decide: (state: OutboxState | null, rows: readonly OutboxRow[]) => { readonly change: OutboxChange | null; readonly result: T }
}

/** What a decision may need that only the device can make: randomness and the clock stay outside. */
export type OutboxMakers = {
  epoch(): EpochId
  /** An event about the outbox itself. */
  notice(t: 'events.dropped' | 'loss.declared', p: Json): EventDraft
}

export const newOutbox = (ep: EpochId): OutboxState => ({
  ep, next: 1, chain: NO_CHAIN, bytes: 0, ack: 0, safe: 0, base: { seq: 0, chain: NO_CHAIN, bytes: 0 }, dropped: 0,
})

/** Events the hub has not confirmed. */
export const queuedEvents = (state: OutboxState): number => state.next - 1 - state.ack

/** The outbox with one more event at its end. */
export const addRow = (state: OutboxState, event: { readonly id: EventId; readonly at: number; readonly json: string; readonly bytes: number }): { readonly state: OutboxState; readonly row: OutboxRow } => {
  const chain = extendChain(state.chain, event.id)
  const bytes = state.bytes + event.bytes
  return {
    state: { ...state, next: state.next + 1, chain, bytes },
    row: { seq: state.next, id: event.id, at: event.at, chain, bytes, json: event.json },
  }
}

/** The outbox without the rows up to `last`, which it keeps only as chain and byte count. */
export const pruneTo = (state: OutboxState, last: OutboxRow): OutboxState => ({ ...state, base: { seq: last.seq, chain: last.chain, bytes: last.bytes } })
