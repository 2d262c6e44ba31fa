import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { THIN_BACKLOG_FROM } from '#shared/sync/append-event.ts'
import { NO_CHAIN, extendChain } from '#shared/sync/chain.ts'
import type { Chain } from '#shared/sync/chain.ts'
import { believeAck, judgeHello, pruneOld, rotateOutbox, sayHello, takeBatch } from '#shared/sync/outbox-steps.ts'
import { queuedEvents } from '#shared/sync/outbox.ts'
import type { Ack, Hello, HelloReply } from '#shared/sync/wire.ts'
import { draft, eventId, memoryOutbox } from './memory-outbox.ts'

type Outbox = ReturnType<typeof memoryOutbox>
const FACTS = { pv: 1, n: 7, boot: 'b', app: '1', releaseHash: null, now: 0 }
const hello = (outbox: Outbox): Hello => outbox.run(sayHello(FACTS, outbox.makers))
const reply = (hw: number, hc: Chain, safe = 0): HelloReply => ({ n: 7, hubEpoch: 'db.1', hw, hc, safe, now: 0, min: 1, max: 1 })
const ack = (upto: number, hw = upto, safe = 0): Ack => ({ hubEpoch: 'db.1', upto, hw, safe, now: 0 })
const chainAt = (count: number): Chain => Array.from({ length: count }, (_, i) => eventId(i + 1)).reduce<Chain>((chain, id) => extendChain(chain, id), NO_CHAIN)
const confirm = (outbox: Outbox, safe = 0): void => {
  const push = outbox.run(takeBatch(1))!
  outbox.run(believeAck(push, ack(push.ev.at(-1)!.seq, push.ev.at(-1)!.seq, safe), true))
}

describe('an event is numbered and kept', () => {
  it('1, 2, 3 … with the chain of all ids before it', () => {
    const outbox = memoryOutbox()
    expect(outbox.add(1)).toEqual({ ok: true, value: eventId(1) })
    outbox.add(2)
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([1, 2])
    expect(outbox.state).toMatchObject({ next: 3, ack: 0, chain: chainAt(2) })
  })
  it('or refused when it could not be sent: more than 16 KiB, deeper than 8, a text over 2,000 characters', () => {
    const outbox = memoryOutbox()
    const tooLarge = { ok: false, error: { type: 'EventTooLarge' } }
    expect(outbox.add(1, 'durable', Array.from({ length: 20 }, () => 'x'.repeat(1000)))).toEqual(tooLarge)
    expect(outbox.add(1, 'durable', { text: 'x'.repeat(2001) })).toEqual(tooLarge)
    expect(outbox.add(1, 'durable', [[[[[[[[['deep']]]]]]]]])).toEqual(tooLarge)
    expect(outbox.rows).toEqual([])
  })
  it('unless 10,000 wait and it is only an impression: then it is counted, and the next feedback tells the count', () => {
    const outbox = memoryOutbox()
    outbox.add(1)
    outbox.state = { ...outbox.state, next: THIN_BACKLOG_FROM + 1 }
    expect(outbox.add(2, 'droppable')).toEqual({ ok: true, value: null })
    expect(outbox.add(3, 'droppable')).toEqual({ ok: true, value: null })
    outbox.add(4)
    expect(outbox.rows.slice(1).map(({ json }) => JSON.parse(json) as unknown)).toMatchObject([{ t: 'events.dropped', p: { n: 2 } }, { id: eventId(4) }])
    expect(outbox.state.dropped).toBe(0)
  })
  it('and refused at 50,000 unconfirmed events; confirmed ones make room', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    outbox.state = { ...outbox.state, next: 50_001 }
    expect(outbox.add(9)).toEqual({ ok: false, error: { type: 'OutboxFull' } })
    outbox.state = { ...outbox.state, ack: 2 }
    expect(outbox.add(9)).toEqual({ ok: true, value: eventId(9) })
    expect(outbox.rows[0]!.seq).toBe(3)
    expect(outbox.state.base).toMatchObject({ seq: 2, chain: chainAt(2) })
  })
})

describe('a batch', () => {
  it('is the first 100 unconfirmed events, with the chain before them', () => {
    const outbox = memoryOutbox()
    outbox.addMany(150)
    const first = outbox.run(takeBatch(1))!
    expect([first.ev[0]!.seq, first.ev.at(-1)!.seq, first.prev]).toEqual([1, 100, NO_CHAIN])
    confirm(outbox)
    const second = outbox.run(takeBatch(1))!
    expect([second.ev[0]!.seq, second.ev.at(-1)!.seq, second.prev]).toEqual([101, 150, chainAt(100)])
    confirm(outbox)
    expect(outbox.run(takeBatch(1))).toBeNull()
  })
  it('never more than 64 KiB', () => {
    const outbox = memoryOutbox()
    for (let n = 1; n <= 20; n++) outbox.add(n, 'durable', Array.from({ length: 5 }, () => 'ü'.repeat(1200)))
    const push = outbox.run(takeBatch(1))!
    expect(push.ev.length).toBe(5)
    expect(new TextEncoder().encode(JSON.stringify(push)).length).toBeLessThan(66_000)
  })
})

describe('the hub says where it stands, and the device', () => {
  it('goes on when the histories agree', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    expect(outbox.run(judgeHello(hello(outbox), reply(3, chainAt(3))))).toEqual({ type: 'ready' })
    expect(outbox.run(judgeHello(hello(outbox), reply(0, NO_CHAIN)))).toEqual({ type: 'ready' })
  })
  it('sends its tail again when the hub has lost it', () => {
    const outbox = memoryOutbox()
    outbox.addMany(5)
    confirm(outbox)
    expect(outbox.run(judgeHello(hello(outbox), reply(2, chainAt(2))))).toEqual({ type: 'ready' })
    expect(outbox.run(takeBatch(1))!.ev.map(({ seq }) => seq)).toEqual([3, 4, 5])
  })
  it('begins a new life when the hub knows more than it, or other ids: its storage was copied or put back', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    expect(outbox.run(judgeHello(hello(outbox), reply(4, chainAt(4))))).toEqual({ type: 'rotate', loss: null })
    expect(outbox.run(judgeHello(hello(outbox), reply(2, extendChain(NO_CHAIN, 'other'))))).toEqual({ type: 'rotate', loss: null })
  })
  it('and says what is lost when the hub lacks what was removed here', () => {
    const outbox = memoryOutbox()
    outbox.addMany(5)
    confirm(outbox, 4)
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([5])
    expect(outbox.run(judgeHello(hello(outbox), reply(1, chainAt(1))))).toEqual({ type: 'rotate', loss: { from: 2, to: 4 } })
  })
  it('and says how many are lost with another database, also those removed in an earlier life', () => {
    const outbox = memoryOutbox()
    outbox.addMany(5)
    expect(outbox.run(judgeHello(hello(outbox), { ...reply(0, NO_CHAIN), hubEpoch: 'one.1.a' }))).toEqual({ type: 'ready' })
    confirm(outbox, 4)
    outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
    expect(outbox.run(judgeHello(hello(outbox), { ...reply(0, NO_CHAIN), hubEpoch: 'one.2.b' }))).toEqual({ type: 'ready' })
    expect(outbox.run(judgeHello(hello(outbox), { ...reply(0, NO_CHAIN), hubEpoch: 'two.1.c' }))).toEqual({ type: 'rotate', loss: { from: 1, to: 4 } })
    outbox.run(rotateOutbox(outbox.state.ep, { from: 1, to: 4 }, outbox.makers, 'two'))
    expect(outbox.run(judgeHello(hello(outbox), { ...reply(0, NO_CHAIN), hubEpoch: 'two.1.c' }))).toEqual({ type: 'ready' })
    expect(outbox.run(judgeHello(hello(outbox), { ...reply(0, NO_CHAIN), hubEpoch: 'one.3.d' }))).toEqual({ type: 'ready' })
  })
  it('asks anew when another page has moved the outbox on meanwhile', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2)
    const asked = hello(outbox)
    confirm(outbox)
    expect(outbox.run(judgeHello(asked, reply(0, NO_CHAIN)))).toEqual({ type: 'again' })
  })
})

describe('an acknowledgement', () => {
  it('confirms no more than its own batch', () => {
    const outbox = memoryOutbox()
    outbox.addMany(120)
    const push = outbox.run(takeBatch(1))!
    expect(outbox.run(believeAck(push, ack(110, 110), true))).toBe('moved')
    expect(queuedEvents(outbox.state)).toBe(20)
  })
  it('means a copied storage if the hub has events this one never made', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2)
    expect(outbox.run(believeAck(outbox.run(takeBatch(1))!, ack(2, 3), true))).toBe('rotate')
  })
  it('of an earlier life is ignored', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2)
    const push = outbox.run(takeBatch(1))!
    outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
    expect(outbox.run(believeAck(push, ack(2), true))).toBe('ignored')
    expect(outbox.state.ack).toBe(0)
  })
  it('removes only what is also in a backup, and nothing while the disk is full', () => {
    const outbox = memoryOutbox()
    outbox.addMany(4)
    const push = outbox.run(takeBatch(1))!
    outbox.run(believeAck(push, ack(4, 4, 3), false))
    expect(outbox.rows.length).toBe(4)
    outbox.run(believeAck(push, ack(4, 4, 3), true))
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([4])
    expect(outbox.state.base).toMatchObject({ seq: 3, chain: chainAt(3) })
  })
  it('lets confirmed events go after their time even without a backup, the others never', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    const push = outbox.run(takeBatch(1))!
    outbox.run(believeAck(push, ack(2, 2), true))
    expect(outbox.run(pruneOld(1000))).toBe(2)
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([3])
  })
})

describe('a new life', () => {
  it('numbers all kept events anew, confirmed or not, with their ids', () => {
    const outbox = memoryOutbox()
    outbox.addMany(4)
    confirm(outbox, 1)
    outbox.add(5)
    const before = outbox.state.ep
    outbox.run(rotateOutbox(before, null, outbox.makers))
    expect(outbox.state.ep).not.toBe(before)
    expect(outbox.rows.map(({ seq, id }) => [seq, id])).toEqual([[1, eventId(2)], [2, eventId(3)], [3, eventId(4)], [4, eventId(5)]])
    expect(queuedEvents(outbox.state)).toBe(4)
  })
  it('tells of a loss, and begins only once when two pages ask', () => {
    const outbox = memoryOutbox()
    outbox.addMany(1)
    const before = outbox.state.ep
    outbox.run(rotateOutbox(before, { from: 2, to: 4 }, outbox.makers))
    const after = outbox.state.ep
    outbox.run(rotateOutbox(before, null, outbox.makers))
    expect(outbox.state.ep).toBe(after)
    expect(JSON.parse(outbox.rows[1]!.json)).toMatchObject({ t: 'loss.declared', p: { ep: before, from: 2, to: 4 } })
  })
})

it('whatever happens, batches are dense, their chain fits, and no id is lost or doubled', () => {
  const actions = fc.array(fc.oneof(fc.constant('add' as const), fc.constant('confirm' as const), fc.constant('rotate' as const), fc.constant('rewind' as const)), { maxLength: 60 })
  fc.assert(
    fc.property(actions, (all) => {
      const outbox = memoryOutbox()
      let added = 0
      for (const action of all) {
        if (action === 'add') outbox.add(++added)
        else if (added === 0) continue
        else if (action === 'confirm') {
          const push = outbox.run(takeBatch(1))
          if (push) outbox.run(believeAck(push, ack(push.ev.at(-1)!.seq), true))
        } else if (action === 'rotate') outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
        else outbox.run(judgeHello(hello(outbox), reply(0, NO_CHAIN)))
      }
      if (added === 0) return
      expect(outbox.rows.map(({ id }) => id)).toEqual(Array.from({ length: added }, (_, i) => eventId(i + 1)))
      const push = outbox.run(takeBatch(1))
      if (!push) return
      const ids = outbox.rows.slice(0, push.ev[0]!.seq - 1).map(({ id }) => id)
      expect(push.prev).toBe(ids.reduce<Chain>((chain, id) => extendChain(chain, id), NO_CHAIN))
      expect(push.ev.map(({ seq }) => seq)).toEqual(push.ev.map((_, i) => push.ev[0]!.seq + i))
      expect(push.ev[0]).toEqual({ ...draft(push.ev[0]!.seq), seq: push.ev[0]!.seq })
    }),
  )
})
