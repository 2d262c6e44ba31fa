import fc from 'fast-check'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { sqliteErasure } from '#hub/stores/sqlite/privacy/erasure.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteRetention } from '#hub/stores/sqlite/privacy/retention.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { answerBook } from '#hub/use-cases/figures/answer-book.ts'
import { figuresFrom, ledgerOf, settleReports } from '#shared/insights/report-figures.ts'
import { millis } from '#shared/kernel/time.ts'

const ZONE = 'Europe/Berlin'
const START = Date.parse('2026-10-20T06:00:00Z')
const HOUR = 3_600_000

const openStore = () => {
  const opened = openDatabase(':memory:', millis(START))
  if (!opened.ok) throw new Error('no database')
  const sql: DatabaseSync = opened.value
  const transactions = sqliteTransactions(sql)
  const [feedback, cells] = [sqliteFeedbackStore(sql), sqliteAnswerCells(sql)]
  return { sql, transactions, feedback, cells, erasure: sqliteErasure(sql, transactions, [], { now: () => millis(START) }), retention: sqliteRetention(sql, transactions), book: answerBook(feedback, cells) }
}
type Store = ReturnType<typeof openStore>

const row = (n: number, over: Partial<FeedbackRow> = {}): FeedbackRow => ({
  id: `e${n}`, dev: `kiosk-${n % 3}`, response: `r${n}`, touchpoint: n % 2 ? 'exit' : 'meat', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (n % 5), detail: false,
  at: millis(START + n * 37 * 60_000), receivedAt: millis(START + n * 40 * 60_000), channel: 'kiosk', flags: [], ...over,
})

/** All figures that `insights.read` could tell, from the cells and from the rows. */
const same = ({ feedback, cells, book }: Store): void => {
  expect(cells.differences()).toEqual([])
  const ours = book.read('csat5', ZONE)
  const counted = settleReports(ledgerOf(feedback.tallies({ kind: 'csat5' }), ZONE))
  for (const by of [null, 'touchpoint', 'hour', 'day', 'question'] as const)
    for (const from of [undefined, START + 30 * HOUR]) {
      const terms = { metric: 'csat', by, timeZone: ZONE, ...(from !== undefined && { from }) } as const
      expect(figuresFrom(ours.settled(), terms)).toEqual(figuresFrom(counted, terms))
    }
}

describe('answers in cells', () => {
  it('are those in the rows, before and after they are counted', () => {
    const store = openStore()
    store.feedback.putNew(Array.from({ length: 40 }, (_, n) => row(n)))
    same(store)
    expect(store.transactions.run(() => store.cells.count(ZONE))).toBe(true)
    same(store)
    expect([...store.cells.uncounted('csat5')]).toEqual([])
    expect([...store.cells.cells('csat5')].length).toBeGreaterThan(4)
  })
  it('know language, channel and segment, also of answers whose segment came last', () => {
    const store = openStore()
    store.feedback.putNew([row(1, { lang: 'en' }), row(2, { channel: 'phone', dev: 'sign-1' })])
    store.cells.count(ZONE)
    store.feedback.put(row(3, { response: 'r1', dev: 'kiosk-1', question: 'who', kind: 'choice', value: ['family'] }))
    store.feedback.markSegment('kiosk-1', 'r1', 'who')
    store.cells.count(ZONE)
    const places = [...store.cells.cells('csat5')].filter(({ side, entries }) => side === 'day' && entries.length > 0).map(({ place }) => [place.channel, place.device, place.language, place.segment])
    expect(places.sort()).toEqual([['kiosk', 'kiosk-1', 'en', 'family'], ['phone', 'phone', '', '']])
    same(store)
  })
  it('are counted all over where days begin at another hour', () => {
    const store = openStore()
    store.feedback.putNew(Array.from({ length: 30 }, (_, n) => row(n)))
    store.cells.count(ZONE)
    store.cells.count('Asia/Tokyo')
    expect(store.cells.differences()).toEqual([])
    expect(figuresFrom(store.book.read('csat5', 'Asia/Tokyo').settled(), { metric: 'csat', by: 'day', timeZone: 'Asia/Tokyo' })).toEqual(figuresFrom(settleReports(ledgerOf(store.feedback.tallies({ kind: 'csat5' }), 'Asia/Tokyo')), { metric: 'csat', by: 'day', timeZone: 'Asia/Tokyo' }))
  })
  it('that somebody bent are found', () => {
    const store = openStore()
    store.feedback.putNew(Array.from({ length: 30 }, (_, n) => row(n)))
    store.cells.count(ZONE)
    store.sql.exec('DELETE FROM answer_cell WHERE line = 1')
    expect(store.cells.differences().length).toBeGreaterThan(0)
    store.cells.forget()
    store.cells.count(ZONE)
    same(store)
  })

  type Step = { readonly type: 'add' | 'correct' | 'erase' | 'flag' | 'segment' | 'count' | 'undo' | 'sum' | 'take back' | 'look'; readonly n: number; readonly value: number }
  const step = fc.record({ type: fc.constantFrom<Step['type']>('add', 'add', 'add', 'correct', 'erase', 'flag', 'segment', 'count', 'undo', 'sum', 'take back', 'look'), n: fc.integer({ min: 0, max: 30 }), value: fc.integer({ min: 1, max: 5 }) })
  const take = (store: Store, { type, n, value }: Step, next: () => number): void => {
    const { feedback, cells, transactions, erasure, retention, book } = store
    if (type === 'add') Array.from({ length: n }, () => row(next(), { value, ...(value === 2 && { detail: true, question: 'staff' }), ...(value === 3 && { at: null }), ...(value === 4 && { flags: ['burst'] as const, lang: 'de' as const }) })).forEach((one) => feedback.add(one))
    if (type === 'correct') feedback.put(row(n, { value, id: `later-${n}-${value}`, at: millis(START + 90 * HOUR) }))
    if (type === 'erase') erasure.eraseResponse(`r${n}`)
    if (type === 'flag') feedback.flag(`kiosk-${n % 3}`, [`r${n}`], 'burst')
    if (type === 'segment') {
      feedback.put(row(n, { id: `who-${n}-${value}`, question: 'who', kind: 'choice', value: [`part-${value}`] }))
      feedback.markSegment(`kiosk-${n % 3}`, `r${n}`, 'who')
    }
    if (type === 'count') transactions.run(() => cells.count(ZONE))
    if (type === 'sum') retention.sumTaps(millis(START + n * 60 * 60_000), HOUR)
    if (type === 'take back') feedback.takeBack(row(n, { at: millis(START + 99 * HOUR) }))
    if (type === 'look') book.read('csat5', ZONE)
    if (type === 'undo')
      expect(() =>
        transactions.run(() => {
          feedback.put(row(n, { value, id: `never-${n}`, at: millis(START + 91 * HOUR) }))
          cells.count(ZONE)
          throw new Error('undone')
        }),
      ).toThrow('undone')
  }
  it('and rows say the same after whatever was added, corrected, flagged, erased, summed, undone', () => {
    const store = openStore()
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 25 }), (steps) => {
        store.sql.exec('DELETE FROM feedback; DELETE FROM feedback_sum; DELETE FROM event; DELETE FROM erased')
        store.cells.forget()
        let added = 0
        for (const one of steps) take(store, one, () => added++)
        same(store)
        store.transactions.run(() => store.cells.count(ZONE))
        same(store)
      }),
      { numRuns: 40 },
    )
  })
})
