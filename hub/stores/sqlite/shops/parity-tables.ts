/** How prices compare: baskets that wait or were counted, sums by day, alarms, the shop's last word, and offers left to the checkout by hand. */
import type { Migration } from '../database/migration.ts'

export const PARITY_TABLES: Migration = {
  name: 'parity-1',
  sql: `
    CREATE TABLE parity_waiting (
      qid TEXT PRIMARY KEY, dev TEXT NOT NULL, digits TEXT NOT NULL, total_cents INTEGER NOT NULL, issued_at INTEGER NOT NULL, received_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX parity_waiting_received ON parity_waiting (received_at, qid);
    CREATE TABLE parity_basket (source TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (source, id)) STRICT, WITHOUT ROWID;
    CREATE INDEX parity_basket_at ON parity_basket (at);
    CREATE TABLE parity_day (
      day INTEGER NOT NULL, source TEXT NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
      equal INTEGER NOT NULL, different INTEGER NOT NULL, left_over INTEGER NOT NULL, passed INTEGER NOT NULL, apart_minor INTEGER NOT NULL, PRIMARY KEY (day, source)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE parity_alarm (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, source TEXT NOT NULL, cause TEXT NOT NULL, detail TEXT, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
      baskets INTEGER NOT NULL, by_minor INTEGER NOT NULL, dev TEXT, offers TEXT NOT NULL, example TEXT NOT NULL, closed_at INTEGER
    ) STRICT;
    CREATE TABLE parity_shop (shop TEXT PRIMARY KEY, answered_at INTEGER, trouble_at INTEGER, trouble TEXT, report TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE offer_left (
      id INTEGER PRIMARY KEY, offer TEXT NOT NULL, at INTEGER NOT NULL, by_dev TEXT NOT NULL, cause TEXT, body TEXT NOT NULL, lifted_at INTEGER, lifted_by TEXT
    ) STRICT;
    CREATE UNIQUE INDEX offer_left_now ON offer_left (offer) WHERE lifted_at IS NULL;
  `,
}
