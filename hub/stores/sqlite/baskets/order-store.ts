/** Orders of the built-in shop in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import type { OrderStore } from '#hub/ports/quotes.ts'
import type { PlacedOrder } from '#hub/ports/web-shop/own-orders.ts'

export const sqliteOrderStore = (sql: DatabaseSync): OrderStore => {
  const select = sql.prepare('SELECT * FROM shop_order WHERE id = ?')
  const insert = sql.prepare(`
    INSERT INTO shop_order (id, number, qid, placed_at, delivery, total_cents, quote) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING`)
  const insertPerson = sql.prepare('INSERT INTO shop_order_person (id, name, email, street, postcode, city) VALUES (?, ?, ?, ?, ?, ?)')
  const countAll = sql.prepare('SELECT count(*) AS n FROM shop_order')
  return {
    find: (id) => {
      const row = select.get(id)
      return row ? orderOf(row) : null
    },
    add: (order) => {
      const { id, person } = order
      const { changes } = insert.run(id, order.number, order.qid, order.placedAt, order.delivery, order.totalCents, order.quote)
      if (changes === 0) return false
      const { street = null, postcode = null, city = null } = person.address ?? {}
      insertPerson.run(id, person.name, person.email, street, postcode, city)
      return true
    },
    count: () => Number(countAll.get()?.['n']),
  }
}

const orderOf = (row: { readonly [column: string]: unknown }): PlacedOrder => ({
  id: String(row['id']),
  number: String(row['number']),
  qid: typeof row['qid'] === 'string' ? row['qid'] : null,
  placedAt: millis(Number(row['placed_at'])),
  delivery: row['delivery'] as PlacedOrder['delivery'],
  totalCents: cents(Number(row['total_cents'])),
})
