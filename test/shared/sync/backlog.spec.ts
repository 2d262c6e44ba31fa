import { describe, expect, it } from 'vitest'
import { countDropped, MAX_KEPT_BYTES, MAX_KEPT_EVENTS, THIN_BACKLOG_FROM } from '#shared/sync/append-event.ts'
import { eventId, memoryOutbox } from './memory-outbox.ts'

describe('what waits on a device', () => {
  it('is bounded: 50,000 events, 32 MiB, and from 10,000 on only what people say', () => {
    expect([MAX_KEPT_EVENTS, MAX_KEPT_BYTES, THIN_BACKLOG_FROM]).toEqual([50_000, 33_554_432, 10_000])
  })
  it('is refused at 32 MiB, and taken again once some of it is confirmed', () => {
    const outbox = memoryOutbox()
    outbox.addMany(3)
    outbox.state = { ...outbox.state, bytes: 33_554_432 }
    expect(outbox.add(9)).toEqual({ ok: false, error: { type: 'OutboxFull' } })
    outbox.state = { ...outbox.state, ack: 3 }
    expect(outbox.add(9)).toEqual({ ok: true, value: eventId(9) })
  })
  it('tells in one event how many droppable ones were only counted, for lack of room or of order', () => {
    const outbox = memoryOutbox()
    outbox.run(countDropped)
    outbox.add(1)
    for (let n = 0; n < 4; n++) outbox.run(countDropped)
    outbox.add(2, 'droppable')
    const told = outbox.rows.map(({ json }) => JSON.parse(json) as { t: string; p: unknown }).filter(({ t }) => t === 'events.dropped')
    expect(told.map(({ p }) => p)).toEqual([{ n: 4 }])
  })
})
