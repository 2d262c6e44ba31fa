/** Answers beside the worth of their visit's basket, as counts. */
import type { Migration } from '../database/migration.ts'

export const SPEND_TABLES: Migration = {
  name: 'spend-1',
  sql: `
    CREATE TABLE spend_count (
      kind TEXT NOT NULL, question TEXT NOT NULL, monday TEXT NOT NULL, score INTEGER NOT NULL,
      reached TEXT NOT NULL CHECK (reached IN ('none', 'shown', 'opened', 'ordered')), cents INTEGER NOT NULL, n INTEGER NOT NULL,
      PRIMARY KEY (kind, question, monday, score, reached, cents)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE spend_settled (one INTEGER PRIMARY KEY CHECK (one = 1), event INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
  `,
}
