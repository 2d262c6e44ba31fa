import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteRetention } from '#hub/stores/sqlite/privacy/retention.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { millis } from '#shared/kernel/time.ts'

let sql: DatabaseSync
beforeEach(() => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  sql = opened.value
})
afterEach(() => sql.close())

/** Statements as they are prepared by the store, with what SQLite reads for them. */
const plans = (): readonly string[] => {
  const texts: string[] = []
  const listening = new Proxy(sql, { get: (target, name) => (name === 'prepare' ? (text: string) => (texts.push(text), target.prepare(text)) : Reflect.get(target, name).bind(target)) })
  const retention = sqliteRetention(listening, sqliteTransactions(sql))
  retention.kept()
  return texts
    .filter((text) => /FROM feedback WHERE/.test(text) && /received_at/.test(text))
    .map((text) => (sql.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as unknown as readonly { readonly detail: string }[]).map(({ detail }) => detail)[0]!)
}

it('what has had its time, and how much is kept, is found by the order of arrival: no answer is read for it', () => {
  const found = plans()
  expect(found).toHaveLength(4)
  for (const plan of found) expect(plan).toMatch(/USING (COVERING )?INDEX feedback_(taps|words)/)
})
