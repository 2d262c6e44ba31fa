/** Visits with how far they came, codes with the visit they belong to, links into the web shop's checkout, and the orders that came back from there. */
import type { Migration } from '../database/migration.ts'

export const FUNNEL_TABLES: Migration = {
  name: 'funnel-1',
  sql: `
    CREATE TABLE visit (
      dev TEXT NOT NULL, sid TEXT NOT NULL, at INTEGER NOT NULL, told INTEGER NOT NULL, basket INTEGER NOT NULL,
      shown INTEGER NOT NULL, opened INTEGER NOT NULL, ordered INTEGER NOT NULL, PRIMARY KEY (dev, sid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX visit_at ON visit (at, dev, told, basket, shown, opened, ordered);
    CREATE TABLE visit_code (qid TEXT PRIMARY KEY, dev TEXT NOT NULL, sid TEXT, shown_at INTEGER) STRICT, WITHOUT ROWID;
    CREATE INDEX visit_code_visit ON visit_code (dev, sid) WHERE sid IS NOT NULL;
    CREATE INDEX visit_code_early ON visit_code (qid) WHERE shown_at IS NULL;
    CREATE TABLE checkout_link (
      qid TEXT NOT NULL, session TEXT NOT NULL, cart TEXT NOT NULL, url TEXT NOT NULL, leaves TEXT NOT NULL,
      charged_minor INTEGER, made_at INTEGER NOT NULL, PRIMARY KEY (qid, session, cart)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX checkout_link_made ON checkout_link (made_at);
    CREATE TABLE returned_order (
      shop TEXT NOT NULL, number TEXT NOT NULL, qid TEXT NOT NULL, placed_at INTEGER NOT NULL, total_minor INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('placed', 'cancelled')), heard_at INTEGER NOT NULL, PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX returned_order_qid ON returned_order (qid, placed_at);
    CREATE TABLE order_cursor (shop TEXT PRIMARY KEY, cursor TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
