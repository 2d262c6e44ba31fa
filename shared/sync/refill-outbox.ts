/** An outbox that has lost rows gets them back from its second copy: under the numbers they had where that can be, always under their own ids. */
import { sizeOfKept } from './append-event.ts'
import type { Chain } from './chain.ts'
import { addRow, newOutbox, type OutboxMakers, type OutboxRow, type OutboxState, type OutboxStep } from './outbox.ts'
import type { EpochId } from '../kernel/ids.ts'

/** One row as the second copy keeps it. `prev`: the chain before it, so that a lost outbox can go on where it stood. */
export type KeptRow = { readonly ep: EpochId; readonly prev: Chain; readonly row: OutboxRow }

/**
 * Adds what the second copy holds and the outbox does not, and what no confirmation covers.
 * Shape  how many rows came back.
 * Order  a lost outbox goes on in its epoch if the copies are all of one and without a gap; else they begin a new one. The hub knows each by its id.
 */
export const refillOutbox = (kept: readonly KeptRow[], makers: OutboxMakers): OutboxStep<number> => ({
  need: (state) => (kept.length > 0 ? { from: state.base.seq + 1, to: state.next - 1, limit: Number.MAX_SAFE_INTEGER } : null),
  decide: (known, rows) => {
    const here = new Set(rows.map(({ id }) => id))
    const missing = kept.filter(({ ep, row }) => !here.has(row.id) && !(known?.ep === ep && row.seq <= known.ack))
    if (missing.length === 0) return { change: null, result: 0 }
    const put: OutboxRow[] = []
    let state = known ?? before(missing) ?? newOutbox(makers.epoch())
    for (const { row } of missing) {
      const added = addRow(state, { id: row.id, at: row.at, json: row.json, bytes: sizeOfKept(row.json) })
      put.push(added.row)
      state = added.state
    }
    return { change: { state, put }, result: missing.length }
  },
})

/** What the second copy has to keep of an outbox: all that is not confirmed. Null where the outbox was never used. */
export const unconfirmedRows: OutboxStep<readonly KeptRow[] | null> = {
  writes: 'never',
  need: (state) => ({ from: Math.max(state.ack, state.base.seq + 1), to: state.next - 1, limit: Number.MAX_SAFE_INTEGER }),
  decide: (state, rows) => ({ change: null, result: state && withPrevious(state, rows).filter(({ row }) => row.seq > state.ack) }),
}

/** Rows that follow one another, each with the chain before it. */
export const withPrevious = ({ ep, base }: Pick<OutboxState, 'ep' | 'base'>, rows: readonly OutboxRow[]): readonly KeptRow[] =>
  rows.map((row, i) => ({ ep, prev: (rows[i - 1] ?? base).chain, row }))

/** Where the outbox stood before the first of these; null if they are not one unbroken stretch of one epoch. */
const before = (kept: readonly KeptRow[]): OutboxState | null => {
  const first = kept[0]!
  if (kept.some(({ ep, prev, row }, i) => ep !== first.ep || row.seq !== first.row.seq + i || (i > 0 && prev !== kept[i - 1]!.row.chain))) return null
  const seq = first.row.seq - 1
  return { ...newOutbox(first.ep), next: seq + 1, chain: first.prev, ack: seq, base: { seq, chain: first.prev, bytes: 0 } }
}
