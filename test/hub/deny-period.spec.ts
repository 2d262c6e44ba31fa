import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, postJson, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

/** Those of a store, but for what a test would wait for. */
const STRICT = { perSecond: 20, burst: 50, handlerMs: 1000, maxViolations: 200, violationWindowMs: 10_000, stored: { perSecond: 200, burst: 600 } }
const MINUTE_MS = 60_000

let hub: TestHub
let [bad, good]: TestDevice[] = []
let other: Link
/** Ms that have gone by beside the real ones. */
let ahead = 0
beforeAll(async () => {
  hub = await startTestHub({ deps: { dispatch: STRICT, clock: { now: () => millis(Date.now() + ahead) } } })
  bad = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Bad')
  good = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Good')
  other = await connect(hub.url, good)
})
afterAll(async () => {
  other.close()
  await hub.remove()
})

const closed = (link: Link): Promise<unknown> => new Promise((resolve) => link.socket.once('disconnect', resolve))
const refusalOf = async (device: TestDevice): Promise<{ readonly message: string; readonly data?: { readonly code: string; readonly retryMs: number } } | null> => connect(hub.url, device).then((link) => (link.close(), null), (error) => error as never)

describe('a device that goes on asking though it was told to wait', () => {
  it('is closed at its 201st breach, however it spreads them over connections', async () => {
    const first = await connect(hub.url, bad!)
    const replies = await Promise.all(Array.from({ length: 160 }, () => first.ask('time', {})))
    expect(replies.filter((reply) => JSON.stringify(reply).includes('busy')).length).toBeGreaterThanOrEqual(105)
    expect(first.socket.connected).toBe(true)
    first.close()
    const second = await connect(hub.url, bad!)
    const end = closed(second)
    for (let i = 0; i < 160; i++) second.socket.emit('time', {}, () => undefined)
    expect(await end).toBe('io server disconnect')
  })
  it('is told how long it stays out, whenever it comes again, and its neighbours are served', async () => {
    for (let n = 0; n < 3; n++) {
      const refused = await refusalOf(bad!)
      expect([refused?.message, refused?.data?.code]).toEqual(['busy', 'busy'])
      expect(refused!.data!.retryMs).toBeGreaterThan(MINUTE_MS - 10_000)
      expect(refused!.data!.retryMs).toBeLessThanOrEqual(MINUTE_MS)
    }
    expect(await other.ask('time', {})).toEqual({ now: expect.any(Number) })
    const again = await connect(hub.url, good!)
    again.close()
  })
  it('comes in again after its minute', async () => {
    ahead += MINUTE_MS
    expect(await refusalOf(bad!)).toBeNull()
  })
})

describe('a device that stores more than anybody taps', () => {
  it('gets a full outbox rid at once, then 200 events a second, and is told when; nothing is stored of what was refused', async () => {
    const link = await connect(hub.url, good!)
    const ids = Array.from({ length: 700 }, (_, i) => eventId(i + 1))
    const push = (from: number, to: number): Promise<unknown> => link.ask('push', batch(ids.slice(from, to), { from: from + 1, prev: chainOf(ids.slice(0, from)) }))
    expect(await push(0, 400)).toMatchObject({ upto: 400 })
    expect(await push(400, 600)).toMatchObject({ upto: 600 })
    const refused = (await push(600, 700)) as { readonly code: string; readonly retryMs: number }
    expect(refused.code).toBe('busy')
    expect(refused.retryMs).toBeGreaterThan(100)
    expect(refused.retryMs).toBeLessThanOrEqual(500)
    link.close()
    const again = await connect(hub.url, good!)
    expect(await again.ask('push', batch(ids.slice(600, 700), { from: 601, prev: chainOf(ids.slice(0, 600)) }))).toMatchObject({ code: 'busy' })
    ahead += 1000
    expect(await again.ask('push', batch(ids.slice(600, 700), { from: 601, prev: chainOf(ids.slice(0, 600)) }))).toMatchObject({ upto: 700 })
    again.close()
  })
})

describe('a visitor who calls too often', () => {
  it('is told when to come again', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 11; n++) {
      const reply = await postJson(`${hub.url}/api/handoff/open`, { digits: '1', session: 'x' })
      statuses.push(reply.status)
      if (reply.status === 429) expect([Number(reply.headers.get('retry-after')), await reply.json()]).toEqual([expect.closeTo(60, -1), { code: 'busy' }])
    }
    expect(statuses.at(-1)).toBe(429)
    expect(statuses.slice(0, 10)).not.toContain(429)
  })
})
