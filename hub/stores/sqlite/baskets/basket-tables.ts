/** Tables of the baskets that are counted, and of what people have decided about what is recommended. */
import type { Migration } from '../database/migration.ts'

export const BASKET_TABLES: Migration = {
  name: 'basket-book-1',
  sql: `
    CREATE TABLE basket_item (n INTEGER PRIMARY KEY, source TEXT NOT NULL, item TEXT NOT NULL, goods INTEGER NOT NULL, UNIQUE (source, item)) STRICT;
    CREATE TABLE basket_name (n INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES basket_item, name TEXT NOT NULL, UNIQUE (item, name)) STRICT;
    CREATE TABLE basket_booked (
      n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, at INTEGER, received_at INTEGER NOT NULL,
      currency TEXT, country TEXT NOT NULL, cancelled INTEGER NOT NULL, ordered INTEGER NOT NULL, turn INTEGER, turn_sold INTEGER,
      items TEXT NOT NULL, lines TEXT NOT NULL
    ) STRICT;
    CREATE INDEX basket_booked_source ON basket_booked (source, n, received_at, cancelled, ordered);
    CREATE INDEX basket_booked_received ON basket_booked (received_at);
    CREATE TABLE bought_rules (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL, rules TEXT NOT NULL) STRICT;
    CREATE TABLE bought_choice (target TEXT PRIMARY KEY, choice TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
