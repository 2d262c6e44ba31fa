import { describe, expect, it } from 'vitest'
import { DirectSender } from '#kiosk/lib/sync/direct-sender.ts'
import type { Connection } from '#kiosk/lib/sync/hub-link.ts'
import { extendChain, NO_CHAIN } from '#shared/sync/chain.ts'
import type { Push } from '#shared/sync/wire.ts'
import { draft, eventId, memoryOutbox } from '../../../shared/sync/memory-outbox.ts'

type Answer = (push: Push) => unknown
const ack: Answer = ({ ev }) => ({ hubEpoch: 'db.1', upto: ev.at(-1)!.seq, hw: ev.at(-1)!.seq, safe: 0, now: 7 })
const nothing: Answer = () => null
const code = (what: string, more: object = {}): Answer => () => ({ code: what, ...more })

/** A hub that answers in this order; `null` for a while without connection. Waiting passes the time. */
const senderTo = (answers: readonly (Answer | null)[]) => {
  const pushes: Push[] = []
  const left = [...answers]
  const { makers } = memoryOutbox()
  let mono = 0
  const ask: Connection['ask'] = async (_name, payload) => {
    const push = payload as Push
    pushes.push(push)
    const answer = left.shift() ?? nothing
    if (answer === nothing) mono += 4000
    return answer(push)
  }
  const connection: Connection = { hubEpoch: 'db.1', ask, drop: () => undefined }
  const sender = new DirectSender({
    makers,
    connection: () => {
      if (left[0] !== null) return connection
      left.shift()
      return null
    },
    mono: () => mono,
    pause: async (forMs) => void (mono += forMs),
    heard: () => undefined,
  })
  return { sender, pushes, get mono() { return mono } }
}

describe('what is said straight to the hub', () => {
  it('counts once the hub has it, numbered 1, 2, 3 in an epoch of its own', async () => {
    const { sender, pushes } = senderTo([ack, ack])
    expect(await Promise.all([sender.send(draft(1), 'one'), sender.send(draft(2), 'two')])).toEqual([eventId(1), eventId(2)])
    expect(pushes.map(({ ep, prev, ev }) => [ep, prev, ev.map(({ seq, id }) => [seq, id])])).toEqual([
      [pushes[0]!.ep, NO_CHAIN, [[1, eventId(1)]]],
      [pushes[0]!.ep, extendChain(NO_CHAIN, eventId(1)), [[2, eventId(2)]]],
    ])
  })
  it('is refused at once without a connection, and nothing is sent', async () => {
    const all = senderTo([null])
    expect(await all.sender.send(draft(1), 'one')).toBeNull()
    expect([all.pushes.length, all.mono]).toEqual([0, 0])
  })
  it('waits for the connection to come back when the answer was lost, and asks with the same event', async () => {
    const { sender, pushes } = senderTo([nothing, null, null, ack])
    expect(await sender.send(draft(1), 'one')).toBe(eventId(1))
    expect(pushes.map(({ ev }) => ev[0]!.id)).toEqual([eventId(1), eventId(1)])
  })
  it('is refused when nobody can say, within eight seconds; said again it is the same event, so the hub keeps one', async () => {
    const all = senderTo([nothing, nothing, ack, ack])
    expect(await all.sender.send(draft(1), 'one')).toBeNull()
    expect(all.mono).toBeLessThanOrEqual(8500)
    expect(await all.sender.send(draft(2), 'one')).toBe(eventId(1))
    expect(await all.sender.send(draft(3), 'one')).toBe(eventId(3))
  })
  it('is another event when other words follow', async () => {
    const { sender } = senderTo([nothing, nothing, ack])
    await sender.send(draft(1), 'one')
    expect(await sender.send(draft(2), 'two')).toBe(eventId(2))
  })
  it('begins another epoch when the hub knows nothing of this one, and never changes the event', async () => {
    const { sender, pushes } = senderTo([ack, code('gap', { hw: 0 }), ack])
    await sender.send(draft(1), 'one')
    expect(await sender.send(draft(2), 'two')).toBe(eventId(2))
    expect(pushes.map(({ ev }) => [ev[0]!.seq, ev[0]!.id])).toEqual([[1, eventId(1)], [2, eventId(2)], [1, eventId(2)]])
    expect(new Set(pushes.map(({ ep }) => ep)).size).toBe(2)
  })
  it('waits as long as a busy hub asks for, but not longer than a person does', async () => {
    expect(await senderTo([code('busy', { retryMs: 500 }), ack]).sender.send(draft(1), 'one')).toBe(eventId(1))
    const full = senderTo([code('disk', { retryMs: 60_000 })])
    expect([await full.sender.send(draft(1), 'one'), full.mono, full.pushes.length]).toEqual([null, 0, 1])
    expect(await senderTo([code('upgrade')]).sender.send(draft(1), 'one')).toBeNull()
  })
  it('is not believed from an answer that speaks of less', async () => {
    const { sender } = senderTo([() => ({ hubEpoch: 'db.1', upto: 0, hw: 0, safe: 0, now: 7 }), code('revoked')])
    expect(await sender.send(draft(1), 'one')).toBeNull()
  })
  it('is written down here once there is room, each once, and kept for later while there is none', async () => {
    const { sender } = senderTo([ack, ack])
    await sender.send(draft(1), 'one')
    await sender.send(draft(2), 'two')
    const outbox = memoryOutbox()
    await sender.keepCopies({ run: async () => ({ ok: false, error: { type: 'StorageFull' } }) })
    for (let i = 0; i < 2; i++) await sender.keepCopies({ run: async (step) => ({ ok: true, value: outbox.run(step) }) })
    expect(outbox.rows.map(({ id }) => id)).toEqual([eventId(1), eventId(2)])
  })
})
