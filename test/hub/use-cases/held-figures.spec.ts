import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback-store.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/answer-cells.ts'
import { ANSWER_CELL_TABLES } from '#hub/stores/sqlite/answer-cell-tables.ts'
import { FEEDBACK_CHANNELS, FEEDBACK_SAID, FEEDBACK_TABLES } from '#hub/stores/sqlite/feedback-tables.ts'
import { RECEIPT_TABLES } from '#hub/stores/sqlite/receipt-tables.ts'
import { RETENTION_TABLES } from '#hub/stores/sqlite/retention-tables.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { feedbackTable } from '#hub/use-cases/export-feedback.ts'
import { heldFigures } from '#hub/use-cases/held-figures.ts'
import { readInsights } from '#hub/use-cases/read-insights.ts'
import { millis } from '#shared/kernel/time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Nine o'clock in Berlin. */
const MORNING = Date.parse('2026-11-23T08:00:00Z')

const store = () => {
  const sql = new DatabaseSync(':memory:')
  for (const { sql: step } of [FEEDBACK_TABLES, FEEDBACK_SAID, FEEDBACK_CHANNELS, RECEIPT_TABLES, RETENTION_TABLES, ANSWER_CELL_TABLES]) sql.exec(step)
  const feedback = sqliteFeedbackStore(sql)
  let now = MORNING
  let n = 0
  const deps = { feedback, cells: sqliteAnswerCells(sql), documents: { head: () => null, current: () => null } as unknown as DocumentStore, devices: { list: () => [] } as unknown as DeviceStore, streams: memoryStores().streams, clock: { now: () => millis(now) } }
  return {
    deps,
    held: heldFigures(deps),
    say: (times: number, row: Partial<FeedbackRow> = {}): void => {
      for (let i = 0; i < times; i++) {
        n += 1
        feedback.add({ id: `${n}`, response: `${n}`, touchpoint: 'exit', survey: 's', question: 'visit', kind: 'csat5', value: 5, detail: false, at: millis(now), receivedAt: now, dev: 'k', channel: 'kiosk', flags: [], ...row })
      }
    },
    pass: (ms: number): void => void (now += ms),
  }
}

describe('a figure for whoever bears a token', () => {
  it('stands still until five more have answered', () => {
    const { held, say } = store()
    say(6)
    const told = (): unknown => {
      const { n, counts } = held.insights({ metric: 'csat' }).overall
      return [n, counts]
    }
    const seen = [told()]
    for (let i = 0; i < 5; i++) {
      say(1, { value: 1 })
      seen.push(told())
    }
    expect(seen).toEqual([...Array.from({ length: 5 }, () => [6, { 5: 6 }]), [11, { 1: 5, 5: 6 }]])
  })
  it('by places stands still while one of them has fewer than five new ones, though the whole moves', () => {
    const { held, say } = store()
    say(6)
    say(6, { touchpoint: 'door' })
    const told = (): unknown => [held.insights({ metric: 'csat' }).overall.n, Object.fromEntries(held.insights({ metric: 'csat', by: 'touchpoint' }).groups.map(({ key, figure }) => [key, figure.n]))]
    expect(told()).toEqual([12, { door: 6, exit: 6 }])
    say(4)
    say(1, { touchpoint: 'door' })
    expect(told()).toEqual([17, { door: 6, exit: 6 }])
    say(5)
    expect(told()).toEqual([22, { door: 6, exit: 6 }])
    say(5, { touchpoint: 'door' })
    expect(told()).toEqual([27, { door: 12, exit: 15 }])
  })
  it('of a rating beside the survey does not move by one either', () => {
    const { held, say } = store()
    say(6)
    say(6, { question: 'taste', detail: true })
    const taste = (): number => held.insights({ metric: 'csat', question: 'taste' }).overall.n
    expect(taste()).toBe(6)
    say(5)
    say(1, { question: 'taste', detail: true })
    expect(taste()).toBe(6)
    say(5)
    say(4, { question: 'taste', detail: true })
    expect(taste()).toBe(11)
  })
  it('by hours tells days that are over; a board those hours of today that were over when its parts were told', () => {
    const { held, say, pass } = store()
    say(6)
    pass(HOUR)
    say(6)
    const hours = (): unknown => held.insights({ metric: 'csat', by: 'hour' }).groups.map(({ key, figure }) => [key, figure.n])
    const board = (from = MORNING): unknown => held.hours({ metric: 'csat', from }).map(({ key, figure }) => [key, figure.n])
    expect([hours(), board()]).toEqual([[], [['09', 6]]])
    pass(DAY)
    say(5)
    expect([hours(), board(MORNING + DAY)]).toEqual([[['09', 6], ['10', 6]], []])
  })
  it('moves with a new day', () => {
    const { held, say, pass } = store()
    say(6)
    say(6, { touchpoint: 'door' })
    const places = (): unknown => held.insights({ metric: 'csat', by: 'touchpoint', until: MORNING }).groups.map(({ key, figure }) => [key, figure.n])
    places()
    say(1)
    say(4, { touchpoint: 'door' })
    expect(places()).toEqual([['door', 6], ['exit', 6]])
    pass(DAY)
    expect(places()).toEqual([['door', 10], ['exit', 7]])
    say(4)
    pass(DAY)
    // Four wait for a fifth, whatever the day.
    expect(held.insights({ metric: 'csat' }).overall.n).toBe(17)
    say(1)
    expect(held.insights({ metric: 'csat' }).overall.n).toBe(22)
  })
  it('never moves by fewer than five within a day, however often somebody looks', () => {
    const step = fc.record({ place: fc.constantFrom('exit', 'door', 'till'), question: fc.constantFrom('visit', 'help'), value: fc.integer({ min: 1, max: 5 }), times: fc.integer({ min: 1, max: 7 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { held, say } = store()
        const last = new Map<string, number>()
        const small: string[] = []
        const look = (name: string, n: number): void => {
          const moved = Math.abs(n - (last.get(name) ?? n))
          if (moved > 0 && moved < 5) small.push(name)
          last.set(name, n)
        }
        for (const { place, question, value, times } of steps) {
          say(times, { touchpoint: place, question, value })
          look('whole', held.insights({ metric: 'csat' }).overall.n)
          for (const by of ['touchpoint', 'question', 'day'] as const) for (const { key, figure } of held.insights({ metric: 'csat', by }).groups) look(`${by} ${key}`, figure.n)
          for (const one of ['visit', 'help']) look(one, held.insights({ metric: 'csat', question: one }).overall.n)
        }
        return small.length === 0
      }),
      { numRuns: 25 },
    )
  })
})

describe('answers with a sign of play', () => {
  it('are counted where the figure counts them, and nowhere else', () => {
    const { deps, say, pass } = store()
    say(6, { flags: ['too-fast'] })
    pass(DAY)
    say(2, { flags: ['too-fast'] })
    pass(DAY)
    say(7)
    const of = (days: number): unknown => {
      const { overall, flagged } = readInsights(deps, { metric: 'csat', from: MORNING + days * DAY, until: MORNING + days * DAY })
      return [overall.n, flagged]
    }
    // The second day joins the first: nothing is told of either alone.
    expect([of(0), of(1), of(2)]).toEqual([[6, 0], [2, 0], [7, 0]])
    expect(readInsights(deps, { metric: 'csat' }).flagged).toBe(8)
  })
})

describe('answers as a table', () => {
  const wordsOf = (rows: readonly (readonly unknown[])[]): unknown[] => rows.map(([when, touchpoint, , , value]) => [when, touchpoint, value].join(' '))
  it('say the same whatever days of a month are asked for, where a day has too few', () => {
    const { deps, say, pass } = store()
    for (let i = 0; i < 6; i++) {
      say(1, { question: 'words', kind: 'text', value: `Wort ${i}` })
      pass(DAY)
    }
    const ask = (from: number, until: number): unknown[] => wordsOf(feedbackTable(deps, { kind: 'answers', from: MORNING + from * DAY, until: MORNING + until * DAY }).rows)
    const all = Array.from({ length: 6 }, (_, i) => `2026-11 exit Wort ${i}`)
    expect([ask(0, 5), ask(2, 2), ask(1, 3), ask(-20, -20), ask(-40, -30)]).toEqual([all, all, all, all, []])
  })
  it('tell a day only where its days are asked for, and what carries no time only where there is no end', () => {
    const { deps, say, pass } = store()
    say(5)
    pass(DAY)
    say(6)
    say(1, { at: null })
    const n = (range: object): unknown => Object.entries(Object.groupBy(feedbackTable(deps, { kind: 'answers', ...range }).rows, ([when]) => String(when))).map(([when, rows]) => [when, rows!.length])
    expect([n({ until: MORNING }), n({ from: MORNING + DAY }), n({})]).toEqual([[['2026-11-23', 5]], [['2026-11-24', 6]], [['', 1], ['2026-11-23', 5], ['2026-11-24', 6]]])
  })
  it('have nothing that is folded away, and for programs nothing that arrived today', () => {
    const { deps, say, pass } = store()
    say(5, { question: 'words', kind: 'text', value: 'gut' })
    say(1, { question: 'words', kind: 'text', value: 'böse', hidden: 'insult' })
    say(1, { question: 'words', kind: 'text', value: 'doch', hidden: 'shown' })
    pass(DAY)
    say(5, { question: 'words', kind: 'text', value: 'heute' })
    const values = (limits?: object): unknown[] => [...new Set(feedbackTable(deps, { kind: 'answers' }, limits).rows.map((row) => row[4]))].toSorted()
    expect([values(), values({ before: millis(MORNING + 12 * HOUR) })]).toEqual([['doch', 'gut', 'heute'], ['doch', 'gut']])
  })
})
