import { describe, expect, it } from 'vitest'
import { fakeClock } from '../fake-clock.ts'
import type { LastKnown, Saved } from '#kiosk/manager/last-known.ts'
import { dutiesOf, MOST_DUTIES, TodoView } from '#kiosk/manager/todo-view.svelte.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { TodoReply } from '#shared/protocol/acting.ts'
import type { CallError } from '#shared/protocol/calls.ts'

const alarm: TodoReply['alarms'][number] = { id: 3, kind: 'drop', place: 'checkout', device: null, since: 0, raisedAt: 0, noticedAt: 0, closedAt: null, ending: null, late: false, n: 60, share: 61, low: 48, high: 72, usual: 78, missing: [], case: null }
const NOTHING: TodoReply = { asOf: 5, alarms: [], alarmsOpen: 0, cases: { open: 0, overdue: 0, dueToday: 0, next: [] }, improvements: { running: 0, ready: 0 } }

describe('what there is to do', () => {
  it('is nothing when nothing is open', () => {
    expect(dutiesOf(NOTHING)).toEqual([])
    expect(dutiesOf({ ...NOTHING, improvements: { running: 2, ready: 0 } })).toEqual([])
  })

  it('begins with what hurts shoppers now, then what is late, then what is due', () => {
    const duties = dutiesOf({ ...NOTHING, alarms: [alarm], alarmsOpen: 3, cases: { open: 5, overdue: 2, dueToday: 1, next: [{ id: 9, title: 'Pfandautomat', dueAt: 7, overdue: true }] }, improvements: { running: 0, ready: 1 } })
    expect(duties.map((duty) => [duty.type, 'n' in duty ? duty.n : null, duty.href])).toEqual([['alarm', null, '#alarms'], ['alarms', 2, '#alarms'], ['overdue', 2, '#cases']])
    expect(duties.length).toBe(MOST_DUTIES)
  })

  it('names single cases where there is room', () => {
    expect(dutiesOf({ ...NOTHING, cases: { open: 1, overdue: 0, dueToday: 0, next: [{ id: 9, title: 'Pfandautomat', dueAt: 7, overdue: false }] } })).toEqual([{ type: 'case', key: 'case 9', title: 'Pfandautomat', dueAt: 7, overdue: false, href: '#cases' }])
  })

  it('is shown as it was last known until the hub answers, and asked for again when something has changed', async () => {
    const kept = new Map<string, Saved<unknown>>([['todo', { value: { ...NOTHING, asOf: 1 }, savedAt: 1 }]])
    const known: LastKnown = { read: async <T>(key: string) => (kept.get(key) as Saved<T> | undefined) ?? null, write: async (key, value) => void kept.set(key, { value, savedAt: 2 }) }
    let reply: Result<TodoReply, CallError> = err({ code: 'offline' })
    let change = (): void => undefined
    const view = new TodoView({ ask: async () => reply, onchange: (heard) => { change = heard; return () => undefined }, known, clock: fakeClock().clock })
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    }
    view.start()
    await settle()
    expect([view.todo?.asOf, view.stale]).toEqual([1, true])
    reply = ok({ ...NOTHING, asOf: 2 })
    change()
    await settle()
    expect([view.todo?.asOf, view.stale, (kept.get('todo')!.value as TodoReply).asOf]).toEqual([2, false, 2])
  })
})
