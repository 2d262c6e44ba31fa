import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { ANSWER_CELL_TABLES } from '#hub/stores/sqlite/figures/answer-cell-tables.ts'
import { FEEDBACK_CHANNELS, FEEDBACK_SAID, FEEDBACK_TABLES } from '#hub/stores/sqlite/feedback/feedback-tables.ts'
import { RECEIPT_TABLES } from '#hub/stores/sqlite/feedback/receipt-tables.ts'
import { RETENTION_TABLES } from '#hub/stores/sqlite/privacy/retention-tables.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { listFeedback } from '#hub/use-cases/feedback/list-feedback.ts'
import { readInsights } from '#hub/use-cases/figures/read-insights.ts'
import { millis } from '#shared/kernel/time.ts'

const NOW = Date.parse('2026-11-28T13:00:00Z')
const MINUTE = 60_000
const noDocuments = { head: () => null, current: () => null } as unknown as DocumentStore

type Health = { readonly name: string; readonly role?: string; readonly revokedAt?: number; readonly report: { readonly waiting: number; readonly seenAt: number } | null }
const devices = (all: readonly Health[]): DeviceStore => ({ list: () => all.map((device) => ({ dev: device.name, role: 'kiosk', revokedAt: null, pairedAt: 0, ...device })) }) as unknown as DeviceStore

const hubWith = (rows: readonly Partial<FeedbackRow>[], all: readonly Health[] = []) => {
  const sql = new DatabaseSync(':memory:')
  for (const { sql: step } of [FEEDBACK_TABLES, FEEDBACK_SAID, FEEDBACK_CHANNELS, RECEIPT_TABLES, RETENTION_TABLES, ANSWER_CELL_TABLES]) sql.exec(step)
  const feedback = sqliteFeedbackStore(sql)
  rows.forEach((row, i) =>
    feedback.add({ id: `${i}`, response: `${i}`, touchpoint: 'exit', survey: 's', question: 'visit', kind: 'csat5', value: 5, detail: false, at: millis(NOW), receivedAt: NOW, dev: 'k', channel: 'kiosk', flags: [], ...row }),
  )
  return { feedback, cells: sqliteAnswerCells(sql), documents: noDocuments, devices: devices(all), streams: memoryStores().streams, clock: { now: () => millis(NOW) } }
}
const times = (n: number, row: Partial<FeedbackRow>) => Array.from({ length: n }, () => row)

describe('the stream', () => {
  it('begins with what was said last, however late old answers were read in; those without a time come last', () => {
    const hub = hubWith([{ id: 'today' }, { id: 'a minute ago', at: millis(NOW - MINUTE) }, ...[1, 2, 3].map((days) => ({ id: `${days} days old`, at: millis(NOW - days * 1440 * MINUTE) })), { id: 'undated', at: null }])
    const listed = (limit: number): readonly string[] => listFeedback({ ...hub, receipts: { standings: () => new Map() } }, { limit }).map(({ id }) => id)
    expect(listed(3)).toEqual(['today', 'a minute ago', '1 days old'])
    expect(listed(10).at(-1)).toBe('undated')
  })
})

describe('figures', () => {
  it('count the days of the range with both its ends, and what carries no time only where there are no ends', () => {
    const day = 1440 * MINUTE
    const hub = hubWith([...times(5, { at: millis(NOW) }), ...times(6, { at: millis(NOW - day), value: 1 }), ...times(7, { at: null })])
    const n = (from?: number, until?: number) => readInsights(hub, { metric: 'csat', ...(from !== undefined && { from }), ...(until !== undefined && { until }) }).overall.n
    expect([n(), n(NOW), n(NOW - day), n(undefined, NOW - day), n(NOW - 5 * day, NOW - 2 * day)]).toEqual([18, 5, 11, 6, 0])
  })
  it('cannot be asked for by the minute: a range is as if it began and ended with its days', () => {
    const hub = hubWith([...times(9, { at: millis(NOW) }), { at: millis(NOW - 10), value: 1 }])
    expect(readInsights(hub, { metric: 'csat', from: NOW }).overall.n).toBe(10)
    expect(readInsights(hub, { metric: 'csat', until: NOW - 5 }).overall.n).toBe(10)
  })
  it('fall into the hours of the store', () => {
    const hub = hubWith([...times(5, { at: millis(Date.parse('2026-11-28T08:59:59Z')) }), ...times(5, { at: millis(Date.parse('2026-11-28T09:00:00Z')), value: 1 })])
    expect(readInsights(hub, { metric: 'csat', by: 'hour' }).groups.map(({ key, figure }) => [key, figure.score])).toEqual([['09', 100], ['10', 0]])
  })
  it('of times before 1970 do not fall out of their quarter', () => {
    const hub = hubWith(times(5, { at: millis(-1) }))
    expect(readInsights(hub, { metric: 'csat', by: 'day' }).groups.map(({ key }) => key)).toEqual(['1970-01-01'])
  })
})

describe('devices still missing are named', () => {
  it('when they hold answers back, never spoke, or fell silent', () => {
    const hub = hubWith([], [
      { name: 'well', report: { waiting: 0, seenAt: NOW - MINUTE } },
      { name: 'behind', report: { waiting: 3, seenAt: NOW - MINUTE } },
      { name: 'silent', report: { waiting: 0, seenAt: NOW - 6 * MINUTE } },
      { name: 'new', report: null },
      { name: 'revoked', revokedAt: 1, report: null },
      { name: 'manager', role: 'manager', report: null },
    ])
    expect(readInsights(hub, { metric: 'nps' }).missing).toEqual([
      { dev: 'behind', name: 'behind', waiting: 3, since: NOW - MINUTE },
      { dev: 'silent', name: 'silent', waiting: 0, since: NOW - 6 * MINUTE },
      { dev: 'new', name: 'new', waiting: 0, since: null },
    ])
  })
  it('but not for a stretch that they have spoken after', () => {
    const hub = hubWith([], [{ name: 'silent', report: { waiting: 0, seenAt: NOW - 60 * MINUTE } }])
    expect(readInsights(hub, { metric: 'nps', until: NOW - 120 * MINUTE }).missing).toEqual([])
  })
})
