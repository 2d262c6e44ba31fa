import { describe, expect, it } from 'vitest'
import type { CaseStore } from '#hub/ports/case-store.ts'
import { memoryCaseStore } from '#hub/stores/memory/memory-case-store.ts'
import { sqliteCaseStore } from '#hub/stores/sqlite/acting/case-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import type { Case, CaseOrigin } from '#shared/cx/case.ts'
import type { ImprovementPlan } from '#shared/insights/experiment/improvement-plan.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const sqlite = (): CaseStore => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  sqliteFeedbackStore(opened.value).put({ id: 'e', dev: null, response: 'r1', touchpoint: 'till', survey: 's', question: 'q', kind: 'csat5', value: 2, detail: false, at: millis(5), receivedAt: millis(6), channel: 'kiosk', flags: [] })
  return sqliteCaseStore(opened.value)
}
const memory = (): CaseStore => memoryCaseStore((response) => (response === 'r1' ? { dev: '', touchpoint: 'till' } : null))

const made = (openedAt: number, over: Partial<Case> = {}): Omit<Case, 'id'> => ({
  title: `at ${openedAt}`, touchpoint: 'till', topic: null, origin: { type: 'hand' }, owner: { type: 'team', team: 'service' }, team: 'service', severity: 'normal',
  openedAt: millis(openedAt), dueAt: millis(openedAt + 100), closedAt: null, overdueAt: null, pattern: null, steps: [{ what: 'opened', at: millis(openedAt), who: 'ada', text: '' }], ...over,
})
const DAY = '2026-11-02' as Day
const PLAN: ImprovementPlan = { hypothesis: 'a second till in the evening', metric: 'csat', touchpoint: 'till', direction: 'up', points: 5, before: { from: DAY, until: DAY }, after: { from: DAY, until: DAY }, control: null }

describe.each([['sqlite', sqlite], ['memory', memory]] as const)('cases are kept (%s)', (_, open) => {
  it('with everything they say, each under a number and under the name that its screen gave it', () => {
    const store = open()
    const origins: readonly CaseOrigin[] = [{ type: 'response', response: 'r1', dev: 'k1' }, { type: 'response', response: 'r2', dev: '' }, { type: 'alarm', alarm: 7 }, { type: 'topic', topic: 'queue' }, { type: 'hand' }, { type: 'erased' }]
    for (const [i, origin] of origins.entries()) {
      const one = made(i, { origin, ...(origin.type === 'topic' && { topic: origin.topic }), ...(i === 2 && { owner: { type: 'person', person: 'bea' }, team: 'product', severity: 'high' }) })
      expect(store.open(one, `k${i}`)).toEqual({ ...one, id: i + 1 })
      expect([store.case(i + 1), store.ofKey(`k${i}`)]).toEqual([{ ...one, id: i + 1 }, { ...one, id: i + 1 }])
    }
    expect([store.case(9), store.ofKey('k9')]).toEqual([null, null])
    expect(() => store.open(made(1), 'k1')).toThrow()
  })
  it('the newest first: open ones, those that closed lately, those of a pattern', () => {
    const store = open()
    for (const [i, one] of [made(10), made(30, { closedAt: millis(40) }), made(20, { closedAt: millis(50) }), made(20, { closedAt: millis(40), pattern: 1 }), made(20)].entries()) store.open(one, `k${i}`)
    expect(store.cases(millis(50)).map(({ id }) => id)).toEqual([5, 4, 3, 1])
    expect(store.cases(millis(40)).map(({ id }) => id)).toEqual([2, 5, 4, 3, 1])
  })
  it('as they are changed, with all their steps, in their order', () => {
    const store = open()
    const one = store.open(made(10), 'k')
    store.open(made(11), 'other')
    const changed: Case = { ...one, title: 'x', closedAt: millis(20), overdueAt: millis(15), pattern: 3, owner: { type: 'person', person: 'bea' }, steps: [...one.steps, { what: 'overdue', at: millis(15), who: null, text: '' }, { what: 'resolved', at: millis(20), who: 'bea', text: 'done' }] }
    expect(store.escalated()).toBe(0)
    store.save(changed)
    expect([store.case(one.id), store.ofKey('k')]).toEqual([changed, changed])
    expect([store.escalated(), store.case(2)!.title]).toEqual([1, 'at 11'])
    store.save({ ...changed, steps: [...changed.steps, { what: 'overdue', at: millis(30), who: null, text: '' }] })
    expect(store.escalated()).toBe(1)
  })
  it('findable by the response or the alarm that they came from', () => {
    const store = open()
    const of = (response: string): CaseOrigin => ({ type: 'response', response, dev: 'k1' })
    for (const [i, one] of [made(1, { origin: of('r1'), closedAt: millis(2) }), made(3, { origin: of('r1') }), made(4, { origin: of('r1') }), made(5, { origin: { type: 'alarm', alarm: 7 } }), made(6, { origin: { type: 'alarm', alarm: 7 } })].entries()) store.open(one, `k${i}`)
    expect([store.openOfResponse('r1')?.id, store.openOfResponse('r2')]).toEqual([2, null])
    expect([store.ofAlarms([7, 8]), store.ofAlarms([])]).toEqual([new Map([[7, 4]]), new Map()])
    expect([store.sourceOf('r1'), store.sourceOf('r9')]).toEqual([{ dev: '', touchpoint: 'till' }, null])
  })
})

describe.each([['sqlite', sqlite], ['memory', memory]] as const)('what was made of cases is kept (%s)', (_, open) => {
  it('patterns, one a name, the newest first', () => {
    const store = open()
    expect([store.addPattern({ title: 'a', madeAt: 1 }, 'k1'), store.addPattern({ title: 'b', madeAt: 2 }, 'k2'), store.addPattern({ title: 'c', madeAt: 3 }, 'k1')].map(({ id }) => id)).toEqual([1, 2, 1])
    expect(store.patterns()).toEqual([{ id: 2, title: 'b', madeAt: 2 }, { id: 1, title: 'a', madeAt: 1 }])
  })
  it('improvements with their end and their words, the newest first; what was promised stays as it was', () => {
    const store = open()
    const one = store.plan({ pattern: 1, measure: 'a till', plan: PLAN, plannedAt: millis(5) }, 'k1')
    expect(one).toEqual({ id: 1, pattern: 1, measure: 'a till', plan: PLAN, plannedAt: 5, endedAt: null, ending: null, note: '', result: null, told: null })
    const other = store.plan({ pattern: 2, measure: 'b', plan: PLAN, plannedAt: millis(4) }, 'k2')
    expect(() => store.plan({ pattern: 2, measure: 'b', plan: PLAN, plannedAt: millis(4) }, 'k2')).toThrow()
    const told = { de: 'Zweite Kasse', en: 'Second till' }
    store.saveImprovement({ ...one, measure: 'something else', plan: { ...PLAN, points: 1 }, endedAt: millis(9), ending: 'stopped', note: 'no room', told })
    const ended = { ...one, endedAt: 9, ending: 'stopped', note: 'no room', told }
    expect([store.improvements(), store.improvementOfKey('k1'), store.improvementOfKey('k3')]).toEqual([[other, ended], ended, null])
  })
  it('who belongs to which department, what was chosen, and when the wall was published', () => {
    const store = open()
    expect([store.teams(), store.choices(), store.wallPublishedAt()]).toEqual([new Map(), {}, null])
    for (const team of ['product', 'finance'] as const) store.setTeam('ada', team)
    store.choose({ falsePerYear: 4 })
    store.choose({ falsePerYear: 2 })
    for (const at of [5, 9]) store.noteWallPublished(millis(at))
    expect([store.teams(), store.choices(), store.wallPublishedAt()]).toEqual([new Map([['ada', 'finance']]), { falsePerYear: 2 }, 9])
  })
})
