/** Offers left to the checkout by hand, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { LeftByHand, LeftOffers } from '#hub/ports/left-offers.ts'
import type { DeviceId, OfferId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import type { ParityCause } from '#shared/protocol/parity.ts'
import { allRows, oneRow } from '../database/rows.ts'

type Row = { readonly offer: string; readonly at: number; readonly by_dev: string; readonly cause: ParityCause | null; readonly body: string }

export const sqliteLeftOffers = (sql: DatabaseSync): LeftOffers => {
  const all = sql.prepare('SELECT offer, at, by_dev, cause, body FROM offer_left WHERE lifted_at IS NULL ORDER BY at DESC, id DESC')
  const leave = sql.prepare('INSERT INTO offer_left (offer, at, by_dev, cause, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const keep = sql.prepare('UPDATE offer_left SET body = ? WHERE offer = ? AND lifted_at IS NULL')
  const lift = sql.prepare('UPDATE offer_left SET lifted_at = ?, lifted_by = ? WHERE offer = ? AND lifted_at IS NULL RETURNING offer, at, by_dev, cause, body')
  return {
    all: () => allRows<Row>(all).map(toLeft),
    leave: ({ offer, at, by, cause, body }) => void leave.run(offer, at, by, cause, JSON.stringify(body)),
    keepBody: (offer, body) => void keep.run(JSON.stringify(body), offer),
    lift: (offer, at, by) => {
      const row = oneRow<Row>(lift, at, by, offer)
      return row && toLeft(row)
    },
  }
}

const toLeft = ({ offer, at, by_dev, cause, body }: Row): LeftByHand => ({ offer: offer as OfferId, at: millis(at), by: by_dev as DeviceId, cause, body: JSON.parse(body) as Json })
