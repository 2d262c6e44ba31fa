/** Tables of asked prices; `price-ledger.ts` forbids changes to their rows. */
import type { Migration } from '../database/migration.ts'

export const PRICE_TABLES: Migration = {
  name: 'prices-1',
  sql: `
    CREATE TABLE asked_price (
      n INTEGER PRIMARY KEY, sku TEXT NOT NULL, channel TEXT NOT NULL CHECK (channel IN ('store', 'web')),
      day TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents >= 0), rev INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX asked_price_article ON asked_price (sku, channel, n);
    CREATE TABLE price_look (n INTEGER PRIMARY KEY, day TEXT NOT NULL, rev INTEGER NOT NULL, source TEXT NOT NULL) STRICT;
  `,
}
