/** Numbers, readings and probes of web shops in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { ShopLedger, ShopProbe } from '#hub/ports/shop-ledger.ts'
import { millis } from '#shared/kernel/time.ts'
import { allRows, oneRow } from '../database/rows.ts'

const LAST_NUMBER = 65_535
/** Numbers that a store had before its shop was connected: whose they were is in no book. */
const NOBODY = ''

type ReadingRow = { readonly at: number; readonly hash: string; readonly dialect: string; readonly distrusted: string }
type ProbeRow = Omit<ShopProbe, 'at' | 'left'> & { readonly at: number; readonly left_over: number }

export const sqliteShopLedger = (sql: DatabaseSync): ShopLedger => {
  const given = sql.prepare('SELECT key, number FROM shop_number WHERE kind = ? AND shop = ?')
  const last = sql.prepare('SELECT max(number) AS number FROM shop_number WHERE kind = ?')
  const give = sql.prepare('INSERT INTO shop_number (kind, number, shop, key) VALUES (?, ?, ?, ?)')
  const reserve = sql.prepare('INSERT INTO shop_number (kind, number, shop, key) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const reading = sql.prepare('SELECT at, hash, dialect, distrusted FROM shop_reading WHERE shop = ?')
  const keep = sql.prepare('INSERT OR REPLACE INTO shop_reading (shop, at, hash, dialect, distrusted) VALUES (?, ?, ?, ?, ?)')
  const addProbe = sql.prepare('INSERT INTO shop_probe (shop, at, release, dialect, total, equal, left_over, refused, different) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const probes = sql.prepare('SELECT at, release, dialect, total, equal, left_over, refused, different FROM shop_probe WHERE shop = ? ORDER BY id DESC LIMIT ?')
  return {
    numbers: (shop, kind, keys, taken) => {
      const known = new Map(allRows<{ readonly key: string; readonly number: number }>(given, kind, shop).map(({ key, number }) => [key, number]))
      const own = new Set(known.values())
      for (const number of taken) if (!own.has(number)) reserve.run(kind, number, NOBODY, String(number))
      let next = (oneRow<{ readonly number: number | null }>(last, kind)?.number ?? 0) + 1
      for (const key of keys) {
        if (known.has(key) || next > LAST_NUMBER) continue
        give.run(kind, next, shop, key)
        known.set(key, next)
        next += 1
      }
      return known
    },
    reading: (shop) => {
      const row = oneRow<ReadingRow>(reading, shop)
      return row && { at: millis(row.at), hash: row.hash, dialect: row.dialect, distrusted: JSON.parse(row.distrusted) as { readonly [promotion: string]: string } }
    },
    keepReading: (shop, { at, hash, dialect, distrusted }) => {
      keep.run(shop, at, hash, dialect, JSON.stringify(distrusted))
    },
    addProbe: (shop, { at, release, dialect, total, equal, left, refused, different }) => {
      addProbe.run(shop, at, release, dialect, total, equal, left, refused, different)
    },
    probes: (shop, limit) => allRows<ProbeRow>(probes, shop, limit).map(toProbe),
  }
}

const toProbe = ({ at, release, dialect, total, equal, left_over: left, refused, different }: ProbeRow): ShopProbe => ({ at: millis(at), release, dialect, total, equal, left, refused, different })
