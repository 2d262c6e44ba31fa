/** Leases and uses of limited offers in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { DeviceId, EpochId, OfferId } from '#shared/kernel/ids.ts'
import type { AllotmentLedger, Lease, Use } from '#shared/sync/allotment-ledger.ts'
import { allRows, oneRow } from '../database/rows.ts'

type LeaseRow = {
  readonly id: number
  readonly offer: OfferId
  readonly dev: DeviceId
  readonly ep: EpochId
  readonly units: number
  readonly renew_at: number
  readonly spend_until: number
  readonly reclaim_at: number
  readonly closed: number
}
type Count = { readonly n: number }
const USE = 'offer, holder, lease, state, until, customer'

export const sqliteAllotmentLedger = (sql: DatabaseSync): AllotmentLedger => {
  const byId = sql.prepare('SELECT * FROM offer_lease WHERE id = ?')
  const open = sql.prepare('SELECT * FROM offer_lease WHERE dev = ? AND ep = ? AND closed = 0 ORDER BY id')
  const out = sql.prepare('SELECT * FROM offer_lease WHERE dev = ? AND units > 0 ORDER BY id')
  const insert = sql.prepare('INSERT INTO offer_lease (offer, dev, ep, units, renew_at, spend_until, reclaim_at, closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const update = sql.prepare('UPDATE offer_lease SET units = ?, renew_at = ?, spend_until = ?, reclaim_at = ?, closed = ? WHERE id = ?')
  const leasesDue = sql.prepare('SELECT * FROM offer_lease WHERE units > 0 AND reclaim_at <= ? ORDER BY id')
  const oneUse = sql.prepare(`SELECT ${USE} FROM offer_use WHERE offer = ? AND holder = ?`)
  const saveUse = sql.prepare(`INSERT OR REPLACE INTO offer_use (${USE}) VALUES (?, ?, ?, ?, ?, ?)`)
  const ofHolder = sql.prepare(`SELECT ${USE} FROM offer_use WHERE holder = ? ORDER BY offer`)
  const usesDue = sql.prepare(`SELECT ${USE} FROM offer_use WHERE state = 'held' AND until <= ? ORDER BY offer, holder`)
  const ofLease = sql.prepare('SELECT count(*) AS n FROM offer_use WHERE lease = ?')
  const leased = sql.prepare('SELECT coalesce(sum(units), 0) AS n FROM offer_lease WHERE offer = ? AND units > 0 AND reclaim_at > ?')
  const used = sql.prepare(`SELECT count(*) AS n FROM offer_use WHERE offer = ? AND state <> 'lapsed' AND (state = 'settled' OR until > ?)`)
  const settled = sql.prepare(`SELECT count(*) AS n FROM offer_use WHERE offer = ? AND customer = ? AND state = 'settled'`)
  const count = (row: Count | null): number => row?.n ?? 0

  return {
    lease: (id) => {
      const row = oneRow<LeaseRow>(byId, id)
      return row ? toLease(row) : null
    },
    openLeases: (dev, ep) => allRows<LeaseRow>(open, dev, ep).map(toLease),
    leasesOut: (dev) => allRows<LeaseRow>(out, dev).map(toLease),
    addLease: (lease) => {
      const { offer, dev, ep, units, renewAt, spendUntil, reclaimAt, closed } = lease
      const { lastInsertRowid } = insert.run(offer, dev, ep, units, renewAt, spendUntil, reclaimAt, Number(closed))
      return { ...lease, id: Number(lastInsertRowid) }
    },
    saveLease: ({ id, units, renewAt, spendUntil, reclaimAt, closed }) => void update.run(units, renewAt, spendUntil, reclaimAt, Number(closed), id),
    leasesDue: (now) => allRows<LeaseRow>(leasesDue, now).map(toLease),
    use: (offer, holder) => {
      const row = oneRow<Use>(oneUse, offer, holder)
      return row && toUse(row)
    },
    saveUse: ({ offer, holder, lease, state, until, customer }) => void saveUse.run(offer, holder, lease, state, until, customer),
    usesOfHolder: (holder) => allRows<Use>(ofHolder, holder).map(toUse),
    usesDue: (now) => allRows<Use>(usesDue, now).map(toUse),
    countOfLease: (lease) => count(oneRow<Count>(ofLease, lease)),
    taken: (offer, now) => count(oneRow<Count>(leased, offer, now)) + count(oneRow<Count>(used, offer, now)),
    settledBy: (offer, customer) => count(oneRow<Count>(settled, offer, customer)),
  }
}

/** A plain object, whatever SQLite made the row of. */
const toUse = ({ offer, holder, lease, state, until, customer }: Use): Use => ({ offer, holder, lease, state, until, customer })

const toLease = (row: LeaseRow): Lease => ({
  id: row.id,
  offer: row.offer,
  dev: row.dev,
  ep: row.ep,
  units: row.units,
  renewAt: row.renew_at,
  spendUntil: row.spend_until,
  reclaimAt: row.reclaim_at,
  closed: row.closed === 1,
})
