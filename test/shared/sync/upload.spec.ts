import { describe, expect, it } from 'vitest'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { uploadOutbox, type UploadWish } from '#shared/sync/upload.ts'
import type { HelloReply } from '#shared/sync/wire.ts'
import { memoryOutbox } from './memory-outbox.ts'

/** A conversation whose storage wishes are granted at once. */
const talk = (events: number) => {
  const outbox = memoryOutbox()
  outbox.addMany(events)
  const conversation = uploadOutbox({ ...outbox.makers, greeting: () => ({ pv: 1, n: 7, boot: 'b', app: '1', releaseHash: null, now: 0 }), mayPrune: () => true })
  const say = (answer?: unknown): Exclude<UploadWish, { do: 'store' | 'tell' }> | { readonly do: 'end'; readonly how: string } => {
    for (let value = answer; ; ) {
      const next = conversation.next(value)
      if (next.done) return { do: 'end', how: next.value }
      value = undefined
      if (next.value.do === 'store') value = outbox.run(next.value.step)
      else if (next.value.do !== 'tell') return next.value
    }
  }
  return { outbox, say }
}
const greeting: HelloReply = { n: 7, hubEpoch: 'db.1', hw: 0, hc: NO_CHAIN, safe: 0, now: 0, min: 1, max: 1 }
const ack = (upto: number, hubEpoch = 'db.1') => ({ hubEpoch, upto, hw: upto, safe: 0, now: 0 })

describe('a conversation with the hub', () => {
  it('greets, sends one batch at a time, and waits when all is confirmed', () => {
    const { say } = talk(150)
    expect(say()).toMatchObject({ do: 'hello', hello: { next: 151, queued: 150, ack: 0 } })
    expect(say(greeting)).toMatchObject({ do: 'push', push: { ev: { length: 100 } } })
    expect(say(ack(100))).toMatchObject({ do: 'push', push: { ev: { length: 50 } } })
    expect(say(ack(150))).toEqual({ do: 'wait-for-event' })
  })
  it('ends when an answer does not come, belongs to another question, or comes from another run of the hub', () => {
    for (const answers of [[null], [{ ...greeting, n: 8 }], [greeting, null], [greeting, ack(1, 'db.2')]]) {
      const { say } = talk(1)
      say()
      const ends = answers.map((answer) => say(answer))
      expect(ends.at(-1)).toEqual({ do: 'end', how: 'reconnect' })
    }
  })
  it('starts over with a new epoch after a fork, and greets again after a gap', () => {
    const { say, outbox } = talk(2)
    say()
    say(greeting)
    const before = outbox.state.ep
    expect(say({ code: 'fork', at: 1 })).toMatchObject({ do: 'hello' })
    expect(outbox.state.ep).not.toBe(before)
    say(greeting)
    expect(say({ code: 'gap', hw: 0 })).toMatchObject({ do: 'hello' })
  })
  it('waits as long as a busy hub asks, and longer and longer after answers that explain nothing', () => {
    const { say } = talk(1)
    say()
    say(greeting)
    expect(say({ code: 'busy', retryMs: 700 })).toEqual({ do: 'wait', forMs: 700 })
    expect(say()).toMatchObject({ do: 'push' })
    expect([say({ code: 'failed' }), say(), say({ code: 'failed' })]).toMatchObject([{ forMs: 2000 }, { do: 'push' }, { forMs: 4000 }])
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
