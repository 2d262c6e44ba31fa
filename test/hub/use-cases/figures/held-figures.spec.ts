import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackPages } from '#hub/ports/feedback-pages.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { sqliteErasure } from '#hub/stores/sqlite/privacy/erasure.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { feedbackTable } from '#hub/use-cases/feedback/export-feedback.ts'
import { heldFigures } from '#hub/use-cases/figures/held-figures.ts'
import { readBoard } from '#hub/use-cases/sharing/read-board.ts'
import { readInsights } from '#hub/use-cases/figures/read-insights.ts'
import { millis } from '#shared/kernel/time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Nine o'clock in Berlin. */
const MORNING = Date.parse('2026-11-23T08:00:00Z')

const store = () => {
  const opened = openDatabase(':memory:', millis(MORNING))
  if (!opened.ok) throw new Error('no database')
  const sql = opened.value
  const feedback = sqliteFeedbackStore(sql)
  let now = MORNING
  let n = 0
  const deps = { feedback, cells: sqliteAnswerCells(sql), documents: { head: () => null, current: () => null } as unknown as DocumentStore, devices: { list: () => [] } as unknown as DeviceStore, streams: memoryStores().streams, clock: { now: () => millis(now) } }
  const erasure = sqliteErasure(sql, sqliteTransactions(sql), [], deps.clock)
  return {
    deps,
    /** Of the hub's next run on the same answers. */
    anew: () => heldFigures({ ...deps, cells: sqliteAnswerCells(sql) }),
    erase: (response: number): void => {
      now += 1
      erasure.eraseResponse(`${response}`)
    },
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

describe('an erased answer', () => {
  const of = (held: ReturnType<typeof heldFigures>, from?: number): unknown => {
    const { n, counts } = held.insights({ metric: 'csat', ...(from !== undefined && { from }) }).overall
    return [n, counts]
  }
  const places = (held: ReturnType<typeof heldFigures>, from?: number): unknown => held.insights({ metric: 'csat', by: 'touchpoint', ...(from !== undefined && { from }) }).groups.map(({ key, figure }) => [key, figure.counts])
  it('of today is told no more at once, and the day only when five others hide what it was', () => {
    const { held, say, erase } = store()
    say(6)
    say(1, { value: 1 })
    expect([of(held), places(held)]).toEqual([[7, { 1: 1, 5: 6 }], [['exit', { 1: 1, 5: 6 }]]])
    erase(7)
    expect([of(held), places(held), held.hours({ metric: 'csat', from: MORNING })]).toEqual([[5, {}], [], []])
    // Eight more of the best: that there is one fewer of the worst would say what went.
    say(8)
    expect([of(held), places(held)]).toEqual([[10, {}], []])
    say(1, { value: 1 })
    expect([of(held), places(held)]).toEqual([[15, { 1: 1, 5: 14 }], [['exit', { 1: 1, 5: 14 }]]])
  })
  it('of today leaves a board without the figure, not with the word that nobody answered', () => {
    const { deps, say, erase } = store()
    const board = () => readBoard({ ...deps, tokens: { voices: () => [] }, pages: { ofIds: () => [] } as unknown as FeedbackPages })
    say(12)
    expect(board().day.score).toMatchObject({ n: 12, score: 100 })
    erase(3)
    expect([board().day.score, board().day.headline.de]).toEqual([{ n: 10, score: null, low: null, high: null }, 'Heute gibt es mindestens 10 Antworten. Was sie sagen, steht hier wieder, wenn weitere dazugekommen sind.'])
  })
  it('of a day that is over takes its day and what follows out of what is told from before, until tomorrow', () => {
    const { held, say, erase, pass } = store()
    say(6)
    pass(DAY)
    say(6)
    say(1, { value: 1 })
    pass(DAY)
    say(6)
    expect([of(held), of(held, MORNING + 2 * DAY)]).toEqual([[19, { 1: 1, 5: 18 }], [6, { 5: 6 }]])
    erase(13)
    const today = MORNING + 2 * DAY
    expect([of(held), of(held, MORNING + DAY), of(held, today), places(held), places(held, today)]).toEqual([[6, { 5: 6 }], [10, {}], [6, { 5: 6 }], [['exit', { 5: 6 }]], [['exit', { 5: 6 }]]])
    say(5)
    say(1, { value: 1 })
    expect([of(held), of(held, today)]).toEqual([[6, { 5: 6 }], [12, { 1: 1, 5: 11 }]])
    expect(held.finished({ metric: 'csat', until: MORNING + 9 * DAY }).until).toBeLessThan(MORNING + DAY)
    pass(DAY)
    say(5)
    expect([of(held), of(held, MORNING + DAY)]).toEqual([[29, { 1: 1, 5: 28 }], [23, { 1: 1, 5: 22 }]])
  })
  it('is not told by a hub that begins anew either: what it told before nobody knows', () => {
    const { held, anew, say, erase, pass } = store()
    say(6)
    say(1, { value: 1 })
    of(held)
    erase(7)
    const next = anew()
    say(9)
    say(1, { value: 1 })
    expect([of(next), places(next)]).toEqual([[15, {}], []])
    say(6)
    expect(of(next)).toEqual([20, {}])
    pass(DAY)
    say(5)
    expect(of(next)).toEqual([27, { 1: 1, 5: 26 }])
  })
  it('is never told again, and what is told beside what was told before is never about fewer than five or lacks something, whoever looks when', () => {
    const step = fc.oneof(
      fc.record({ say: fc.integer({ min: 1, max: 4 }), value: fc.integer({ min: 1, max: 3 }), place: fc.constantFrom('exit', 'door') }),
      fc.record({ erase: fc.integer({ min: 1, max: 30 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { held, say, erase } = store()
        const alive = new Map<number, number>()
        let last: { readonly [value: string]: number } = {}
        let n = 0
        for (const one of steps) {
          if ('erase' in one) {
            erase(one.erase)
            alive.delete(one.erase)
          } else {
            say(one.say, { value: one.value, touchpoint: one.place })
            for (let i = 0; i < one.say; i++) alive.set(++n, one.value)
          }
          const { counts, n: told } = held.insights({ metric: 'csat' }).overall
          const kept = (value: number): number => [...alive.values()].filter((own) => own === value).length
          for (const value of [1, 2, 3]) if ((counts[value] ?? 0) > kept(value)) return false
          if (told === 0 || Object.keys(counts).length === 0) continue
          for (const value of [1, 2, 3]) {
            const fewer = (last[value] ?? 0) - (counts[value] ?? 0)
            if (fewer > 0 && fewer < 5) return false
          }
          last = counts
        }
        return true
      }),
      { numRuns: 40 },
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
