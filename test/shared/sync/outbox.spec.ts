import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { THIN_BACKLOG_FROM } from '#shared/sync/append-event.ts'
import { NO_CHAIN, extendChain } from '#shared/sync/chain.ts'
import type { EpochId } from '#shared/kernel/ids.ts'
import type { Chain } from '#shared/sync/chain.ts'
import { batchToJson, batchToPush } from '#shared/sync/batch.ts'
import { believeAck, judgeHello, pruneOld, readAhead, rotateOutbox, sayHello, tidyOutbox } from '#shared/sync/outbox-steps.ts'
import { queuedEvents } from '#shared/sync/outbox.ts'
import type { Ack, Hello, HelloReply } from '#shared/sync/wire.ts'
import { draft, eventId, memoryOutbox, takeBatch } from './memory-outbox.ts'

type Outbox = ReturnType<typeof memoryOutbox>
const FACTS = { pv: 1, n: 7, boot: 'b', app: '1', releaseHash: null, now: 0 }
const hello = (outbox: Outbox): Hello => outbox.run(sayHello(FACTS, outbox.makers))
const reply = (hw: number, hc: Chain, safe = 0): HelloReply => ({ n: 7, hubEpoch: 'db.1', hw, hc, safe, now: 0, min: 1, max: 1 })
const ack = (upto: number, hw = upto, safe = 0): Ack => ({ hubEpoch: 'db.1', upto, hw, safe, now: 0 })
const chainAt = (count: number): Chain => Array.from({ length: count }, (_, i) => eventId(i + 1)).reduce<Chain>((chain, id) => extendChain(chain, id), NO_CHAIN)
const confirm = (outbox: Outbox, safe = 0): void => {
  const batch = outbox.run(takeBatch())!
  const last = batch.rows.at(-1)!.seq
  outbox.run(believeAck(batch, ack(last, last, safe)))
  outbox.run(tidyOutbox(true))
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
    const first = outbox.run(takeBatch())!
    expect([first.rows[0]!.seq, first.rows.at(-1)!.seq, first.prev]).toEqual([1, 100, NO_CHAIN])
    confirm(outbox)
    const second = outbox.run(takeBatch())!
    expect([second.rows[0]!.seq, second.rows.at(-1)!.seq, second.prev]).toEqual([101, 150, chainAt(100)])
    confirm(outbox)
    expect(outbox.run(takeBatch())).toBeNull()
  })
  it('never more than 64 KiB', () => {
    const outbox = memoryOutbox()
    for (let n = 1; n <= 20; n++) outbox.add(n, 'durable', Array.from({ length: 5 }, () => 'ü'.repeat(1200)))
    const push = batchToPush(outbox.run(takeBatch())!)
    expect(push.ev.length).toBe(5)
    expect(new TextEncoder().encode(JSON.stringify(push)).length).toBeLessThan(66_000)
  })
})

describe('what is read ahead', () => {
  it('goes on after what was sent, with the chain there, as far as four batches reach', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2100)
    const ahead = outbox.run(readAhead(null))
    if (typeof ahead === 'string') throw new Error(ahead)
    expect([ahead.before, ahead.rows.length]).toEqual([{ ep: outbox.state.ep, seq: 0, chain: NO_CHAIN, bytes: 0 }, 2000])
    const { seq, chain, bytes } = ahead.rows.at(-1)!
    expect(outbox.run(readAhead({ ep: outbox.state.ep, seq, chain, bytes }))).toMatchObject({ before: { seq: 2000, chain }, rows: { length: 100 } })
    expect(outbox.run(readAhead({ ep: outbox.state.ep, seq: 2100, chain, bytes }))).toBe('nothing')
  })
  it('is less of large events: 68 of 16 kB', () => {
    const outbox = memoryOutbox()
    for (let n = 1; n <= 100; n++) outbox.add(n, 'durable', Array.from({ length: 8 }, () => 'a'.repeat(1960)))
    const ahead = outbox.run(readAhead(null))
    expect(typeof ahead === 'string' ? ahead : ahead.rows.length).toBe(68)
  })
  it('has moved when another page has begun a new life, or removed what was sent last', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    const after = { ep: outbox.state.ep, seq: 1, chain: chainAt(1), bytes: outbox.rows[0]!.bytes }
    expect(outbox.run(readAhead(after))).toMatchObject({ rows: [{ seq: 2 }, { seq: 3 }] })
    outbox.run(believeAck(outbox.run(takeBatch())!, ack(3, 3, 2)))
    outbox.run(tidyOutbox(true))
    expect(outbox.run(readAhead(after))).toBe('moved')
    outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
    expect(outbox.run(readAhead({ ...after, seq: 3 }))).toBe('moved')
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
    expect(outbox.run(takeBatch())!.rows.map(({ seq }) => seq)).toEqual([3, 4, 5])
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
    const push = outbox.run(takeBatch())!
    expect(outbox.run(believeAck(push, ack(110, 110)))).toBe('moved')
    expect(queuedEvents(outbox.state)).toBe(20)
  })
  it('means a copied storage if the hub has events this one never made', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2)
    expect(outbox.run(believeAck(outbox.run(takeBatch())!, ack(2, 3)))).toBe('rotate')
  })
  it('counts only if it speaks of the life that its batch has; hubs before version 3 do not say', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2)
    const push = outbox.run(takeBatch())!
    expect(outbox.run(believeAck(push, { ...ack(2), ep: 'f'.repeat(16) as EpochId }))).toBe('ignored')
    expect(queuedEvents(outbox.state)).toBe(2)
    expect(outbox.run(believeAck(push, { ...ack(2), ep: push.ep }))).toBe('moved')
    expect(queuedEvents(outbox.state)).toBe(0)
  })
  it('of an earlier life is ignored', () => {
    const outbox = memoryOutbox()
    outbox.addMany(2)
    const push = outbox.run(takeBatch())!
    outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
    expect(outbox.run(believeAck(push, ack(2)))).toBe('ignored')
    expect(outbox.state.ack).toBe(0)
  })
  it('removes only what is also in a backup, and nothing while the disk is full', () => {
    const outbox = memoryOutbox()
    outbox.addMany(4)
    const push = outbox.run(takeBatch())!
    outbox.run(believeAck(push, ack(4, 4, 3)))
    expect(outbox.run(tidyOutbox(false))).toBe(false)
    expect(outbox.rows.length).toBe(4)
    expect(outbox.run(tidyOutbox(true))).toBe(false)
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([4])
    expect(outbox.state.base).toMatchObject({ seq: 3, chain: chainAt(3) })
  })
  it('removes 2,000 rows at a stroke, and says when more are left', () => {
    const outbox = memoryOutbox()
    outbox.addMany(4100)
    const batch = outbox.run(takeBatch({ events: 5000, bytes: 10_000_000 }))!
    expect(batch.rows).toHaveLength(2000)
    outbox.run(believeAck(batch, ack(2000)))
    outbox.run(believeAck(outbox.run(takeBatch({ events: 5000, bytes: 10_000_000 }))!, ack(4000, 4000, 4000)))
    expect([outbox.run(tidyOutbox(true)), outbox.rows.length]).toEqual([true, 2100])
    expect([outbox.run(tidyOutbox(true)), outbox.rows.length]).toEqual([false, 100])
    expect([outbox.run(tidyOutbox(true)), outbox.rows.length]).toEqual([false, 100])
  })
  it('of a later batch alone is ignored: what is before it may be missing', () => {
    const outbox = memoryOutbox()
    outbox.addMany(6)
    const first = outbox.run(takeBatch({ events: 3, bytes: 64_000 }))!
    const ahead = outbox.run(readAhead({ ep: first.ep, seq: 3, chain: chainAt(3), bytes: first.rows[2]!.bytes }))
    if (typeof ahead === 'string') throw new Error(ahead)
    expect(ahead.rows.map(({ seq }) => seq)).toEqual([4, 5, 6])
    const second = { ...first, prev: ahead.before.chain, rows: ahead.rows }
    expect(outbox.run(believeAck(second, ack(6)))).toBe('ignored')
    expect(outbox.run(believeAck(first, ack(3, 6)))).toBe('moved')
    expect(outbox.run(believeAck(second, ack(6)))).toBe('moved')
    expect(outbox.state.ack).toBe(6)
  })
})

describe('a confirmed event without a backup', () => {
  const HUB = 1_795_330_000_000
  const DAY_MS = 86_400_000
  const outboxWith = (events: number, confirmed: number): Outbox => {
    const outbox = memoryOutbox()
    outbox.addMany(events)
    outbox.run(believeAck(outbox.run(takeBatch())!, ack(confirmed)))
    return outbox
  }
  it('goes when it has been confirmed for seven days of the hub, the others never', () => {
    const outbox = outboxWith(3, 2)
    for (let day = 0; day < 7; day++) expect(outbox.run(pruneOld(HUB + day * DAY_MS))).toBe(0)
    expect(outbox.run(pruneOld(HUB + 7 * DAY_MS - 1))).toBe(0)
    expect(outbox.run(pruneOld(HUB + 7 * DAY_MS))).toBe(2)
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([3])
    expect(outbox.state.base).toMatchObject({ seq: 2, chain: chainAt(2) })
    for (let day = 8; day < 30; day++) expect(outbox.run(pruneOld(HUB + day * DAY_MS))).toBe(0)
  })
  it('stays while its own time is of 1970 and the hub tells today: what the device thought the time was says nothing', () => {
    const outbox = outboxWith(3, 3)
    expect(outbox.rows.map(({ at }) => at)).toEqual([1, 2, 3])
    for (let minute = 0; minute < 1000; minute++) expect(outbox.run(pruneOld(HUB + minute * 60_000))).toBe(0)
    expect(outbox.rows).toHaveLength(3)
  })
  it('stays when the hub itself comes out of 1970, back into it and out again', () => {
    const outbox = outboxWith(3, 3)
    for (let i = 0; i < 50; i++) for (const now of [i * 60_000, HUB + i * 60_000]) expect(outbox.run(pruneOld(now))).toBe(0)
  })
  it('stays seven days more once the hub had lost it and has it again', () => {
    const outbox = outboxWith(3, 3)
    for (let day = 0; day < 7; day++) outbox.run(pruneOld(HUB + day * DAY_MS))
    expect(outbox.run(judgeHello(hello(outbox), reply(1, chainAt(1))))).toEqual({ type: 'ready' })
    outbox.run(believeAck(outbox.run(takeBatch())!, ack(3)))
    expect(outbox.run(pruneOld(HUB + 7 * DAY_MS))).toBe(1)
    expect(outbox.rows.map(({ seq }) => seq)).toEqual([2, 3])
  })
  it('is never younger than seven days of the hub when it goes, nor kept for twice that and two of a device that is on every day', () => {
    const hours = fc.array(fc.integer({ min: 1, max: 23 }), { minLength: 1, maxLength: 60 })
    fc.assert(fc.property(hours, (gaps) => {
      const outbox = memoryOutbox()
      const confirmedAt: number[] = []
      let now = HUB
      for (const gap of gaps) {
        const before = outbox.state?.base.seq ?? 0
        outbox.run(pruneOld(now))
        const gone = outbox.state?.base.seq ?? 0
        for (let seq = before + 1; seq <= gone; seq++) expect(now - confirmedAt[seq]!).toBeGreaterThanOrEqual(7 * DAY_MS)
        for (const { seq } of outbox.rows) expect(now - confirmedAt[seq]!).toBeLessThan(16 * DAY_MS)
        outbox.add(confirmedAt.length + 1)
        outbox.run(believeAck(outbox.run(takeBatch())!, ack(outbox.state.next - 1)))
        confirmedAt[outbox.state.next - 1] = now
        now += gap * 3_600_000
      }
    }))
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
          const batch = outbox.run(takeBatch())
          if (batch) outbox.run(believeAck(batch, ack(batch.rows.at(-1)!.seq)))
        } else if (action === 'rotate') outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
        else outbox.run(judgeHello(hello(outbox), reply(0, NO_CHAIN)))
      }
      if (added === 0) return
      expect(outbox.rows.map(({ id }) => id)).toEqual(Array.from({ length: added }, (_, i) => eventId(i + 1)))
      const batch = outbox.run(takeBatch())
      if (!batch) return
      const push = batchToPush(batch)
      expect(JSON.parse(batchToJson(batch))).toEqual(push)
      const ids = outbox.rows.slice(0, push.ev[0]!.seq - 1).map(({ id }) => id)
      expect(push.prev).toBe(ids.reduce<Chain>((chain, id) => extendChain(chain, id), NO_CHAIN))
      expect(push.ev.map(({ seq }) => seq)).toEqual(push.ev.map((_, i) => push.ev[0]!.seq + i))
      expect(push.ev[0]).toEqual({ ...draft(push.ev[0]!.seq), seq: push.ev[0]!.seq })
    }),
  )
})
