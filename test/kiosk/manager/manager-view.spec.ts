import { describe, expect, it } from 'vitest'
import { fakeClock } from '../fake-clock.ts'
import { fakeDevice } from '../fake-device.ts'
import { DeviceView } from '#kiosk/lib/state/device-view.svelte.ts'
import { figureOf } from '#shared/insights/figure.ts'
import type { CallName, Calls } from '#shared/protocol/calls.ts'
import type { FeedbackItem, InsightsReply, InsightsRequest } from '#shared/protocol/feedback.ts'
import type { LastKnown, Saved } from '../../../kiosk/manager/last-known.ts'
import { ManagerView } from '../../../kiosk/manager/manager-view.svelte.ts'

const NOW = Date.parse('2026-11-28T13:05:00Z')
const item = (response: string, at: number): FeedbackItem => ({ id: response, response, touchpoint: 'exit', question: 'visit', kind: 'csat5', value: 5, at, receivedAt: at, dev: 'k', channel: 'kiosk' })

const memory = (kept = new Map<string, Saved<unknown>>()) => {
  const known: LastKnown = { read: async <T>(key: string) => (kept.get(key) as Saved<T> | undefined) ?? null, write: async (key, value) => void kept.set(key, { value, savedAt: NOW }) }
  return { known, kept }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve()
}

const makeScreen = (kept?: Map<string, Saved<unknown>>) => {
  const fake = fakeDevice({ at: NOW })
  const time = fakeClock()
  const asked: { readonly name: CallName; readonly request: unknown }[] = []
  let answering = true
  let busyFor = 0
  const reply = (request: InsightsRequest): InsightsReply => ({ metric: request.metric, overall: figureOf(request.metric, { 5: 10 }), groups: [], missing: [], flagged: 0, asOf: fake.device.now().at })
  const answers: { readonly [K in CallName]?: (request: Calls[K]['request']) => Calls[K]['reply'] } = {
    'insights.read': reply,
    'feedback.list': () => [item('listed', NOW - 1000)],
    'devices.list': () => [],
    'feedback.watch': () => ({ watching: true }),
    'feedback.gone': ({ ids }) => ({ gone: ids.filter((id) => id.startsWith('erased')) }),
  }
  fake.device.call = async (name, request) => {
    asked.push({ name, request })
    const answer = answers[name]
    if (busyFor > 0) {
      busyFor -= 1
      return { ok: false, error: { code: 'busy' } }
    }
    return fake.device.status.phase === 'online' && answering && answer ? { ok: true, value: answer(request) } : { ok: false, error: { code: 'offline' } }
  }
  const { known, kept: saved } = memory(kept)
  const view = new ManagerView({ device: new DeviceView(fake.device), known, clock: time.clock, timeZone: () => 'Europe/Berlin' })
  const figuresAsked = () => asked.filter(({ name }) => name === 'insights.read').map(({ request }) => request as InsightsRequest)
  return { ...fake, ...time, view, asked, saved, figuresAsked, answer: (yes: boolean) => { answering = yes }, beBusy: (calls: number) => { busyFor = calls } }
}

describe('the manager screen', () => {
  it('asks for the three scores of today, the day before, and the course of the chosen one', async () => {
    const screen = makeScreen()
    await screen.view.start()
    await settle()
    const midnight = Date.parse('2026-11-27T23:00:00Z')
    expect(screen.figuresAsked()).toEqual([
      { metric: 'csat', by: 'touchpoint', from: midnight },
      { metric: 'nps', by: 'touchpoint', from: midnight },
      { metric: 'ces', by: 'touchpoint', from: midnight },
      { metric: 'csat', from: Date.parse('2026-11-26T23:00:00Z'), until: Date.parse('2026-11-27T13:05:00Z') },
      { metric: 'csat', by: 'hour', from: midnight },
    ])
    expect(screen.view.report).toMatchObject({ period: 'today', asOf: NOW })
    expect(screen.view.items.map(({ response }) => response)).toEqual(['listed'])
  })
  it('takes an erased answer off at once, and out of what it last knew', async () => {
    const screen = makeScreen()
    await screen.view.start()
    await settle()
    screen.hint('feedback', [item('a', NOW)])
    screen.hint('erased', { ids: ['a', 'unknown'] })
    await settle()
    expect(screen.view.items.map(({ id }) => id)).toEqual(['listed'])
    expect((screen.saved.get('items')!.value as readonly FeedbackItem[]).map(({ id }) => id)).toEqual(['listed'])
    const before = screen.figuresAsked().length
    screen.pass(3_000)
    await settle()
    expect(screen.figuresAsked().length).toBe(before + 5)
  })
  it('that was off meanwhile takes off at its next connection what the hub does not hold any more', async () => {
    const screen = makeScreen(new Map([['items', { value: [item('erased-while-off', NOW - 5000), item('older', NOW - 9000)], savedAt: NOW - 4000 }]]))
    await screen.view.start()
    await settle()
    expect(screen.view.items.map(({ id }) => id)).toEqual(['listed', 'older'])
    expect(JSON.stringify(screen.saved.get('items'))).not.toContain('erased-while-off')
  })
  it('shows a voice at once and the figures three seconds later, once for a burst', async () => {
    const screen = makeScreen()
    await screen.view.start()
    await settle()
    const before = screen.figuresAsked().length
    screen.hint('feedback', [item('a', NOW)])
    screen.hint('feedback', [item('b', NOW + 1)])
    expect(screen.view.items.map(({ response }) => response)).toEqual(['b', 'a', 'listed'])
    screen.pass(2_999)
    await settle()
    expect(screen.figuresAsked().length).toBe(before)
    screen.pass(1)
    await settle()
    expect(screen.figuresAsked().length).toBe(before + 5)
  })
  it('shows without a hub what it last knew, with its age', async () => {
    const first = makeScreen()
    await first.view.start()
    await settle()
    const later = makeScreen(first.saved)
    later.setStatus({ phase: 'offline' })
    later.setNow(NOW + 12 * 60_000)
    await later.view.start()
    expect(later.view.report).toMatchObject({ period: 'today', asOf: NOW })
    expect(later.view.items).toHaveLength(1)
    expect(later.asked).toEqual([])
  })
  it('never shows the figures of one period under the name of another', async () => {
    const screen = makeScreen()
    await screen.view.start()
    await settle()
    screen.setStatus({ phase: 'offline' })
    screen.view.show('month')
    await settle()
    expect(screen.view.report).toBeNull()
    screen.setStatus({ phase: 'online' })
    await settle()
    expect(screen.view.report?.period).toBe('month')
    expect(screen.view.course?.days).not.toBeNull()
  })
  it('keeps the figures that were there until those of the next choice are, and says of which they are', async () => {
    const screen = makeScreen()
    await screen.view.start()
    await settle()
    screen.beBusy(1)
    screen.view.show('week')
    await settle()
    expect([screen.view.period, screen.view.report?.period, screen.view.course?.period]).toEqual(['week', 'today', 'today'])
    screen.pass(1_000)
    await settle()
    expect([screen.view.report?.period, screen.view.course?.period]).toEqual(['week', 'week'])
  })
  it('says when the hub does not answer, and tries again after a minute', async () => {
    const screen = makeScreen()
    screen.answer(false)
    await screen.view.start()
    await settle()
    expect([screen.view.failed, screen.view.report]).toEqual([true, null])
    screen.answer(true)
    screen.pass(60_000)
    await settle()
    expect([screen.view.failed, screen.view.report?.period]).toEqual([false, 'today'])
  })
  it('waits a second when the hub is busy instead of giving up', async () => {
    const screen = makeScreen()
    screen.beBusy(6) // the watch and the first figure, three times each
    await screen.view.start()
    for (let second = 0; second < 3; second++) {
      await settle()
      expect(screen.view.report).toBeNull()
      screen.pass(1_000)
    }
    await settle()
    expect([screen.view.failed, screen.view.report?.period]).toEqual([false, 'today'])
  })
  it('ends on the period chosen last when somebody flips through them', async () => {
    const screen = makeScreen()
    await screen.view.start()
    for (const period of ['week', 'month', 'all'] as const) screen.view.show(period)
    await settle()
    await settle()
    expect([screen.view.report?.period, screen.view.course?.period, screen.view.failed]).toEqual(['all', 'all', false])
  })
  it('leaves no timer and no listener behind', async () => {
    const screen = makeScreen()
    await screen.view.start()
    await settle()
    screen.hint('feedback', [item('a', NOW)])
    screen.view.leave()
    expect(screen.running()).toBe(0)
  })
})
