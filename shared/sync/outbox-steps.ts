/** What the outbox does when it talks to the hub: say where it stands, take a batch, believe an answer, start a new life. */
import type { EpochId } from '../kernel/ids.ts'
import { encodeDraft } from './append-event.ts'
import type { Chain } from './chain.ts'
import type { EventDraft, OutboxEvent } from './event.ts'
import { addRow, newOutbox, pruneTo, queuedEvents, type OutboxMakers, type OutboxRow, type OutboxState, type OutboxStep } from './outbox.ts'
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, type Ack, type Hello, type HelloReply, type Push } from './wire.ts'

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
    const ack = Math.min(state.ack, reply.hw)
    if (ack === state.ack && reply.safe === state.safe && state.hub === hub) return { change: null, result: { type: 'ready' } }
    return { change: { state: { ...state, ack, safe: reply.safe, hub } }, result: { type: 'ready' } }
  },
})

/** The first events without confirmation, as many as one message holds; null if there are none. */
export const takeBatch = (pv: number): OutboxStep<Push | null> => ({
  need: (state) => ({ from: Math.max(state.ack, state.base.seq + 1), to: state.next - 1, limit: MAX_BATCH_EVENTS + 1 }),
  decide: (state, rows) => {
    const waiting = rows.filter((row) => state && row.seq > state.ack)
    if (!state || waiting.length === 0) return { change: null, result: null }
    const prev = chainAt(state, state.ack, rows[0])
    if (prev === null || waiting[0]!.seq !== state.ack + 1) throw new Error(`outbox without the event after ${state.ack}`)
    const startBytes = rows[0]!.seq === state.ack ? rows[0]!.bytes : state.base.bytes
    const ev = waiting.filter((row, i) => i < MAX_BATCH_EVENTS && row.bytes - startBytes <= MAX_BATCH_BYTES).map(rowToEvent)
    return { change: null, result: { pv, ep: state.ep, prev, ev } }
  },
})

/** `ignored`: an answer to something else. `rotate`: the hub knows events of this epoch that this storage never made. */
export type AckVerdict = 'moved' | 'ignored' | 'rotate'

/**
 * Believes an acknowledgement, as far as it speaks of the batch that was sent, and removes what is safely in the hub's backup.
 * Order  `mayPrune` is false while storage is under pressure: a delete on a full disk can wipe everything.
 */
export const believeAck = (sent: Push, ack: Ack, mayPrune: boolean): OutboxStep<AckVerdict> => ({
  need: (state) => ({ from: pruneEnd(state, ack), to: pruneEnd(state, ack), limit: 1 }),
  decide: (state, rows) => {
    const first = sent.ev[0]!.seq
    if (!state || state.ep !== sent.ep || ack.upto < first) return { change: null, result: 'ignored' }
    if (ack.hw >= state.next) return { change: null, result: 'rotate' }
    const upto = Math.min(ack.upto, sent.ev.at(-1)!.seq)
    const moved: OutboxState = { ...state, ack: Math.max(state.ack, upto), safe: ack.safe }
    const last = rows[0]
    if (!last || !mayPrune || last.seq > Math.min(moved.ack, moved.safe)) return { change: { state: moved }, result: 'moved' }
    return { change: { state: pruneTo(moved, last), deleteUpTo: last.seq }, result: 'moved' }
  },
})

/** Confirmed events older than `before` go even without a backup: the device is not an archive. */
export const pruneOld = (before: number): OutboxStep<number> => ({
  need: (state) => ({ from: state.base.seq + 1, to: state.ack, limit: MAX_PRUNE_ROWS }),
  decide: (state, rows) => {
    const young = rows.findIndex((row) => row.at >= before)
    const old = young < 0 ? rows : rows.slice(0, young)
    const last = old.at(-1)
    if (!state || !last) return { change: null, result: 0 }
    return { change: { state: pruneTo(state, last), deleteUpTo: last.seq }, result: old.length }
  },
})
const MAX_PRUNE_ROWS = 500

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
const chainAt = (state: OutboxState, seq: number, row: OutboxRow | undefined): Chain | null => {
  if (seq === state.base.seq) return state.base.chain
  return row?.seq === seq ? row.chain : null
}

const pruneEnd = (state: OutboxState, ack: Ack): number => {
  const end = Math.min(Math.max(state.ack, ack.upto), ack.safe)
  return end > state.base.seq ? end : 0
}

const rowToEvent = (row: OutboxRow): OutboxEvent => {
  const draft: EventDraft = JSON.parse(row.json)
  return { ...draft, seq: row.seq }
}
