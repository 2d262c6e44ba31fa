/** What is remembered of a connected web shop. A number is never given twice, so nothing is deleted from `shop_number`. */
import type { Migration } from '../database/migration.ts'

export const SHOP_TABLES: Migration = {
  name: 'shop-1',
  sql: `
    CREATE TABLE shop_number (
      kind TEXT NOT NULL, number INTEGER NOT NULL, shop TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, number)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX shop_number_key ON shop_number (kind, shop, key);
    CREATE TABLE shop_reading (
      shop TEXT PRIMARY KEY, at INTEGER NOT NULL, hash TEXT NOT NULL, dialect TEXT NOT NULL, distrusted TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shop_probe (
      id INTEGER PRIMARY KEY, shop TEXT NOT NULL, at INTEGER NOT NULL, release TEXT NOT NULL, dialect TEXT NOT NULL,
      total INTEGER NOT NULL, equal INTEGER NOT NULL, left_over INTEGER NOT NULL, refused INTEGER NOT NULL, different INTEGER NOT NULL
    ) STRICT;
  `,
}
