/** What the outbox does when it talks to the hub: say where it stands, read what is to be sent, believe an answer, start a new life. */
import type { EpochId } from '../kernel/ids.ts'
import { encodeDraft } from './append-event.ts'
import type { Ahead, Batch, Sent } from './batch.ts'
import type { Chain } from './chain.ts'
import { addRow, newOutbox, pruneTo, queuedEvents, type OutboxMakers, type OutboxRow, type OutboxState, type OutboxStep } from './outbox.ts'
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_BATCHES_IN_FLIGHT, type Ack, type Hello, type HelloReply } from './wire.ts'

export type HelloFacts = Pick<Hello, 'pv' | 'n' | 'boot' | 'app' | 'releaseHash' | 'now'>

/** The first words of a connection. An outbox that was never used begins its first epoch here. */
export const sayHello = (facts: HelloFacts, makers: OutboxMakers): OutboxStep<Hello> => ({
  need: () => null,
  decide: (known) => {
    const state = known ?? newOutbox(makers.epoch())
    const { pv, n, boot, app, releaseHash, now } = facts
    const hello: Hello = { pv, n, ep: state.ep, next: state.next, queued: queuedEvents(state), ack: state.ack, boot, app, releaseHash, now }
    return { change: known ? null : { state }, result: hello }
  },
})

/** Numbers the hub once confirmed and now lacks, no longer kept here: lost on both sides. With another database, how many: 1 … `to`. */
export type Loss = { readonly from: number; readonly to: number }
/** `again`: the outbox moved on while the answer was under way, ask anew. */
export type HelloVerdict = { readonly type: 'ready' | 'again' } | { readonly type: 'rotate'; readonly loss: Loss | null }

/** Compares the hub's history with this one: goes on, sends its lost tail again, or asks for a new life because the storage was copied or put back. */
export const judgeHello = (hello: Hello, reply: HelloReply): OutboxStep<HelloVerdict> => ({
  need: () => ({ from: reply.hw, to: reply.hw, limit: 1 }),
  decide: (state, rows) => {
    if (!state || state.ep !== hello.ep || state.ack !== hello.ack) return { change: null, result: { type: 'again' } }
    const hub = databaseOf(reply.hubEpoch)
    const lost = eventsOfOthers(state, hub)
    if (state.hub !== undefined && state.hub !== hub && lost > 0) return { change: null, result: { type: 'rotate', loss: { from: 1, to: lost } } }
    if (reply.hw >= state.next) return { change: null, result: { type: 'rotate', loss: null } }
    const chain = chainAt(state, reply.hw, rows[0])
    if (chain !== null && chain !== reply.hc) return { change: null, result: { type: 'rotate', loss: null } }
    if (chain === null && reply.hw < state.ack) return { change: null, result: { type: 'rotate', loss: { from: reply.hw + 1, to: state.base.seq } } }
    return { change: { state: { ...takeBack(state, reply.hw), safe: reply.safe, hub, talk: hello.n } }, result: { type: 'ready' } }
  },
})

/** What the hub has lost counts as never confirmed; its days begin anew. */
const takeBack = ({ days, ...state }: OutboxState, hw: number): OutboxState => ({
  ...state,
  ack: Math.min(state.ack, hw),
  ...(days && { days: { ...days, acks: days.acks.map((ack) => Math.min(ack, hw)) } }),
})

/**
 * Events to be sent, as many as may be under way, in one reading of the storage: those after `after`, or else the first without confirmation.
 * Shape  `moved`: since then another page has begun a new life or removed events, so the conversation starts over.
 */
export const readAhead = (after: Sent | null): OutboxStep<Ahead | 'nothing' | 'moved'> => ({
  writes: 'never',
  need: (state) => {
    const from = after ? after.seq + 1 : Math.max(state.ack, state.base.seq + 1)
    // The confirmed event before the first one tells the chain.
    return { from, to: state.next - 1, limit: rowsToRead(state) + (from === state.ack ? 1 : 0) }
  },
  decide: (state, rows) => {
    if (!state) return { change: null, result: after ? 'moved' : 'nothing' }
    if (after && (after.ep !== state.ep || after.seq < state.base.seq || after.seq >= state.next)) return { change: null, result: 'moved' }
    const from = after ? after.seq : state.ack
    const waiting = rows.filter(({ seq }) => seq > from)
    if (waiting.length === 0) return { change: null, result: 'nothing' }
    const before = after ?? eventAt(state, state.ack, rows[0])
    if (!before || waiting[0]!.seq !== from + 1) throw new Error(`outbox without the event after ${from}`)
    return { change: null, result: { before, rows: waiting } }
  },
})

/** As many as fit under way together, by the size that events have here. */
const rowsToRead = ({ next, bytes, base }: OutboxState): number => {
  const meanBytes = (bytes - base.bytes) / Math.max(1, next - 1 - base.seq)
  return MAX_BATCHES_IN_FLIGHT * Math.min(MAX_BATCH_EVENTS, Math.ceil(MAX_BATCH_BYTES / Math.max(1, meanBytes)))
}

/** `ignored`: an answer to something else. `rotate`: the hub knows events of this epoch that this storage never made. */
export type AckVerdict = 'moved' | 'ignored' | 'rotate'

/** Believes an acknowledgement, as far as it speaks of the batch that was sent: of its life, and with a number that follows on what was confirmed before. */
export const believeAck = (sent: Batch, ack: Ack): OutboxStep<AckVerdict> => ({
  writes: 'later',
  need: () => null,
  decide: (state) => {
    const [first, last] = [sent.rows[0]!.seq, sent.rows.at(-1)!.seq]
    if (!state || state.ep !== sent.ep || (ack.ep !== undefined && ack.ep !== sent.ep)) return { change: null, result: 'ignored' }
    if (ack.upto < first || first > state.ack + 1) return { change: null, result: 'ignored' }
    if (ack.hw >= state.next) return { change: null, result: 'rotate' }
    return { change: { state: { ...state, ack: Math.max(state.ack, Math.min(ack.upto, last)), safe: ack.safe } }, result: 'moved' }
  },
})

/** A stroke of this size takes the storage some milliseconds, in which a tap waits. */
const MAX_TIDY_ROWS = 2000

/**
 * Writes down what was confirmed, and removes what is safely in the hub's backup, a stroke at a time; true if more is left to remove.
 * Order  `mayPrune` is false while storage is under pressure: a delete on a full disk can wipe everything.
 */
export const tidyOutbox = (mayPrune: boolean): OutboxStep<boolean> => ({
  need: (state) => (mayPrune && safeEnd(state) > state.base.seq ? { from: strokeEnd(state), to: strokeEnd(state), limit: 1 } : null),
  decide: (state, rows) => {
    const last = rows[0]
    if (!state || !last) return { change: null, result: false }
    return { change: { state: pruneTo(state, last), deleteUpTo: last.seq }, result: safeEnd(state) > last.seq }
  },
})

const safeEnd = ({ ack, safe }: OutboxState): number => Math.min(ack, safe)
const strokeEnd = (state: OutboxState): number => Math.min(safeEnd(state), state.base.seq + MAX_TIDY_ROWS)

/**
 * Events confirmed for seven days go even without a backup: the device is not an archive. To be asked whenever the hub has told its time, `hubNow`.
 * Shape  how many went.
 * Order  days on which the hub was heard are counted, each by its clock, so that no clock that is set makes anything old at once: the device's own is not
 *        asked at all, and of a hub that goes from 1970 to today not even one day is counted.
 */
export const pruneOld = (hubNow: number): OutboxStep<number> => ({
  need: (state) => {
    const to = oldEnd(countDay(state, hubNow))
    return to > state.base.seq ? { from: state.base.seq + 1, to, limit: MAX_PRUNE_ROWS } : null
  },
  decide: (known, rows) => {
    if (!known) return { change: null, result: 0 }
    const state = countDay(known, hubNow)
    const last = rows.at(-1)
    if (!last) return { change: state === known ? null : { state }, result: 0 }
    return { change: { state: pruneTo(state, last), deleteUpTo: last.seq }, result: rows.length }
  },
})

/** Confirmed events stay so long for a hub that might lose them, if it never speaks of a backup. */
const KEEP_CONFIRMED_DAYS = 7
const DAY_MS = 86_400_000
/** More between two hearings is taken for a clock that was set, not for time that passed. */
const MAX_SILENCE_MS = 30 * DAY_MS
const MAX_PRUNE_ROWS = 500

const countDay = (state: OutboxState, hubNow: number): OutboxState => {
  const { days, ack } = state
  if (!days) return { ...state, days: { at: hubNow, acks: [ack] } }
  const passedMs = hubNow - days.at
  if (passedMs < 0 || passedMs > MAX_SILENCE_MS) return { ...state, days: { ...days, at: hubNow } }
  if (passedMs < DAY_MS) return state
  return { ...state, days: { at: hubNow, acks: [...days.acks, ack].slice(-(KEEP_CONFIRMED_DAYS + 1)) } }
}

/** The last event confirmed before the days that it must stay. */
const oldEnd = ({ days, ack }: OutboxState): number => (days && days.acks.length > KEEP_CONFIRMED_DAYS ? Math.min(days.acks[0]!, ack) : 0)

/**
 * A new life for a storage that was copied, put back or cut off from its hub's memory: all kept events, confirmed or not, are numbered anew under a new epoch and sent again. Their ids stay, so the hub stores none of them twice.
 * Shape  `hub`: the database it goes by from now on; absent: the one before.
 * Order  does nothing if the epoch is no longer `from`: somebody else has rotated already.
 */
export const rotateOutbox = (from: EpochId, loss: Loss | null, makers: OutboxMakers, hub?: string): OutboxStep<void> => ({
  need: (state) => ({ from: state.base.seq + 1, to: state.next - 1, limit: Number.MAX_SAFE_INTEGER }),
  decide: (old, rows) => {
    if (!old || old.ep !== from) return { change: null, result: undefined }
    const kept = rows.map((row, i) => ({ id: row.id, at: row.at, json: row.json, bytes: row.bytes - (rows[i - 1] ?? old.base).bytes }))
    if (loss) kept.push(encodeDraft(makers.notice('loss.declared', { ep: from, from: loss.from, to: loss.to }))!)
    const put: OutboxRow[] = []
    let state: OutboxState = { ...newOutbox(makers.epoch()), dropped: old.dropped, ...whoHasTheRest(old, hub) }
    for (const event of kept) {
      const added = addRow(state, event)
      put.push(added.row)
      state = added.state
    }
    return { change: { state, deleteUpTo: old.next - 1, put }, result: undefined }
  },
})

/** One database keeps its name through all its starts and copies. */
export const databaseOf = (hubEpoch: string): string => hubEpoch.split('.', 1)[0]!

/** Events that are no longer kept here and that only other databases than this one have. */
const eventsOfOthers = ({ hub, base, gone }: OutboxState, here: string): number =>
  Object.entries(gone ?? {}).reduce((sum, [db, n]) => (db === here ? sum : sum + n), hub === here ? 0 : base.seq)

/** What a new life remembers of the old ones: who has the events that are no longer kept. */
const whoHasTheRest = ({ hub, base, gone }: OutboxState, now: string | undefined): Pick<OutboxState, 'hub' | 'gone'> => ({
  ...((now ?? hub) !== undefined && { hub: (now ?? hub)! }),
  ...(hub === undefined || base.seq === 0 ? gone && { gone } : { gone: { ...gone, [hub]: (gone?.[hub] ?? 0) + base.seq } }),
})

/** The chain at a number; null if the row that would tell is no longer kept. */
const chainAt = (state: OutboxState, seq: number, row: OutboxRow | undefined): Chain | null => eventAt(state, seq, row)?.chain ?? null

const eventAt = ({ ep, base }: OutboxState, seq: number, row: OutboxRow | undefined): Sent | null => {
  if (seq === base.seq) return { ep, ...base }
  return row?.seq === seq ? { ep, seq, chain: row.chain, bytes: row.bytes } : null
}
