/** Asked prices in SQLite; the database itself refuses to change or delete what stands there. */
import type { DatabaseSync } from 'node:sqlite'
import type { PriceLedger } from '#hub/ports/price-ledger.ts'
import { cents } from '#shared/kernel/money.ts'
import type { Day } from '#shared/kernel/time.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** Newest entries read of one article and channel: more than a year of daily changes. */
const MOST_ENTRIES = 520

type EntryRow = { readonly day: Day; readonly cents: number }
type LookRow = { readonly day: Day; readonly rev: number; readonly source: string }

export const sqlitePriceLedger = (sql: DatabaseSync): PriceLedger => {
  // Here and not in a migration: a table that is rebuilt for its digests loses its triggers.
  for (const table of ['asked_price', 'price_look']) {
    for (const change of ['UPDATE', 'DELETE']) {
      sql.exec(`CREATE TRIGGER IF NOT EXISTS ${table}_no_${change.toLowerCase()} BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, 'a recorded price is never changed'); END`)
    }
  }
  const entries = sql.prepare('SELECT day, cents FROM asked_price WHERE sku = ? AND channel = ? ORDER BY n DESC LIMIT ?')
  const lastLook = sql.prepare('SELECT day, rev, source FROM price_look ORDER BY n DESC LIMIT 1')
  const addPrice = sql.prepare('INSERT INTO asked_price (sku, channel, day, cents, rev) VALUES (?, ?, ?, ?, ?)')
  const addLook = sql.prepare('INSERT INTO price_look (day, rev, source) VALUES (?, ?, ?)')
  return {
    entries: (sku, channel) => allRows<EntryRow>(entries, sku, channel, MOST_ENTRIES).map((row) => ({ from: row.day, cents: cents(row.cents) })),
    lastLook: () => {
      const row = oneRow<LookRow>(lastLook)
      return row ? { day: row.day, rev: row.rev, source: row.source } : null
    },
    add: (look, found) => {
      for (const one of found) addPrice.run(one.sku, one.channel, one.from, one.cents, one.rev)
      addLook.run(look.day, look.rev, look.source)
    },
  }
}
