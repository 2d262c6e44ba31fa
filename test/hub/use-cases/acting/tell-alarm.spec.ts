import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import type { Alarm } from '#hub/ports/alarm-store.ts'
import { sqliteAlarmStore } from '#hub/stores/sqlite/acting/alarm-store.ts'
import { sqliteErasure } from '#hub/stores/sqlite/privacy/erasure.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { MIGRATIONS } from '#hub/stores/sqlite/database/migrations.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { figuresOf } from '#hub/use-cases/acting/read-alarms.ts'
import { toldAlarm } from '#hub/use-cases/acting/tell-alarm.ts'
import { millis } from '#shared/kernel/time.ts'

const HOUR = 3_600_000
const NINE = Date.parse('2026-11-22T09:00:00Z')
const CLOCK = { now: () => millis(NINE + 3 * HOUR) }
let sql: DatabaseSync
beforeEach(() => {
  const opened = openDatabase(':memory:', millis(NINE))
  if (!opened.ok) throw new Error('no database')
  sql = opened.value
})
afterEach(() => sql.close())

const raise = (over: Partial<Alarm> = {}): Alarm =>
  sqliteAlarmStore(sql).raise({ kind: 'drop', place: 'till', device: null, since: millis(NINE + 90_000), raisedAt: millis(NINE + HOUR + 61_000), noticedAt: millis(NINE + HOUR + 65_000), closedAt: null, ending: null, n: 40, good: 20, expected: 30, ...over })
const told = (id: number) => toldAlarm(sqliteAlarmStore(sql), sqliteAlarmStore(sql).alarm(id)!)
const answer = (id: string, touchpoint: string, at: number): void =>
  void sqliteFeedbackStore(sql).add({ id, dev: 'd', response: id, touchpoint, survey: 's', question: 'q', kind: 'csat5', value: 2, detail: false, at: millis(at), receivedAt: at, channel: 'kiosk', flags: [] })
const erase = (response: string): void => void sqliteErasure(sql, sqliteTransactions(sql), [], CLOCK).eraseResponse(response)

describe('an alarm that a program is told of', () => {
  it('has the numbers it was raised with, however many answers come late, and no minute of an answer', () => {
    const alarm = raise()
    sqliteAlarmStore(sql).amend({ ...alarm, n: 41, good: 20, expected: 30.7, closedAt: millis(NINE + 2 * HOUR + 1), ending: 'back' })
    expect(told(alarm.id)).toEqual({ id: alarm.id, kind: 'drop', place: 'till', device: null, since: NINE, raisedAt: NINE + HOUR, closedAt: NINE + 2 * HOUR, ending: 'back', n: 40, good: 20, expected: 30 })
    expect(figuresOf(told(alarm.id))).toMatchObject({ share: 50, usual: 75 })
  })
  it('has none any more where one of its answers was erased: the store knows the alarm of its place, and of all places', () => {
    const [till, door, store, later] = [raise(), raise({ place: 'door' }), raise({ place: null }), raise({ since: millis(NINE + 2 * HOUR), raisedAt: millis(NINE + 3 * HOUR) })]
    answer('gone', 'till', NINE + HOUR)
    erase('gone')
    expect([till, door, store, later].map(({ id }) => told(id).n)).toEqual([0, 40, 0, 40])
    expect(figuresOf(told(till.id))).toEqual({ share: null, low: null, high: null, usual: null })
  })
  it('of before has the numbers that it had then', () => {
    sql.close()
    const opened = openDatabase(':memory:', millis(NINE), MIGRATIONS.filter(({ name }) => name !== 'privacy-2'))
    if (!opened.ok) throw new Error('no database')
    sql = opened.value
    sql.exec(`INSERT INTO answer_alarm (kind, place, since, raised_at, noticed_at, n, good, expected) VALUES ('drop', 'till', ${NINE}, ${NINE}, ${NINE}, 30, 10, 20)`)
    sql.exec(MIGRATIONS.find(({ name }) => name === 'privacy-2')!.sql)
    expect(told(1)).toMatchObject({ n: 30, good: 10, expected: 20 })
  })
})
