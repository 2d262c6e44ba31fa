/** Visits that left an answer (not which), responses before any visit, and signs with a QR. */
import type { Migration } from '../database/migration.ts'

export const LISTENING_TABLES: Migration = {
  name: 'listening-1',
  sql: `
    CREATE TABLE answered_visit (dev TEXT NOT NULL, sid TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (dev, sid)) STRICT, WITHOUT ROWID;
    CREATE TABLE loose_response (dev TEXT NOT NULL, response TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (dev, response)) STRICT, WITHOUT ROWID;
    CREATE INDEX loose_response_at ON loose_response (at, dev);
    CREATE TABLE feedback_sign (
      touchpoint TEXT NOT NULL, serial INTEGER NOT NULL, code TEXT NOT NULL UNIQUE, made_at INTEGER NOT NULL, revoked_at INTEGER, PRIMARY KEY (touchpoint, serial)
    ) STRICT, WITHOUT ROWID;
  `,
}
