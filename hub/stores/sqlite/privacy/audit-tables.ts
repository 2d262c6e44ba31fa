/** The audit log. `audit_base`: the last row that went by its age; the chain begins behind it. */
import type { Migration } from '../database/migration.ts'

export const AUDIT_TABLES: Migration = {
  name: 'audit-1',
  sql: `
    CREATE TABLE audit (
      n INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
      device TEXT, object TEXT, count INTEGER NOT NULL, hash TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audit_who ON audit (who, n);
    CREATE INDEX audit_what ON audit (what, n);
    CREATE TABLE audit_base (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  `,
}
