/** Receipts and their end in SQLite, below everything that asks for it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { sqliteAccessTokens } from '#hub/stores/sqlite/sharing/access-tokens.ts'
import { sqliteErasure } from '#hub/stores/sqlite/privacy/erasure.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteReceiptLedger, sqliteReceiptStore } from '#hub/stores/sqlite/feedback/receipt-store.ts'
import { sqliteRetention } from '#hub/stores/sqlite/privacy/retention.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { millis } from '#shared/kernel/time.ts'

const HASH = 'a1'.repeat(16) as ReceiptHash
const OTHER = 'b2'.repeat(16) as ReceiptHash
let folder: string
let sql: DatabaseSync
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-receipt-'))
  const opened = openDatabase(folder, millis(0))
  if (!opened.ok) throw new Error('no database')
  sql = opened.value
})
afterEach(() => {
  sql.close()
  rmSync(folder, { recursive: true, force: true })
})

const CLOCK = { now: () => millis(5000) }
const erasure = () => sqliteErasure(sql, sqliteTransactions(sql), [folder], CLOCK)
const place = (hash: ReceiptHash, response: string, at = 1000) => ({ hash, dev: 'k', response, touchpoint: 'exit', at: millis(at), receivedAt: millis(at) })
/** One answer with its event and its receipt, as the hub writes them. */
const arrive = (hash: ReceiptHash, id: string): void => {
  sql.prepare(`INSERT INTO event (id, dev, ep, seq, type, state, at_hub, received_at, body) VALUES (?, 'k', 'e', 1, 'feedback.answered', 'stored', 1, 1, '{}')`).run(id)
  sql.exec(`INSERT INTO event_count (dev, n) VALUES ('k', 1) ON CONFLICT (dev) DO UPDATE SET n = n + 1`)
  sql.prepare(`INSERT INTO feedback (id, dev, response, touchpoint, survey, question, kind, score, detail, at, received_at, channel) VALUES (?1, 'k', ?1, 'exit', 's', 'q', 'csat5', 4, 0, 1, 1, 'kiosk')`).run(id)
  sqliteReceiptLedger(sql).keep([{ hash, id }])
  sqliteReceiptStore(sql).begin([place(hash, id)])
}
const count = (table: string): number => (sql.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { readonly n: number }).n

describe('erasure by a receipt', () => {
  it('takes its events, answers and words, counts the device down, and leaves the others', () => {
    arrive(HASH, 'one')
    arrive(OTHER, 'two')
    sqliteReceiptStore(sql).say(HASH, { who: 'store', text: 'Danke', at: millis(2000), key: 'k' })
    expect(erasure().eraseReceipt(HASH)).toEqual({ rows: 5, items: ['one'] })
    expect([count('event'), count('feedback'), count('receipt'), count('receipt_word')]).toEqual([1, 1, 1, 0])
    expect(sql.prepare('SELECT n FROM event_count').get()).toEqual({ n: 1 })
    expect(erasure().eraseReceipt(HASH)).toEqual({ rows: 0, items: [] })
  })
  it('notes for two days in which quarter of an hour a score was given that went, and when it went: no id, no value', () => {
    arrive(HASH, 'one')
    sql.exec(`UPDATE feedback SET at = 2000000`)
    erasure().eraseReceipt(HASH)
    expect(sql.prepare('SELECT kind, quarter, gone_at FROM erased_answer').all()).toEqual([{ kind: 'csat5', quarter: 1_800_000, gone_at: 5000 }])
    const store = sqliteFeedbackStore(sql)
    const since = (at: number) => store.erasedSince('csat5', millis(at))
    expect([since(5000), since(5001), store.erasedSince('nps', millis(0))]).toEqual([[{ quarter: 1_800_000, goneAt: 5000 }], [], []])
    const retention = sqliteRetention(sql, sqliteTransactions(sql))
    expect([retention.dropErasedTimes(millis(5000)), retention.dropErasedTimes(millis(5001))]).toEqual([{ gone: 0, done: true }, { gone: 1, done: true }])
    expect(count('erased_answer')).toBe(0)
  })
  it('waits for what has not come, and knows how many do', () => {
    arrive(OTHER, 'two')
    expect(erasure().eraseReceipt(HASH)).toEqual({ rows: 0, items: [] })
    expect([erasure().waiting(), [...sqliteReceiptLedger(sql).forgotten([HASH, OTHER])]]).toEqual([1, [HASH]])
    sqliteReceiptLedger(sql).swallowed(new Set([HASH]))
    expect(erasure().waiting()).toBe(0)
  })
  it('leaves no row that ties one of its events to another or to a moment: not on the board, not by the receipt', () => {
    for (const id of ['one', 'one more']) arrive(HASH, id)
    arrive(OTHER, 'two')
    sql.exec(`INSERT INTO board_voice (id, at) VALUES ('one', 1), ('two', 2)`)
    sql.prepare(`INSERT INTO letter (week, told_at, content) VALUES ('2026-11-16', 1, ?)`).run(JSON.stringify({ store: 'one more shop', voices: ['two', 'one'] }))
    erasure().eraseReceipt(HASH)
    expect(sql.prepare('SELECT hash, id FROM receipt_event').all()).toEqual([{ hash: OTHER, id: 'two' }])
    // A screen that does not know yet puts it on the board again.
    sqliteAccessTokens(sql).showVoice('one', millis(3))
    expect(sql.prepare('SELECT id FROM board_voice').all()).toEqual([{ id: 'two' }])
    expect(sql.prepare('SELECT content FROM letter').get()).toEqual({ content: JSON.stringify({ store: 'one more shop', voices: ['two', ''] }) })
    expect(erasure().waiting()).toBe(0)
  })
  it('takes that its visit left an answer, unless another answer of that visit stays', () => {
    for (const [id, sid] of [['one', 'v1'], ['two', 'v1'], ['three', 'v2']] as const) {
      arrive(id === 'one' ? OTHER : HASH, id)
      sql.prepare('UPDATE event SET body = ? WHERE id = ?').run(JSON.stringify({ sid, p: { response: id } }), id)
      sql.prepare(`INSERT OR IGNORE INTO answered_visit (dev, sid) VALUES ('k', ?)`).run(sid)
    }
    erasure().eraseReceipt(HASH)
    expect(sql.prepare('SELECT dev, sid FROM answered_visit').all()).toEqual([{ dev: 'k', sid: 'v1' }])
    erasure().eraseReceipt(OTHER)
    expect(count('answered_visit')).toBe(0)
  })
  it('is repeated from its list when rows come back, also where the table of erased ids came back with them', () => {
    arrive(HASH, 'one')
    erasure().eraseReceipt(HASH)
    // A copy brings the rows, and what was saved of the damaged database brings the marks.
    arrive(HASH, 'one')
    expect(count('erased')).toBe(1)
    expect(erasure().eraseAgain()).toBeGreaterThan(0)
    expect([count('event'), count('feedback'), count('receipt')]).toEqual([0, 0, 0])
    expect(erasure().eraseAgain()).toBe(0)
  })
  it('survives a line of its list that a power cut ended in the middle', () => {
    arrive(HASH, 'one')
    erasure().eraseReceipt(HASH)
    writeFileSync(join(folder, 'erased-receipts'), `${readFileSync(join(folder, 'erased-receipts'), 'utf8')}b2b2`)
    arrive(HASH, 'one')
    erasure().eraseAgain()
    expect(count('feedback')).toBe(0)
  })
  it('belongs to the transaction around it: undone, nothing is erased', () => {
    arrive(HASH, 'one')
    const transactions = sqliteTransactions(sql)
    expect(() => transactions.run(() => {
      sqliteErasure(sql, transactions, [folder], CLOCK).eraseReceipt(HASH)
      throw new Error('the audit log is full')
    })).toThrow('the audit log is full')
    expect(count('feedback')).toBe(1)
  })
})

describe('receipts that nobody has heard of', () => {
  it('are let go by their last arrival, step or word, whichever came last', () => {
    const store = sqliteReceiptStore(sql)
    store.begin([place(HASH, 'old', 1000), place(OTHER, 'spoken', 1000)])
    store.say(OTHER, { who: 'shopper', text: 'noch da', at: millis(9000), key: 'k' })
    expect([store.forgetBefore(millis(5000)), store.find(HASH), store.find(OTHER)?.words.length]).toEqual([1, null, 1])
  })
  it('a word is said once by each side, in the order it came', () => {
    const store = sqliteReceiptStore(sql)
    store.begin([place(HASH, 'r')])
    for (const who of ['store', 'shopper', 'shopper'] as const) store.say(HASH, { who, text: who, at: millis(2000), key: 'same' })
    expect(store.find(HASH)?.words.map(({ who }) => who)).toEqual(['store', 'shopper'])
    expect(store.standings(['r', 'unknown'])).toEqual(new Map([['r', { state: 'received', waiting: true }]]))
  })
})
