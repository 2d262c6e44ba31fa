import { describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { caseSheet, improvementSheet, letterSheet, surveySheet } from '#hub/tools/export-sheets.ts'
import { figureOf } from '#shared/insights/figure.ts'
import { millis, type Day } from '#shared/kernel/time.ts'

const at = (text: string) => millis(Date.parse(text))
const day = (text: string) => text as Day

describe('a table of', () => {
  it('surveys has a row for every question in force, with whom it serves and what it decides', () => {
    const { columns, rows } = surveySheet(demoDocuments(day('2026-11-22')))
    const all = [...rows].map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])))
    expect(all.find(({ survey, question }) => survey === 'store-visit' && question === 'visit')).toMatchObject({ kind: 'csat5', touchpoints: 'checkout;entrance;kiosk', de: 'Wie war Ihr Einkauf heute?', state: 'asked', purpose: 'functional' })
    expect(all.every(({ decision, owner }) => Boolean(decision) && Boolean(owner))).toBe(true)
  })
  it('cases tells what became of them and nobody\'s name', () => {
    const step = (what: 'opened' | 'resolved', text: string) => ({ what, at: at('2026-11-20T10:00:00Z'), who: 'a'.repeat(16), text })
    const one = { id: 7, title: 'Lange Schlange', touchpoint: 'checkout', topic: null, origin: { type: 'hand' as const }, owner: { type: 'person' as const, person: 'a'.repeat(16) }, team: 'service' as const, severity: 'high' as const, openedAt: at('2026-11-20T10:00:00Z'), dueAt: at('2026-11-21T10:00:00Z'), closedAt: null, overdueAt: null, pattern: null, steps: [step('opened', 'x'), step('resolved', 'Zweite Kasse')] }
    const rows = [...caseSheet({ cases: () => [one] }).rows]
    expect(rows).toEqual([[7, 'Lange Schlange', 'checkout', null, 'hand', 'service', 'high', '2026-11-20T10:00:00.000Z', '2026-11-21T10:00:00.000Z', null, null, 'Zweite Kasse']])
  })
  it('improvements has before and after with n and interval, or says that they run', () => {
    const plan = { hypothesis: 'Kürzer warten', metric: 'csat' as const, touchpoint: 'checkout', direction: 'up' as const, points: 10, before: { from: day('2026-10-05'), until: day('2026-10-18') }, after: { from: day('2026-10-19'), until: day('2026-11-01') }, control: null }
    const common = { id: 1, pattern: 2, measure: 'Zweite Kasse', plan, plannedAt: at('2026-10-01T10:00:00Z'), note: '', told: null }
    const result = { verdict: 'kept' as const, whole: false, change: 20, interval: { low: 5.56, high: 33.33 }, probability: 0.01, before: figureOf('csat', { '5': 30, '1': 30 }), after: figureOf('csat', { '5': 42, '1': 18 }), controlChange: null }
    const rows = [...improvementSheet({ improvements: () => [{ ...common, endedAt: null, ending: null, result: null }, { ...common, endedAt: at('2026-11-02T10:00:00Z'), ending: 'closed', result }] }).rows]
    expect(rows.map((row) => row.slice(10, 19))).toEqual([['running', null, null, null, null, null, null, null, null], ['closed', 'kept', 60, 60, 50, 70, 20, 5.6, 33.3]])
  })
  it('letters has the figures as they were told', () => {
    const letter = { week: '2026-11-16', lastDay: '2026-11-22', toldAt: at('2026-11-23T05:00:00Z'), store: 'x', headline: { de: 'Gut', en: 'Good' }, change: null, figures: [{ metric: 'csat' as const, n: 10, score: 80, low: 49.02, high: 94.33, before: null }], withheld: 0, changes: [], missing: [], voices: [], done: [], next: [] }
    expect([...letterSheet({ weeks: () => ['2026-11-16'], find: () => letter, keep: () => undefined }).rows]).toEqual([['2026-11-16', '2026-11-23T05:00:00.000Z', 'Gut', 'csat', 10, 80, 49, 94.3, null]])
  })
})
