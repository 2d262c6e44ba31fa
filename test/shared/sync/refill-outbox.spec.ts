import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchToPush } from '#shared/sync/batch.ts'
import type { EpochId } from '#shared/kernel/ids.ts'
import { refillOutbox, unconfirmedRows, withPrevious, type KeptRow } from '#shared/sync/refill-outbox.ts'
import { believeAck, rotateOutbox, tidyOutbox } from '#shared/sync/outbox-steps.ts'
import { eventId, memoryOutbox, takeBatch } from './memory-outbox.ts'

type Outbox = ReturnType<typeof memoryOutbox>

/** The hub has the first `upto` events, also in its backups, so they are no longer kept here. */
const confirm = (outbox: Outbox, upto: number): void => {
  const push = outbox.run(takeBatch())!
  outbox.run(believeAck(push, { hubEpoch: 'db.1', upto, hw: upto, safe: upto, now: 0 }))
  outbox.run(tidyOutbox(true))
}
const copyOf = (outbox: Outbox): readonly KeptRow[] => outbox.run(unconfirmedRows)!

describe('a lost outbox', () => {
  it('goes on where it stood: 5 said, 2 confirmed, 3 come back under their numbers, ids and chain', () => {
    const outbox = memoryOutbox()
    outbox.addMany(5)
    confirm(outbox, 2)
    const fresh = memoryOutbox()
    expect(fresh.run(refillOutbox(copyOf(outbox), fresh.makers))).toBe(3)
    const { ep, next, chain, ack } = outbox.state
    expect(fresh.state).toMatchObject({ ep, next, chain, ack })
    expect(batchToPush(fresh.run(takeBatch())!)).toEqual(batchToPush(outbox.run(takeBatch())!))
    expect(fresh.run(takeBatch())!.rows.map(({ seq, id }) => [seq, id])).toEqual([[3, eventId(3)], [4, eventId(4)], [5, eventId(5)]])
  })
  it('begins a new life with what there is where one is missing in between', () => {
    const outbox = memoryOutbox()
    outbox.addMany(5)
    const fresh = memoryOutbox()
    const copy = copyOf(outbox).filter(({ row }) => row.seq !== 3)
    expect(fresh.run(refillOutbox(copy, { ...fresh.makers, epoch: () => 'f'.repeat(16) as EpochId }))).toBe(4)
    expect(fresh.state).toMatchObject({ ep: 'f'.repeat(16), next: 5, ack: 0 })
    expect(fresh.run(takeBatch())!.rows.map(({ id }) => id)).toEqual([1, 2, 4, 5].map(eventId))
  })
  it('stays unused where there is no copy', () => {
    const fresh = memoryOutbox()
    expect(fresh.run(refillOutbox([], fresh.makers))).toBe(0)
    expect(fresh.state).toBeNull()
  })
})

describe('an outbox that has lost its last rows', () => {
  it('gets them back under the same numbers', () => {
    const [outbox, older] = [memoryOutbox(), memoryOutbox()]
    outbox.addMany(6)
    older.addMany(4)
    expect(older.run(refillOutbox(copyOf(outbox), older.makers))).toBe(2)
    expect(older.run(takeBatch())).toEqual(outbox.run(takeBatch()))
  })
})

describe('a copy that is older than the outbox', () => {
  it('adds nothing that is confirmed, and nothing that is there', () => {
    const outbox = memoryOutbox()
    outbox.addMany(5)
    const copy = copyOf(outbox)
    confirm(outbox, 3)
    expect(outbox.run(refillOutbox(copy, outbox.makers))).toBe(0)
    expect(outbox.state.next).toBe(6)
  })
  it('knows an event by its id when the outbox has begun a new life since', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    const copy = copyOf(outbox)
    outbox.run(rotateOutbox(outbox.state.ep, null, { ...outbox.makers, epoch: () => 'f'.repeat(16) as EpochId }))
    expect(outbox.run(refillOutbox(copy, outbox.makers))).toBe(0)
  })
})

describe('whatever part of the outbox is lost', () => {
  it('afterwards every unconfirmed event waits once, and refilling again adds none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), fc.nat(30), fc.boolean(), (said, confirmed, left, isGone) => {
        const outbox = memoryOutbox()
        outbox.addMany(said)
        const upto = Math.min(confirmed, said)
        if (upto > 0) confirm(outbox, upto)
        const copy = copyOf(outbox)
        const after = memoryOutbox()
        if (!isGone) after.addMany(Math.min(left, said))
        after.run(refillOutbox(copy, after.makers))
        const ids = after.rows.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (let n = upto + 1; n <= said; n++) expect(ids).toContain(eventId(n))
        expect(after.run(refillOutbox(copy, after.makers))).toBe(0)
        const { rows, state } = after
        if (state) expect(withPrevious(state, rows).at(-1)?.row.chain ?? state.chain).toBe(state.chain)
      }),
      { numRuns: 200 },
    )
  })
})
