import { describe, expect, it } from 'vitest'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { uploadOutbox, type UploadWish } from '#shared/sync/upload.ts'
import { UploadPace } from '#shared/sync/upload-pace.ts'
import type { HelloReply } from '#shared/sync/wire.ts'
import { rotateOutbox } from '#shared/sync/outbox-steps.ts'
import { memoryOutbox } from './memory-outbox.ts'

type Shown = Exclude<UploadWish, { do: 'store' | 'tell' }> | { readonly do: 'end'; readonly how: string }

/** A conversation whose storage wishes are granted at once. `batches`: how many may be under way, from the first one on. */
const talk = (events: number, batches = 1) => {
  const outbox = memoryOutbox()
  outbox.addMany(events)
  const clock = { now: 0 }
  const pace = new UploadPace({ events: 100, bytes: 64_000, batches })
  if (batches > 1) pace.answered(0)
  const conversation = uploadOutbox({ ...outbox.makers, greeting: () => ({ pv: 1, n: 7, boot: 'b', app: '1', releaseHash: null, now: 0 }), mayPrune: () => true, mono: () => clock.now, pace })
  const say = (answer?: unknown): Shown => {
    for (let value = answer; ; ) {
      const next = conversation.next(value)
      if (next.done) return { do: 'end', how: next.value }
      value = undefined
      if (next.value.do === 'store') value = outbox.run(next.value.step)
      else if (next.value.do !== 'tell') return next.value
    }
  }
  /** All that is sent before the next answer is waited for, as first and last numbers, and what is waited for. */
  const sent = (answer?: unknown): readonly (readonly [number, number] | Shown)[] => {
    const all: (readonly [number, number] | Shown)[] = []
    for (let wish = say(answer); ; wish = say()) {
      if (wish.do !== 'send') return [...all, wish]
      all.push([wish.batch.rows[0]!.seq, wish.batch.rows.at(-1)!.seq])
    }
  }
  return { outbox, say, sent, clock, pace }
}
const HEAR = { do: 'hear' } as const
const greeting: HelloReply = { n: 7, hubEpoch: 'db.1', hw: 0, hc: NO_CHAIN, safe: 0, now: 0, min: 1, max: 1 }
const ack = (upto: number, hubEpoch = 'db.1') => ({ hubEpoch, upto, hw: upto, safe: 0, now: 0 })

describe('a conversation with the hub', () => {
  it('greets, sends one batch at first, and waits when all is confirmed', () => {
    const { say, sent } = talk(150)
    expect(say()).toMatchObject({ do: 'hello', hello: { next: 151, queued: 150, ack: 0 } })
    expect(sent(greeting)).toEqual([[1, 100], HEAR])
    expect(sent(ack(100))).toEqual([[101, 150], HEAR])
    expect(sent(ack(150))).toEqual([{ do: 'wait-for-event', atMostMs: 1000 }])
  })
  it('sends what was recorded while it waited', () => {
    const { say, sent, outbox } = talk(1)
    say()
    expect(sent(greeting)).toEqual([[1, 1], HEAR])
    expect(sent(ack(1))).toEqual([{ do: 'wait-for-event', atMostMs: 1000 }])
    outbox.add(2)
    expect(sent(true)).toEqual([[2, 2], HEAR])
    expect(sent(ack(2))).toEqual([{ do: 'wait-for-event', atMostMs: 1000 }])
    expect(sent(false)).toEqual([{ do: 'wait-for-event' }])
  })
  it('keeps four batches under way, and sends the next one for each that is confirmed', () => {
    const { say, sent, outbox } = talk(650, 4)
    say()
    expect(sent(greeting)).toEqual([[1, 100], [101, 200], [201, 300], [301, 400], HEAR])
    expect(sent(ack(100))).toEqual([[401, 500], HEAR])
    expect(sent(ack(200))).toEqual([[501, 600], HEAR])
    expect(outbox.state.ack).toBe(200)
    expect(sent(ack(300))).toEqual([[601, 650], HEAR])
    for (const upto of [400, 500, 600]) expect(sent(ack(upto))).toEqual([HEAR])
    expect(sent(ack(650))).toEqual([{ do: 'wait-for-event', atMostMs: 1000 }])
  })
  it('sends again what was under way behind a batch that the hub did not take, in one batch at a time until it is taken', () => {
    const { say, sent, outbox } = talk(300, 4)
    say()
    expect(sent(greeting)).toEqual([[1, 100], [101, 200], [201, 300], HEAR])
    expect(sent(ack(100))).toEqual([HEAR])
    expect(sent({ code: 'busy', retryMs: 700 })).toEqual([HEAR])
    expect(sent({ code: 'gap', hw: 100 })).toEqual([{ do: 'wait', forMs: 700 }])
    expect(sent()).toEqual([[101, 200], [201, 300], HEAR])
    sent(ack(200))
    sent(ack(300))
    expect(outbox.state.ack).toBe(300)
  })
  it('believes no answer that comes behind one that is missing', () => {
    const { say, sent, outbox } = talk(300, 4)
    say()
    sent(greeting)
    expect(sent(null)).toEqual([{ do: 'end', how: 'reconnect' }])
    expect(outbox.state.ack).toBe(0)
  })
  it('ends when an answer does not come, belongs to another question, or comes from another run of the hub', () => {
    for (const answers of [[null], [{ ...greeting, n: 8 }], [greeting, null], [greeting, ack(1, 'db.2')]]) {
      const { say, sent } = talk(1)
      say()
      const ends = answers.map((answer) => sent(answer).at(-1))
      expect(ends.at(-1)).toEqual({ do: 'end', how: 'reconnect' })
    }
  })
  it('starts over with a new epoch after a fork, and greets again after a gap', () => {
    const { say, sent, outbox } = talk(2)
    say()
    sent(greeting)
    const before = outbox.state.ep
    expect(say({ code: 'fork', at: 1 })).toMatchObject({ do: 'hello' })
    expect(outbox.state.ep).not.toBe(before)
    sent(greeting)
    expect(say({ code: 'gap', hw: 0 })).toMatchObject({ do: 'hello' })
  })
  it('greets anew when another page has begun a new life meanwhile', () => {
    const { say, sent, outbox } = talk(2200, 4)
    say()
    sent(greeting)
    outbox.run(rotateOutbox(outbox.state.ep, null, outbox.makers))
    const heard = [100, 200, 300, 400].map((upto) => sent(ack(upto)))
    expect(heard).toEqual([[HEAR], [HEAR], [HEAR], [[1, 100], [101, 200], [201, 300], [301, 400], HEAR]])
  })
  it('waits as long as a busy hub asks, and longer and longer after answers that explain nothing', () => {
    const { say, sent } = talk(1)
    say()
    sent(greeting)
    expect(say({ code: 'busy', retryMs: 700 })).toEqual({ do: 'wait', forMs: 700 })
    expect(sent()).toEqual([[1, 1], HEAR])
    expect(say({ code: 'failed' })).toMatchObject({ forMs: 2000 })
    expect(sent()).toEqual([[1, 1], HEAR])
    expect(say({ code: 'failed' })).toMatchObject({ forMs: 4000 })
  })
  it('makes its batches smaller until the hub takes one, down to a single event', () => {
    const { say, sent } = talk(100)
    say()
    expect(sent(greeting)).toEqual([[1, 100], HEAR])
    const sizes = Array.from({ length: 5 }, () => {
      say({ code: 'bad_request' })
      return sent()[0]
    })
    expect(sizes).toEqual([[1, 100], [1, 25], [1, 6], [1, 1], [1, 1]])
  })
  it('stops for good when the device is revoked or too old, and keeps its events', () => {
    for (const code of ['revoked', 'upgrade'] as const) {
      const { say, outbox } = talk(3)
      say()
      expect(say({ code })).toEqual({ do: 'end', how: code })
      expect(outbox.rows).toHaveLength(3)
    }
  })
})
