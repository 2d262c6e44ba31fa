import { afterEach, describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import type { SealsReply } from '#shared/protocol/devices.ts'
import type { HubHealth, RedriveReply } from '#shared/protocol/hub-health.ts'
import type { InsightsReply } from '#shared/protocol/feedback.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, signIn, STAFF_PERSON, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Friday, 20:00 in the store. */
const EVENING = Date.parse('2026-11-27T19:00:00Z')
const EP = 'e'.repeat(16)

let hub: TestHub
let now = EVENING
const links: Link[] = []
afterEach(async () => {
  for (const link of links.splice(0)) link.close()
  await hub.remove()
})

const openStore = async (folder?: string): Promise<void> => {
  now = folder ? now : EVENING
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) } }, ...(folder && { folder }) })
}
const enter = async (device: TestDevice): Promise<Link> => {
  const link = await connect(hub.url, device)
  links.push(link)
  return link
}
const hello = (over: object = {}) => ({ pv: 2, n: 1, ep: EP, next: 1, queued: 0, ack: 0, boot: 'b', app: '1', releaseHash: null, now, ...over })
const report = (queued: number, stream?: object) => ({ app: '1', releaseHash: null, queued, clockOffsetMs: 0, ...(stream && { stream: { ep: EP, ...stream } }) })
const answer = (n: number, at: number) => ({ t: 'feedback.answered', p: { response: `r${n}`, touchpoint: 'kiosk', survey: 'visit', question: 'visit', kind: 'csat5', value: 5 }, at })
const push = (from: number, ats: readonly number[]) => {
  const ids = ats.map((_, i) => eventId(from + i))
  const before = Array.from({ length: from - 1 }, (_, i) => eventId(i + 1))
  const made = batch(ids, { from, prev: chainOf(before) })
  return { ...made, ev: made.ev.map((event, i) => Object.assign({}, event, answer(from + i, ats[i]!))) }
}
/** Hours go by between two questions: who asks signs in first. */
const ask = async <T>(link: Link, name: string, request: object): Promise<T> => {
  await signIn(hub, link)
  const reply = (await link.ask(name, request)) as { readonly ok: boolean; readonly value: T }
  if (!reply.ok) throw new Error(JSON.stringify(reply))
  return reply.value
}
const days = async (manager: Link): Promise<readonly unknown[]> => (await ask<SealsReply>(manager, 'seals.read', { days: 2 })).devices[0]!.days.map(({ day, answers, seal }) => [day, answers, seal])

const twoDevices = async () => {
  await openStore()
  const kioskDevice = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Kiosk 7')
  const managerDevice = await pairTestDevice(hub.url, hub.setupCode!, 'manager')
  return { kiosk: await enter(kioskDevice), manager: await enter(managerDevice), kioskDevice, managerDevice }
}

describe('the manager sees day by day', () => {
  it('3 answers so far, then 2 under way, then the sealed day: all 5 answers of Kiosk 7 are here', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello())
    await kiosk.ask('push', push(1, [now, now, now]))
    await kiosk.ask('report', report(0, { next: 4, settledUntil: now }))
    expect(await days(manager)).toEqual([['2026-11-27', 3, { type: 'so-far', until: EVENING }]])
    now = EVENING + HOUR
    await kiosk.ask('report', report(2, { next: 6, settledUntil: EVENING + 30 * MINUTE }))
    expect(await days(manager)).toEqual([['2026-11-27', 3, { type: 'open', atLeast: 2, since: EVENING + 30 * MINUTE }]])
    now = EVENING + 5 * HOUR
    await kiosk.ask('push', push(4, [EVENING + 30 * MINUTE, EVENING + 40 * MINUTE]))
    await kiosk.ask('report', report(0, { next: 6, settledUntil: now }))
    expect(await days(manager)).toEqual([['2026-11-28', 0, { type: 'so-far', until: now }], ['2026-11-27', 5, { type: 'sealed' }]])
  })
  it('and nothing is added to a sealed day: an answer of a clock put back counts for the next day', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello())
    now = EVENING + 5 * HOUR
    await kiosk.ask('report', report(0, { next: 1, settledUntil: now }))
    await kiosk.ask('push', push(1, [EVENING]))
    expect(await days(manager)).toEqual([['2026-11-28', 1, { type: 'so-far', until: now }], ['2026-11-27', 0, { type: 'sealed' }]])
  })
  it('the silence of a kiosk that left with 4 events, and its name beside every figure', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello())
    await kiosk.ask('report', report(4, { next: 5, settledUntil: EVENING - HOUR }))
    now = EVENING + 6 * HOUR
    expect((await days(manager))[1]).toEqual(['2026-11-27', 0, { type: 'unknown', atLeast: 4, since: EVENING }])
    const figures = await ask<InsightsReply>(manager, 'insights.read', { metric: 'csat' })
    expect(figures.missing).toMatchObject([{ name: 'Kiosk 7', waiting: 4, since: EVENING }])
  })
  it('up to 2 events lost with a storage that began anew', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello())
    await kiosk.ask('push', push(1, [now]))
    await kiosk.ask('report', report(2, { next: 4, settledUntil: now }))
    now += MINUTE
    await kiosk.ask('hello', hello({ ep: 'f'.repeat(16) }))
    expect(await days(manager)).toEqual([['2026-11-27', 1, { type: 'lost', upTo: 2 }]])
  })
  it('a device from before this was told: what it says to wait, and a sealed day once nothing does', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello({ pv: 1 }))
    now = EVENING + 5 * HOUR
    expect(await kiosk.ask('report', report(0))).toEqual({ now })
    expect((await days(manager))[1]).toEqual(['2026-11-27', 0, { type: 'sealed' }])
  })
})

describe('the hub tells how it is', () => {
  it('without a copy at first, then the last verified one; room on its disk; nothing damaged', async () => {
    const { manager } = await twoDevices()
    expect(await ask<HubHealth>(manager, 'hub.health', {})).toMatchObject({ backup: { lastAt: null, failed: null }, rows: { mended: 0, lost: 0 }, restored: null, recovered: 0, parked: 0, quarantined: 0, unsettled: [] })
    await hub.backUp()
    const health = await ask<HubHealth>(manager, 'hub.health', {})
    expect(health.backup.lastAt).toBe(EVENING)
    expect(health.room!.freeBytes).toBeGreaterThan(0)
  })
  it('what it could not read, without a word of a person, and reads it again when it is asked', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello())
    const bad = push(1, [now, now])
    await kiosk.ask('push', { ...bad, ev: [Object.assign({}, bad.ev[0], { p: { response: 'r1', touchpoint: 'kiosk', survey: 's', question: 'q', kind: 'Frau Huber' } }), Object.assign({}, bad.ev[1], { t: 'future.thing' })] })
    const { parked, quarantined, unsettled } = await ask<HubHealth>(manager, 'hub.health', {})
    expect([parked, quarantined]).toEqual([1, 1])
    expect(unsettled.map(({ state, type, n }) => [state, type, n])).toEqual([['quarantined', 'feedback.answered', 1], ['parked', 'future.thing', 1]])
    expect(JSON.stringify(unsettled)).not.toContain('Huber')
    expect(await ask<RedriveReply>(manager, 'hub.redrive', {})).toEqual({ understood: 0, left: 2 })
  })
  it('to staff too, but only a manager makes it read again', async () => {
    await openStore()
    const staff = await enter(await pairTestDevice(hub.url, hub.pairingCode!, 'staff'))
    await signIn(hub, staff, STAFF_PERSON)
    expect(await staff.ask('hub.health', {})).toMatchObject({ ok: true })
    expect(await staff.ask('hub.redrive', {})).toEqual({ ok: false, error: { code: 'forbidden' } })
  })
  it('how many events devices gave back after it was put back: 2 of the 3 that it had lost', async () => {
    const { kiosk, manager } = await twoDevices()
    await kiosk.ask('hello', hello({ next: 4, queued: 0, ack: 3 }))
    expect((await ask<HubHealth>(manager, 'hub.health', {})).recovered).toBe(0)
    await kiosk.ask('push', push(1, [now, now]))
    expect((await ask<HubHealth>(manager, 'hub.health', {})).recovered).toBe(2)
    expect(await days(manager)).toMatchObject([['2026-11-27', 2, { type: 'open', atLeast: 1 }]])
  })
})
