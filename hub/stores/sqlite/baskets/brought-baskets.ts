/** Baskets on their way onto a kiosk in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { MOST_BROUGHT, type BroughtBaskets } from '#hub/ports/brought-baskets.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { oneRow } from '../database/rows.ts'

type BroughtRow = { readonly id: string; readonly code: string; readonly digits: string; readonly at: number }

export const sqliteBroughtBaskets = (sql: DatabaseSync): BroughtBaskets => {
  const insert = sql.prepare('INSERT INTO brought_basket (id, code, digits, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const forget = sql.prepare('DELETE FROM brought_basket WHERE at < ?')
  const forgetOldest = sql.prepare('DELETE FROM brought_basket WHERE at < (SELECT at FROM brought_basket ORDER BY at DESC LIMIT 1 OFFSET ?)')
  const select = sql.prepare('SELECT id, code, digits, at FROM brought_basket WHERE code = ? AND at >= ? ORDER BY at DESC LIMIT 1')
  return {
    keep: ({ id, code, digits, at }, forgetBefore) => {
      forget.run(forgetBefore)
      insert.run(id, code, digits, at)
      forgetOldest.run(MOST_BROUGHT - 1)
    },
    findByCode: (code, since) => {
      const row = oneRow<BroughtRow>(select, code, since)
      return row && { id: row.id as QuoteId, code: row.code, digits: row.digits, at: millis(row.at) }
    },
  }
}
