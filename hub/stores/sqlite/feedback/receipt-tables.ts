/** Tables of receipts, the way from a receipt to the events of its answers, and what a contact's own end needs to know. */
import type { Migration } from '../database/migration.ts'

export const RECEIPT_TABLES: Migration = {
  name: 'receipt-1',
  sql: `
    CREATE TABLE receipt (
      hash TEXT PRIMARY KEY, dev TEXT NOT NULL, response TEXT NOT NULL, touchpoint TEXT NOT NULL, at INTEGER NOT NULL, received_at INTEGER NOT NULL, read_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX receipt_response ON receipt (response);
    CREATE TABLE receipt_step (
      hash TEXT NOT NULL, n INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('received', 'looking', 'answered', 'improved')), at INTEGER NOT NULL, PRIMARY KEY (hash, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipt_word (
      hash TEXT NOT NULL, n INTEGER NOT NULL, who TEXT NOT NULL CHECK (who IN ('store', 'shopper')), text TEXT NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL,
      PRIMARY KEY (hash, n), UNIQUE (hash, who, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE erased_receipt (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE receipt_event (hash TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (hash, id)) STRICT, WITHOUT ROWID;
    ALTER TABLE feedback_contact ADD COLUMN answered_at INTEGER;
    ALTER TABLE feedback_contact ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
  `,
}
