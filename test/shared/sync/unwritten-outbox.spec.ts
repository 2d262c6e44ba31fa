import { describe, expect, it } from 'vitest'
import { appendEvent, countDropped } from '#shared/sync/append-event.ts'
import { believeAck, rotateOutbox, sayHello, tidyOutbox } from '#shared/sync/outbox-steps.ts'
import type { OutboxStep } from '#shared/sync/outbox.ts'
import { decideUnwritten, leftUnwritten, recall, type Unwritten } from '#shared/sync/unwritten-outbox.ts'
import { draft, memoryOutbox, takeBatch } from './memory-outbox.ts'

/** Three events, and a page that may write nothing. */
const frozen = () => {
  const outbox = memoryOutbox()
  outbox.addMany(3)
  let unwritten: Unwritten | null = null
  const rowsFor = (step: OutboxStep<unknown>) => {
    const range = step.need(recall(outbox.state, unwritten)!)
    return range ? outbox.rows.filter(({ seq }) => seq >= range.from && seq <= range.to).slice(0, range.limit) : []
  }
  return {
    outbox,
    run: <T>(step: OutboxStep<T>): T | 'refused' => {
      const outcome = decideUnwritten(step, outbox.state, unwritten, rowsFor(step))
      if (!outcome) return 'refused'
      unwritten = outcome.unwritten
      return outcome.result
    },
    believed: () => recall(outbox.state, unwritten)!,
  }
}
const ackOf = (upto: number, safe = 0) => ({ hubEpoch: 'db.1', upto, hw: upto, safe, now: 0 })

describe('a device whose storage takes no writes', () => {
  it('sends what it holds and remembers what was confirmed, but writes nothing', () => {
    const { outbox, run, believed } = frozen()
    const push = run(takeBatch())
    if (push === 'refused' || push === null) throw new Error('nothing to send')
    expect(run(believeAck(push, ackOf(3)))).toBe('moved')
    expect([believed().ack, outbox.state.ack]).toEqual([3, 0])
    expect(run(takeBatch())).toBe(null)
  })
  it('refuses what would write or remove events: a tap, a removal, a new life', () => {
    const { outbox, run } = frozen()
    const push = run(takeBatch())
    if (push === 'refused' || push === null) throw new Error('nothing to send')
    run(believeAck(push, ackOf(3, 3)))
    expect(run(appendEvent(draft(9), 'durable', outbox.makers))).toBe('refused')
    expect(run(tidyOutbox(true))).toBe('refused')
    expect(run(rotateOutbox(outbox.state.ep, null, outbox.makers))).toBe('refused')
    expect(outbox.rows).toHaveLength(3)
  })
  it('begins a life in memory alone when the outbox was never used', () => {
    const { makers } = memoryOutbox()
    const outcome = decideUnwritten(sayHello({ pv: 1, n: 1, boot: 'b', app: '1', releaseHash: null, now: 0 }, makers), null, null, [])
    expect(recall(null, outcome!.unwritten)).toMatchObject({ next: 1, ack: 0 })
  })
  it('takes the numbers from the storage when another page has written since: the next event is the fifth, three are confirmed', () => {
    const { outbox, run, believed } = frozen()
    const push = run(takeBatch())
    if (push === 'refused' || push === null) throw new Error('nothing to send')
    run(believeAck(push, ackOf(3)))
    outbox.add(4)
    expect([believed().next, believed().ack]).toEqual([5, 3])
  })
  it('forgets what it remembered of a life that another page has ended', () => {
    const { outbox, run, believed } = frozen()
    const push = run(takeBatch())
    if (push === 'refused' || push === null) throw new Error('nothing to send')
    run(believeAck(push, ackOf(3)))
    outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
    expect([believed().ep, believed().ack]).toEqual([outbox.state.ep, 0])
  })
  it('forgets what it remembered when another page has talked to the hub since, but not what it counted', () => {
    const { outbox, run, believed } = frozen()
    const push = run(takeBatch())
    if (push === 'refused' || push === null) throw new Error('nothing to send')
    run(countDropped)
    run(believeAck(push, ackOf(3)))
    expect(believed()).toMatchObject({ ack: 3, dropped: 1 })
    outbox.state = { ...outbox.state, talk: 8 }
    expect(believed()).toMatchObject({ ack: 0, dropped: 1 })
  })
  it('has left to write what came while the rest was written, and counts nothing twice', () => {
    const { outbox } = frozen()
    const then = { state: outbox.state, dropped: 2, over: undefined }
    expect(leftUnwritten(then, then)).toBeNull()
    expect(leftUnwritten({ ...then, dropped: 3 }, then)).toMatchObject({ dropped: 1 })
    expect(leftUnwritten(then, null)).toMatchObject({ dropped: 2 })
  })
})
