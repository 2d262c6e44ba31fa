/** Sums of answers that have had their time one by one, how far events were emptied, and what the retailer decided about privacy. */
import type { Migration } from '../database/migration.ts'

export const RETENTION_TABLES: Migration = {
  name: 'retention-1',
  sql: `
    CREATE TABLE feedback_sum (
      kind TEXT NOT NULL, question TEXT NOT NULL, touchpoint TEXT NOT NULL, dev TEXT NOT NULL, detail INTEGER NOT NULL,
      hour INTEGER NOT NULL, answer TEXT NOT NULL, n INTEGER NOT NULL, flagged INTEGER NOT NULL,
      PRIMARY KEY (kind, hour, question, touchpoint, dev, detail, answer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX feedback_sum_dev ON feedback_sum (dev, hour, n);
    CREATE TABLE emptied (kind TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE privacy_choice (one INTEGER PRIMARY KEY CHECK (one = 1), choices TEXT NOT NULL) STRICT;
    CREATE TABLE retention_run (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL, gone TEXT NOT NULL) STRICT;
  `,
}
