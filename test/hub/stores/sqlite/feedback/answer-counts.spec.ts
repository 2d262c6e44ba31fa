import { describe, expect, it } from 'vitest'
import { sqliteAnswerCounts } from '#hub/stores/sqlite/feedback/answer-counts.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteRetention } from '#hub/stores/sqlite/privacy/retention.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { millis } from '#shared/kernel/time.ts'

const HOUR = 3_600_000

describe('choices, rankings and words', () => {
  it('are counted by people and by option, one by one and as sums', () => {
    const opened = openDatabase(':memory:', millis(0))
    if (!opened.ok) throw new Error('no database')
    const sql = opened.value
    const [store, counts] = [sqliteFeedbackStore(sql), sqliteAnswerCounts(sql)]
    let n = 0
    const add = (kind: 'choice' | 'ranking' | 'text' | 'csat5', question: string, value: readonly string[] | string | number, hour: number | null): void =>
      void store.add({ id: `a${++n}`, response: `r${n}`, touchpoint: 't', survey: 's', question, kind, value, detail: false, at: hour === null ? null : millis(hour * HOUR), receivedAt: 0, dev: 'k', channel: 'kiosk', flags: [] })
    add('choice', 'why', ['queue', 'price'], 1)
    add('choice', 'why', ['queue'], 9)
    add('choice', 'why', ['price'], null)
    add('ranking', 'order', ['time', 'price'], 9)
    add('text', 'words', 'gut', 9)
    add('csat5', 'visit', 5, 9)
    const all = [
      { question: 'why', kind: 'choice', n: 3, counts: { queue: 2, price: 2 } },
      { question: 'order', kind: 'ranking', n: 1, counts: { time: 1 } },
      { question: 'words', kind: 'text', n: 1, counts: {} },
    ]
    const late = [{ ...all[0], n: 1, counts: { queue: 1 } }, all[1], all[2]]
    expect(counts.since(null)).toEqual(all)
    expect(counts.since(millis(9 * HOUR))).toEqual(late)
    const retention = sqliteRetention(sql, sqliteTransactions(sql))
    while (!retention.sumTaps(millis(20 * HOUR), HOUR).done);
    expect(new Set(counts.since(null))).toEqual(new Set(all))
    expect(new Set(counts.since(millis(9 * HOUR)))).toEqual(new Set(late))
  })
})
