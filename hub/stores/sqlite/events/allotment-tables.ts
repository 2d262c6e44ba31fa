/** Tables of limited offers: leases to devices, and uses by hand-offs and orders. */
import type { Migration } from '../database/migration.ts'

export const ALLOTMENT_TABLES: Migration = {
  name: 'allotment-1',
  sql: `
    CREATE TABLE offer_lease (
      id INTEGER PRIMARY KEY AUTOINCREMENT, offer TEXT NOT NULL, dev TEXT NOT NULL, ep TEXT NOT NULL,
      units INTEGER NOT NULL CHECK (units >= 0), renew_at INTEGER NOT NULL, spend_until INTEGER NOT NULL, reclaim_at INTEGER NOT NULL, closed INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX offer_lease_open ON offer_lease (dev, ep) WHERE closed = 0;
    CREATE INDEX offer_lease_out ON offer_lease (offer, reclaim_at) WHERE units > 0;
    CREATE TABLE offer_use (
      offer TEXT NOT NULL, holder TEXT NOT NULL, lease INTEGER, state TEXT NOT NULL CHECK (state IN ('held', 'settled', 'lapsed')),
      until INTEGER NOT NULL, customer TEXT, PRIMARY KEY (offer, holder)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX offer_use_holder ON offer_use (holder);
    CREATE INDEX offer_use_held ON offer_use (until) WHERE state = 'held';
    CREATE INDEX offer_use_lease ON offer_use (lease);
    CREATE INDEX offer_use_taken ON offer_use (offer) WHERE state <> 'lapsed';
  `,
}
