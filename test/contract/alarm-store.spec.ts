import { describe, expect, it } from 'vitest'
import type { Alarm, AlarmStore, KeptDay } from '#hub/ports/alarm-store.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { memoryAlarmStore } from '#hub/stores/memory/memory-alarm-store.ts'
import { sqliteAlarmStore } from '#hub/stores/sqlite/acting/alarm-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { QUIET_WATCHES, type Watches } from '#shared/insights/alarm/watch-days.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const sqlite = (rows: readonly FeedbackRow[] = []): AlarmStore => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  if (rows.length > 0) sqliteFeedbackStore(opened.value).putNew(rows)
  return sqliteAlarmStore(opened.value)
}
const memory = (rows: readonly FeedbackRow[] = []): AlarmStore => memoryAlarmStore(() => rows)

const row = (n: number, at: number | null, over: Partial<FeedbackRow> = {}): FeedbackRow => ({
  id: `e${n}`, dev: 'k1', response: `r${n}`, touchpoint: 'till', survey: 's', question: 'mood', kind: 'csat5', value: 4, detail: false, at: at === null ? null : millis(at), receivedAt: millis(100), channel: 'kiosk', flags: [], ...over,
})
const raised = (noticedAt: number, over: Partial<Alarm> = {}): Omit<Alarm, 'id'> => ({
  kind: 'drop', place: 'till', device: null, since: millis(1), raisedAt: millis(2), noticedAt: millis(noticedAt), closedAt: null, ending: null, n: 40, good: 20, expected: 30.5, ...over,
})
const ALARMED: Watches = { ...QUIET_WATCHES, drop: { alarmed: true, evidence: 3.5, since: millis(7), n: 20, good: 9, expected: 15.2 } }
const day = (name: string, over: Partial<KeptDay> = {}): KeptDay => ({ place: 'till', question: 'mood', day: name as Day, hours: [{ hits: 1, n: 2 }, { hits: 0, n: 0 }], after: ALARMED, ...over })

describe.each([['sqlite', sqlite], ['memory', memory]] as const)('changes are noticed from (%s)', (_, open) => {
  it('main answers on a scale with a time, in their order', () => {
    const store = open([row(1, 30), row(2, 20, { value: 1 }), row(3, 20), row(4, null), row(5, 25, { detail: true }), row(6, 25, { kind: 'text', value: 'x' }), row(7, 40)])
    expect(store.answersBetween(millis(20), millis(40)).map(({ at, value }) => [at, value])).toEqual([[20, 1], [20, 4], [30, 4]])
    expect(store.answersBetween(millis(20), millis(21))[0]).toEqual({ place: 'till', question: 'mood', kind: 'csat5', value: 1, at: 20 })
  })
  it('what arrived since a row, with the earliest time of it', () => {
    const store = open([row(1, 10), row(2, 50), row(3, 30), row(4, null)])
    expect([store.arrivedAfter(0), store.arrivedAfter(1), store.arrivedAfter(2), store.arrivedAfter(3), open().arrivedAfter(0)]).toEqual([{ newest: 3, earliestAt: 10 }, { newest: 3, earliestAt: 30 }, { newest: 3, earliestAt: 30 }, null, null])
  })
  it('the question that is asked most at each place', () => {
    const store = open([row(1, 10, { question: 'a' }), row(2, 30, { question: 'b' }), row(3, 31, { question: 'a' }), row(4, 32, { question: 'b' }), row(5, 33, { touchpoint: 'door', question: 'c' })])
    expect(store.mainQuestions(millis(0))).toEqual([{ place: 'door', question: 'c' }, { place: 'till', question: 'a' }])
    expect(store.mainQuestions(millis(20))).toEqual([{ place: 'door', question: 'c' }, { place: 'till', question: 'b' }])
  })
  it('days, each once, by day', () => {
    const store = open()
    for (const one of [day('2026-11-03'), day('2026-11-02'), day('2026-11-02', { place: 'door' }), day('2026-11-03', { hours: [{ hits: 2, n: 2 }] })]) store.keepDay(one)
    expect(store.daysSince('2026-11-02' as Day)).toEqual([day('2026-11-02', { place: 'door' }), day('2026-11-02'), day('2026-11-03', { hours: [{ hits: 2, n: 2 }] })])
    store.forgetDaysBefore('2026-11-03' as Day)
    expect(store.daysSince('2026-01-01' as Day).map((one) => one.day)).toEqual(['2026-11-03'])
  })
  it('nothing from before a place began anew, and nothing that stood out since', () => {
    const store = open()
    for (const one of [day('2026-11-02'), day('2026-11-03'), day('2026-11-02', { place: 'door' })]) store.keepDay(one)
    for (const from of ['2026-11-01', '2026-11-03'] as const) store.beginAnew({ place: 'till', question: 'mood' }, from as Day)
    expect(store.daysSince('2026-11-01' as Day)).toEqual([day('2026-11-02', { place: 'door' }), day('2026-11-03', { after: QUIET_WATCHES })])
    expect(store.begunAnew()).toEqual([{ place: 'till', question: 'mood', day: '2026-11-03' }])
  })
  it('the numbers with which an alarm was raised, whatever became of it', () => {
    const store = open()
    const alarm = store.raise(raised(5))
    store.amend({ ...alarm, n: 44, good: 21, expected: 33 })
    expect([store.openedWith(alarm.id), store.alarm(alarm.id)?.n, store.openedWith(alarm.id + 1)]).toEqual([{ n: 40, good: 20, expected: 30.5 }, 44, null])
  })
  it('the newest row that was looked at', () => {
    const store = open()
    expect(store.seen()).toBe(0)
    for (const n of [7, 9]) store.noteSeen(n)
    expect(store.seen()).toBe(9)
  })
})

describe.each([['sqlite', sqlite], ['memory', memory]] as const)('alarms are kept (%s)', (_, open) => {
  it('each under a number, the newest first, closed ones for a while', () => {
    const store = open()
    const all = [raised(10), raised(30, { kind: 'silent', place: null, device: 'k1' }), raised(20, { closedAt: millis(40), ending: 'back' }), raised(30)].map((one) => store.raise(one))
    expect(all.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    expect(store.alarms(millis(41))).toEqual([all[3], all[1], all[0]])
    expect(store.alarms(millis(40)).map(({ id }) => id)).toEqual([4, 2, 3, 1])
    expect([store.alarm(2), store.alarm(9)]).toEqual([all[1], null])
  })
  it('as they are amended', () => {
    const store = open()
    const one = store.raise(raised(10))
    store.raise(raised(11))
    const amended: Alarm = { ...one, n: 80, good: 41, expected: 61.25, closedAt: millis(50), ending: 'accepted' }
    store.amend(amended)
    store.amend({ ...amended, id: 99 })
    expect(store.alarms(millis(0)).map(({ id, n }) => [id, n])).toEqual([[2, 40], [1, 80]])
    expect(store.alarm(1)).toEqual(amended)
  })
})
