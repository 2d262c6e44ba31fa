import { afterEach, describe, expect, it } from 'vitest'
import type { FunnelReply } from '#shared/protocol/funnel.ts'
import { connect, eventId, pairTestDevice, signIn, startTestHub } from '../../test-hub.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const DAY = 86_400_000
const dayOf = (at: number): string => localTime(millis(at), 'Europe/Berlin').day
const event = (n: number, t: string, sid: string, at: number, p: object) => ({ seq: n, id: eventId(n), t, v: 1, at, off: 0, boot: 'boot', mono: n, sid, p })

describe('how many visits became orders', () => {
  it('is counted from what kiosks say, per device and day, with who is still missing', async () => {
    const hub = await startTestHub()
    closers.push(() => hub.remove())
    const [north, south] = [await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Nord'), await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Süd')]
    const manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
    await signIn(hub, manager)
    const kiosk = await connect(hub.url, north)
    closers.push(() => manager.close(), () => kiosk.close())
    const now = Date.now()
    const ev = [
      event(1, 'visit.started', 'a', now - DAY, { touchpoint: 'kiosk', language: 'de', basket: true }),
      event(2, 'basket.begun', 'a', now - DAY, {}),
      event(3, 'visit.started', 'b', now, { touchpoint: 'kiosk', language: 'de', basket: true }),
      event(4, 'visit.started', 'c', now, { touchpoint: 'kiosk', language: 'de' }),
    ]
    expect(await kiosk.ask('push', { pv: 3, ep: 'e'.repeat(16), prev: NO_CHAIN, ev })).toMatchObject({ upto: 4 })
    const { value } = (await manager.ask('funnel.read', {})) as { readonly value: FunnelReply }
    expect(value.overall).toEqual({ visits: 3, told: 2, baskets: 1, shownTold: 0, shown: 0, opened: 0, ordered: 0 })
    expect(value.devices.map(({ name, staff, counts: { visits } }) => [name, staff, visits])).toEqual([['Nord', false, 3]])
    expect(value.days.map(({ day, counts: { visits, baskets } }) => [day, visits, baskets])).toEqual([[dayOf(now), 2, 0], [dayOf(now - DAY), 1, 1]])
    expect([value.orders, value.early, value.cancelled]).toEqual([{ type: 'own' }, { opened: 0, ordered: 0 }, 0])
    expect(value.missing.map(({ name }) => name)).toContain('Süd')
    expect(value.since).toBeLessThanOrEqual(now - DAY)
    const today = (await manager.ask('funnel.read', { from: now - 1000 })) as { readonly value: FunnelReply }
    expect([today.value.overall.visits, today.value.days.length]).toEqual([2, 1])
    const refused = await connect(hub.url, south)
    closers.push(() => refused.close())
    expect(await refused.ask('funnel.read', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })
})
