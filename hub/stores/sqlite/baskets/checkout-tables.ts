/** Tables of handed-over baskets, their claims, and the orders of the built-in shop. Names and addresses stand apart so that they can be erased without touching the order. */
import type { Migration } from '../database/migration.ts'

export const CHECKOUT_TABLES: Migration = {
  name: 'checkout-1',
  sql: `
    CREATE TABLE shown_quote (
      qid TEXT PRIMARY KEY, code TEXT NOT NULL, digits TEXT NOT NULL, dev TEXT NOT NULL,
      issued_at INTEGER NOT NULL, total_cents INTEGER NOT NULL, release_hash TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX shown_quote_code ON shown_quote (code, issued_at DESC);
    CREATE TABLE claim (
      qid TEXT PRIMARY KEY, session TEXT NOT NULL, first_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('opened', 'ordering', 'ordered')),
      order_id TEXT, ordering_at INTEGER, order_number TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shop_order (
      id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, qid TEXT, placed_at INTEGER NOT NULL,
      delivery TEXT NOT NULL, total_cents INTEGER NOT NULL, quote TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shop_order_person (
      id TEXT PRIMARY KEY REFERENCES shop_order, name TEXT NOT NULL, email TEXT, street TEXT, postcode TEXT, city TEXT
    ) STRICT, WITHOUT ROWID;
  `,
}
