import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addNote, assignCase, dueAt, escalateCase, gradeCase, isOverdue, MAX_NOTE, reopenCase, resolveCase, type Case, type CaseFault } from '#shared/cx/case.ts'
import { USUAL_HOURS } from '#shared/cx/opening-hours.ts'
import { suggestPatterns } from '#shared/cx/pattern.ts'
import { MAX_WALL, wallOf, type WallEntry } from '#shared/cx/wall.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const PROMISING = { hours: USUAL_HOURS, timeZone: 'Europe/Berlin' }
const MONDAY_10 = millis(Date.parse('2026-11-23T10:00:00+01:00'))
const later = (hours: number) => millis(MONDAY_10 + hours * 3_600_000)
const one: Case = {
  id: 1, title: 'Schlange', touchpoint: 'kasse', topic: 'kasse', origin: { type: 'hand' }, owner: { type: 'team', team: 'service' }, team: 'service', severity: 'normal',
  openedAt: MONDAY_10, dueAt: dueAt(MONDAY_10, 'normal', PROMISING), closedAt: null, overdueAt: null, pattern: null, steps: [{ what: 'opened', at: MONDAY_10, who: null, text: '' }],
}
const step = (hours: number, text: string) => ({ at: later(hours), who: null, text })
const value = (changed: { readonly ok: boolean; readonly value?: Case; readonly error?: CaseFault }): Case => changed.value!
const why = (changed: { readonly ok: boolean; readonly error?: CaseFault }): string | undefined => changed.error?.why

describe('a case', () => {
  it('is due by how much it matters: on the same day, in two days, within the week of opening', () => {
    expect((['high', 'normal', 'low'] as const).map((severity) => new Date(dueAt(MONDAY_10, severity, PROMISING)).toISOString())).toEqual(['2026-11-23T17:00:00.000Z', '2026-11-25T09:00:00.000Z', '2026-11-28T09:00:00.000Z'])
  })
  it('is settled with words alone', () => {
    expect(why(resolveCase(one, step(1, '  ')))).toBe('words')
    const settled = value(resolveCase(one, step(1, ' Kasse 2 ist ab 16 Uhr offen ')))
    expect([settled.closedAt, settled.steps.at(-1)]).toEqual([later(1), { what: 'resolved', at: later(1), who: null, text: 'Kasse 2 ist ab 16 Uhr offen' }])
    expect(why(resolveCase(settled, step(2, 'Noch einmal')))).toBe('closed')
    expect(why(addNote(settled, step(2, 'Nachtrag')))).toBe('closed')
  })
  it('begins again with a reason and a new term', () => {
    const settled = value(resolveCase(one, step(1, 'Erledigt')))
    expect(why(reopenCase(one, step(2, 'Wieder'), PROMISING))).toBe('open')
    expect(why(reopenCase(settled, step(2, ''), PROMISING))).toBe('words')
    const again = value(reopenCase(settled, step(2, 'Wieder eine Schlange'), PROMISING))
    expect([again.closedAt, again.overdueAt, again.dueAt]).toEqual([null, null, dueAt(later(2), 'normal', PROMISING)])
  })
  it('is told as overdue once, and once more only after it began again', () => {
    const late = millis(one.dueAt + 1)
    expect(escalateCase(one, one.dueAt)).toBeNull()
    const told = escalateCase(one, late)!
    expect([told.overdueAt, told.steps.at(-1)!.what, escalateCase(told, millis(late + 1))]).toEqual([late, 'overdue', null])
    const again = value(reopenCase(value(resolveCase(told, { at: late, who: null, text: 'Erledigt' })), { at: late, who: null, text: 'Wieder' }, PROMISING))
    expect(escalateCase(again, millis(again.dueAt + 1))).not.toBeNull()
  })
  it('goes to another team, and is counted from its beginning when it matters more', () => {
    expect(value(assignCase(one, { owner: { type: 'team', team: 'purchasing' }, team: 'purchasing' }, { at: later(1), who: null }))).toMatchObject({ team: 'purchasing', dueAt: one.dueAt })
    expect(value(gradeCase(one, 'high', { at: later(20), who: null }, PROMISING)).dueAt).toBe(dueAt(MONDAY_10, 'high', PROMISING))
  })
  it('is open or settled by its last end or beginning, and overdue only while open, whatever people do', () => {
    const acts = fc.array(fc.tuple(fc.constantFrom('note', 'resolve', 'reopen', 'grade', 'escalate'), fc.string({ maxLength: 3 }), fc.integer({ min: 1, max: 40 })), { maxLength: 25 })
    fc.assert(
      fc.property(acts, (all) => {
        let [now, is] = [0, one]
        for (const [name, text, hours] of all) {
          now += hours
          const changed = { note: () => addNote(is, step(now, text)), resolve: () => resolveCase(is, step(now, text)), reopen: () => reopenCase(is, step(now, text), PROMISING), grade: () => gradeCase(is, 'low', step(now, ''), PROMISING), escalate: () => ({ ok: true as const, value: escalateCase(is, later(now)) ?? is }) }[name]!()
          if (changed.ok) is = changed.value
        }
        const last = is.steps.findLast(({ what }) => what === 'resolved' || what === 'reopened')?.what
        const spoken = is.steps.filter(({ what }) => ['note', 'resolved', 'reopened'].includes(what))
        return (is.closedAt !== null) === (last === 'resolved') && !(is.closedAt !== null && isOverdue(is, later(now + 9999))) && spoken.every(({ text }) => text !== '' && text.length <= MAX_NOTE)
      }),
    )
  })
})

describe('a pattern', () => {
  const at = (id: number, touchpoint: string | null, topic: string | null, pattern: number | null = null) => ({ id, touchpoint, topic, pattern })
  it('is suggested for two cases of one place and one topic that belong to none yet', () => {
    const cases = [at(1, 'kasse', 'kasse'), at(2, 'kasse', 'personal'), at(4, 'kasse', 'kasse'), at(3, 'eingang', 'kasse'), at(5, 'kasse', 'personal', 9), at(6, null, null), at(7, null, null)]
    expect(suggestPatterns(cases)).toEqual([{ touchpoint: 'kasse', topic: 'kasse', cases: [1, 4] }])
  })
})

describe('the wall', () => {
  it('holds the newest twelve', () => {
    const entry = (n: number): WallEntry => ({ id: `i${n}`, text: { de: 'a', en: 'a' }, place: 'kasse', metric: 'csat', before: 71, after: 79, low: 3, high: 13, n: 800, day: `2026-01-${String(n).padStart(2, '0')}` as Day })
    const { entries } = wallOf(Array.from({ length: 15 }, (_, i) => entry(i + 1)))
    expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: MAX_WALL }, (_, i) => `i${15 - i}`))
  })
})
