import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { ANSWER_CELL_TABLES } from '#hub/stores/sqlite/figures/answer-cell-tables.ts'
import { FEEDBACK_CHANNELS, FEEDBACK_SAID, FEEDBACK_TABLES } from '#hub/stores/sqlite/feedback/feedback-tables.ts'
import { RECEIPT_TABLES } from '#hub/stores/sqlite/feedback/receipt-tables.ts'
import { RETENTION_TABLES } from '#hub/stores/sqlite/privacy/retention-tables.ts'
import { CHANNELS } from '#shared/feedback/channel.ts'
import { millis } from '#shared/kernel/time.ts'

const row = (id: string, more: Partial<FeedbackRow>): FeedbackRow => ({ id, response: id, touchpoint: 'exit', survey: 's', question: 'q', kind: 'csat5', value: 4, detail: false, at: millis(5), receivedAt: 5, dev: null, channel: 'import', flags: [], ...more })

describe('the table of answers, from before there were five channels', () => {
  const before = (): DatabaseSync => {
    const sql = new DatabaseSync(':memory:')
    for (const { sql: step } of [FEEDBACK_TABLES, FEEDBACK_SAID, RECEIPT_TABLES, RETENTION_TABLES]) sql.exec(step)
    const add = sql.prepare(`INSERT INTO feedback (n, id, dev, response, touchpoint, survey, question, kind, score, detail, at, received_at, channel, flags) VALUES (?, ?, 'k', ?, 'exit', 's', 'q', 'csat5', 4, 0, 1, 1, ?, ?)`)
    add.run(3, 'a', 'ra', 'kiosk', 'burst')
    add.run(7, 'b', 'rb', 'import', null)
    return sql
  }
  it('keeps every row with its number, flags and channel; nobody knows their language', () => {
    const sql = before()
    sql.exec(FEEDBACK_CHANNELS.sql + ANSWER_CELL_TABLES.sql)
    expect([...sqliteFeedbackStore(sql).all()].map(({ id, channel, flags, lang, hidden }) => [id, channel, flags, lang, hidden])).toEqual([['a', 'kiosk', ['burst'], undefined, undefined], ['b', 'import', [], undefined, undefined]])
    expect(sql.prepare('SELECT n FROM feedback ORDER BY n').all().map((one) => one['n'])).toEqual([3, 7])
  })
  it('takes an answer of every channel, with its language, and refuses a channel that nobody knows', () => {
    const sql = before()
    sql.exec(FEEDBACK_CHANNELS.sql + ANSWER_CELL_TABLES.sql)
    const feedback = sqliteFeedbackStore(sql)
    for (const channel of CHANNELS) feedback.put(row(channel, { channel, lang: 'en' }))
    expect([...feedback.all()].slice(2).map(({ channel, lang }) => [channel, lang])).toEqual(CHANNELS.map((channel) => [channel, 'en']))
    expect(() => feedback.put(row('x', { channel: 'fax' as never }))).toThrow(/CHECK/)
  })
  it('gives no number twice, also after the newest row is gone', () => {
    const sql = before()
    sql.exec(FEEDBACK_CHANNELS.sql + ANSWER_CELL_TABLES.sql)
    sql.exec("DELETE FROM feedback WHERE id = 'b'")
    sqliteFeedbackStore(sql).put(row('c', {}))
    expect(sql.prepare("SELECT n FROM feedback WHERE id = 'c'").get()!['n']).toBe(8)
  })
  it('gives back ten points and amounts as what they are', () => {
    const sql = before()
    sql.exec(FEEDBACK_CHANNELS.sql + ANSWER_CELL_TABLES.sql)
    const feedback = sqliteFeedbackStore(sql)
    feedback.put(row('ten', { kind: 'scale10', value: 10 }))
    feedback.put(row('spent', { kind: 'amount', value: ['12.50'] }))
    expect([...feedback.all()].slice(2).map(({ kind, value }) => [kind, value])).toEqual([['scale10', 10], ['amount', ['12.50']]])
  })
})
