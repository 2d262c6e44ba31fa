/** Baskets on their way onto a kiosk: articles and proofs of codes, nothing about a person; gone after a day. */
import type { Migration } from '../database/migration.ts'

export const BROUGHT_TABLES: Migration = {
  name: 'brought-1',
  sql: `
    CREATE TABLE brought_basket (id TEXT PRIMARY KEY, code TEXT NOT NULL, digits TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX brought_basket_code ON brought_basket (code, at DESC);
    CREATE INDEX brought_basket_at ON brought_basket (at);
  `,
}
